# The behaviour tests of scheduler, controllers, nodes and of the TFJob operator against real etcd and kube-apiserver: the project's
# own parts are clients like any other. The same tests run on the built-in engine with the other tests, and on engine kubernetes in
# target-kubernetes.sh. What a target leaves out is printed with the reason that the test gives.
set -euo pipefail
mkdir -p target
target=${1:-parts}
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test against: MLK_TEST_KUBE names none"
  exit 77
fi
out=target/target-$target.out
export MLK_TEST_REPORTS="${MLK_TEST_REPORTS:-slow-reports}"
: >"$out"
for suite in "practice @target" "cli @target"; do
  # shellcheck disable=SC2086
  sh .ci/tests.sh $suite -Dmlk.test.target="$target" >>"$out" 2>&1 || {
    tail -n 60 "$out"
    exit 1
  }
done
python3 - <<'PY'
import collections, glob, os, re, xml.etree.ElementTree as tree
reasons = collections.Counter()
for file in glob.glob(f"*/target/{os.environ['MLK_TEST_REPORTS']}/TEST-*.xml"):
    for skipped in tree.parse(file).getroot().iter("skipped"):
        said = re.search(r"(?:only|not) for the target \S+: (.*)", skipped.text or "")
        reasons[said.group(1) if said else (skipped.text or "no reason").strip().splitlines()[0]] += 1
for reason, count in reasons.most_common():
    print(f"left out: {count} x {reason}")
PY
number() { awk -v what="$1" '$3 == "tests" && $4 == what { sum += $2 } END { print sum + 0 }' "$out"; }
passed=$(number successful)
echo "target $target: $passed tests passed, $(number aborted) left out with a reason"
[ "$passed" -ge 90 ] || { echo "too few tests: is the tag still there?"; exit 1; }

# The behaviour tests of scheduler, controllers and nodes against real etcd and kube-apiserver: the project's own parts are
# clients like any other. The same tests run on the built-in engine with the other tests, and on engine kubernetes in target-kubernetes.sh.
set -euo pipefail
target=${1:-parts}
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test against: MLK_TEST_KUBE names none"
  exit 77
fi
rm -rf practice/target/surefire-reports
./mvnw -q -B -ntp -Dquick -pl practice -am test-compile surefire:test -Dgroups=target -Dsurefire.failIfNoSpecifiedTests=false -Dmlk.test.target="$target"
python3 - "$target" <<'PY'
import glob, sys, xml.etree.ElementTree as tree
run = off = 0
for file in glob.glob("practice/target/surefire-reports/TEST-*.xml"):
    suite = tree.parse(file).getroot()
    run += int(suite.get("tests"))
    off += int(suite.get("skipped"))
print(f"target {sys.argv[1]}: {run - off} tests passed, {off} left out with a reason")
assert run - off >= 60, "too few tests: is the tag still there?"
PY

# The behaviour tests of scheduler, controllers and nodes against real etcd and kube-apiserver: the project's own parts are
# clients like any other. The same tests run on the built-in engine with the other tests, and on engine kubernetes in target-kubernetes.sh.
set -euo pipefail
mkdir -p target
target=${1:-parts}
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test against: MLK_TEST_KUBE names none"
  exit 77
fi
sh .ci/tests.sh practice @target -Dmlk.test.target="$target" >"target/target-$target.out" 2>&1 || {
  tail -n 60 "target/target-$target.out"
  exit 1
}
number() { sed -n "s/^\[ *\([0-9]*\) tests $1 *\]/\1/p" "target/target-$target.out"; }
passed=$(number successful)
echo "target $target: $passed tests passed, $(number aborted) left out with a reason"
[ "$passed" -ge 60 ] || { echo "too few tests: is the tag still there?"; exit 1; }

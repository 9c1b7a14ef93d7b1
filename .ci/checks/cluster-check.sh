# Checking clusters: 500 nodes and 10,000 pods in few requests, broken clusters on Kubernetes' own control plane, and the pages on it.
set -eu
mkdir -p target
if [ -n "${MLK_TEST_KUBE:-}" ]; then
  real=,ClusterCheckOnKubernetesTest
else
  real=
  echo "without the broken clusters on the real control plane: MLK_TEST_KUBE names none"
fi
sh .ci/tests.sh cli "ClusterCheckAtScaleIT,SlowPagesIT$real" >target/cluster-check.out 2>&1 || {
  tail -n 60 target/cluster-check.out
  exit 1
}
grep -oE 'cluster check, .*|LEFT OUT .*' target/cluster-check.out

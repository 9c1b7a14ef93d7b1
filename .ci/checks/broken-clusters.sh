# Broken clusters on Kubernetes' own control plane, and the commands of the pages on checks and usage. Prints what is left out, and why.
set -eu
mkdir -p target
real=
if [ -n "${MLK_TEST_KUBE:-}" ]; then
  real=,ClusterCheckOnKubernetesTest
else
  echo "LEFT OUT the broken clusters: MLK_TEST_KUBE names no real control plane"
fi
sh .ci/tests.sh cli "SlowPagesIT$real" >target/broken-clusters.out 2>&1 || {
  tail -n 60 target/broken-clusters.out
  exit 1
}
grep -E '^LEFT OUT|tests successful' target/broken-clusters.out

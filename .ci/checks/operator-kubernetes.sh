# The TFJob operator's suite against real etcd and kube-apiserver; with the other tests it runs on the practice cluster.
set -eu
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test against: MLK_TEST_KUBE names none"
  exit 77
fi
exec sh .ci/tests.sh tfjob RealClusterTest

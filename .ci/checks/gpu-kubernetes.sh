# gpu verify with the real control plane: every GPU, few rights, Ctrl-C, nothing left.
set -eu
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
exec sh .ci/tests.sh cli GpuVerifyOnKubernetesIT

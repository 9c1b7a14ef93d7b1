# The installed mlk with the real control plane: a model is trained, whatever is killed comes back, what is missing is named.
set -euo pipefail
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
exec sh .ci/tests.sh cli KubernetesEngineIT,MainJobIT -Dmlk.test.target=kubernetes

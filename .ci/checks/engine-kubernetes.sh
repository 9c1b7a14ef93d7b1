# The installed mlk with the real control plane: a model is trained, whatever is killed comes back, what is missing is named.
set -euo pipefail
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
# The first says itself which engine it starts with which programs.
sh .ci/tests.sh cli KubernetesEngineIT
exec sh .ci/tests.sh cli MainJobIT -Dmlk.test.target=kubernetes

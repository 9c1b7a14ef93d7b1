# Sweeps that a client runs on the real control plane: stopped and resumed, killed at random moments, their cluster killed under them.
set -eu
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
exec sh .ci/tests.sh cli @sweep-kubernetes -Dmlk.test.target=kubernetes

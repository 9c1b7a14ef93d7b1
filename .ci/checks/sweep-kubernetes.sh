# Sweeps whose runner is a Job, on the real control plane: killed, stopped, resumed, with no more rights than the Role gives.
set -eu
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
exec sh .ci/tests.sh cli SweepDetachIT -Dmlk.test.target=kubernetes

# Sweeps on the real control plane: run from the client and stopped, killed, its cluster killed; and by a Job, with no more rights than the Role gives.
set -eu
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
sh .ci/tests.sh cli SweepDetachIT -Dmlk.test.target=kubernetes
exec sh .ci/tests.sh cli @sweep-kubernetes -Dmlk.test.target=kubernetes

# TensorBoard in a pod of a cluster that mlk takes for one of another machine: beside a claim, on an object store, for a sweep; killed, replaced, shared, left behind.
set -eu
here=$(dirname "$0")/../..
if ! MLK_TEST_TENSORBOARD=$("$here/testbed/tensorboard.sh"); then
  echo "TensorBoard could not be installed"
  exit 77
fi
export MLK_TEST_TENSORBOARD
sh "$here/.ci/tests.sh" cli TensorBoardInPodIT
if [ -n "${MLK_TEST_KUBE:-}" ]; then
  sh "$here/.ci/tests.sh" cli @board-kubernetes -Dmlk.test.target=kubernetes
fi

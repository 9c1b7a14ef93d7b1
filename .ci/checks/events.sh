# Event files: every number as TensorBoard's EventAccumulator reads it, over several writers and real training; and a long fuzz test.
set -eu
here=$(dirname "$0")/../..
mkdir -p "$here/target"
if ! MLK_TEST_TENSORBOARD=$("$here/testbed/tensorboard.sh"); then
  echo "TensorBoard could not be installed"
  exit 77
fi
export MLK_TEST_TENSORBOARD
sh "$here/.ci/tests.sh" events @slow
sh "$here/.ci/tests.sh" cli MetricsIT,LiveCurvesIT

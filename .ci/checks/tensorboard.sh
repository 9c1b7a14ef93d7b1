# The board: its data beside TensorBoard's own server, its page in Chromium (every control, curves that grow, 50 runs of 10,000 points), ports and commands of pods.
# Runs alone: it measures time.
set -eu
here=$(dirname "$0")/../..
mkdir -p "$here/target"
if ! MLK_TEST_TENSORBOARD=$("$here/testbed/tensorboard.sh"); then
  echo "TensorBoard could not be installed"
  exit 77
fi
if ! MLK_TEST_CHROMEDRIVER=$("$here/testbed/chromium.sh"); then
  echo "Chromium could not be installed"
  exit 77
fi
export MLK_TEST_TENSORBOARD MLK_TEST_CHROMEDRIVER
sh "$here/.ci/tests.sh" cli TensorBoardIT,BoardPageIT,PodConnectionsTest "$@" >"$here/target/tensorboard.out" 2>&1 || {
  tail -n 80 "$here/target/tensorboard.out"
  exit 1
}
grep -E '^tensorboard |tests successful' "$here/target/tensorboard.out"

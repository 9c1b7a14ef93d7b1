# The Python twin of the mnist program, which learners read in module 1, with real Python and TensorFlow.
set -eu
here=$(dirname "$0")/../..
if ! python=$("$here/testbed/tensorflow.sh"); then
  echo "TensorFlow for Python could not be installed"
  exit 77
fi
exec "$python" "$here/testbed/twin_test.py"

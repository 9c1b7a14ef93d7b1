# gpu verify with the Python program under a real TensorFlow without CUDA, and what Ctrl-C and kill -9 leave behind.
set -eu
here=$(dirname "$0")/../..
if ! MLK_TEST_TENSORFLOW=$("$here/testbed/tensorflow.sh"); then
  echo "TensorFlow for Python could not be installed"
  exit 77
fi
export MLK_TEST_TENSORFLOW
exec sh "$here/.ci/tests.sh" cli GpuVerifyIT

# The examples that people copy from the Python client: cli/src/test/resources/clients/python.
set -eu
here=$(dirname "$0")/../..
if ! command -v kubectl >/dev/null 2>&1 && [ -z "${MLK_TEST_KUBECTL:-}" ]; then
  echo "no kubectl, with which the script prepares what the examples use"
  exit 77
fi
if ! MLK_TEST_PYTHON=$("$here/testbed/python.sh"); then
  echo "the Python client could not be installed"
  exit 77
fi
export MLK_TEST_PYTHON
exec sh "$here/.ci/tests.sh" cli PythonScriptsIT

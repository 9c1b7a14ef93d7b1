# The page of a module in Chromium: verdicts follow what is done.
set -eu
here=$(dirname "$0")/../..
if ! MLK_TEST_CHROMEDRIVER=$("$here/testbed/chromium.sh"); then
  echo "Chromium could not be installed"
  exit 77
fi
export MLK_TEST_CHROMEDRIVER
exec sh "$here/.ci/tests.sh" cli ModulePageIT

# Every step of every module, rightly and wrongly, on practice clusters of their own.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh .ci/tests.sh cli ContentCheckTest
if [ ! -f modules/module-0/module.yaml ]; then
  echo "there are no modules yet, but for those of the tests"
  exit 0
fi
MLK_HOME="$work" HOME="$work" ./mlk content check

# Every step of every module, rightly and wrongly, on practice clusters of their own.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ ! -f modules/module-0/module.yaml ]; then
  echo "there are no modules yet"
  exit 77
fi
MLK_HOME="$work" HOME="$work" ./mlk content check

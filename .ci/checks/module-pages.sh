# What pages of modules show is what the commands print.
set -eu
cd "$(dirname "$0")/../.."
kubectl=${MLK_TEST_KUBECTL:-$(command -v kubectl || true)}
if [ -z "$kubectl" ] || ! command -v python3 >/dev/null 2>&1; then
  echo "no kubectl or no python3"
  exit 77
fi
exec python3 testbed/pages_test.py "$PWD/mlk" "$kubectl"

# The operator's suite in k3s, where a Docker engine exists.
set -euo pipefail
if ! command -v docker >/dev/null || ! docker info >/dev/null 2>&1; then
  echo "no Docker engine on this machine, and k3s is a container"
  exit 77
fi
exec sh .ci/tests.sh tfjob K3sTest

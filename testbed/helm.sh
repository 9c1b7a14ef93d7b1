#!/bin/sh
# Builds helm from Go modules, once, and prints the program's path. About 2 minutes the first time on 2 cores, nothing after that.
# Usage: helm=$(testbed/helm.sh)
set -eu
. "$(dirname "$0")/clients.sh"
version=$helm_version
out=${MLK_TESTBED_HELM:-${XDG_CACHE_HOME:-$HOME/.cache}/mlk/helm-$version}
if [ ! -x "$out/helm" ]; then
  command -v go >/dev/null 2>&1 || {
    echo "Go is not on this machine, and helm is built with it. Next: install Go 1.26 or newer." >&2
    exit 4
  }
  mkdir -p "$out"
  echo "Building helm $version from Go modules (once, about 2 minutes on 2 cores) ..." >&2
  # Built aside and moved: a build that was interrupted leaves no half program behind.
  GOBIN=$out/new CGO_ENABLED=0 GOFLAGS=-trimpath go install \
    -ldflags "-s -w -X helm.sh/helm/v3/internal/version.version=v$version" "helm.sh/helm/v3/cmd/helm@v$version" 1>&2
  mv "$out/new/helm" "$out/helm"
  rmdir "$out/new"
fi
echo "$out/helm"

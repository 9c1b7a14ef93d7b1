#!/bin/sh
# Starts an empty practice cluster (no nodes, no operator), runs a command with its kubeconfig in $KUBECONFIG, and stops it.
# Usage: practice.sh COMMAND [ARGUMENT]...
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
mlk=$here/../../mlk
home=$(mktemp -d)
export MLK_HOME="$home/.mlk"
started=
finish() {
  [ -n "$started" ] && "$mlk" cluster stop --name apidiff --yes >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT TERM
"$mlk" cluster start --name apidiff --nodes 0 --no-operator >"$home/start" 2>&1 </dev/null || { cat "$home/start" >&2; exit 2; }
started=yes
KUBECONFIG=$MLK_HOME/clusters/apidiff/kubeconfig "$@"

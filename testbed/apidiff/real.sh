#!/bin/sh
# Starts a fresh real control plane (no nodes, anonymous requests allowed), runs a command with its kubeconfig in $KUBECONFIG, and stops it.
# Usage: real.sh COMMAND [ARGUMENT]...     MLK_TEST_KUBE names the binary; without it, ../build.sh builds one.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kube=${MLK_TEST_KUBE:-$("$here/../build.sh")/kube}
state=$(mktemp -d)
finish() {
  "$here/../real-cluster.sh" down "$state" >/dev/null 2>&1 || true
  rm -rf "$state"
}
trap finish EXIT
trap 'exit 130' INT TERM
# Five ports that are free now.
ports=$(python3 -c 'import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(5)]
print(*[one.getsockname()[1] for one in held])')
# shellcheck disable=SC2086
set -- $ports "$@"
export API_PORT=$1 ETCD_PORT=$2 ETCD_PEER_PORT=$3 CM_PORT=$4 SCHED_PORT=$5
shift 5
mkdir "$state/bin"
ln -s "$kube" "$state/bin/kube"
NODES=0 ANONYMOUS=true CONTROLLERS='*' "$here/../real-cluster.sh" up "$state" "$state/bin" >/dev/null 2>"$state/up" ||
  { cat "$state/up" >&2; exit 2; }
KUBECONFIG=$state/kubeconfig/admin "$@"

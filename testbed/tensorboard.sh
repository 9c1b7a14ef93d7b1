#!/bin/sh
# Installs TensorBoard, tensorboardX, and boto3, with which TensorBoard reads object stores, into a virtual environment of their own, once, and prints the path of its python.
# Usage: python=$(testbed/tensorboard.sh)
set -eu
. "$(dirname "$0")/clients.sh"
out=${XDG_CACHE_HOME:-$HOME/.cache}/mlk/python-tensorboard-$tensorboard_version-x-$tensorboardx_version-s3-$boto3_version
if [ ! -e "$out/complete" ]; then
  if ! command -v python3 >/dev/null 2>&1 || ! python3 -c "import ensurepip" 2>/dev/null; then
    echo "Python 3 with venv is not on this machine. Next: apt install python3-venv." >&2
    exit 4
  fi
  echo "Installing TensorBoard $tensorboard_version (once) ..." >&2
  rm -rf "$out"
  python3 -m venv "$out" 1>&2
  "$out/bin/pip" install -q "tensorboard==$tensorboard_version" "tensorboardX==$tensorboardx_version" "boto3==$boto3_version" 1>&2
  : >"$out/complete"
fi
echo "$out/bin/python"

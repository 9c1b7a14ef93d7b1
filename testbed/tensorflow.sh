#!/bin/sh
# Installs TensorFlow for Python into a virtual environment of its own, once, and prints the path of its python.
# Usage: python=$(testbed/tensorflow.sh)
set -eu
. "$(dirname "$0")/clients.sh"
out=${XDG_CACHE_HOME:-$HOME/.cache}/mlk/python-tensorflow-$tensorflow_version
if [ ! -e "$out/complete" ]; then
  if ! command -v python3 >/dev/null 2>&1 || ! python3 -c "import ensurepip" 2>/dev/null; then
    echo "Python 3 with venv is not on this machine. Next: apt install python3-venv." >&2
    exit 4
  fi
  echo "Installing TensorFlow $tensorflow_version (once) ..." >&2
  rm -rf "$out"
  python3 -m venv "$out" 1>&2
  # The package without GPU support has another name on some platforms.
  "$out/bin/pip" install -q "tensorflow-cpu==$tensorflow_version" 1>&2 ||
    "$out/bin/pip" install -q "tensorflow==$tensorflow_version" 1>&2
  : >"$out/complete"
fi
echo "$out/bin/python"

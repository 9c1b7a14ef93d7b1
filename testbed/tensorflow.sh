#!/bin/sh
# Installs TensorFlow for Python without CUDA into a virtual environment of its own, once, and prints the path of its python3.
# Usage: python=$(testbed/tensorflow.sh)
set -eu
version=2.20.0
out=${XDG_CACHE_HOME:-$HOME/.cache}/mlk/python-tensorflow-cpu-$version
if [ ! -e "$out/complete" ]; then
  if ! command -v python3 >/dev/null 2>&1 || ! python3 -c "import ensurepip" 2>/dev/null; then
    echo "Python 3 with venv is not on this machine. Next: apt install python3-venv." >&2
    exit 4
  fi
  echo "Installing tensorflow-cpu $version (once) ..." >&2
  rm -rf "$out"
  python3 -m venv "$out" 1>&2
  "$out/bin/pip" install -q "tensorflow-cpu==$version" 1>&2
  : >"$out/complete"
fi
echo "$out/bin/python3"

#!/bin/sh
# Finds Chromium's driver, or installs Debian's packages where it may, and prints the driver's path.
# Usage: driver=$(testbed/chromium.sh)
set -eu
if ! command -v chromedriver >/dev/null 2>&1; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Chromium and its driver are not on this machine. Next: apt install chromium chromium-driver." >&2
    exit 4
  fi
  echo "Installing Chromium (once) ..." >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update 1>&2
  apt-get -qq install -y --no-install-recommends chromium chromium-driver fonts-dejavu-core 1>&2
fi
command -v chromedriver

#!/usr/bin/env bash
# Containers as processes, the slow part: two hundred at once, and a program that logs as fast as it can.
set -euo pipefail
cd "$(dirname "$0")/../.."
./mvnw -B -ntp -Dquick -pl practice surefire:test -Dtest=StubbornTest -Dtests.without= >target/containers.out 2>&1 || {
  tail -n 60 target/containers.out
  exit 1
}
grep -E 'Tests run' target/containers.out | tail -n 1

#!/usr/bin/env bash
# Kill -9 of the practice cluster under load, fifty times on one store: nothing acknowledged is lost.
set -euo pipefail
cd "$(dirname "$0")/../.."
./mvnw -B -ntp -Dquick -pl practice surefire:test -Dtest=DurabilityTest -Dtests.without= >target/durability.out 2>&1 || {
  tail -n 60 target/durability.out
  exit 1
}
grep -E '^seed ' target/durability.out

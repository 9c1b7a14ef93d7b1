#!/bin/sh
# A longer run of requests changed by chance; -Dfuzz.seed=NUMBER, which a failure names, repeats one.
set -eu
cd "$(dirname "$0")/../.."
exec sh .ci/tests.sh practice FuzzTest -Dfuzz.seconds="${FUZZ_SECONDS:-60}" -Dfuzz.seed="${FUZZ_SEED:-$(date +%s)}"

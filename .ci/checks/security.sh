#!/bin/sh
# A longer run of requests and patches changed by chance; -Dfuzz.seed=NUMBER, which a failure names, repeats one. Where the real
# control plane is there, it gets the same requests: a server error here that is none there is a defect.
set -eu
cd "$(dirname "$0")/../.."
seed=${FUZZ_SEED:-$(date +%s)}
tests=FuzzTest,RandomPatchesTest,RandomAppliesTest
[ -n "${MLK_TEST_KUBE:-}" ] && tests=$tests,FuzzBesideKubernetesTest
exec sh .ci/tests.sh practice "$tests" -Dfuzz.seconds="${FUZZ_SECONDS:-25}" -Dfuzz.rounds=3000 -Dfuzz.seed="$seed"

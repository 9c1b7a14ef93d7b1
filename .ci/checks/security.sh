# A longer run of requests changed by chance; the seed is in its output, -Dfuzz.seed=NUMBER repeats it.
exec sh .ci/tests.sh practice FuzzTest -Dfuzz.seconds="${FUZZ_SECONDS:-60}"

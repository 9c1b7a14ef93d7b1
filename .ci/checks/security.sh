#!/bin/sh
# A longer run of requests changed by chance; the seed is in its output, -Dfuzz.seed=NUMBER repeats it.
set -eu
cd "$(dirname "$0")/../.."
exec ./mvnw -q -B -ntp -Dquick -pl practice surefire:test -Dtest=FuzzTest -Dtests.without= -Dtest.jvm="-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dfuzz.seconds=${FUZZ_SECONDS:-60}"

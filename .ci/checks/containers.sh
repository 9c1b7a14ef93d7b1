# Containers as processes, the slow part: many at once, and programs that log as fast as they can.
set -euo pipefail
./mvnw -q -B -ntp -Dquick -pl practice surefire:test -Dtest=StubbornTest -Dsurefire.failIfNoSpecifiedTests=false -Dtests.without=

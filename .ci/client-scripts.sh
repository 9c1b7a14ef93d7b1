# Runs one class of tests of the installed program, which is built already: client-scripts.sh CLASS [MAVEN OPTION...]
set -eu
cd "$(dirname "$0")/.."
class=$1
shift
exec ./mvnw -q -B -ntp -Dquick -Dstyle.color=never -pl cli -Dtests.without= -Dit.test="$class" failsafe:integration-test failsafe:verify "$@"

#!/bin/sh
# Runs slow tests of a module that ./mvnw verify has built: tests.sh MODULE CLASS[,CLASS...] [-Dname=value ...]
# CLASS is a name without its package, or @TAG for all tests with that tag. Reports lie in MODULE/target/slow-reports (MLK_TEST_REPORTS names another folder), where .ci/run counts them.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
module=$1 classes=$2
shift 2
jdk=$(sh .mvn/find-jdk.sh)
version=$(sed -n 's/.*<junit.version>\(.*\)<.*/\1/p' pom.xml)
console=$root/target/junit/junit-platform-console-standalone-$version.jar
if [ ! -f "$console" ]; then
  ./mvnw -q -B -ntp -Dstyle.color=never -N dependency:copy -Dartifact="org.junit.platform:junit-platform-console-standalone:$version" \
    -DoutputDirectory="$root/target/junit" -Dmdep.useBaseVersion=true
fi
cd "$module"
selected=
for class in $(echo "$classes" | tr , ' '); do
  case $class in @*)
    selected="$selected --scan-class-path=target/test-classes --include-tag=${class#@} --include-classname=.*"
    continue
    ;;
  esac
  file=$(find src/test/java -name "$class.java")
  [ -n "$file" ] || { echo "$module has no test class $class"; exit 2; }
  selected="$selected --select-class=$(echo "${file#src/test/java/}" | sed 's/\.java$//; s,/,.,g')"
done
# shellcheck disable=SC2086
exec "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
  -Dmlk.images="$root/cli/target/dist/images" -Dmlk.templates="$root/cli/target/dist/templates" -Dmlk.modules="$root/cli/target/dist/modules" "$@" \
  -cp "$console:target/test-classes:target/classes:$(cat target/test-classpath)" org.junit.platform.console.ConsoleLauncher \
  execute --disable-banner --disable-ansi-colors --details=summary --fail-if-no-tests --reports-dir="target/${MLK_TEST_REPORTS:-slow-reports}" \
  --config=junit.jupiter.testmethod.order.default='org.junit.jupiter.api.MethodOrderer$Random' $selected

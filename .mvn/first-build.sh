#!/bin/sh
# Builds the checkout for ./mlk, with one progress line: first-build.sh CHECKOUT COMMIT
here=$1
head=$2
jdk=$(sh "$here/.mvn/find-jdk.sh") || exit 4
mkdir -p "$here/target"
log=$here/target/first-build.log
# Two first commands at once build once.
if command -v flock >/dev/null 2>&1; then
  exec 9>"$here/target/first-build.lock"
  flock 9
  built=none
  [ -f "$here/cli/target/dist/lib/built-from" ] && read -r built <"$here/cli/target/dist/lib/built-from"
  [ "$built" = "$head" ] && exit 0
fi
start=$(date +%s)
JAVA_HOME=$jdk "$here/mvnw" -B -ntp -DskipTests -Dquick package >"$log" 2>&1 &
build=$!
trap 'kill $build 2>/dev/null; echo >&2; echo "mlk: the build was interrupted; the same command goes on from there." >&2; exit 130' INT TERM
if [ -t 2 ]; then
  while kill -0 $build 2>/dev/null; do
    step=$(grep -o 'Building mlk: .*\[[0-9/]*\]' "$log" 2>/dev/null | tail -n 1 | sed 's/^Building mlk: //; s/  *0\.1\.0  */ /')
    printf '\r\033[Kmlk: building (first use) %ss %s' $(($(date +%s) - start)) "$step" >&2
    sleep 1
  done
  printf '\r\033[K' >&2
else
  echo "mlk: building (first use, once; log: target/first-build.log) ..." >&2
fi
if wait $build; then
  echo "$jdk" >"$here/cli/target/dist/lib/jdk"
  echo "$head" >"$here/cli/target/dist/lib/built-from"
  echo "mlk: built in $(($(date +%s) - start)) s" >&2
  exit 0
fi
echo "mlk could not be built from this checkout." >&2
grep -m 5 'ERROR' "$log" >&2
echo "Next: read target/first-build.log; ./mvnw package builds again with everything shown." >&2
exit 70

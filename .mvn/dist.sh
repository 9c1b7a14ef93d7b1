#!/bin/sh
# The last step of the build: names the build after its jars and makes the AOT caches by running the program as users do.
# dist.sh DIST
set -eu
dist=$1
here=$(cd "$(dirname "$0")" && pwd)
jdk=$(sh "$here/find-jdk.sh")
cd "$dist/lib"
id=$(cat ./*.jar | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-12)
if [ -f build-id ] && [ "$(cat build-id)" = "$id" ] && [ -f "mlk-$id.aot" ]; then
  exit 0
fi
rm -f ./*.aot
echo "$jdk" >jdk

# One cluster and one client train side by side: each leaves its cache when it ends.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
common="-Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED"
# shellcheck disable=SC2086
MLK_HOME=$home "$jdk/bin/java" -XX:AOTCacheOutput="mlk-$id.aot" $common -Dmlk.dist="$dist" -Dmlk.jdk="$jdk" \
  -Dmlk.serve.aot="$dist/lib/serve-$id.aot" -cp mlk.jar dev.mlk.app.Training >"$home/training.log" 2>&1 || {
  echo "The AOT caches could not be made; mlk works without them, only slower:" >&2
  tail -n 5 "$home/training.log" >&2
  rm -f ./*.aot
}
echo "$id" >build-id

#!/bin/sh
# The last step of the build: names the build after its jars and makes the AOT caches by running the program as users do.
# dist.sh DIST
set -eu
dist=$1
here=$(cd "$(dirname "$0")" && pwd)
jdk=$(sh "$here/find-jdk.sh")
cd "$dist/lib"

# Which commit this is, as ./mlk reads it: a build by Maven is a build, and ./mlk need not do it again.
head=unknown
if [ -f "$here/../.git/HEAD" ]; then
  read -r head <"$here/../.git/HEAD"
  case $head in "ref: "*) if [ -f "$here/../.git/${head#ref: }" ]; then read -r head <"$here/../.git/${head#ref: }"; fi ;; esac
fi
echo "$head" >built-from
id=$(cat ./*.jar | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-12)

# Trains one cache: train NAME WHAT [COMMAND...], see dev.mlk.app.Training.
limit=
command -v timeout >/dev/null 2>&1 && limit="timeout 120"
train() {
  cache=$1
  shift
  $limit "$jdk/bin/java" -XX:AOTCacheOutput="$dist/lib/$cache-$id.aot" -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -Dmlk.terminal= -Dmlk.dist="$dist" -Dmlk.jdk="$jdk" \
    -Dmlk.serve.aot="$dist/lib/serve-$id.aot" -cp "$dist/lib/mlk.jar" dev.mlk.app.Training "$@"
}
if [ "${2:-}" = --short ]; then
  # Called back while the cluster of the large training is up.
  train short-tls tls &
  train short short
  wait $!
  exit
fi

if [ -f build-id ] && [ "$(cat build-id)" = "$id" ] && [ -f "short-$id.aot" ]; then
  exit 0
fi
rm -f ./*.aot
echo "$jdk" >jdk

# One cluster and three clients train: one for all commands, and two for the few that are typed all day, over the socket and over
# TLS, because every command pays for all that is in its cache. Each leaves its cache when it ends.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS KUBECONFIG
export HOME="$home" MLK_HOME="$home"
if train mlk all sh "$here/dist.sh" "$dist" --short >"$dist/training.log" 2>&1; then
  # The cluster writes its cache when it ends, a moment after its client.
  waited=0
  while [ ! -s "serve-$id.aot" ] || [ -f "serve-$id.aot.config" ]; do
    waited=$((waited + 1))
    [ $waited -gt 120 ] && break
    sleep 0.5
  done
else
  echo "The AOT caches could not be made; mlk works without them, only slower:" >&2
  tail -n 5 "$dist/training.log" >&2
  rm -f ./*.aot
fi
echo "$id" >build-id

#!/bin/sh
# Builds the real control plane (and a current kubectl) from Go modules and prints the folder that holds it.
# About 9 minutes the first time on 2 cores, nothing after that. Usage: bin=$(testbed/build.sh)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
version=1.35.4
out=${MLK_TESTBED:-${XDG_CACHE_HOME:-$HOME/.cache}/mlk/kubernetes-$version}

# Lines of go build -v, one for each package that is compiled, made into some lines of progress; whatever else it says
# is passed on.
progress() {
  awk -v all="$1" -v start="$(date +%s)" '
    /^go: downloading / { if (++modules % 100 == 0) say(modules " modules downloaded"); next }
    /^[a-z0-9_.-]+(\/[A-Za-z0-9_.~!-]+)*$/ { if (++packages % 100 == 0) say(packages " of at most " all " packages"); next }
    { print; fflush() }
    function say(what,   now) {
      "date +%s" | getline now; close("date +%s")
      printf "Building Kubernetes: %s, %d s\n", what, now - start; fflush()
    }' >&2
}

if [ ! -x "$out/kube" ]; then
  command -v go >/dev/null 2>&1 || {
    echo "Go is not on this machine, and the control plane is built with it. Next: install Go 1.26 or newer." >&2
    exit 4
  }
  mkdir -p "$out"
  echo "Building Kubernetes $version from Go modules into $out (once, about 9 minutes on 2 cores) ..." >&2
  set_version="-X k8s.io/component-base/version.gitVersion=v$version -X k8s.io/component-base/version.gitMajor=1
    -X k8s.io/component-base/version.gitMinor=35 -X k8s.io/client-go/pkg/version.gitVersion=v$version"
  cd "$here"
  export CGO_ENABLED=0
  packages=$(go list -deps . 2>/dev/null | wc -l)
  fresh=$out/kube.$$
  trap 'rm -f "$fresh"' EXIT
  { go build -v -trimpath -ldflags "-s -w $(echo $set_version)" -o "$fresh" . 2>&1 || echo "go build failed"; } | progress "$packages"
  [ -x "$fresh" ] || exit 1
  mv "$fresh" "$out/kube"
  echo "Built: $out" >&2
fi
for name in etcd kube-apiserver kube-controller-manager kube-scheduler kubectl; do
  [ -e "$out/$name" ] || ln -s kube "$out/$name"
done
echo "$out"

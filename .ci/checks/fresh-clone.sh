# A stranger's first command: fresh clone, empty home folder, a trained model; the build aside within 30 seconds on two cores.
# Runs alone: it measures time.
set -euo pipefail
work=$(mktemp -d)
export HOME=$work/home
m2=${MAVEN_REPO:-$(eval echo ~"$(id -un)")/.m2}
finish() {
  [ -x "$work/mlk/mlk" ] && "$work/mlk/mlk" cluster stop --yes >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT
mkdir -p "$HOME"
git clone -q . "$work/mlk"
cd "$work/mlk"
# Only what a package manager would have downloaded before is shared: the build's own time is not what is measured here.
[ -d "$m2" ] && ln -s "$m2" "$HOME/.m2"
./mlk --version
start=$(date +%s.%N)
./mlk tfjob submit templates/mnist/mnist.yaml --follow | tee "$work/out"
end=$(date +%s.%N)
accuracy=$(sed -n 's/.*| accuracy=\(0\.[0-9]*\) held_out=2000.*/\1/p' "$work/out" | tail -n 1)
python3 - "$accuracy" "$start" "$end" <<'PY'
import sys
accuracy, seconds = float(sys.argv[1]), float(sys.argv[3]) - float(sys.argv[2])
print(f"held-out accuracy {accuracy}, {seconds:.1f} s from command to result")
assert accuracy >= 0.93, accuracy
assert seconds <= 30, seconds
PY

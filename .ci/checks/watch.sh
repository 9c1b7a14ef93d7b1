# mlk watch in a real terminal (tmux): keys, saves, sizes, no processor at rest, the terminal given back however it ends.
# Runs alone: it measures processor use at rest.
set -eu
mkdir -p target
sh .ci/tests.sh cli WatchInTerminalIT >target/watch.out 2>&1 || {
  tail -n 60 target/watch.out
  exit 1
}
grep 'tests successful' target/watch.out

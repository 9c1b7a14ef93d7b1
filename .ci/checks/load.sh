# A thousand TFJobs of three simulated pods each, operator and scheduler included, while fifty clients want to change the same objects:
# all succeed, no update is lost, no revision comes twice or out of order. Prints the figures.
# Runs alone: it measures time.
set -eu
mkdir -p target
sh .ci/tests.sh cli LoadIT >target/load.out 2>&1 || {
  tail -n 60 target/load.out
  exit 1
}
grep '^load:' target/load.out

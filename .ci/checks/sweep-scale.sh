# A sweep of five hundred simulated trials: the time beside the ideal one, the requests a trial, and the memory are printed. And the page on sweeps.
# Runs alone: it measures time.
set -eu
mkdir -p target
sh .ci/tests.sh cli SweepAtScaleIT,SweepPageIT >target/sweep-scale.out 2>&1 || {
  tail -n 60 target/sweep-scale.out
  exit 1
}
grep '^sweep ' target/sweep-scale.out

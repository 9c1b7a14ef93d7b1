# Checking a cluster of 500 nodes and 10,000 pods: few requests; the time is printed.
set -eu
mkdir -p target
sh .ci/tests.sh cli ClusterCheckAtScaleIT >target/cluster-check.out 2>&1 || {
  tail -n 60 target/cluster-check.out
  exit 1
}
grep -o 'cluster check, .*' target/cluster-check.out

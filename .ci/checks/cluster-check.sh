# Checking a cluster of 500 nodes and 10,000 pods, and showing its GPUs: few requests; the times are printed. Ctrl-C in a probe.
set -eu
mkdir -p target
sh .ci/tests.sh cli ClusterCheckAtScaleIT,ClusterCheckProbeIT >target/cluster-check.out 2>&1 || {
  tail -n 60 target/cluster-check.out
  exit 1
}
grep -oE '(cluster check|gpu top), .*' target/cluster-check.out

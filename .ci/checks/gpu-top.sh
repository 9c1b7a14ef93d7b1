# GPUs beside a DCGM exporter in a pod, the live view in a real terminal (tmux), and links as a pod sees them.
set -eu
mkdir -p target
sh .ci/tests.sh cli DcgmOnPracticeTest,GpuTopInTerminalIT,GpuTopologyIT >target/gpu-top.out 2>&1 || {
  tail -n 60 target/gpu-top.out
  exit 1
}
grep 'tests successful' target/gpu-top.out

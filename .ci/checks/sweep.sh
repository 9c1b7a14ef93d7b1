# Sweeps: from nothing to the best learning rate, nine trials on three GPUs, and a hundred interruptions; the times are printed.
set -eu
mkdir -p target
sh .ci/tests.sh cli SweepIT,SweepInterruptionsIT,SearchQualityTest,MnistSearchTest >target/sweep.out 2>&1 || {
  tail -n 80 target/sweep.out
  exit 1
}
grep -E '^sweep |^interruptions ' target/sweep.out

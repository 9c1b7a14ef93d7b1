# Sweeps that a Job of the cluster runs: its runner is killed again and again, stopped, resumed, and watched from another terminal.
set -eu
sh .ci/tests.sh cli SweepDetachIT

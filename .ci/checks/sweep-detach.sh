# Sweeps that a Job of the cluster runs: its runner is killed again and again, stopped, resumed, and watched from another terminal; and sweeps of people who have rights in one namespace only.
set -eu
sh .ci/tests.sh cli SweepDetachIT
sh .ci/tests.sh cli @sweep-rights

"""The client's leader election: of two candidates one leads, and the other follows when the first one stops."""
import os
import sys

from kubernetes import client, config
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.leaselock import LeaseLock

config.load_kube_config()
name = sys.argv[1]


def lead():
    print(name, "leads", flush=True)
    os._exit(0)


leaderelection.LeaderElection(
    electionconfig.Config(
        LeaseLock("election", os.environ["NS"], name),
        lease_duration=3,
        renew_deadline=2,
        retry_period=1,
        onstarted_leading=lead,
        onstopped_leading=None,
    )
).run()

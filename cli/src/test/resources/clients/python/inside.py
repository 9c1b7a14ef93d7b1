"""What a program in a pod does: the configuration comes from the pod's service account."""
import sys

from kubernetes import client, config
from kubernetes.client.rest import ApiException
from kubernetes.config.incluster_config import InClusterConfigLoader

# As config.load_incluster_config() does. A container here is a process that sees this machine's files, and only paths in its
# arguments and environment are translated: a path that is written in a library's code is not.
folder, namespace = sys.argv[1:]
InClusterConfigLoader(token_filename=folder + "/token", cert_filename=folder + "/ca.crt").load_and_set()
v1 = client.CoreV1Api()
for which in (namespace, "kube-system"):
    try:
        print([item.metadata.name for item in v1.list_namespaced_config_map(which, label_selector="app=inside").items])
    except ApiException as error:
        print(error.status)

"""The first example of the client's README: all pods, and one page at a time."""
from kubernetes import client, config

config.load_kube_config()
v1 = client.CoreV1Api()
pods = v1.list_pod_for_all_namespaces(watch=False)
print(any(pod.metadata.namespace == "kube-system" and pod.status.pod_ip for pod in pods.items))
page = v1.list_pod_for_all_namespaces(limit=1)
seen = [item.metadata.name for item in page.items]
while page.metadata._continue:
    page = v1.list_pod_for_all_namespaces(limit=1, _continue=page.metadata._continue)
    seen += [item.metadata.name for item in page.items]
print(len(seen) == len(set(seen)) and len(seen) >= 3)
print(client.VersionApi().get_code().major, [node.metadata.name for node in v1.list_node().items])

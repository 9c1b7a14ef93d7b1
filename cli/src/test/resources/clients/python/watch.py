"""Watches: from now, from a resourceVersion, with a timeout, and what happens when that version is too old."""
import os
import threading

from kubernetes import client, config, watch

config.load_kube_config()
namespace = os.environ["NS"]
v1 = client.CoreV1Api()


def config_map(name):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name, labels={"watched": "yes"}))


listed = v1.list_namespaced_config_map(namespace, label_selector="watched=yes")
threading.Thread(target=lambda: [v1.create_namespaced_config_map(namespace, config_map(f"w{i}")) for i in range(3)]).start()
w = watch.Watch()
for event in w.stream(
    v1.list_namespaced_config_map,
    namespace,
    label_selector="watched=yes",
    resource_version=listed.metadata.resource_version,
    timeout_seconds=30,
):
    print(event["type"], event["object"].metadata.name)
    if event["object"].metadata.name == "w2":
        w.stop()
again = watch.Watch()
names = [
    event["object"].metadata.name
    for event in again.stream(
        v1.list_namespaced_config_map, namespace, label_selector="watched=yes", resource_version=listed.metadata.resource_version, timeout_seconds=1
    )
]
print(names)
v1.delete_namespaced_config_map("w0", namespace)
print(
    [
        (event["type"], event["object"].metadata.name)
        for event in watch.Watch().stream(v1.list_namespaced_config_map, namespace, label_selector="watched=yes", timeout_seconds=1)
    ]
)

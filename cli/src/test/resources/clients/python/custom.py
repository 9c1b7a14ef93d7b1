"""TFJobs as custom objects, and any kind by the dynamic client, with server-side apply."""
import os

from kubernetes import client, config, dynamic, watch
from kubernetes.client.rest import ApiException

config.load_kube_config()
namespace = os.environ["NS"]
custom = client.CustomObjectsApi()
job = {
    "apiVersion": "kubeflow.org/v1",
    "kind": "TFJob",
    "metadata": {"name": "training"},
    "spec": {
        "tfReplicaSpecs": {
            "Worker": {
                "replicas": 2,
                "restartPolicy": "Never",
                "template": {"spec": {"containers": [{"name": "tensorflow", "image": "mlk/simulated", "args": ["--duration=1s"]}]}},
            }
        }
    },
}
where = ("kubeflow.org", "v1", namespace, "tfjobs")
custom.create_namespaced_custom_object(*where, job)
w = watch.Watch()
for event in w.stream(custom.list_namespaced_custom_object, *where, timeout_seconds=60):
    conditions = [c["type"] for c in event["object"].get("status", {}).get("conditions", []) if c["status"] == "True"]
    if "Succeeded" in conditions:
        print("succeeded")
        w.stop()
print(custom.get_namespaced_custom_object(*where, "training")["status"]["replicaStatuses"])
custom.patch_namespaced_custom_object(*where, "training", {"metadata": {"labels": {"a": "b"}}})
print([item["metadata"]["name"] for item in custom.list_namespaced_custom_object(*where, label_selector="a=b")["items"]])
try:
    custom.create_namespaced_custom_object(*where, {**job, "spec": {"tfReplicaSpecs": {"Worker": {"replicas": "two"}}}})
except ApiException as error:
    print(error.status)
custom.delete_namespaced_custom_object(*where, "training")

any_kind = dynamic.DynamicClient(client.ApiClient())
config_maps = any_kind.resources.get(api_version="v1", kind="ConfigMap")
body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"}, "data": {"key": "one"}}
applied = any_kind.server_side_apply(config_maps, body=body, name="applied", namespace=namespace, field_manager="first")
print(applied.data.key, applied.metadata.managedFields[0].manager)
try:
    any_kind.server_side_apply(
        config_maps, body={**body, "data": {"key": "two"}}, name="applied", namespace=namespace, field_manager="second"
    )
except ApiException as error:
    print(error.status)
print(
    any_kind.server_side_apply(
        config_maps, body={**body, "data": {"key": "two"}}, name="applied", namespace=namespace, field_manager="second", force_conflicts=True
    ).data.key
)
tfjobs = any_kind.resources.get(api_version="kubeflow.org/v1", kind="TFJob")
print(tfjobs.name, tfjobs.namespaced, len(tfjobs.get(namespace=namespace).items))

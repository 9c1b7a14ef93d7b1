"""A deployment from YAML, from a dict and from typed objects; changed by patch and replace; deleted."""
import os

import yaml
from kubernetes import client, config, utils
from kubernetes.client.rest import ApiException

config.load_kube_config()
namespace = os.environ["NS"]
apps = client.AppsV1Api()
TEXT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: from-yaml}
spec:
  replicas: 1
  selector: {matchLabels: {app: from-yaml}}
  template:
    metadata: {labels: {app: from-yaml}}
    spec: {containers: [{name: main, image: pause}]}
"""
created = apps.create_namespaced_deployment(body=yaml.safe_load(TEXT), namespace=namespace)
print(created.metadata.name, created.spec.strategy.rolling_update.max_surge)
utils.create_from_dict(client.ApiClient(), yaml.safe_load(TEXT.replace("from-yaml", "from-dict")), namespace=namespace)
typed = client.V1Deployment(
    api_version="apps/v1",
    kind="Deployment",
    metadata=client.V1ObjectMeta(name="typed"),
    spec=client.V1DeploymentSpec(
        replicas=1,
        selector={"matchLabels": {"app": "typed"}},
        template=client.V1PodTemplateSpec(
            metadata=client.V1ObjectMeta(labels={"app": "typed"}),
            spec=client.V1PodSpec(
                containers=[
                    client.V1Container(
                        name="main",
                        image="pause",
                        resources=client.V1ResourceRequirements(requests={"cpu": "100m"}, limits={"cpu": "500m"}),
                    )
                ]
            ),
        ),
    ),
)
deployment = apps.create_namespaced_deployment(body=typed, namespace=namespace)
deployment.spec.template.spec.containers[0].image = "busybox"
deployment.spec.template.spec.containers[0].command = ["sleep", "1000"]
# Its status may have changed meanwhile, and a version in the body is a condition.
deployment.metadata.resource_version = None
patched = apps.patch_namespaced_deployment(name="typed", namespace=namespace, body=deployment)
print(patched.spec.template.spec.containers[0].image, patched.metadata.generation)
patched = apps.patch_namespaced_deployment(
    name="typed", namespace=namespace, body=[{"op": "replace", "path": "/spec/replicas", "value": 0}]
)
print(patched.spec.replicas)
scale = apps.read_namespaced_deployment_scale("typed", namespace)
scale.spec.replicas = 2
scale.metadata.resource_version = None
print(apps.replace_namespaced_deployment_scale("typed", namespace, scale).spec.replicas)
stale = apps.read_namespaced_deployment("typed", namespace)
apps.patch_namespaced_deployment("typed", namespace, {"metadata": {"labels": {"a": "b"}}})
try:
    apps.replace_namespaced_deployment("typed", namespace, stale)
except ApiException as error:
    print(error.status, error.reason)
print(sorted(item.metadata.name for item in apps.list_namespaced_deployment(namespace).items))
for name in ("from-yaml", "from-dict", "typed"):
    apps.delete_namespaced_deployment(
        name, namespace, body=client.V1DeleteOptions(propagation_policy="Foreground", grace_period_seconds=0)
    )
try:
    client.CoreV1Api().read_namespaced_pod("nobody", namespace)
except ApiException as error:
    print(error.status, yaml.safe_load(error.body)["message"])

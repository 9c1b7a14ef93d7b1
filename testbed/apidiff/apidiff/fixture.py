"""What all cases share: three nodes, kept alive while the cases run, and no default storage class."""

import json
import threading
import time

NODES = ("apidiff-a", "apidiff-b", "apidiff-c")
TAINTED = "apidiff-c"
TAINT = {"key": "dedicated", "value": "train", "effect": "NoSchedule"}
RESOURCES = {"cpu": "8", "memory": "32Gi", "ephemeral-storage": "100Gi", "pods": "110", "nvidia.com/gpu": "1"}
BEAT_SECONDS = 8
DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"
MERGE = {"Content-Type": "application/merge-patch+json"}


class Fixture:
    """Creates the nodes on entry, beats their hearts, removes them on exit; storage classes are not default meanwhile."""

    def __init__(self, target):
        self._target = target
        self._stop = threading.Event()
        self._default_classes = []
        self._thread = threading.Thread(target=self._beat_until_stopped, daemon=True)

    def __enter__(self):
        self._default_classes = self._find_default_classes()
        self._mark_classes("false")
        for name in NODES:
            self._delete(name)
            self._send("POST", "/api/v1/nodes", _node(name))
            self._beat(name)
        for name in NODES:
            self._remove_start_taint(name)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        for name in NODES:
            self._delete(name)
        self._mark_classes("true")

    def others(self):
        """Names of nodes that are not ours: with them, scheduler texts cannot agree."""
        answer = self._send("GET", "/api/v1/nodes")
        items = answer.json().get("items", []) if answer.status_code == 200 else []
        return [item["metadata"]["name"] for item in items if item["metadata"]["name"] not in NODES]

    def _beat_until_stopped(self):
        while not self._stop.wait(BEAT_SECONDS):
            for name in NODES:
                self._beat(name)

    def _beat(self, name):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        ready = {"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "apidiff",
                 "lastHeartbeatTime": now, "lastTransitionTime": now}
        status = {"capacity": RESOURCES, "allocatable": RESOURCES, "conditions": [ready],
                  "addresses": [{"type": "InternalIP", "address": "192.0.2.10"}],
                  "nodeInfo": {"kubeletVersion": "v1.35.4", "osImage": "apidiff", "kernelVersion": "6.1.0",
                               "containerRuntimeVersion": "containerd://2.0.0"}}
        self._send("PATCH", f"/api/v1/nodes/{name}/status", {"status": status}, MERGE)

    def _remove_start_taint(self, name):
        """Waits for the node controller to lift the not-ready taint, else lifts it."""
        wanted = [TAINT] if name == TAINTED else []
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            answer = self._send("GET", f"/api/v1/nodes/{name}")
            if answer.status_code != 200:
                return
            taints = answer.json().get("spec", {}).get("taints", [])
            if [taint.get("key") for taint in taints] == [taint["key"] for taint in wanted]:
                return
            time.sleep(0.3)
        self._send("PATCH", f"/api/v1/nodes/{name}", {"spec": {"taints": wanted}}, MERGE)

    def _find_default_classes(self):
        answer = self._send("GET", "/apis/storage.k8s.io/v1/storageclasses")
        items = answer.json().get("items", []) if answer.status_code == 200 else []
        return [item["metadata"]["name"] for item in items
                if item["metadata"].get("annotations", {}).get(DEFAULT_CLASS) == "true"]

    def _mark_classes(self, value):
        for name in self._default_classes:
            self._send("PATCH", f"/apis/storage.k8s.io/v1/storageclasses/{name}",
                       {"metadata": {"annotations": {DEFAULT_CLASS: value}}}, MERGE)

    def _delete(self, name):
        self._send("DELETE", f"/api/v1/nodes/{name}")

    def _send(self, method, path, body=None, headers=None):
        data = json.dumps(body) if body is not None else None
        return self._target.request(method, path, headers=headers or {"Content-Type": "application/json"}, data=data)


def _node(name):
    labels = {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "apidiff": "node"}
    node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}, "spec": {}}
    if name == TAINTED:
        node["spec"]["taints"] = [TAINT]
    return node

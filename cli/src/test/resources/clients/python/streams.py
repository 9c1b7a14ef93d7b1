"""Commands in a pod, one-shot and interactive; ports; logs as they come."""
import os

from kubernetes import client, config, watch
from kubernetes.stream import portforward, stream

config.load_kube_config()
namespace = os.environ["NS"]
v1 = client.CoreV1Api()
name = "streams"
v1.create_namespaced_pod(
    namespace,
    {
        "metadata": {"name": name},
        "spec": {
            "containers": [
                {"name": "main", "image": "busybox", "command": ["sh", "-c", "for i in 1 2 3; do echo line $i; done; exec sleep 1000"]},
                {"name": "web", "image": "nginx", "ports": [{"containerPort": 80}], "readinessProbe": {"tcpSocket": {"port": 80}, "periodSeconds": 1}},
            ]
        },
    },
)
w = watch.Watch()
for event in w.stream(v1.list_namespaced_pod, namespace, field_selector=f"metadata.name={name}", timeout_seconds=60):
    conditions = {condition.type: condition.status for condition in event["object"].status.conditions or []}
    if conditions.get("Ready") == "True":
        w.stop()
connect = v1.connect_get_namespaced_pod_exec
both = (
    stream(
        connect,
        name,
        namespace,
        container="main",
        command=["sh", "-c", "echo to stdout; echo to stderr >&2"],
        stderr=True,
        stdin=False,
        stdout=True,
        tty=False,
    )
)
print(sorted(both.strip().split("\n")))
shell = stream(
    connect, name, namespace, container="main", command=["sh"], stderr=True, stdin=True, stdout=True, tty=False, _preload_content=False
)
for command in ("echo one", "echo two >&2", "exit 3"):
    shell.write_stdin(command + "\n")
out = err = ""
while shell.is_open():
    shell.update(timeout=1)
    out += shell.read_stdout() if shell.peek_stdout() else ""
    err += shell.read_stderr() if shell.peek_stderr() else ""
shell.close()
print(out.strip(), err.strip(), shell.returncode)
terminal = stream(
    connect, name, namespace, container="main", command=["sh", "-c", "test -t 0 && echo terminal"], stderr=True, stdin=True, stdout=True, tty=True, _preload_content=False
)
terminal.run_forever(timeout=20)
print(terminal.read_all().strip())
forward = portforward(v1.connect_get_namespaced_pod_portforward, name, namespace, ports="80")
http = forward.socket(80)
http.setblocking(True)
http.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
response = b""
while True:
    more = http.recv(1024)
    if not more:
        break
    response += more
http.close()
print(b"Welcome to nginx!" in response, forward.error(80))
print(v1.read_namespaced_pod_log(name, namespace, container="main", tail_lines=1).strip())
lines = watch.Watch()
for line in lines.stream(v1.read_namespaced_pod_log, name, namespace, container="main", follow=True):
    print(line)
    if line == "line 3":
        lines.stop()
v1.delete_namespaced_pod(name, namespace, grace_period_seconds=0)

# Works alone and in a cluster; only the chief writes to the shared folder.
import json
import keras
import os
import tempfile

config = json.loads(os.environ.get("TF_CONFIG") or "{}")
cluster = config.get("cluster", {})
task = config.get("task", {"type": "worker", "index": 0})
leader = next((role for role in ("chief", "master") if role in cluster), "worker")
is_chief = task["type"] == leader and task["index"] == 0
model_dir = "/train/model" if is_chief else tempfile.mkdtemp()

print(f"type={task['type']} index={task['index']} chief={is_chief} writes to {model_dir}")

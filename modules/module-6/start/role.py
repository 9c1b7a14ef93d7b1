# 6.3: who am I, and where may I write? Three lines of 2017 are still in here.
#   python3 role.py
#   TF_CONFIG='{"cluster": {"chief": ["c:2222"], "worker": ["w:2222"]}, "task": {"type": "worker", "index": 0}}' python3 role.py
import json
import os

config = json.loads(os.environ["TF_CONFIG"])
task = config["task"]
is_chief = task["type"] == "master"
model_dir = "/train/model"

print(f"type={task['type']} index={task['index']} chief={is_chief} writes to {model_dir}")

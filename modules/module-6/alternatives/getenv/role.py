import json
import os
from tempfile import TemporaryDirectory

text = os.getenv("TF_CONFIG")
config = json.loads(text) if text else {"cluster": {}, "task": {"type": "chief", "index": 0}}
kind, number = config["task"]["type"], config["task"]["index"]
index = int(number)
lead = kind == "chief" or ("chief" not in config["cluster"] and kind == "worker" and index == 0)
model_dir = "/train/model" if lead else TemporaryDirectory().name
print(kind, index, lead, model_dir)

"""The part of main.py that matters: where the value of an option comes from."""

import os

USUAL = {"steps": "1000", "model-dir": ""}


def setting(name, given):
    """The value of an option: from the command line, else from the environment, else the usual one."""
    if name == "model-dir" and name not in given:
        return os.environ.get("TF_MODEL_DIR") + "/model"
    return given.get(name) or USUAL[name]

"""The part of main.py that matters: where the value of an option comes from."""

import os

USUAL = {"steps": "1000", "model-dir": ""}


def setting(name, given):
    """The value of an option: from the command line, else from the environment, else the usual one."""
    if name == "steps" and name not in given:
        return os.environ["TF_TRAIN_STEPS"]
    return given.get(name) or USUAL[name]

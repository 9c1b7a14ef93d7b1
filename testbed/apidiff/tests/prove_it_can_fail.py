"""Proof that the tool reports exactly what is wrong: a server that agrees, behind a proxy that spoils its answers.

Usage: python3 tests/prove_it_can_fail.py KUBECONFIG
"""

import contextlib
import io
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mutating_proxy import MutatingProxy

from apidiff import client
from apidiff.__main__ import main

CASES = ("crud-already-exists", "crud-not-found", "crud-pod-defaults-rich", "crud-unknown-field-warn", "val-gpu-request-only",
         "upd-conflict", "list-field-selectors", "watch-replay", "table-pods-completed", "acc-forbidden-verbs",
         "disc-core-resources", "del-answer", "ssa-conflict", "disc-health")


def nothing(method, path, answer):
    """Changes nothing."""


def status_code(method, path, answer):
    if method == "GET" and path.endswith("/pods/missing") and answer.status == 404 and "/missing-" not in path:
        answer.status = 400


def dropped_field(method, path, answer):
    if method == "POST" and path.endswith("/pods") and answer.status == 201 and "schedulerName" in answer.body["spec"]:
        answer.body["spec"].pop("dnsPolicy", None)


def table_cell(method, path, answer):
    if isinstance(answer.body, dict) and answer.body.get("kind") == "Table":
        for row in answer.body["rows"]:
            row["cells"] = ["Error" if cell == "OOMKilled" else cell for cell in row["cells"]]


def message(method, path, answer):
    if isinstance(answer.body, dict) and answer.body.get("reason") == "AlreadyExists":
        answer.body["message"] = answer.body["message"].replace("already exists", "exists already")


def cause(method, path, answer):
    if isinstance(answer.body, dict) and answer.body.get("reason") == "Invalid":
        for entry in answer.body["details"]["causes"]:
            entry["field"] = entry["field"].replace("[0]", "")


def event_type(method, path, answer):
    if isinstance(answer.body, dict) and answer.body.get("type") == "DELETED":
        answer.body["type"] = "MODIFIED"


def list_order(method, path, answer):
    if isinstance(answer.body, dict) and answer.body.get("kind") == "PodList":
        answer.body["items"].reverse()


def lost_warning(method, path, answer):
    answer.headers.pop("Warning", None)


def additional_field(method, path, answer):
    if isinstance(answer.body, dict) and answer.body.get("kind") == "APIResourceList":
        answer.body["surprise"] = True


# Each mutation, and every (case, step, path) that must be reported: no more, no less.
EXPECTED = (
    (nothing, []),
    (status_code, [("crud-not-found", 1, "status")]),
    (dropped_field, [("crud-pod-defaults-rich", 1, "body.spec.dnsPolicy")]),
    (table_cell, [("table-pods-completed", 11, "body.rows[*].cells[2][2]")]),
    (message, [("crud-already-exists", 2, "body.message"), ("crud-already-exists", 4, "body.message"),
               ("crud-already-exists", 5, "body.message")]),
    (cause, [("val-gpu-request-only", 1, "body.details.causes[0].field")]),
    (event_type, [("watch-replay", 4, "events.[*].type[1]")]),
    (list_order, [("list-field-selectors", 9, "body.items[*].metadata.name[0]"),
                  ("list-field-selectors", 9, "body.items[*].metadata.name[1]"),
                  ("list-field-selectors", 10, "body.items[*].metadata.name[0]"),
                  ("list-field-selectors", 10, "body.items[*].metadata.name[1]")]),
    (lost_warning, [("crud-unknown-field-warn", 1, "warning"), ("crud-unknown-field-warn", 2, "warning")]),
    (additional_field, [("disc-core-resources", 1, "body.surprise")]),
)


def reported(target, mutate):
    """Runs compare through the proxy; gives back the exit status and what was reported."""
    with MutatingProxy(target, mutate) as proxy:
        arguments = ["compare", "--server", proxy.url, "--token", proxy.ADMIN_TOKEN, "--json", "--quiet"]
        for case in CASES:
            arguments += ["--case", case]
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = main(arguments)
    summary = json.loads(output.getvalue())
    found = [(case, difference["step"], difference["path"])
             for case, differences in summary["cases"].items() for difference in differences]
    return status, sorted(found)


def prove(kubeconfig):
    """Checks every mutation; gives back the number that went wrong."""
    target = client.from_options(kubeconfig=kubeconfig)
    wrong = 0
    for mutate, expected in EXPECTED:
        status, found = reported(target, mutate)
        good = found == sorted(expected) and status == (1 if expected else 0)
        wrong += not good
        print(f"{'ok  ' if good else 'FAIL'} {mutate.__name__}: reported {len(found)}, expected {len(expected)}")
        if not good:
            print(f"     reported {found}\n     expected {sorted(expected)}")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if prove(sys.argv[1]) else 0)

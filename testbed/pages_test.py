"""Runs the commands that pages of modules show and compares what they print: those fenced as `console run` in the step's start state, those
fenced as `console run after` when the step has been solved.

Usage: pages_test.py MLK KUBECTL [MODULE...]. A line `...` stands for any lines, `…` for any text, numbers may differ.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
NAMESPACE = "mlk"
PATIENCE = 120  # seconds until a solved step has passed


def shown(page):
    """Step, whether it is to be solved before, command and lines below it, for each command that is to run."""
    step, inside, after, all_of_it = "", False, False, []
    for line in page.read_text().splitlines():
        heading = re.match(r"## (\d+\.\d+) ", line)
        if heading and not inside:
            step = heading.group(1)
        elif line.startswith("```"):
            inside = line in ("```console run", "```console run after")
            after = line.endswith(" after")
        elif inside and line.startswith("$ "):
            all_of_it.append((step, after, line[2:].replace("${namespace}", NAMESPACE).replace("${learner}", "learner"), []))
        elif inside:
            all_of_it[-1][3].append(line)
    return all_of_it


def plain(line):
    return re.sub(r"\s+", " ", re.sub(r"[0-9][0-9.:TZ-]*[smhd]?", "#", line)).strip()


def matches(said, expected):
    if not expected:
        return not said
    if expected[0] == "...":
        return any(matches(said[skip:], expected[1:]) for skip in range(len(said) + 1))
    pattern = ".*".join(re.escape(plain(part)) for part in expected[0].split("…"))
    return bool(said) and bool(re.fullmatch(pattern.replace(r"\ .*", ".*").replace(r".*\ ", ".*"), plain(said[0]))) and matches(
        said[1:], expected[1:]
    )


def solve(run, step):
    """Does what the step's solution says and waits until the step has passed."""
    code, said = run(f"mlk module solve {step} --yes -n {NAMESPACE}")
    assert code == 0, said
    end = time.monotonic() + PATIENCE
    while run(f"mlk verify {step} -n {NAMESPACE}")[0] != 0:
        assert time.monotonic() < end, run(f"mlk verify {step} -n {NAMESPACE}")[1]
        time.sleep(0.5)


def main(mlk, kubectl, names):
    wrong = ran = 0
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "MLK_HOME": home, "KUBECONFIG": home + "/config", "NO_COLOR": "1"}
        environment.pop("MLK_WORKSHOP", None)

        def run(command):
            program, rest = command.split(" ", 1)
            command = {"mlk": f"sh {mlk}", "kubectl": kubectl, "cat": "cat", "ls": "ls"}[program] + " " + rest
            done = subprocess.run(
                ["sh", "-c", command + " 2>&1"], cwd=home, env=environment, stdout=subprocess.PIPE, text=True, timeout=120
            )
            return done.returncode, done.stdout

        try:
            for command in ("mlk cluster start", "mlk cluster kubeconfig --merge", f"kubectl create namespace {NAMESPACE}"):
                code, said = run(command)
                assert code == 0, f"{command}\n{said}"
            for name in names or sorted(folder.name for folder in (HERE / "modules").iterdir()):
                before, solved = "", ""
                for step, after, command, lines in shown(HERE / "modules" / name / "page.md"):
                    if step != before:
                        run(f"mlk verify {step} -n {NAMESPACE}")  # makes what the step begins with
                        before = step
                    if after and step != solved:
                        solve(run, step)
                        solved = step
                    said = run(command)[1].splitlines()
                    ran += 1
                    if not matches(said, lines):
                        wrong += 1
                        print(f"{name} {step}: $ {command}\n" + "\n".join("  | " + line for line in said))
        finally:
            run("mlk cluster stop")
    print(f"{ran} commands of pages, {wrong} print something else than the page says")
    return 1 if wrong or not ran else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))

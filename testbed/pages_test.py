"""Runs the commands that pages of modules show (fenced as `console run`) and compares what they print.

Usage: pages_test.py MLK KUBECTL [MODULE...]. A line `...` stands for any lines, `…` for any text, numbers may differ.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
NAMESPACE = "mlk"


def shown(page):
    """Step, command and lines below it, for each command that is to run."""
    step, inside, all_of_it = "", False, []
    for line in page.read_text().splitlines():
        heading = re.match(r"## (\d+\.\d+) ", line)
        if heading and not inside:
            step = heading.group(1)
        elif line.startswith("```"):
            inside = line == "```console run"
        elif inside and line.startswith("$ "):
            all_of_it.append((step, line[2:].replace("${namespace}", NAMESPACE).replace("${learner}", "learner"), []))
        elif inside:
            all_of_it[-1][2].append(line)
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
                before = ""
                for step, command, lines in shown(HERE / "modules" / name / "page.md"):
                    if step != before:
                        run(f"mlk verify {step} -n {NAMESPACE}")  # makes what the step begins with
                        before = step
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

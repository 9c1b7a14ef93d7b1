"""Runs what the pages of modules show, and compares what is printed with what stands there.

Usage: pages_test.py [--whole] MLK KUBECTL [MODULE...]; MLK_TEST_HELM names helm, if there is one.

Without --whole, the blocks fenced as `console run` are run in their step's start state, and those fenced as `console run after` when the step
has been solved. A line `...` stands for any lines, `…` for any text, numbers may differ.

With --whole, a learner works through the modules in a fresh home: begins each module, edits files as its solution does, types every command of
the page, follows what `mlk verify` advises until each step has passed, and takes one wrong turn in each module, out of which only that advice leads.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
NAMESPACE = "mlk"
LEARNER = "learner"
PATIENCE = 180  # seconds until what only needs time has happened
PROGRAMS = ("mlk", "kubectl", "helm", "echo", "sed", "cat", "ls")
SCRIPTS = ("python3 role.py",)  # those that need nothing but Python

# One wrong turn in each module: the step, and which of its mistakes is made.
WRONG_TURNS = {
    "module-0": ("0.4", "phase"),
    "module-1": ("1.4", "no-secret"),
    "module-2": ("2.2", "deployment"),
    "module-3": ("3.3", "request-only"),
    "module-4": ("4.1", "unknown-value"),
    "module-5": ("5.2", "container-name"),
    "module-6": ("6.4", "left-as-it-was"),
    "module-7": ("7.2", "eight"),
}

# What the learner tries first as it is, and edits only when it has failed: the commands before the edit.
TRIED_FIRST = {"5.4": 1}

# Commands that look at what is under way: what they show may take a while.
LOOKS = re.compile(r"kubectl (get|describe|logs) |mlk gpu |mlk tfjob (get|list)|mlk metrics ")

# Modules that build upon more than the single steps of the earlier ones that are solved for the comparison.
CAUGHT_UP = ("module-7",)

# What a page shows as a gap, and no hint fills.
GAPS = {"REGISTRY/REPOSITORY:TAG": "docker.io/tensorflow/tensorflow:2.20.0"}

# What a learner waits for in a log before Ctrl-C: that steps go by.
GOES_ON = re.compile(r"\bstep=\d+ loss=")


class Shown:
    """A command of a page, and the lines below it."""

    def __init__(self, step, kind, command):
        self.step, self.kind, self.command, self.lines = step, kind, command, []


def filled(text):
    return text.replace("${namespace}", NAMESPACE).replace("${learner}", LEARNER)


def shown(page):
    """All commands of a page, in order."""
    step, inside, kind, all_of_it = "", False, "", []
    for line in page.read_text().splitlines():
        heading = re.match(r"## (\d+\.\d+) ", line)
        if heading and not inside:
            step = heading.group(1)
        elif line.startswith("```"):
            inside = line in ("```console", "```console run", "```console run after")
            kind = line[len("```console") :].strip()
        elif inside and line.startswith("$ "):
            all_of_it.append(Shown(step, kind, filled(line[2:])))
        elif inside:
            all_of_it[-1].lines.append(filled(line))
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


class Machine:
    """A fresh home in which nothing was done yet, with the programs that a learner has."""

    def __init__(self, home, mlk, kubectl):
        self.home = Path(home)
        programs = self.home / "bin"
        programs.mkdir()
        for name, command in {"mlk": f'sh "{mlk}"', "kubectl": f'"{kubectl}"', "helm": f'"{helm()}"' if helm() else ""}.items():
            if command:
                (programs / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
                (programs / name).chmod(0o755)
        self.environment = {
            **os.environ,
            "HOME": home,
            "MLK_HOME": home + "/.mlk",
            "KUBECONFIG": home + "/config",
            "PATH": f"{programs}:{os.environ['PATH']}",
            "NO_COLOR": "1",
            "COLUMNS": "400",
            "USER": LEARNER,
            "TMPDIR": home,
        }
        for name in ("MLK_WORKSHOP", "MLK_PACK", "MLK_LEARNER"):
            self.environment.pop(name, None)

    def run(self, command, folder=None):
        done = subprocess.run(
            ["sh", "-c", f"{{ {command}\n}} 2>&1"],
            cwd=folder or self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            timeout=600,
        )
        return done.returncode, done.stdout

    def watch(self, command, folder, enough):
        """Looks at what goes on until a line is like enough, then presses Ctrl-C; the exit code is that of somebody who has."""
        with subprocess.Popen(
            ["sh", "-c", f"{{ {command}\n}} 2>&1"],
            cwd=folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as program:
            late = threading.Timer(600, os.killpg, (program.pid, signal.SIGKILL))
            late.start()
            lines = []
            for line in program.stdout:
                lines.append(line)
                if enough.search(line):
                    os.killpg(program.pid, signal.SIGINT)
                    break
            lines.extend(program.stdout)
            late.cancel()
        return program.returncode, "".join(lines)

    def ok(self, command, folder=None):
        code, said = self.run(command, folder)
        assert code == 0, f"$ {command}\n{said}"
        return said

    def compare(self, one, folder):
        """What a command prints: at once as the page has it, or after a while when it looks at something that is under way."""
        end = time.monotonic() + (PATIENCE if LOOKS.match(one.command) else 0)
        while True:
            said = self.run(one.command, folder)[1].splitlines()
            if matches(said, one.lines) or time.monotonic() > end:
                return said
            time.sleep(0.5)

    def has(self, program):
        return bool(shutil.which(program, path=self.environment["PATH"]))


def helm():
    return os.environ.get("MLK_TEST_HELM") or shutil.which("helm")


# --- the pages, step by step ---------------------------------------------------------------------------------------------------------


def solve(machine, step):
    """Does what the step's solution says and waits until the step has passed."""
    end = time.monotonic() + PATIENCE
    code, said = machine.run(f"mlk module solve {step} --yes -n {NAMESPACE}")
    while code != 0:
        assert code == 1 and time.monotonic() < end, said
        time.sleep(0.5)
        code, said = machine.run(f"mlk verify {step} -n {NAMESPACE}")


def compare_pages(machine, names):
    wrong = ran = 0
    for command in ("mlk cluster start", "mlk cluster kubeconfig --merge", f"kubectl create namespace {NAMESPACE}"):
        machine.ok(command)
    for name in names:
        before, solved = "", ""
        if name in CAUGHT_UP:
            machine.ok(f"mlk module catch-up {name}")
        folder = machine.home / "mlk-workshop" / name
        for one in shown(HERE / "modules" / name / "page.md"):
            if not one.kind:
                continue
            assert re.match(r"(TF_CONFIG=\S.*' )?(mlk|kubectl|cat|ls|python3) ", one.command), one.command
            if one.step != before and one.kind == "run":
                machine.run(f"mlk verify {one.step} -n {NAMESPACE}")  # makes what the step begins with
            before = one.step
            if one.kind == "run after" and one.step != solved:
                solve(machine, one.step)
                solved = one.step
            said = machine.compare(one, folder if folder.exists() else None)
            ran += 1
            if not matches(said, one.lines):
                wrong += 1
                print(f"{name} {one.step}: $ {one.command}\n" + "\n".join("  | " + line for line in said))
    print(f"{ran} commands of pages, {wrong} print something else than the page says")
    return 1 if wrong or not ran else 0


# --- a learner ---------------------------------------------------------------------------------------------------------------------


class Step:
    """A step as its author wrote it: what a learner edits, the last hint, how a mistake is made."""

    def __init__(self, module, text):
        self.module = module
        self.id = text[1 : text.index('"', 1)]
        self.title = re.search(r"\n  title: (.*)", text).group(1).strip("'\"")
        self.text = text
        workload = re.search(r"\n  workload: \{kind: (\w+), name: ([\w-]+)", text)
        self.workload = f"{workload.group(1)} {workload.group(2)}" if workload else ""
        hints = self.part("hints")
        last = re.split(r"\n  - ", "\n" + hints)[-1].strip()
        quoted = re.fullmatch(r"""(['"])(.*)\1""", last, re.S)
        self.hint = filled(quoted.group(2).replace('\\"', '"').replace("''", "'") if quoted else last)

    def part(self, name):
        found = re.search(rf"\n  {name}:\n((?:  [- ].*\n|\n)*)", self.text)
        return found.group(1) if found else ""

    def mistake(self, name):
        found = re.search(rf"  - name: {name}\n    code: (\S+)\n((?:    .*\n)*)", self.part("mistakes"))
        return found.group(1), found.group(2)

    @staticmethod
    def files(actions):
        """Files that the actions put into the learner's folder: name, and path in the module or text."""
        for source, target in re.findall(r"- copy: \{from: (\S+), to: (\S+)\}", actions):
            yield target, source, None
        for target, text in re.findall(r'- write: \{file: (\S+), text: "(.*)"\}', actions):
            yield target, None, text.replace("\\n", "\n")


def steps(module):
    text = (HERE / "modules" / module / "module.yaml").read_text() + "\n"
    return [Step(module, part) for part in re.split(r"\n- id: ", text)[1:]]


def commands_in(advice):
    """The commands that an advice names, each to be typed as it stands, and whether it says something else as well."""
    text = re.sub(r"\s+#.*", "", filled(advice)).strip()
    found, words = [], False
    gaps = r"\s*;\s+(?:then\s+)?|,\s+(?:and\s+)?(?:then\s+)?|\s+then\s+|\s+(?:and|with)\s+(?=mlk |kubectl |helm )|:\s+(?=mlk |kubectl )"
    for part in re.split(gaps, text):
        part = part.strip()
        command = re.split(r"\s+(?:shows|writes|in front|in that|first$|lists|has |with the|makes|is |or )", part)[0]
        named = command.split(" ")[0] in PROGRAMS
        blocked = re.search(r"\b(NUMBER|NAME|WORD|HOURS|REASON)\b|kubectl edit|module solve|operator run|--web|port-forward", command)
        if named and not blocked:
            found.append(re.sub(r" (-w|--watch|-f)$", "", command))
        elif part:
            words = True
    return found, words


class Learner:
    def __init__(self, machine):
        self.machine = machine
        self.typed = self.compared = self.turns = self.advice = self.hints = 0
        self.left_out, self.wrong = [], []

    def folder(self, step):
        return self.machine.home / "mlk-workshop" / step.module

    def edit(self, step, actions):
        """Files as the actions have them: what a learner does in an editor."""
        for target, source, text in Step.files(actions):
            file = self.folder(step) / target
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text if text is not None else filled((HERE / "modules" / step.module / source).read_text()))

    def verdict(self, step):
        said = self.machine.run(f"mlk verify {step.id} --wait -o json", self.folder(step))[1]
        try:
            return json.loads(said[said.index("{") :])["steps"][0]
        except ValueError:
            raise AssertionError(f"verify {step.id} printed no verdict: {said}") from None

    def passes(self, verdict):
        return verdict["status"] in ("PASS", "SKIP")

    def follow(self, step, route):
        """Does what mlk advises until the step has passed; the route is how it went."""
        heard, edited, hinted = set(), False, False
        for _ in range(8):
            verdict = self.verdict(step)
            if self.passes(verdict):
                return
            told = (verdict["code"], verdict["next"])
            commands, words = commands_in(verdict["next"])
            route.append(f"{verdict['code']}: {verdict['next']}")
            self.advice += 1
            if not edited and (words or not commands or told in heard):
                self.edit(step, step.part("solution"))
                edited = True
            elif (told in heard or not commands) and hinted:
                # Nothing is left to do: what was done needs time, such as the pause before an image is pulled again.
                assert self.awaits(step), f"step {step.id}: the advice leads nowhere\n" + "\n".join(route) + "\n" + json.dumps(verdict, indent=1)
                return
            elif told in heard or not commands:
                hinted = True
                self.hints += 1
                route.append(f"hint: {step.hint}")
                commands = commands_in(step.hint)[0]
            heard.add(told)
            if step.workload and re.search(r"delete the (job|pod)\b", verdict["next"]):
                commands = [f"kubectl delete {step.workload} -n {NAMESPACE}", *commands]
            for command in commands:
                self.machine.run(command, self.folder(step))
        raise AssertionError(f"step {step.id}: no end of advice\n" + "\n".join(route))

    def awaits(self, step):
        """Whether the step passes by itself after a while."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.passes(self.verdict(step)):
                return True
            time.sleep(0.5)
        return False

    def wrong_turn(self, step, name):
        """Makes a mistake, is told which, and gets out of it by what is advised."""
        code, inject = step.mistake(name)
        self.edit(step, inject)
        for question, answer in re.findall(r"- answer: \{name: (\S+), value: (\S+)\}", inject):
            self.machine.run(f"mlk answer {question} {answer}", self.folder(step))
        for file in re.findall(r"- apply: (\S+)", inject):
            self.machine.run(f"kubectl apply -n {NAMESPACE} -f {HERE / 'modules' / step.module / file}", self.folder(step))
        end = time.monotonic() + PATIENCE
        verdict = self.verdict(step)
        while verdict.get("code") != code and time.monotonic() < end:
            time.sleep(0.5)
            verdict = self.verdict(step)
        assert verdict.get("code") == code, f"step {step.id}, mistake {name}: {code} was expected\n" + json.dumps(verdict, indent=1)
        route = []
        self.follow(step, route)
        self.turns += 1
        print(f"  wrong turn in {step.id} ({name}):\n" + "\n".join("    " + line for line in route))
        self.machine.ok(f"mlk module reset {step.id} --yes", self.folder(step))

    def type(self, step, one):
        """Types a command of the page, and compares when the page shows what it prints."""
        command = one.command
        for gap, value in GAPS.items():
            command = command.replace(gap, value)
        question = re.match(r"mlk answer (\S+) ", command)
        if question:
            command = self.answered(step, question.group(1))
            if not command:
                return self.leave_out(step, one.command)
        command = re.sub(r" -w$", "", command)
        bare = re.sub(r"^(?:[A-Z_]+=(?:'[^']*'|\S+) )+", "", command)
        first = bare.split(" ")[0]
        known = first in PROGRAMS or bare in SCRIPTS
        if "port-forward" in command or not known or not self.machine.has(first) or re.search(r"\b[A-Z]{4,}\b(?![=-])", command.split("'")[0]):
            return self.leave_out(step, command)
        self.typed += 1
        end = time.monotonic() + (PATIENCE if LOOKS.match(command) else 0)
        while True:
            if " logs " in command and command.endswith(" --follow"):
                code, said = self.machine.watch(command, self.folder(step), GOES_ON)
                code = 0 if code in (130, -signal.SIGINT) else code
            else:
                code, said = self.machine.run(command, self.folder(step))
            # An answer is taken also while others of the step are missing.
            right = matches(said.splitlines(), one.lines) if one.lines else code == 0 or (question and code == 1)
            if right or time.monotonic() > end:
                break
            time.sleep(0.5)
        self.compared += bool(one.lines)
        if not right:
            self.wrong.append(f"{step.id}: $ {command}")
            print(f"{step.id}: $ {command} (exit code {code})\n" + "\n".join("  | " + line for line in said.splitlines()))
        return None

    def answered(self, step, question):
        """What a learner types to answer the question: as the last hint has it, or what was found out; empty when nobody can know it."""
        known = re.search(rf"mlk answer {re.escape(question)} (\S+)", step.hint)
        if question == "best":
            return f"mlk answer best {self.best()}"
        return "" if not known or known.group(1).isupper() else f"mlk answer {question} {known.group(1)}"

    def best(self):
        """The job of the grid with the greatest last accuracy on what it has not seen, as step 7.4 asks: read one by one."""
        last = {}
        for name in self.machine.ok(f"kubectl get tfjobs -n {NAMESPACE} -l sweep=module7-grid -o name").split():
            job = name.split("/")[1]
            rows = self.machine.ok(f"mlk metrics {job} -n {NAMESPACE} --run test --tag accuracy -o csv").splitlines()
            steps = [row.split(",") for row in rows if row.startswith("test,accuracy,")]
            last[job] = float(max(steps, key=lambda row: int(row[2]))[-1])
        return max(last, key=last.get)

    def leave_out(self, step, command):
        self.left_out.append(f"{step.id}: {command}")

    def take(self, step, page):
        said = self.machine.ok(f"mlk module show {step.id}", self.folder(step))
        assert step.title in said, said
        commands = [one for one in page if one.step == step.id]
        before = [one for one in commands if one.kind != "run after"]
        tried = TRIED_FIRST.get(step.id, 0)
        self.machine.run(f"mlk verify {step.id}", self.folder(step))  # puts there what the step begins with
        for one in before[:tried]:
            self.type(step, one)
        self.edit(step, step.part("solution"))
        for one in before[tried:]:
            self.type(step, one)
        doctor = self.folder(step) / "doctor.txt"
        if doctor.exists() and "FAIL" in doctor.read_text():
            print("the doctor is not content with this machine: the learner goes on with what it says of another one")
            self.edit(step, step.part("solution"))
        self.follow(step, [])
        for one in commands:
            if one.kind == "run after":
                self.type(step, one)

    def work_through(self, module):
        began = time.monotonic()
        self.machine.ok(f"mlk module start {module}")
        page = shown(HERE / "modules" / module / "page.md")
        all_steps = steps(module)
        for step in all_steps:
            if module in WRONG_TURNS and WRONG_TURNS[module][0] == step.id:
                self.machine.run(f"mlk verify {step.id}", self.folder(step))
                self.wrong_turn(step, WRONG_TURNS[module][1])
            self.take(step, page)
        print(f"{module}: {len(all_steps)} steps in {time.monotonic() - began:.0f} s", flush=True)


def work_through(machine, names):
    learner = Learner(machine)
    if names[0] != "module-0":
        for command in ("mlk cluster start", "mlk cluster kubeconfig --merge", f"mlk module catch-up {names[0]}"):
            machine.ok(command)
    for name in names:
        learner.work_through(name)
    listed = json.loads(machine.ok("mlk module list -o json"))["modules"]
    open_steps = [
        step["id"]
        for module in listed
        if module["name"] in names
        for step in module["steps"]
        if not step["passed"] and not step["optional"] and step["lastCode"]
    ]
    if helm() is None:
        print("without helm: its commands were left out")
    print("left out, because they need another machine, a browser, or an answer that only a person has:")
    print("\n".join("  " + one for one in learner.left_out))
    print(
        f"{len(names)} modules, {learner.typed} commands of the pages, {learner.compared} compared, {len(learner.wrong)} of them wrong; "
        f"{learner.turns} wrong turns; {learner.advice} times the advice was followed, {learner.hints} times with the last hint"
    )
    return 1 if learner.wrong or open_steps or learner.turns < len([name for name in names if name in WRONG_TURNS]) else 0


def main(arguments):
    whole = arguments[0] == "--whole"
    mlk, kubectl, *names = arguments[1:] if whole else arguments
    names = names or sorted(folder.name for folder in (HERE / "modules").iterdir())
    with tempfile.TemporaryDirectory() as home:
        machine = Machine(home, mlk, kubectl)
        try:
            return (work_through if whole else compare_pages)(machine, names)
        finally:
            machine.run("mlk cluster stop")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

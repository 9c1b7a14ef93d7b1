"""Reads the case files: YAML in, checked ``Case`` values out."""

import copy
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

STEP_KEYS = {
    "do", "query", "headers", "accept", "type", "body", "raw", "as", "save", "show", "keep",
    "only", "sort", "wait", "watch", "sleep", "note",
}
CASE_KEYS = {"id", "title", "steps", "serial", "namespace"}
WAIT_KEYS = {"for", "status", "timeout"}
WATCH_KEYS = {"events", "timeout", "quiet", "bookmarks", "during", "untilClosed"}
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class CaseError(ValueError):
    """A case file is wrong."""


@dataclass(frozen=True)
class Case:
    """One case: an independent list of steps in a namespace of its own."""

    id: str
    category: str
    title: str
    steps: list = field(repr=False)
    serial: bool = False
    namespace: bool = True

    def mentions(self, text):
        """Whether a text is anywhere in the steps."""
        return text in json.dumps(self.steps)

    @property
    def digest(self):
        """Changes when the steps change, so that old truth is noticed."""
        text = json.dumps(self.steps, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def load(folder):
    """All cases under a folder, in file order. A file is one category (or part of one)."""
    folder = Path(folder)
    templates = read_yaml(folder / "_templates.yaml")
    cases = []
    for path in sorted(folder.glob("[!_]*.yaml")):
        document = read_yaml(path)
        for entry in document["cases"]:
            cases.append(_case(entry, document["category"], templates, path.name))
    repeated = {case.id for case in cases if sum(c.id == case.id for c in cases) > 1}
    if repeated:
        raise CaseError(f"repeated case ids: {sorted(repeated)}")
    return cases


def substitute(value, variables):
    """Replaces ``${name}``; a string that is only ``${name}`` takes the variable's own type."""
    if isinstance(value, dict):
        return {substitute(k, variables): substitute(v, variables) for k, v in value.items()}
    if isinstance(value, list):
        return [substitute(item, variables) for item in value]
    if not isinstance(value, str):
        return value
    whole = VARIABLE.fullmatch(value)
    if whole:
        return variables[whole[1]]
    return VARIABLE.sub(lambda match: str(variables[match[1]]), value)


def merge(base, change):
    """RFC 7386 merge, except that a null stays as a null inside a list."""
    if not isinstance(change, dict) or not isinstance(base, dict):
        return copy.deepcopy(change)
    merged = copy.deepcopy(base)
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        elif key in merged:
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def read_yaml(path):
    """The document in a YAML file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def _case(entry, category, templates, where):
    unknown = set(entry) - CASE_KEYS
    if unknown:
        raise CaseError(f"{where}: {entry.get('id')}: unknown keys {sorted(unknown)}")
    steps = [_check_step(_expand(step, templates), f"{where}: {entry['id']}") for step in entry["steps"]]
    return Case(entry["id"], category, entry["title"], steps,
                entry.get("serial", False), entry.get("namespace", True))


def _expand(value, templates):
    """Resolves ``{$from: name, ...changes}`` against the shared templates."""
    if isinstance(value, list):
        return [_expand(item, templates) for item in value]
    if not isinstance(value, dict):
        return value
    if "$from" not in value:
        return {key: _expand(item, templates) for key, item in value.items()}
    changes = {key: _expand(item, templates) for key, item in value.items() if key != "$from"}
    return merge(_expand(templates[value["$from"]], templates), changes)


def _check_step(step, where):
    for allowed, part in ((STEP_KEYS, step), (WAIT_KEYS, step.get("wait", {})), (WATCH_KEYS, step.get("watch", {}))):
        unknown = set(part) - allowed
        if unknown:
            raise CaseError(f"{where}: unknown step keys {sorted(unknown)}")
    if ("do" in step) == ("sleep" in step):
        raise CaseError(f"{where}: a step has either 'do' or 'sleep'")
    for inner in step.get("watch", {}).get("during", []):
        _check_step(inner, where)
    return step

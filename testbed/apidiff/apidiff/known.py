"""The list of known differences: which cases may disagree, and why."""

from dataclasses import dataclass

from .cases import CaseError, read_yaml

SECTIONS = {"missing kinds", "differences"}


@dataclass(frozen=True)
class Known:
    """Case ids and reasons: cases about kinds that the server does not have, and other differences."""

    missing_kinds: dict
    differences: dict

    def reason(self, case):
        """Why the case may disagree; None if it must agree."""
        return self.missing_kinds.get(case) or self.differences.get(case)

    def unexpected(self, differences):
        """The cases that disagree without being listed."""
        return [case for case, found in differences.items() if found and not self.reason(case)]

    def outdated(self, differences):
        """The cases that are listed and agree all the same."""
        return [case for case, found in differences.items() if not found and self.reason(case)]

    def counts(self, differences):
        """(agree, all) for everything, and (agree, all) without the cases about missing kinds."""
        present = {case: found for case, found in differences.items() if case not in self.missing_kinds}
        return _count(differences), _count(present)


    def page(self, cases):
        """The counts and the list as Markdown, for the project's documentation."""
        total, missing, other = len(cases), len(self.missing_kinds), len(self.differences)
        present = total - missing
        share = 100 * (present - other) / present
        lines = [
            "| | cases | agree |", "| --- | --- | --- |",
            f"| all | {total} | {total - missing - other} |",
            f"| about kinds that the built-in engine has | {present} | {present - other} ({share:.1f} %) |", "",
            "| case | what differs, and why |", "| --- | --- |",
        ]
        titles = {case.id: case.title for case in cases}
        lines += [f"| `{name}`: {titles[name]} | {reason} |" for name, reason in self.differences.items()]
        lines += [f"| `{name}`: {titles[name]} | There is no {kind} |" for name, kind in self.missing_kinds.items()]
        return "\n".join(lines)


NONE = Known({}, {})


def load(path, cases):
    """Reads the list; a name that is no case, or a reason that is no text, is an error."""
    document = read_yaml(path) or {}
    if set(document) - SECTIONS:
        raise CaseError(f"{path.name}: unknown sections {sorted(set(document) - SECTIONS)}")
    known = Known(document.get("missing kinds") or {}, document.get("differences") or {})
    ids = {case.id for case in cases}
    for name, reason in [*known.missing_kinds.items(), *known.differences.items()]:
        if name not in ids:
            raise CaseError(f"{path.name}: no case is called {name}")
        if not isinstance(reason, str) or not reason.strip():
            raise CaseError(f"{path.name}: {name} has no reason")
    both = set(known.missing_kinds) & set(known.differences)
    if both:
        raise CaseError(f"{path.name}: listed twice: {sorted(both)}")
    return known


def _count(differences):
    return sum(not found for found in differences.values()), len(differences)

"""The command line: record, compare, list."""

import argparse
import json
import sys
import time
from pathlib import Path

import requests

from . import cases, client, diff, fixture, known, runner, webhook

HOME = Path(__file__).resolve().parent.parent
DEFAULT_CASES = HOME / "cases"
DEFAULT_TRUTH = HOME / "truth.jsonl"


def main(arguments=None):
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (cases.CaseError, requests.ConnectionError) as problem:
        print(f"apidiff: {problem}", file=sys.stderr)
        return 2


def record(options):
    """Runs the cases against a real server and writes what it said."""
    target, selected = _target(options), _selected(options)
    results = _run(target, selected, options)
    failed = [case.id for case in selected if any(step["do"] == runner.TOOL_FAILED for step in results[case.id])]
    if failed:
        raise cases.CaseError(f"nothing recorded, cases failed: {', '.join(failed)}")
    kept = {}
    if options.out.exists() and len(selected) < len(cases.load(options.cases)):
        kept = {entry["id"]: entry for entry in _read_truth(options.out).values()}
    version = target.request("GET", "/version").json().get("gitVersion")
    entries = kept | {case.id: _entry(case, results[case.id]) for case in selected}
    with open(options.out, "w", encoding="utf-8") as stream:
        stream.write(json.dumps({"meta": {"server": version, "date": time.strftime("%Y-%m-%d")}}) + "\n")
        for case in cases.load(options.cases):
            if case.id in entries:
                stream.write(json.dumps(entries[case.id], ensure_ascii=False) + "\n")
    print(f"recorded {len(selected)} cases of {version} in {options.out}")
    return 0


def compare(options):
    """Runs the cases against another server and reports the disagreements."""
    truth = _read_truth(options.truth)
    selected = _selected(options)
    stale = [case.id for case in selected if case.id not in truth or truth[case.id]["digest"] != case.digest]
    selected = [case for case in selected if case.id not in stale]
    listed = known.load(options.known, cases.load(options.cases)) if options.known else known.NONE
    results = _run(_target(options), selected, options)
    differences = {case.id: diff.compare(truth[case.id]["steps"], results[case.id]) for case in selected}
    report = _summary_json if options.json else _summary_text
    report(selected, differences, stale, options)
    unexpected, outdated = listed.unexpected(differences), listed.outdated(differences)
    if options.known:
        _summary_known(listed, differences, unexpected, outdated)
    return 1 if unexpected or outdated or stale else 0


def list_cases(options):
    """Lists the categories and their cases."""
    selected = _selected(options)
    for category in _categories(selected):
        members = [case for case in selected if case.category == category]
        print(f"{category} ({len(members)})")
        for case in members:
            print(f"  {case.id}: {case.title}")
    print(f"{len(selected)} cases")
    return 0


def page(options):
    """Prints the counts and the list of known differences as the documentation has them."""
    everything = cases.load(options.cases)
    print(known.load(options.known, everything).page(everything))
    return 0


def _run(target, selected, options):
    def progress(case):
        if not options.quiet:
            print(f"\r{case.id:<60}", end="", file=sys.stderr, flush=True)

    with fixture.Fixture(target) as shared:
        if shared.others():
            print(f"warning: the server has other nodes ({', '.join(shared.others())}); "
                  "scheduler texts will differ", file=sys.stderr)
        hook = webhook.Webhook() if any(case.mentions("${webhook") for case in selected) else None
        try:
            results = {case.id: records for case, records in
                       runner.run_all(runner.Runner(target, hook), selected, options.jobs, progress)}
        finally:
            if hook:
                hook.close()
    if not options.quiet:
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
    return results


def _summary_text(selected, differences, stale, options):
    for case in selected:
        if differences[case.id] and not options.summary:
            print(diff.text(case, differences[case.id], 10**6 if options.full else options.limit))
    print(f"\n{'category':<24}{'agree':>7}{'of':>6}")
    for category in _categories(selected):
        members = [case for case in selected if case.category == category]
        print(f"{category:<24}{sum(not differences[case.id] for case in members):>7}{len(members):>6}")
    print(f"{'all':<24}{sum(not found for found in differences.values()):>7}{len(selected):>6}")
    if stale:
        print(f"no current truth for {len(stale)} cases (record them again): {', '.join(stale)}")


def _summary_known(listed, differences, unexpected, outdated):
    everything, present = listed.counts(differences)
    for case in unexpected:
        print(f"NOT LISTED {case}: it disagrees, and the list of known differences does not name it", file=sys.stderr)
    for case in outdated:
        print(f"OUTDATED {case}: it agrees; take it out of the list of known differences", file=sys.stderr)
    print(f"{everything[0]} of {everything[1]} cases agree; {present[0]} of {present[1]} "
          f"({100 * present[0] / max(1, present[1]):.1f} %) of those about kinds that the server has", file=sys.stderr)


def _summary_json(selected, differences, stale, _options):
    summary = {
        "agree": sum(not found for found in differences.values()),
        "total": len(selected),
        "stale": stale,
        "categories": {},
        "cases": {},
    }
    for category in _categories(selected):
        members = [case for case in selected if case.category == category]
        summary["categories"][category] = {
            "agree": sum(not differences[case.id] for case in members), "total": len(members)}
    for case in selected:
        summary["cases"][case.id] = [vars(difference) for difference in differences[case.id]]
    print(json.dumps(summary, indent=1, ensure_ascii=False))


def _categories(selected):
    return list(dict.fromkeys(case.category for case in selected))


def _entry(case, steps):
    return {"id": case.id, "category": case.category, "title": case.title, "digest": case.digest, "steps": steps}


def _read_truth(path):
    with open(path, encoding="utf-8") as stream:
        entries = [json.loads(line) for line in stream]
    return {entry["id"]: entry for entry in entries if "id" in entry}


def _selected(options):
    everything = cases.load(options.cases)
    strangers = set(options.case or ()) - {case.id for case in everything}
    if strangers:
        raise cases.CaseError(f"no case is called {', '.join(sorted(strangers))}")
    selected = [case for case in everything
                if (not options.only or any(case.category.startswith(only) for only in options.only))
                and (not options.case or case.id in options.case)]
    if not selected:
        raise cases.CaseError("no case is selected")
    return selected


def _target(options):
    return client.from_options(options.server, options.token, options.ca, options.insecure,
                               options.kubeconfig, options.user_token)


def _parser():
    parser = argparse.ArgumentParser(prog="apidiff", description="Compares an API server with a real kube-apiserver.")
    commands = parser.add_subparsers(required=True)
    selection = argparse.ArgumentParser(add_help=False)
    selection.add_argument("--cases", type=Path, default=DEFAULT_CASES, help="folder with the case files")
    selection.add_argument("--only", action="append", metavar="CATEGORY", help="only categories that start so (repeatable)")
    selection.add_argument("--case", action="append", metavar="ID", help="only this case (repeatable)")
    server = argparse.ArgumentParser(add_help=False)
    server.add_argument("--server", help="base URL; wins over the kubeconfig")
    server.add_argument("--token", help="bearer token of a cluster admin")
    server.add_argument("--kubeconfig", help="server, CA and credentials; users alice and bob are used if present")
    server.add_argument("--ca", help="file with the server's CA")
    server.add_argument("--insecure", action="store_true", help="do not check the server's certificate")
    server.add_argument("--user-token", action="append", default=[], metavar="NAME=TOKEN",
                        help="token of an ordinary user; without one the admin impersonates the user")
    server.add_argument("--jobs", type=int, default=6, help="cases at once (default 6)")
    server.add_argument("--quiet", action="store_true", help="no progress line")

    command = commands.add_parser("record", parents=[selection, server], help="write down what a real server says")
    command.add_argument("--out", type=Path, default=DEFAULT_TRUTH)
    command.set_defaults(run=record)
    command = commands.add_parser("compare", parents=[selection, server], help="compare a server with the truth")
    command.add_argument("--truth", type=Path, default=DEFAULT_TRUTH)
    command.add_argument("--json", action="store_true", help="machine-readable summary")
    command.add_argument("--known", type=Path, help="file that lists the cases that may disagree, with reasons")
    command.add_argument("--summary", action="store_true", help="counts only")
    command.add_argument("--limit", type=int, default=8, help="differences shown per case (default 8)")
    command.add_argument("--full", action="store_true", help="show every difference")
    command.set_defaults(run=compare)
    command = commands.add_parser("list", parents=[selection], help="list the cases")
    command.set_defaults(run=list_cases)
    command = commands.add_parser("page", parents=[selection], help="print counts and known differences as Markdown")
    command.add_argument("--known", type=Path, default=HOME / "known.yaml")
    command.set_defaults(run=page)
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""Tests of the parts that need no server: python3 -m unittest discover tests."""

import base64
import sys
import tempfile
import unittest
from pathlib import Path

import requests

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from apidiff import cases, diff, known, paths, runner, webhook
from apidiff.normalise import Normaliser, shape


class PathsTest(unittest.TestCase):
    DOCUMENT = {"a": {"x.y/z": 1}, "list": [{"t": "A", "v": 1}, {"t": "B", "v": 2}]}

    def test_keys_indexes_and_filters(self):
        for path, expected in (("a['x.y/z']", [1]), ("list[0].v", [1]), ("list[-1].v", [2]), ("list[*].v", [1, 2]),
                               ("list[?t=B].v", [2]), ("list[7].v", []), ("none.at.all", [])):
            with self.subTest(path):
                self.assertEqual(paths.find(self.DOCUMENT, path), expected)

    def test_unreadable_path(self):
        with self.assertRaises(paths.PathError):
            paths.parse("a[")


class NormaliserTest(unittest.TestCase):
    def setUp(self):
        self.normaliser = Normaliser({"r": "xk7q2zz"})

    def test_identities_and_times_are_masked(self):
        pod = {"metadata": {"name": "a", "namespace": "ad-xk7q2zz", "uid": "0d1e6b6e-0000-4000-8000-000000000001",
                            "resourceVersion": "12", "creationTimestamp": "2024-01-01T00:00:00Z", "managedFields": []}}
        self.assertEqual(self.normaliser.apply(pod), {"metadata": {
            "name": "a", "namespace": "ad-<r>", "uid": "<uid>", "resourceVersion": "<rv>", "creationTimestamp": "<time>"}})

    def test_generated_names_are_learned(self):
        self.normaliser.learn([{"metadata": {"name": "web-5d4f-x8z2p", "generateName": "web-5d4f-",
                                             "labels": {"pod-template-hash": "5d4f"}}}])
        self.assertEqual(self.normaliser.text("Created pod: web-5d4f-x8z2p"), "Created pod: web-<hash>-<gen>")

    def test_meaning_is_kept(self):
        for value in ({"reason": "NotFound", "code": 404}, {"clusterIP": "None"}, {"resourceVersion": "0"}, ["b", "a"]):
            with self.subTest(value):
                self.assertEqual(self.normaliser.apply(value), value)

    def test_table_ages(self):
        table = {"kind": "Table", "columnDefinitions": [{"name": "Name", "description": "d"}, {"name": "Age"}],
                 "rows": [{"cells": ["5s", "5s"]}, {"cells": ["a", "<unknown>"]}]}
        self.assertEqual([row["cells"] for row in self.normaliser.apply(table)["rows"]],
                         [["5s", "<age>"], ["a", "<unknown>"]])

    def test_only_long_quoted_objects_are_masked(self):
        short = 'x: Invalid value: {"app":"a"}: no match'
        self.assertEqual(self.normaliser.text(short), short)
        long = 'x: Invalid value: {"app":"' + "a" * 300 + '"}: field is immutable'
        self.assertEqual(self.normaliser.text(long), "x: Invalid value: <object>: field is immutable")

    def test_shape(self):
        self.assertEqual(shape({"a": 1, "b": ["x", "y"]}), {"a": "int", "b": ["str"]})


class DiffTest(unittest.TestCase):
    def test_reports_the_highest_place(self):
        self.assertEqual(list(diff.walk({"a": {"b": 1}, "c": [1, 2]}, {"c": [1, 3], "d": 0})),
                         [("a", {"b": 1}, diff.ABSENT), ("c[1]", 2, 3), ("d", diff.ABSENT, 0)])

    def test_types_count(self):
        self.assertEqual(list(diff.walk(1, True)), [("", 1, True)])

    def test_missing_steps_are_differences(self):
        self.assertEqual(len(diff.compare([{"do": "GET x", "status": 200}], [])), 1)


class CasesTest(unittest.TestCase):
    def test_all_case_files_are_well_formed(self):
        loaded = cases.load(HOME / "cases")
        self.assertGreater(len(loaded), 180)
        for case in loaded:
            for step in case.steps:
                for path in [*step.get("wait", {}).get("for", {}), *step.get("save", {}).values()]:
                    paths.parse(path)

    def test_substitution_keeps_types(self):
        self.assertEqual(cases.substitute({"a": "${n}", "b": "x-${n}"}, {"n": 3}), {"a": 3, "b": "x-3"})

    def test_merge_removes_with_null(self):
        self.assertEqual(cases.merge({"a": {"b": 1, "c": 2}}, {"a": {"b": None, "d": [1]}}), {"a": {"c": 2, "d": [1]}})

    def test_unknown_keys_are_refused(self):
        with self.assertRaises(cases.CaseError):
            cases._check_step({"do": "GET pods", "shwo": "all"}, "here")


class KnownTest(unittest.TestCase):
    LISTED = known.Known({"a": "CronJob"}, {"b": "because"})

    def test_a_difference_that_is_not_listed_is_unexpected(self):
        self.assertEqual(self.LISTED.unexpected({"a": ["x"], "b": ["x"], "c": ["x"], "d": []}), ["c"])

    def test_a_listed_case_that_agrees_is_outdated(self):
        self.assertEqual(self.LISTED.outdated({"a": [], "b": ["x"], "c": []}), ["a"])

    def test_counts_with_and_without_missing_kinds(self):
        self.assertEqual(self.LISTED.counts({"a": ["x"], "b": ["x"], "c": []}), ((1, 3), (1, 2)))

    def test_the_page_has_the_counts_and_the_list(self):
        loaded = cases.load(HOME / "cases")
        page = (HOME.parent.parent / "docs" / "practice-cluster.md").read_text(encoding="utf-8")
        expected = known.load(HOME / "known.yaml", loaded).page(loaded)
        self.assertIn(expected, page, "docs/practice-cluster.md is not what bin/apidiff page prints")

    def test_the_list_names_cases_and_reasons(self):
        loaded = cases.load(HOME / "cases")
        known.load(HOME / "known.yaml", loaded)
        for text in ("differences: {no-such-case: why}", "differences: {disc-api: ''}", "other: {}"):
            with self.subTest(text), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "known.yaml"
                path.write_text(text, encoding="utf-8")
                with self.assertRaises(cases.CaseError):
                    known.load(path, loaded)


class WebhookTest(unittest.TestCase):
    def test_it_answers_as_its_path_says_and_remembers(self):
        hook = webhook.Webhook()
        try:
            with tempfile.NamedTemporaryFile() as authority:
                authority.write(base64.b64decode(hook.authority))
                authority.flush()
                answer = requests.post(f"{hook.url}/abc/message?timeout=1s", json={"request": {"uid": "1"}},
                                       verify=authority.name, timeout=10).json()
            self.assertEqual(answer["response"], {"uid": "1", "allowed": False, "status": {"message": "not on my watch"}})
            self.assertEqual(hook.reviews("abc"), [{"request": {"uid": "1"}}])
            self.assertEqual(hook.reviews("other"), [])
        finally:
            hook.close()


class WaitTest(unittest.TestCase):
    def test_conditions(self):
        for found, wanted, expected in (([1, 2], 2, True), ([], {"exists": False}, True), ([[1, 2]], {"count": 2}, True),
                                        (["abc"], {"contains": "b"}, True), ([3], {"min": 4}, False),
                                        (["a"], {"not": "a"}, False)):
            with self.subTest(wanted):
                self.assertEqual(runner._matches(found, wanted), expected)


if __name__ == "__main__":
    unittest.main()

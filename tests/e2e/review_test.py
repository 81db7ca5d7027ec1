"""The printed report of a real agency, reviewed through the real programs.

The expected differences stand in tests/conformance/jember_review.csv. What is not found and what is
found beyond them both fail; the counts are printed.
"""

from __future__ import annotations

import json
import re
import unittest
from collections import Counter
from typing import Any

from jember_test import AGENCY, SAMPLE, send_sample
from suite import ROOT, Suite

EXPECTED = ROOT / "tests/conformance/jember_review.csv"
REPORT = SAMPLE / "20-printed-figures.yaml"


def expected_lines() -> tuple[dict[str, str], dict[str, str]]:
    """The differences with their ids, and the ids without one with the reason."""
    differences, reasons = {}, {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        head, _, rest = line.partition("|")
        if head.startswith("-"):
            reasons[head[1:]] = rest
        elif not head.startswith("#"):
            assert rest not in differences, f"twice: {rest}"
            differences[rest] = head
    return differences, reasons


def as_line(difference: dict[str, Any]) -> str:
    finding = difference["finding"]
    code = finding["code"].removeprefix("PRINTED_")
    if code == "UNIT_MISSING":
        source = f"{len(finding['figures'])} figures"
    else:
        location = finding["figures"][1]["location"]
        outside = re.match(rf"{re.escape(AGENCY)}/(\S+)", location)
        source = outside[1] if outside else "report"
    return "|".join(
        [
            difference["table"],
            difference["row"],
            difference["column"],
            code,
            difference["printed"],
            difference["computedExact"] or "-",
            source,
        ]
    )


class ReviewTest(unittest.TestCase):
    suite: Suite
    review: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = cls.enterClassContext(Suite())
        send_sample(cls.suite)
        answer = cls.suite.try_ctl("report", "review", REPORT, "--output", "json")
        assert answer.returncode == 1, answer.stderr
        cls.review = json.loads(answer.stdout)

    def test_finds_every_contradiction_and_nothing_else(self) -> None:
        expected, reasons = expected_lines()
        found = Counter(as_line(difference) for difference in self.review["differences"])
        missed = [f"{ids}|{line}" for line, ids in expected.items() if line not in found]
        false = [line for line, count in found.items() if line not in expected or count > 1]
        ids = {one for line, ids in expected.items() if line in found for one in ids.split()}

        print(
            f"\n{len(found) - len(false)} differences found ({len(ids)} contradictions),"
            f" {len(missed)} missed, {len(false)} false;"
            f" {len(reasons)} contradictions that no figure shows"
        )
        for line in missed:
            print(f"missed {line}")
        for line in false:
            print(f"false  {line}")
        self.assertEqual((missed, false), ([], []))
        self.assertEqual(sorted(ids & set(reasons)), [], "found and excused")

    def test_every_difference_has_its_derivation_and_both_figures(self) -> None:
        for difference in self.review["differences"]:
            finding = difference["finding"]
            self.assertTrue(finding["messageId"], difference)
            self.assertTrue(difference["place"], difference)
            if finding["code"] in ("PRINTED_UNIT_MISSING", "PRINTED_SOURCE_MISSING"):
                continue
            self.assertGreaterEqual(len(finding["figures"]), 2, difference)
            self.assertTrue(difference["derivation"], difference)
            if difference["computedDigits"]:
                roundings = [
                    step["result"]
                    for step in difference["derivation"]
                    if step["kind"] == "KIND_ROUNDING"
                ]
                self.assertEqual(
                    roundings[-2:], [difference["rounded"], difference["truncated"]], difference
                )

    def test_the_wrong_base_is_named(self) -> None:
        wrong = [
            difference
            for difference in self.review["differences"]
            if difference["finding"]["code"] == "PRINTED_WRONG_BASE"
        ]
        self.assertEqual([d["row"] for d in wrong], ["rehsos.alat_bantu"])
        base = wrong[0]["finding"]["figures"][2]
        self.assertEqual(base["value"], "100 orang")
        self.assertIn("/actionPlans/2023@1 lines[rehsos.alat_bantu].year_target", base["location"])

    def test_prints_a_table_for_people(self) -> None:
        answer = self.suite.try_ctl("report", "review", REPORT)

        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertRegex(answer.stdout, r"68 % +61,8181… % +dasar lain +68 / 110 x 100; cocok")
        self.assertIn("diperiksa", answer.stdout.splitlines()[-1])

    def test_a_report_without_a_difference_passes(self) -> None:
        path = self.suite.folder / "right.yaml"
        path.write_text(
            f"""scorecard: {AGENCY}/scorecards/2023Q4
tables:
  - name: Tabel 3.1
    columns:
      - name: achievement
        format: indonesian
        claims: [{{ equals: {{ scorecard: {{ value: achievement }} }} }}]
    figures:
      - {{ row: IKU1, column: achievement, printed: "100%" }}
      - {{ row: IKU2, column: achievement, printed: "99,78 %" }}
""",
            encoding="utf-8",
        )

        answer = self.suite.try_ctl("report", "review", path)

        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        self.assertIn("0 perbedaan pada 0 angka; diperiksa 2 pernyataan", answer.stdout)

    def test_a_fault_in_the_file_is_told_at_its_line(self) -> None:
        path = self.suite.folder / "bad.yaml"
        text = REPORT.read_text(encoding="utf-8")
        path.write_text(text.replace('"90.2 %", place: l.502', '"90,2 %", place: l.502'))
        line = next(n for n, t in enumerate(path.read_text().splitlines(), 1) if '"90,2 %"' in t)

        answer = self.suite.try_ctl("report", "review", path)

        self.assertEqual(answer.returncode, 1)
        place = rf"bad\.yaml:{line}:\d+: tables\[0\]\.figures\[3\]\.printed"
        self.assertRegex(answer.stderr, place)

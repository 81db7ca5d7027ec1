"""What a region publishes outlives a kill, and scoring goes on past it and compares with it."""

from __future__ import annotations

import unittest
from typing import Any

import small
from jember_test import is_up_to_date
from suite import Suite, wait_until

EDITION = "regions/35/codeEditions/permendagri-90-2019"
PLANNER = ("--identity", "subject=p;roles=planner;scopes=regions/35.09/agencies/kecil")


def edition() -> dict[str, Any]:
    codes = {
        "1.06": "Sosial",
        "1.06.04": "Program Rehabilitasi Sosial",
        "1.06.04.2.01": "Rehabilitasi Sosial Dasar",
        "1.06.04.2.01.0001": "Penyediaan Permakanan",
    }
    return {
        "name": EDITION,
        "kind": "nomenclature",
        "display_name": "Klasifikasi, Kodefikasi, dan Nomenklatur",
        "legal_basis": "Permendagri 90 Tahun 2019",
        "valid_from": "2020-01-01",
        "entries": [{"code": code, "display_name": name} for code, name in codes.items()],
    }


def reference(*values: str) -> dict[str, Any]:
    """One row a value, of the indicators IKU0, IKU1 and so on."""
    rows = [
        {
            "indicator_code": f"IKU{i}",
            "year": 2023,
            "level": "national",
            "measure": {"value": value, "unit": "%"},
            "source": "BPS",
        }
        for i, value in enumerate(values)
    ]
    return {"parent": "regions/35", "rows": rows}


class EditionsTest(unittest.TestCase):
    def test_all_is_there_after_a_kill(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            file = suite.file(edition())
            suite.ctl("edition", "publish", file)
            first = suite.file(reference("90.2", "0"))
            suite.ctl("reference", "publish", first)
            suite.ctl("reference", "publish", suite.file(reference("91", "0")))
            end = suite.log_end_position(suite.planning)
            before = self.read(suite)

            suite.planning.kill()
            suite.start()

            self.assertEqual(self.read(suite), before)
            values = [row["measure"]["value"] for row in before[1]["referenceValues"]]
            self.assertEqual(values, ["91", "0"])
            # Sent again they are repeats: the older values do not come back.
            suite.ctl("edition", "publish", file)
            repeated = suite.json("reference", "publish", first)
            self.assertEqual(repeated["createdCount"], 2)
            self.assertEqual(self.read(suite), before)
            self.assertEqual(suite.log_end_position(suite.planning), end)

    def test_a_refused_row_is_told_and_the_others_are_stored(self) -> None:
        with Suite() as suite:
            result = suite.try_ctl("reference", "publish", suite.file(reference("1", "1,5", "2")))

            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertIn("rows[1].measure.value", result.stdout)
            listed = suite.json("reference", "list", "regions/35")["referenceValues"]
            self.assertEqual([row["indicatorCode"] for row in listed], ["IKU0", "IKU2"])

    def test_scoring_goes_on_past_them(self) -> None:
        with Suite() as suite:
            suite.ctl("edition", "publish", suite.file(edition()))
            suite.ctl("reference", "publish", suite.file(reference("0", "90.2")))
            small.publish(suite, 2023)
            small.submit(suite, 1)
            wait_until(lambda: is_up_to_date(suite), "scoring has read both logs")

            card = ("scorecard", small.AGENCY, "--year", 2023, "--quarter", 1)
            answer = suite.json(*card, "--compare")
            self.assertIn(small.AGENCY, answer["scorecard"]["name"])
            beside = answer["comparisons"][0]["references"]
            self.assertEqual([reference["value"]["value"] for reference in beside], ["90.2"])

    def read(self, suite: Suite) -> tuple[Any, Any]:
        """As a planner of an agency in the region does."""
        return (
            suite.json("edition", "get", EDITION, *PLANNER),
            suite.json("reference", "list", "regions/35", *PLANNER),
        )


if __name__ == "__main__":
    unittest.main()

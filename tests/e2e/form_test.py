"""Formulir E.81 and the mandatory analyses of a real agency, through the real programs.

The report of the agency prints what the form holds in its tables 3.6 and 3.8: each printed figure
is compared with the cell of the form, and where they differ the report is wrong in a known way.
"""

from __future__ import annotations

import csv
import decimal
import io
import re
import unittest
from fractions import Fraction
from typing import Any

import yaml
from jember_test import AGENCY, SAMPLE, send_sample
from suite import Suite

PERIOD = (AGENCY, "--year", 2023, "--quarter", 4)

# B2: table 3.6 and 3.8 print a budget that does not add up.
WRONG_BUDGET = {"rehsos.kedaruratan"}
# A1: of another target. A2, A3: cut off, not rounded. A5: 0 of 0 is no percentage.
WRONG_ACHIEVEMENT = {
    "rehsos.alat_bantu",
    "dayasos.psm",
    "dayasos.kelembagaan",
    "linjamsos.pemantauan",
    "linjamsos.pengembangan_ekonomi",
}


def printed(table: str) -> dict[tuple[str, str], str]:
    """The figures of a table of the report by row and column."""
    with open(SAMPLE / "20-printed-figures.yaml", encoding="utf-8") as file:
        tables = {t["name"]: t for t in yaml.safe_load(file)["tables"]}
    return {(f["row"], f["column"]): str(f["printed"]) for f in tables[table]["figures"]}


def indonesian(text: str) -> int:
    """`Rp. 249.355.000,-` and `1.481 orang` are whole numbers."""
    return int(re.search(r"\d[\d.]*", text)[0].replace(".", ""))


def as_printed(exact: str, like: str) -> str:
    """The exact percentage rounded half up to as many decimals as `like` has."""
    decimals = len(re.sub(r"[^\d.]", "", like).partition(".")[2])
    value = Fraction(exact)
    quotient = decimal.Decimal(value.numerator) / decimal.Decimal(value.denominator)
    step = decimal.Decimal(1).scaleb(-decimals)
    return str(quotient.quantize(step, rounding=decimal.ROUND_HALF_UP))


class FormTest(unittest.TestCase):
    suite: Suite
    form: dict[str, Any]
    rows: dict[str, dict[str, Any]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = cls.enterClassContext(Suite())
        send_sample(cls.suite)
        cls.form = cls.suite.json("form", "e81", *PERIOD)
        cls.rows = {row["indicatorCode"] or row["code"]: row for row in cls.form["rows"]}

    def cell(self, row: str, column: str, half: str) -> dict[str, Any]:
        return self.rows[row][column][half]

    def test_table_3_6_and_3_8_are_the_cells_of_the_form(self) -> None:
        differ = set()
        columns = {
            "budget": ("annualTarget", "money"),
            "realized": ("annualRealization", "money"),
            "output_target": ("annualTarget", "performance"),
            "output_realization": ("annualRealization", "performance"),
        }
        compared = 0
        for table in ("Tabel 3.6", "Tabel 3.8"):
            for (row, column), text in printed(table).items():
                if column not in columns:
                    continue
                measure = self.cell(row, *columns[column])["measure"]
                compared += 1
                if indonesian(text) != int(measure["value"]):
                    differ.add((row, column))
        self.assertEqual(differ, {(row, "budget") for row in WRONG_BUDGET})
        self.assertEqual(compared, 16 * 6)

    def test_percentages_are_those_of_table_3_6_rounded(self) -> None:
        differ = set()
        for (row, column), text in printed("Tabel 3.6").items():
            if column != "output_achievement":
                continue
            figure = self.cell(row, "annualAchievement", "performance").get("figure")
            bare = re.sub(r"[^\d.]", "", text)
            if figure is None or as_printed(figure["exact"], bare) != bare:
                differ.add(row)
        self.assertEqual(differ, WRONG_ACHIEVEMENT)
        exact = self.cell("rehsos.alat_bantu", "annualAchievement", "performance")["figure"]
        self.assertEqual(exact["exact"], "680/11")
        nothing = self.cell("linjamsos.pengembangan_ekonomi", "annualAchievement", "performance")
        self.assertEqual(nothing["state"], "CELL_STATE_NOT_APPLICABLE")

    def test_money_adds_up_over_levels_and_quarters(self) -> None:
        for level in ("OBJECTIVE", "PROGRAM", "ACTIVITY", "SUB_ACTIVITY"):
            rows = [row for row in self.form["rows"] if row["level"] == f"LEVEL_{level}"]
            total = sum(int(r["annualRealization"]["money"]["measure"]["value"]) for r in rows)
            self.assertEqual(total, 54326348943, level)
        for row in self.form["rows"]:
            quarters = [cell["money"].get("measure") for cell in row["quarters"]]
            spent = sum(int(quarter["value"]) for quarter in quarters if quarter)
            whole = int(row["annualRealization"]["money"]["measure"]["value"])
            self.assertEqual(spent, whole, row["code"])

    def test_the_strategic_plan_is_beside_the_year(self) -> None:
        """The report prints 100 %, of 90.3; the plan promises 90.4."""
        self.assertEqual(self.form["strategicPlan"]["lastYear"], 2026)
        self.assertEqual(self.cell("IKU2", "strategicTarget", "performance")["years"], [2026])
        degree = self.cell("IKU2", "strategicAchievement", "performance")
        self.assertEqual(degree["figure"]["value"], "99.56")
        self.assertFalse(degree["met"])
        before = self.cell("IKU2", "strategicRealizationBefore", "performance")
        self.assertEqual(before["state"], "CELL_STATE_NOT_RECORDED")
        output = self.cell("rehsos.permakanan", "strategicRealization", "performance")
        self.assertEqual(output["state"], "CELL_STATE_PARTIAL")
        self.assertEqual(output["years"], [2023])
        self.assertEqual([year["year"] for year in output["uncountedYears"]], [2021, 2022])

    def test_a_change_of_the_plan_shows_in_the_quarters(self) -> None:
        """Until the change the output was counted in lembaga, so the year is not taken apart."""
        quarters = self.rows["dayasos.kelembagaan"]["quarters"]
        first, *_, fourth = (cell["performance"] for cell in quarters)
        self.assertEqual(first["measure"], {"value": "185", "unit": "lembaga"})
        self.assertEqual(fourth["measure"], {"value": "1481", "unit": "orang"})
        self.assertEqual(fourth["fromQuarter"], 1)

    def test_the_means_are_rated_by_the_forms_own_scale(self) -> None:
        means = {mean["level"]: mean["annualAchievement"] for mean in self.form["means"]}
        self.assertEqual(sorted(means), ["LEVEL_OBJECTIVE", "LEVEL_PROGRAM", "LEVEL_SUB_ACTIVITY"])
        objective = means["LEVEL_OBJECTIVE"]
        self.assertEqual(objective["performance"]["figure"]["value"], "99.94")
        self.assertEqual(objective["performance"]["ratingLabel"], "Sangat Tinggi")
        self.assertEqual(objective["money"]["figure"]["value"], "89.09")
        self.assertEqual(objective["money"]["ratingLabel"], "Tinggi")
        outputs = means["LEVEL_SUB_ACTIVITY"]
        self.assertEqual((outputs["counted"], outputs["indicators"]), (15, 31))

    def test_the_spreadsheet_has_every_row(self) -> None:
        text = self.suite.ctl("form", "e81", *PERIOD, "--csv")
        table = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        self.assertEqual([row["kode"] for row in table], [r["code"] for r in self.form["rows"]])
        output = next(row for row in table if row["kode"] == "rehsos.alat_bantu")
        self.assertEqual(output["(7) Target Renja K"], "110")
        self.assertEqual(output["(12) Realisasi Renja Rp"], "161613000")
        self.assertEqual(output["(5) Target akhir Renstra Rp"], "tidak tercatat")

    def test_the_analyses_that_the_sample_can_make(self) -> None:
        """As the report: no earlier years, no national standard, no causes of any indicator."""
        found = self.suite.json("form", "analyses", *PERIOD)["analyses"]
        presence = [one["presence"].removeprefix("PRESENCE_") for one in found]
        self.assertEqual(
            presence, ["PRESENT", "MISSING", "PRESENT", "MISSING", "EMPTY", "PRESENT", "PARTLY"]
        )
        causes = {s["code"]: [n["kind"] for n in s["needs"]] for s in found[4]["subjects"]}
        self.assertEqual(causes["IKU1"], ["KIND_SUCCESS_FACTORS"])
        self.assertEqual(causes["IKU2"], ["KIND_CONSTRAINTS", "KIND_FOLLOW_UP"])
        lacking = [s["code"] for s in found[6]["subjects"] if s["state"] == "STATE_LACKING"]
        self.assertEqual(lacking, ["P.dayasos", "P.bencana", "P.tmp", "P.penunjang"])

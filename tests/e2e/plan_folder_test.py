"""A plan as a folder: from a template, with tables, exported, wiped and imported again."""

from __future__ import annotations

import csv
import itertools
import pathlib
import re
import shutil
import unittest
from typing import Any

from suite import ROOT, Suite

SAMPLE = ROOT / "deploy/samples/jember-2023"
AGENCY = "regions/35.09/agencies/dinsos"
NUMBERS = {"budget", "target", "year_target", "tw1", "tw2", "tw3", "tw4"}
# As the documents were signed, the agreement's change before that of the annual plan.
ORDER = ["01", "02", "03", "04", "09", "06", "08", "07", "05"]

# What is put between the quotes of a template, by key.
FILLED = {
    "effective_date": "2023-01-02",
    "decree_date": "2023-01-03",
    "signing_date": "2023-01-03",
    "reason": "",
    "regional_objective_code": "c3",  # Below a mission and a goal.
    "indicator_code": "IKU1",
    "objective_code": "S1",
    "program_code": "P1",
    "value": "90.2",
    "unit": "%",
    "budget": "25000",
    "stated_budget": "25000",
}
ANNUAL_PLAN_ROWS = [
    {"objective_code": "S1", "objective_name": "Sasaran", "indicator_code": "IKU1",
     "indicator_name": "Persentase", "target": "90,2", "unit": "%", "formula": "positive"},
    {"objective_code": "S1", "program_code": "P1", "program_name": "Program",
     "activity_code": "K1", "activity_name": "Kegiatan", "sub_activity_code": "K1.1",
     "sub_activity_name": "Sub; kegiatan", "budget": "Rp25.000,-", "part_kind": "operating",
     "part_source": "APBD", "part_amount": "25.000", "indicator_code": "out",
     "indicator_name": "Jumlah", "target": "1.813", "unit": "orang"},
]
ACTION_PLAN_ROWS = [
    {"indicator_code": "out", "year_target": "1.813", "unit": "orang", "tw2": "500",
     "tw4": "1.313"},
]


def empty_installation(test: unittest.TestCase) -> Suite:
    """Planning alone, with nothing in it."""
    suite = Suite()
    test.addCleanup(suite.end)
    suite.planning.start()
    return suite


def sample_folder(folder: pathlib.Path) -> pathlib.Path:
    folder.mkdir()
    for number, wanted in enumerate(ORDER):
        (file,) = SAMPLE.glob(f"{wanted}-*.yaml")
        shutil.copy(file, folder / f"{number}-{file.name}")
    return folder


def digests(imported: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(d["name"], d["revision"], d["contentDigest"]) for d in imported["documents"]]


def outcomes(imported: dict[str, Any]) -> set[str]:
    return {part["outcome"] for part in [imported["agency"], *imported["documents"]]}


def files(folder: pathlib.Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class ExportTest(unittest.TestCase):
    def test_an_export_imported_into_nothing_is_the_same_plan(self) -> None:
        first = empty_installation(self)
        imported = first.json("plan", "import", sample_folder(first.folder / "sample"))
        # An agency that was changed comes with the revision that it has.
        agency = (SAMPLE / "01-agency.yaml").read_text(encoding="utf-8")
        changed = first.folder / "agency.yaml"
        changed.write_text(agency.replace("name: Dinas", "name: Dinas dari", 1) + "revision: 2\n",
                           encoding="utf-8")
        first.ctl("plan", "import", changed)
        for flags in ([], ["--csv"]):
            with self.subTest(flags):
                folder = first.folder / f"export{len(flags)}"
                first.ctl("plan", "export", AGENCY, folder, *flags)
                names = sorted(path.name for path in folder.glob("*.csv"))
                self.assertEqual(len(names), 3 if flags else 0, names)

                again = first.json("plan", "import", folder)
                self.assertEqual(outcomes(again), {"PUBLISH_OUTCOME_UNCHANGED"})
                self.assertEqual(digests(again), digests(imported))

                wiped = empty_installation(self)
                elsewhere = wiped.json("plan", "import", folder)
                self.assertEqual(outcomes(elsewhere), {"PUBLISH_OUTCOME_PUBLISHED"})
                self.assertEqual(digests(elsewhere), digests(imported))
                self.assertEqual([d["findings"] for d in elsewhere["documents"]],
                                 [d["findings"] for d in imported["documents"]])
                self.assertEqual(wiped.json("agency", "get", AGENCY),
                                 first.json("agency", "get", AGENCY))
                wiped.ctl("plan", "export", AGENCY, wiped.folder / "export", *flags)
                self.assertEqual(files(wiped.folder / "export"), files(folder))

    def test_nothing_is_overwritten(self) -> None:
        suite = empty_installation(self)
        suite.ctl("plan", "import", sample_folder(suite.folder / "sample"))
        before = files(suite.folder / "sample")
        for arguments in (["export", AGENCY, suite.folder / "sample"],
                          ["template", suite.folder / "sample", "--agency", AGENCY, "--year",
                           "2023"]):
            refused = suite.try_ctl("plan", *arguments)
            self.assertEqual(refused.returncode, 2)
            self.assertIn("nothing is overwritten", refused.stderr)
        self.assertEqual(files(suite.folder / "sample"), before)

    def test_an_agency_that_is_not_there_is_not_exported(self) -> None:
        suite = empty_installation(self)
        refused = suite.try_ctl("plan", "export", AGENCY, suite.folder / "export")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("AGENCY_NOT_FOUND", refused.stderr)
        self.assertFalse((suite.folder / "export").exists())


class TemplateTest(unittest.TestCase):
    def setUp(self) -> None:
        self.suite = empty_installation(self)
        self.folder = self.suite.folder / "plan"
        self.suite.ctl("plan", "template", self.folder, "--agency", AGENCY, "--year", "2023",
                       "--strategic-plan", "2021-2026")

    def test_an_empty_template_is_told_all_that_it_lacks(self) -> None:
        checked = self.suite.try_ctl("plan", "check", self.folder)
        self.assertEqual(checked.returncode, 1)
        for place in (r"01-agency.yaml:5:\d+: display_name: ",
                      r"04-annual-plan.csv:1:1: annual_plan.objectives: is empty; at least one",
                      r"05-performance-agreement.yaml:\d+:\d+: effective_date: "):
            self.assertRegex(checked.stderr, place)

    def test_a_template_that_is_filled_in_imports(self) -> None:
        for path in self.folder.glob("*.yaml"):
            path.write_text(self.fill(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.add_rows("04-annual-plan.csv", ANNUAL_PLAN_ROWS)
        self.add_rows("06-action-plan.csv", ACTION_PLAN_ROWS)

        imported = self.suite.json("plan", "import", self.folder)

        self.assertEqual(outcomes(imported), {"PUBLISH_OUTCOME_PUBLISHED"})
        self.assertEqual(len(imported["documents"]), 5)
        plan = self.suite.json("plan", "get", f"{AGENCY}/annualPlans/2023")["annualPlan"]
        (activity,) = plan["objectives"][0]["programs"][0]["activities"]
        (sub,) = activity["subActivities"]
        self.assertEqual((sub["displayName"], sub["budget"]), ("Sub; kegiatan", "25000"))
        self.assertEqual(sub["indicators"][0]["target"]["value"], "1813")

    def fill(self, text: str) -> str:
        """Puts something between all quotes; no two codes of a file are one."""
        codes = itertools.count(1)

        def value(match: re.Match[str]) -> str:
            key = match.group(1)
            filled = f"c{next(codes)}" if key == "code" else FILLED.get(key, "Isi")
            return f'{key}: "{filled}"'

        return re.sub(r'(\w+): ""', value, text)

    def add_rows(self, name: str, rows: list[dict[str, str]]) -> None:
        header, *remarks = read_table(self.folder / name)
        cells = [[row.get(column, "") for column in header] for row in rows]
        self.assertLessEqual({column for row in rows for column in row}, set(header))
        write_table(self.folder / name, [header, *remarks, *cells], ";")


def read_table(path: pathlib.Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def write_table(path: pathlib.Path, rows: list[list[str]], separator: str) -> None:
    """With a byte order mark and the line ends of a spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)


class TableTest(unittest.TestCase):
    def setUp(self) -> None:
        self.suite = empty_installation(self)
        sample = sample_folder(self.suite.folder / "sample")
        self.imported = self.suite.json("plan", "import", sample)
        self.folder = self.suite.folder / "export"
        self.suite.ctl("plan", "export", AGENCY, self.folder, "--csv")

    def rewrite(self, path: pathlib.Path, separator: str) -> None:
        """As a spreadsheet in Indonesian saves it."""
        header, *rows = read_table(path)
        is_number = [column in NUMBERS for column in header]
        for row in rows:
            for i, number in enumerate(is_number):
                row[i] = indonesian(row[i], header[i]) if number and row[i] else row[i]
        write_table(path, [header, *rows], separator)
        document = path.with_suffix(".yaml")
        text = document.read_text(encoding="utf-8")
        self.assertIn("number_format: plain", text)
        document.write_text(text.replace("number_format: plain", "number_format: indonesian"),
                            encoding="utf-8")

    def test_a_table_from_a_spreadsheet_is_the_same_plan(self) -> None:
        for separator in (";", ","):
            with self.subTest(separator):
                folder = self.suite.folder / f"spreadsheet{ord(separator)}"
                shutil.copytree(self.folder, folder)
                for path in folder.glob("*.csv"):
                    self.rewrite(path, separator)
                text = b"".join(path.read_bytes() for path in folder.glob("*.csv"))
                for written in (b"397.140", b"90,2", b"Rp589.640.000"):
                    self.assertIn(written, text)

                wiped = empty_installation(self)

                self.assertEqual(digests(wiped.json("plan", "import", folder)),
                                 digests(self.imported))

    def test_all_faults_are_told_by_row_and_column_and_nothing_is_stored(self) -> None:
        (path,) = self.folder.glob("*-annual-plan-2023-r1.csv")
        header, *rows = read_table(path)
        budget, code = header.index("budget"), header.index("sub_activity_code")
        first, second = (i for i, row in enumerate(rows) if row[code] in (
            "rehsos.permakanan", "bencana.kelompok_rentan"))
        rows[first][budget] = "-5"
        rows[second][code] = "kode salah"
        rows[second][budget] = "25.000,-"
        write_table(path, [header, *rows], ";")
        wiped = empty_installation(self)

        refused = wiped.try_ctl("plan", "import", self.folder)

        self.assertEqual(refused.returncode, 2)
        self.assertIn(f"{path.name}:{second + 2}:{budget + 1}: budget: is `25.000,-`",
                      refused.stderr)
        self.assertEqual(refused.stderr.count("budget: "), 2, refused.stderr)
        self.assertIn(f"{path.name}:{first + 2}:{budget + 1}: budget: ", refused.stderr)
        self.assertIn(f"{path.name}:{second + 2}:{code + 1}: sub_activity_code: ", refused.stderr)
        self.assertEqual(wiped.try_ctl("agency", "get", AGENCY).returncode, 1)


def indonesian(number: str, column: str) -> str:
    whole, _, fraction = number.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    if column == "budget":
        grouped = f"Rp{grouped}"
    return f"{grouped},{fraction}" if fraction else grouped

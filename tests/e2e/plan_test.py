"""The sample's plan as a planner works with it: checked, imported, compared, traced, in force."""

from __future__ import annotations

import pathlib
import shutil
import unittest
from typing import Any

import sample_plan
from sample_plan import ACTIONS, AGENCY, AGREEMENT, DECREE, PLAN, STRATEGIC
from suite import Suite

# Document, day, the revision in force (0: none yet), the file of the sample that it is.
IN_FORCE = (
    (STRATEGIC, "2022-12-31", 1, "02"),
    (STRATEGIC, "2023-01-01", 2, "03"),
    (STRATEGIC, "2023-11-22", 2, "03"),
    (PLAN, "2023-01-01", 1, "04"),
    (PLAN, "2023-11-20", 1, "04"),
    (PLAN, "2023-11-21", 2, "05"),
    (PLAN, "2023-11-22", 2, "05"),
    (AGREEMENT, "2023-01-01", 0, ""),
    (AGREEMENT, "2023-11-20", 1, "06"),
    (AGREEMENT, "2023-11-22", 2, "07"),
    (ACTIONS, "2023-01-01", 1, "08"),
    (ACTIONS, "2023-11-20", 1, "08"),
    (ACTIONS, "2023-11-22", 1, "08"),
    (DECREE, "2023-01-01", 0, ""),
    (DECREE, "2023-11-20", 1, "09"),
    (DECREE, "2023-11-22", 1, "09"),
)

# What the agreement's change of November added; its targets stayed. By the path below the content.
SIGNED = {
    "first_party": "Kepala Dinas Sosial Kabupaten Jember",
    "second_party": "Bupati Jember",
    "signing_date": "2023-11-21",
}
PROGRAM_BUDGETS = {
    "P.penunjang": ("11274259188", "P-APBD"),
    "P.dayasos": ("1751719000", "P-APBD"),
    "P.rehsos": ("5890127000", "P-APBD"),
    "P.linjamsos": ("36987349000", "P-APBD dan DBHCHT"),
    "P.bencana": ("4736521100", "P-APBD"),
    "P.tmp": ("339170008", "P-APBD"),
}

# The forms that the sample's quarter targets have: line, the year, the quarters.
QUARTER_FORMS = {
    "parts of the year": ("rehsos.bimbingan_keluarga", "462 orang",
                          {1: "80 orang", 2: "100 orang", 3: "200 orang", 4: "82 orang"}),
    "one quarter": ("dayasos.psm", "1500 orang", {2: "1500 orang"}),
    "held": ("rehsos.bimbingan_liposos", "60 orang",
             {1: "60 orang", 2: "60 orang", 3: "60 orang", 4: "60 orang"}),
    "another unit than the year": ("tmp.pemeliharaan", "100 %",
                                   {1: "15 TMP", 2: "15 TMP", 3: "15 TMP", 4: "15 TMP"}),
    "the year alone": ("IKU2", "90.2 %", {}),
}


class PlanTest(unittest.TestCase):
    suite: Suite

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = Suite()
        cls.suite.__enter__()
        cls.addClassCleanup(cls.suite.end)
        cls.folder = sample_plan.make_folder(cls.suite)
        cls.checked = cls.suite.json("plan", "check", cls.folder)
        cls.records = cls.suite.log_end_position(cls.suite.planning)
        cls.imported = cls.suite.json("plan", "import", cls.folder)

    def test_a_check_stores_nothing_and_tells_the_same(self) -> None:
        self.assertEqual(self.records, 0)
        self.assertEqual(self.checked["errors"], [])
        self.assertEqual(self.checked["documents"], self.imported["documents"])

    def test_importing_again_changes_nothing(self) -> None:
        before = self.suite.log_end_position(self.suite.planning)
        again = self.suite.json("plan", "import", self.folder, "--request-id", "again")
        outcomes = {document["outcome"] for document in again["documents"]}
        self.assertEqual(outcomes, {"PUBLISH_OUTCOME_UNCHANGED"})
        self.assertEqual([d["contentDigest"] for d in again["documents"]],
                         [d["contentDigest"] for d in self.imported["documents"]])
        self.assertEqual(self.suite.log_end_position(self.suite.planning), before)

    def test_each_day_has_the_figures_that_were_in_force(self) -> None:
        for name, day, revision, file in IN_FORCE:
            with self.subTest(document=name, day=day):
                if revision == 0:
                    refused = self.suite.try_ctl("plan", "get", name, "--on", day)
                    self.assertNotEqual(refused.returncode, 0)
                    continue
                document = self.suite.json("plan", "get", name, "--on", day)
                self.assertEqual(document["revision"], revision)
                expected = sample_plan.figures(sample_plan.read(file))
                self.assertGreater(len(expected), 5)
                self.assertEqual(sample_plan.figures(document), expected)
                self.assertEqual(self.suite.json("plan", "get", name, "--revision", revision),
                                 document)

    def test_targets_that_the_change_moved(self) -> None:
        for day, target, unit, budget in (
            ("2023-01-01", "80", "orang", "78351500"),
            ("2023-11-20", "80", "orang", "78351500"),
            ("2023-11-22", "141", "kasus", "78351500"),
        ):
            with self.subTest(day):
                document = self.suite.json("plan", "get", PLAN, "--on", day)
                sub = self.sub_activity(document, "rehsos.kedaruratan")
                self.assertEqual(sub["indicators"][0]["target"], {"value": target, "unit": unit})
                self.assertEqual(sub["budget"], budget)

    def sub_activity(self, document: dict[str, Any], code: str) -> dict[str, Any]:
        for objective in document["annualPlan"]["objectives"]:
            for program in objective["programs"]:
                for activity in program["activities"]:
                    for sub in activity["subActivities"]:
                        if sub["code"] == code:
                            return sub
        raise AssertionError(code)

    def test_quarter_targets_are_kept_in_every_form(self) -> None:
        plan = self.suite.json("plan", "get", ACTIONS)["actionPlan"]
        lines = {line["indicatorCode"]: line for line in plan["lines"]}
        for form, (code, year, quarters) in QUARTER_FORMS.items():
            with self.subTest(form):
                line = lines[code]
                self.assertEqual(self.text(line["yearTarget"]), year)
                stored = {q["quarter"]: self.text(q["target"]) for q in line.get("quarters", [])}
                self.assertEqual(stored, quarters)
        # All of them make their year, by the rule that the annual plan gives each.
        codes = {finding["code"] for document in self.imported["documents"]
                 for finding in document["findings"]}
        self.assertNotIn("ACTION_PLAN_QUARTERS_DIFFER", codes)

    def text(self, measure: dict[str, str]) -> str:
        return f"{measure['value']} {measure['unit']}"

    def test_agreement_and_its_change_differ_by_parties_and_budgets_alone(self) -> None:
        diff = self.suite.json("plan", "diff", AGREEMENT)
        expected = {f"performance_agreement.{path}": value for path, value in SIGNED.items()}
        for code, (budget, source) in PROGRAM_BUDGETS.items():
            path = f"performance_agreement.program_budgets[{code}]"
            expected |= {f"{path}.program_code": code, f"{path}.budget": budget,
                         f"{path}.funding_source": source}
        changes = {c["path"]: c for c in diff["changes"]
                   if c["path"].startswith("performance_agreement")}
        self.assertEqual({path: c["after"] for path, c in changes.items()}, expected)
        self.assertEqual({c["kind"] for c in changes.values()}, {"KIND_ADDED"})
        by_day = self.suite.json("plan", "diff", AGREEMENT, "--from-day", "2023-11-20",
                                 "--to-day", "2023-11-22")
        self.assertEqual(by_day, diff)

    def test_annual_plan_and_its_change_differ_by_value(self) -> None:
        diff = self.suite.json("plan", "diff", PLAN, "--from-day", "2023-11-20", "--to-day",
                               "2023-11-22")
        moved = {c["path"]: (c["kind"], c["before"], c["after"]) for c in diff["changes"]}
        objective = "annual_plan.objectives[S2].programs[P.rehsos].activities"
        (target,) = [c for path, c in moved.items() if path.startswith(objective)
                     and path.endswith("indicators[rehsos.alat_bantu].target.value")]
        self.assertEqual(target, ("KIND_CHANGED", "1000", "110"))
        # What Bab III lists as targets of programs are not those of the RKT.
        for program, was, now in (("S1].programs[P.dayasos", "1500", "90.2"),
                                  ("S3].programs[P.tmp", "15", "100"),
                                  ("S4].programs[P.penunjang", "100", "80")):
            code = program.partition("programs[")[2]
            path = f"annual_plan.objectives[{program}].indicators[{code}].target.value"
            self.assertEqual(moved[path], ("KIND_CHANGED", was, now))
        added = {path for path, (kind, _, _) in moved.items() if kind == "KIND_ADDED"}
        self.assertTrue(any("[linjamsos.pengembangan_ekonomi]" in path for path in added))
        shown = self.suite.ctl("plan", "diff", PLAN, "--from-day", "2023-11-20", "--to-day",
                               "2023-11-22")
        self.assertIn("diubah", shown)

    def test_the_strategic_plan_before_and_after_its_change(self) -> None:
        codes = {}
        for revision in (1, 2):
            plan = self.suite.json("plan", "get", STRATEGIC, "--revision", revision)
            (goal,) = plan["strategicPlan"]["goals"]
            codes[revision] = {objective["code"]: [i["code"] for i in objective["indicators"]]
                               for objective in goal["objectives"]}
        self.assertEqual(codes[1], {"S.PMKS": ["PMKS_TERLAYANI"], "S.BENCANA": ["IKU2"],
                                    "S.TMP": ["TMP_TERPELIHARA"]})
        self.assertEqual(codes[2], {"S1": ["IKU1"], "S2": ["IKU2"], "S3": ["IKU3"],
                                    "S4": ["IKU4"]})

    def test_every_sub_activity_leads_up_to_the_mission(self) -> None:
        cascade = self.suite.json("plan", "cascade", AGENCY, "2023")
        self.assertEqual(cascade["orphans"], [])
        (mission,) = cascade["roots"]
        self.assertEqual(mission["code"], "M3")
        leaves = self.leaves(mission)
        self.assertEqual(len(leaves), 31)
        self.assertEqual(sum(int(leaf["budget"]) for leaf in leaves), 60979145376)

    def leaves(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        if node["level"] == "LEVEL_SUB_ACTIVITY":
            return [node]
        return [leaf for child in node["children"] for leaf in self.leaves(child)]

    def test_all_faults_are_told_at_their_places(self) -> None:
        folder = self.suite.folder / "faults"
        shutil.copytree(self.folder, folder)
        self.mend(folder, "09-", "decree_date: 2023-01-03", "decree_date: 3 Januari")
        self.mend(folder, "06-", "stated_budget: 60979145376", "stated_budget: 60.979.145.376")
        before = self.suite.log_end_position(self.suite.planning)
        refused = self.suite.try_ctl("plan", "import", folder)
        self.assertEqual(refused.returncode, 1)
        self.assertRegex(refused.stderr, r"09-key-indicator-decree.yaml:\d+:\d+: .*decree_date")
        self.assertRegex(refused.stderr, r"06-performance-agreement.yaml:\d+:\d+: .*stated_budget")
        self.assertEqual(self.suite.log_end_position(self.suite.planning), before)

    def mend(self, folder: pathlib.Path, name: str, before: str, after: str) -> None:
        (file,) = folder.glob(f"*{name}*.yaml")
        text = file.read_text(encoding="utf-8")
        self.assertIn(before, text)
        file.write_text(text.replace(before, after), encoding="utf-8")

"""The sample's plan as a planner works with it: checked, imported, compared, traced, in force."""

from __future__ import annotations

import pathlib
import shutil
import unittest
from typing import Any

from suite import ROOT, Suite

SAMPLE = ROOT / "deploy/samples/jember-2023"
AGENCY = "regions/35.09/agencies/dinsos"
AGREEMENT = f"{AGENCY}/performanceAgreements/2023"
PLAN = f"{AGENCY}/annualPlans/2023"

# What the report contradicts in its own plan documents, by the letter of the list of its
# contradictions: document, code, subject, both figures. The order of publishing is that in which
# they were signed, the agreement's change before that of the annual plan.
CONTRADICTIONS = {
    "B1": (f"{AGREEMENT}@2", "AGREEMENT_SUM_DIFFERS", AGREEMENT,
           "60979145296 Rp", "60979145376 Rp"),
    "B3": (f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.rehsos",
           "5890127000 Rp", "5890147000 Rp"),
    "B4": (f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.linjamsos",
           "36987349000 Rp", "36999071500 Rp"),
    "B5": (f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.bencana",
           "4736521100 Rp", "3489250000 Rp"),
    "B6": (f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.penunjang",
           "11274259188 Rp", "11594549188 Rp"),
    "B7": (f"{AGREEMENT}@1", "AGREEMENT_TOTAL_DIFFERS", AGREEMENT,
           "60979145376 Rp", "60063906776 Rp"),
    "C13 (IKU2)": (f"{AGENCY}/keyIndicatorDecrees/2023@1", "KEY_INDICATOR_UNITS_DIFFER", "IKU2",
                   "linjamsos, rehsos", "bencana, linjamsos, rehsos, uptd"),
    "C13 (IKU3)": (f"{AGENCY}/keyIndicatorDecrees/2023@1", "KEY_INDICATOR_UNITS_DIFFER", "IKU3",
                   "bencana, linjamsos, rehsos", "dayasos"),
    "C14": (f"{AGENCY}/keyIndicatorDecrees/2023@1", "KEY_INDICATOR_SOURCE_MISSING", "IKU4", ""),
    "C16": (f"{AGENCY}/strategicPlans/2021-2026@2", "INDICATOR_WITHOUT_TARGET", "PENURUNAN_PMKS",
            "Persentase Penurunan Penyandang Masalah Kesejahteraan Sosial (PMKS)"),
    "D2": (f"{PLAN}@2", "ACTION_PLAN_LINE_MISSING", "linjamsos.pengembangan_ekonomi",
           "", "0 orang"),
    "D3": (f"{AGENCY}/actionPlans/2023@1", "ACTION_PLAN_TARGET_DIFFERS", "rehsos.alat_bantu",
           "100 orang", "1000 orang"),
    "D10": (f"{AGENCY}/actionPlans/2023@1", "ACTION_PLAN_UNIT_DIFFERS", "tmp.pemeliharaan",
            "100 %", "15 TMP"),
    "D12": (f"{AGENCY}/actionPlans/2023@1", "ACTION_PLAN_UNIT_DIFFERS",
            "linjamsos.fasilitasi_bansos", "63335 keluarga", "63335 KPM"),
    "D13": (f"{AGENCY}/actionPlans/2023@1", "ACTION_PLAN_LINE_MISSING", "IKU4", "", "100 %"),
    "F15": (f"{PLAN}@1", "NAME_REPEATED", "rehsos.bimbingan_fakir_miskin",
            "Pemberian Bimbingan Fisik, Mental, Spiritual, dan Sosial",
            "Pemberian Bimbingan Fisik, Mental, Spiritual, dan Sosial"),
}


class PlanTest(unittest.TestCase):
    suite: Suite

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = Suite()
        cls.suite.__enter__()
        cls.addClassCleanup(cls.suite.end)
        folder = cls.suite.folder / "plan"
        folder.mkdir()
        order = ["01", "02", "03", "04", "09", "06", "08", "07", "05"]
        for number, wanted in enumerate(order):
            (file,) = SAMPLE.glob(f"{wanted}-*.yaml")
            shutil.copy(file, folder / f"{number}-{file.name}")
        cls.folder = folder
        cls.checked = cls.suite.json("plan", "check", folder)
        cls.records = cls.suite.log_end_position(cls.suite.planning)
        cls.imported = cls.suite.json("plan", "import", folder)

    def findings(self) -> set[tuple[str, ...]]:
        found = set()
        for document in self.imported["documents"]:
            version = f"{document['name']}@{document['revision']}"
            for finding in document["findings"]:
                figures = (figure["value"] for figure in finding["figures"])
                found.add((version, finding["code"], finding["subject"], *figures))
        return found

    def test_a_check_stores_nothing_and_tells_the_same(self) -> None:
        self.assertEqual(self.records, 0)
        self.assertEqual(self.checked["errors"], [])
        self.assertEqual(self.checked["documents"], self.imported["documents"])

    def test_finds_what_the_report_contradicts(self) -> None:
        found = self.findings()
        for letter, finding in CONTRADICTIONS.items():
            with self.subTest(letter):
                self.assertIn(finding, found)

    def test_importing_again_changes_nothing(self) -> None:
        before = self.suite.log_end_position(self.suite.planning)
        again = self.suite.json("plan", "import", self.folder, "--request-id", "again")
        outcomes = {document["outcome"] for document in again["documents"]}
        self.assertEqual(outcomes, {"PUBLISH_OUTCOME_UNCHANGED"})
        self.assertEqual([d["contentDigest"] for d in again["documents"]],
                         [d["contentDigest"] for d in self.imported["documents"]])
        self.assertEqual(self.suite.log_end_position(self.suite.planning), before)

    def test_each_day_has_the_targets_that_were_in_force(self) -> None:
        for day, revision, target in (
            ("2023-01-01", 1, "1000"), ("2023-11-20", 1, "1000"), ("2023-11-22", 2, "110"),
        ):
            with self.subTest(day):
                document = self.suite.json("plan", "get", PLAN, "--on", day)
                self.assertEqual(document["revision"], revision)
                self.assertEqual(self.target(document, "rehsos.alat_bantu"), target)

    def target(self, document: dict[str, Any], code: str) -> str:
        for objective in document["annualPlan"]["objectives"]:
            for program in objective["programs"]:
                for activity in program["activities"]:
                    for sub in activity["subActivities"]:
                        if sub["code"] == code:
                            return str(sub["indicators"][0]["target"]["value"])
        raise AssertionError(code)

    def test_agreement_and_its_change_differ_by_value(self) -> None:
        diff = self.suite.json("plan", "diff", AGREEMENT)
        changes = {change["path"]: change for change in diff["changes"]}
        budget = changes["performance_agreement.program_budgets[P.tmp].budget"]
        self.assertEqual((budget["kind"], budget["after"]), ("KIND_ADDED", "339170008"))
        self.assertNotIn("performance_agreement.targets[IKU2].target.value", changes)
        shown = self.suite.ctl("plan", "diff", PLAN, "--from-day", "2023-11-20", "--to-day",
                               "2023-11-22")
        self.assertIn("diubah", shown)

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

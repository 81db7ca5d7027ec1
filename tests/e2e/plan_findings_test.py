"""What the checks find in the plan documents of the sample, item by item of its report's own
contradictions.

Method: `FOUND` holds each contradiction that lies in the plan documents, by the letter and number
that the comments in the sample cite, with the finding's code and both figures. `BEYOND` holds what
is found and true as well, though the list does not have it. `NOT_FOUND` holds why the others cannot
be found in plan documents. Every item stands in one of them, and nothing else is found.
"""

from __future__ import annotations

import unittest

import sample_plan
from sample_plan import ACTIONS, AGREEMENT, DECREE, PLAN, STRATEGIC
from suite import Suite

# Document with its revision, code, subject, figures.
Finding = tuple[str, ...]

# The items of the list: letter, how many. There is no F4.
ITEMS = {"A": range(1, 14), "B": range(1, 15), "C": range(1, 23), "D": range(0, 18),
         "E": range(1, 7), "F": [number for number in range(1, 25) if number != 4]}

SUPPORTING = {
    "sekretariat.01": "1 Dokumen", "sekretariat.02": "26 Orang/Bulan",
    "sekretariat.03": "1 Paket", "sekretariat.04": "1 Paket", "sekretariat.05": "1 Paket",
    "sekretariat.06": "1 Paket", "sekretariat.07": "1 Paket", "sekretariat.08": "1 Paket",
    "sekretariat.09": "2400 Laporan", "sekretariat.10": "12 Laporan",
    "sekretariat.11": "12 Laporan", "sekretariat.12": "3 Unit", "sekretariat.13": "9 Unit",
    "sekretariat.14": "15 Unit", "sekretariat.15": "3 Unit",
}
ROUTINE = ("Jumlah Kegiatan Rutin yang Tercapai Indikatornya / "
           "Jumlah Keseluruhan Kegiatan Rutin")
PROGRAMS = "P.dayasos, P.rehsos, P.linjamsos, P.bencana, P.tmp, P.penunjang"
PSKS = "Jumlah PSKS yang membantu penanganan PMKS: 1500 orang"
BIMBINGAN = "Pemberian Bimbingan Fisik, Mental, Spiritual, dan Sosial"

# Both annual plans are published while the decree and the action plan of January are in force, so
# that what they have in common is found with each.
def with_both_plans(first: str, *finding: str) -> tuple[Finding, ...]:
    return ((first, *finding), (f"{PLAN}@2", *finding))


FOUND: dict[str, tuple[Finding, ...]] = {
    "B1": (
        (f"{AGREEMENT}@2", "AGREEMENT_SUM_DIFFERS", AGREEMENT,
         "60979145296 Rp", "60979145376 Rp"),
        *with_both_plans(f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.tmp",
                         "339170008 Rp", "339170088 Rp"),
    ),
    "B3": ((f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.rehsos",
            "5890127000 Rp", "5890147000 Rp"),),
    "B4": ((f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.linjamsos",
            "36987349000 Rp", "36999071500 Rp"),),
    "B5": ((f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.bencana",
            "4736521100 Rp", "3489250000 Rp"),),
    "B6": (
        (f"{AGREEMENT}@2", "AGREEMENT_BUDGET_DIFFERS", "P.penunjang",
         "11274259188 Rp", "11594549188 Rp"),
        # The row that the sample takes to have lost its money keeps its target.
        (f"{PLAN}@2", "TARGET_WITHOUT_BUDGET", "sekretariat.06", "0 Rp", "1 Paket"),
    ),
    "B7": tuple((f"{AGREEMENT}@{revision}", "AGREEMENT_TOTAL_DIFFERS", AGREEMENT,
                 "60979145376 Rp", "60063906776 Rp") for revision in (1, 2)),
    # The targets that tables 3.2 and 3.3 print for the row that the matrix cuts off.
    "C1": ((f"{STRATEGIC}@2", "STRATEGIC_TARGET_MISSING", "IKU4",
            "2021, 2022, 2023, 2026", "2024, 2025"),),
    "C6": with_both_plans(f"{ACTIONS}@1", "ACTION_PLAN_LINE_MISSING", "IKU4", "", "100 %"),
    "C12": with_both_plans(f"{DECREE}@1", "KEY_INDICATOR_FORMULA_DIFFERS", "IKU4",
                           ROUTINE, PROGRAMS),
    "C13": (
        *with_both_plans(f"{DECREE}@1", "KEY_INDICATOR_UNITS_DIFFER", "IKU2",
                         "linjamsos, rehsos", "bencana, linjamsos, rehsos, uptd"),
        *with_both_plans(f"{DECREE}@1", "KEY_INDICATOR_UNITS_DIFFER", "IKU3",
                         "bencana, linjamsos, rehsos", "dayasos"),
    ),
    "C14": ((f"{DECREE}@1", "KEY_INDICATOR_SOURCE_MISSING", "IKU4", ""),),
    "C16": tuple(
        (f"{STRATEGIC}@{revision}", "INDICATOR_WITHOUT_TARGET", code, name)
        for revision in (1, 2)
        for code, name in (
            ("PENURUNAN_PMKS",
             "Persentase Penurunan Penyandang Masalah Kesejahteraan Sosial (PMKS)"),
            ("PENDUDUK_MISKIN", "Persentase Penduduk Miskin"),
            ("PMKS_KEBUTUHAN_DASAR", "Persentase PMKS yang Terpenuhi Kebutuhan Dasar Minimal"),
        )
    ),
    "C20": tuple((f"{STRATEGIC}@2", "STRATEGIC_TARGET_RETROACTIVE", code, target, "")
                 for code, target in (("IKU1", "80 %"), ("IKU3", "100 %"), ("IKU4", "100 %"))),
    "D0": tuple((f"{PLAN}@2", code, subject, before, after)
                for code, subject, before, after in (
        ("ACTION_PLAN_TARGET_DIFFERS", "rehsos.permakanan", "1000 orang", "1850 orang"),
        ("ACTION_PLAN_TARGET_DIFFERS", "rehsos.bimbingan_keluarga", "462 orang", "2770 orang"),
        ("ACTION_PLAN_TARGET_DIFFERS", "rehsos.bimbingan_fakir_miskin", "25000 orang",
         "2000 orang"),
        ("ACTION_PLAN_TARGET_DIFFERS", "bencana.kelompok_rentan", "770 orang", "5445 orang"),
        ("ACTION_PLAN_UNIT_DIFFERS", "linjamsos.pemantauan", "1000 orang", "800 anak"),
        ("ACTION_PLAN_UNIT_DIFFERS", "linjamsos.fasilitasi_bansos", "63335 keluarga",
         "80106 KPM"),
    )),
    "D2": (
        (f"{PLAN}@2", "ACTION_PLAN_LINE_MISSING", "linjamsos.pengembangan_ekonomi", "",
         "0 orang"),
        (f"{PLAN}@2", "BUDGET_WITHOUT_TARGET", "linjamsos.pengembangan_ekonomi",
         "24000000 Rp", "0 orang"),
    ),
    "D3": (
        (f"{ACTIONS}@1", "ACTION_PLAN_TARGET_DIFFERS", "rehsos.alat_bantu",
         "100 orang", "1000 orang"),
        (f"{PLAN}@2", "ACTION_PLAN_TARGET_DIFFERS", "rehsos.alat_bantu",
         "100 orang", "110 orang"),
    ),
    "D4": ((f"{PLAN}@2", "ACTION_PLAN_TARGET_DIFFERS", "rehsos.bimbingan_liposos",
            "60 orang", "50 orang"),),
    "D5": tuple((f"{PLAN}@2", "ACTION_PLAN_UNIT_DIFFERS", subject, before, after)
                for subject, before, after in (
        ("rehsos.kedaruratan", "80 orang", "141 kasus"),
        ("rehsos.kerjasama", "67 Dokumen", "67 LKSA"),
        ("linjamsos.data_fakir_miskin", "397140 keluarga", "992 orang"),
        ("dayasos.kelembagaan", "8 lembaga", "1500 orang"),
        ("linjamsos.penjangkauan", "100 orang", "650 anak"),
    )),
    "D6": ((f"{PLAN}@2", "OUTPUT_REPEATED", "dayasos.kelembagaan", PSKS, PSKS),),
    "D10": (
        (f"{ACTIONS}@1", "ACTION_PLAN_QUARTER_UNIT_DIFFERS", "tmp.pemeliharaan",
         "15 TMP", "100 %"),
        *with_both_plans(f"{ACTIONS}@1", "ACTION_PLAN_UNIT_DIFFERS", "tmp.pemeliharaan",
                         "100 %", "15 TMP"),
    ),
    "D12": ((f"{ACTIONS}@1", "ACTION_PLAN_UNIT_DIFFERS", "linjamsos.fasilitasi_bansos",
             "63335 keluarga", "63335 KPM"),),
    "D13": tuple(
        finding for code, target in SUPPORTING.items()
        for finding in with_both_plans(f"{ACTIONS}@1", "ACTION_PLAN_LINE_MISSING", code, "",
                                       target)),
    "F13": ((f"{AGREEMENT}@1", "AGREEMENT_NOT_SIGNED", AGREEMENT, ""),),
    "F15": tuple((f"{PLAN}@{revision}", "NAME_REPEATED", "rehsos.bimbingan_fakir_miskin",
                  BIMBINGAN, BIMBINGAN) for revision in (1, 2)),
}

BEYOND: dict[str, tuple[Finding, ...]] = {
    "the Renstra writes Prosentase where the RKT writes Persentase": tuple(
        (f"{PLAN}@{revision}", "NAME_DIFFERS", "IKU2",
         "Prosentase PMKS yang menerima bantuan kebutuhan dasar",
         "Persentase PMKS yang Menerima Bantuan Kebutuhan Dasar") for revision in (1, 2)),
}

# Why an item is not found in plan documents.
NOT_FOUND = {
    "a percentage or sum that the report computes from realizations": (
        "A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 B8 B9 B10 B13 B14 C7 C11 C17 C18 C19 C22 "
        "D16 E6"),
    "the other figure stands in a table or sentence of the report, which is no plan document": (
        "B2 C2 C3 C4 C5 C8 C21 D1 D11 D15 D17 F1 F2 F14"),
    "the rule is one of scoring, not of plans": "E1 E2 E3 E4 E5",
    "a change from one revision to the next, shown by their difference and no contradiction": (
        "C10 F16"),
    "a plan holds no such text: amounts in words, where money went, names in an agreement": (
        "B11 B12 C9 F17"),
    "the document is printed twice and the sample keeps one of the two": "C15 D8 F9 F22",
    "the sample holds the number or name as it should read": "D7 F5 F6 F18",
    "no field says that the indicator counts staff": "D9",
    "only a reader sees that the text is cut off or loosely worded": (
        "D14 F3 F7 F8 F10 F11 F12 F19 F20 F21 F23 F24"),
}


class PlanFindingsTest(unittest.TestCase):
    suite: Suite
    found: list[Finding]

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = Suite()
        cls.suite.__enter__()
        cls.addClassCleanup(cls.suite.end)
        cls.imported = cls.suite.json("plan", "import", sample_plan.make_folder(cls.suite))
        cls.found = [
            (f"{document['name']}@{document['revision']}", finding["code"], finding["subject"],
             *(figure["value"] for figure in finding["figures"]))
            for document in cls.imported["documents"] for finding in document["findings"]
        ]

    def test_every_contradiction_of_the_plans_is_found_with_both_figures(self) -> None:
        for item, findings in FOUND.items():
            for finding in findings:
                with self.subTest(item, code=finding[1], subject=finding[2]):
                    self.assertIn(finding, self.found)

    def test_nothing_else_is_found(self) -> None:
        expected = [finding for table in (FOUND, BEYOND) for row in table.values()
                    for finding in row]
        self.assertEqual(len(expected), len(set(expected)), "a finding stands in two rows")
        self.assertEqual(set(self.found) - set(expected), set())
        self.assertEqual(len(self.found), len(expected))

    def test_every_item_of_the_list_is_found_or_told_why_not(self) -> None:
        items = [f"{letter}{number}" for letter, numbers in ITEMS.items() for number in numbers]
        self.assertEqual(len(items), 96)
        told = [item for row in NOT_FOUND.values() for item in row.split()]
        self.assertEqual(sorted([*FOUND, *told]), sorted(items))

    def test_every_figure_says_where_it_stands(self) -> None:
        for document in self.imported["documents"]:
            version = f"{document['name']}@{document['revision']} "
            for finding in document["findings"]:
                with self.subTest(version, code=finding["code"], subject=finding["subject"]):
                    locations = [figure["location"] for figure in finding["figures"]]
                    self.assertTrue(all(locations))
                    self.assertTrue(any(place.startswith(version) for place in locations))

    def test_the_agency_of_the_sample_is_without_findings(self) -> None:
        self.assertEqual(self.imported["agency"]["findings"], [])

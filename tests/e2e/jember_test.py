"""The sample year of a real agency, from files to figures, through the real programs."""

from __future__ import annotations

import re
import shutil
import unittest
from typing import Any

from suite import ROOT, Suite, wait_until

SAMPLE = ROOT / "deploy/samples/jember-2023"
AGENCY = "regions/35.09/agencies/dinsos"


def send_sample(suite: Suite) -> None:
    suite.ctl("agency", "register", SAMPLE / "01-agency.yaml")
    suite.ctl("plan", "publish", *sorted(SAMPLE.glob("0[2-9]-*.yaml")))
    suite.ctl("submit", *sorted(SAMPLE.glob("1[1-4]-submission-*.yaml")))


def scorecard_bytes(suite: Suite, quarter: int = 4) -> str:
    """As printed, once scoring has read all that the logs hold."""
    wait_until(lambda: is_up_to_date(suite), "scoring has read both logs")
    return suite.ctl(
        "scorecard", AGENCY, "--year", 2023, "--quarter", quarter, "--output", "json"
    )


def is_up_to_date(suite: Suite) -> bool:
    answer = suite.raw(suite.scoring, "sakip.scoring.v1.ScoringService/GetProgress", {})
    read = answer.get("response", {}).get("read", {})
    return all(
        int(read.get(service.name, 0)) == suite.log_end_position(service)
        for service in (suite.planning, suite.realization)
    )


class JemberTest(unittest.TestCase):
    suite: Suite
    card: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = cls.enterClassContext(Suite())
        send_sample(cls.suite)
        wait_until(lambda: is_up_to_date(cls.suite), "scoring has read both logs")
        cls.card = cls.suite.json("scorecard", AGENCY, "--year", 2023, "--quarter", 4)

    def objective_indicators(self) -> dict[str, dict[str, Any]]:
        return {
            indicator["code"]: indicator["year"]
            for objective in self.card["objectives"]
            for indicator in objective["indicators"]
        }

    def output(self, code: str) -> dict[str, Any]:
        for objective in self.card["objectives"]:
            for program in objective.get("programs", []):
                for activity in program.get("activities", []):
                    for sub_activity in activity.get("subActivities", []):
                        for indicator in sub_activity.get("indicators", []):
                            if indicator["code"] == code:
                                return indicator["year"]["achievement"]
        raise AssertionError(f"no output {code}")

    def assert_achieved(self, achievement: dict[str, Any], value: str, rating: str, met: bool):
        self.assertEqual(achievement["figure"]["value"], value)
        self.assertEqual(achievement["rating"], rating)
        self.assertEqual(achievement.get("met", False), met)

    def test_money(self) -> None:
        budget = self.card["budget"]
        self.assertEqual(budget["budget"], "60979145376")
        self.assertEqual(budget["realized"], "54326348943")
        self.assertEqual(budget["absorption"]["value"], "89.09")

    def test_efficiency(self) -> None:
        """The report says so in words only: 99.94 % achieved, 89.09 % spent."""
        efficiency = self.card["efficiency"]
        self.assertEqual(efficiency["figure"]["value"], "10.85")
        self.assertEqual(efficiency["words"], "efisien")

    def test_the_end_of_the_strategic_plan(self) -> None:
        """The report takes 90.3 for the plan's 90.4, and prints 100 % of it."""
        card = ("scorecard", AGENCY, "--year", 2023, "--quarter", 4, "--compare")
        comparisons = {c["code"]: c for c in self.suite.json(*card)["comparisons"]}
        target = comparisons["IKU2"]["finalTarget"]
        self.assertEqual(target["target"]["value"], "90.4")
        self.assertEqual(target["reached"]["value"], "99.56")
        self.assertFalse(target.get("met", False))
        self.assertEqual(len(comparisons["IKU2"]["quarters"]), 4)

    def test_key_indicators(self) -> None:
        scores = self.objective_indicators()

        self.assertEqual(sorted(scores), ["IKU1", "IKU2", "IKU3", "IKU4"])
        self.assertEqual(scores["IKU1"]["target"]["value"], "80")
        self.assertEqual(scores["IKU1"]["realization"]["value"], "80")
        self.assert_achieved(scores["IKU1"]["achievement"], "100.00", "AA", met=True)
        # The report of the agency prints 100 % here.
        self.assertEqual(scores["IKU2"]["target"]["value"], "90.2")
        self.assertEqual(scores["IKU2"]["realization"]["value"], "90")
        self.assert_achieved(scores["IKU2"]["achievement"], "99.78", "AA", met=False)
        self.assert_achieved(scores["IKU3"]["achievement"], "100.00", "AA", met=True)
        self.assert_achieved(scores["IKU4"]["achievement"], "100.00", "AA", met=True)

    def test_third_indicator_is_fifteen_of_fifteen(self) -> None:
        derivation = str(self.objective_indicators()["IKU3"])
        self.assertRegex(derivation, r"15 / 15")

    def test_share_of_the_fourth_indicator_contradicts_its_children(self) -> None:
        about = [f for f in self.card["findings"] if f.get("subject") == "IKU4"]
        values = [figure["value"] for finding in about for figure in finding.get("figures", [])]
        self.assertTrue(any(re.match(r"33\.33\b", value) for value in values), about)

    def test_agency_is_the_mean_of_its_objectives(self) -> None:
        achievement = self.card["achievement"]
        self.assert_achieved(achievement, "99.94", "AA", met=False)
        self.assertTrue(achievement["figure"]["digits"].startswith("99.9445"))

    def test_outputs(self) -> None:
        self.assertEqual(self.output("rehsos.alat_bantu")["figure"]["value"], "61.82")
        self.assertEqual(self.output("rehsos.bimbingan_liposos")["figure"]["value"], "132.00")
        self.assertEqual(self.output("linjamsos.pemantauan")["figure"]["value"], "97.88")
        not_applicable = self.output("linjamsos.pengembangan_ekonomi")["figure"]
        self.assertEqual(not_applicable["state"], "FIGURE_STATE_NOT_APPLICABLE")
        self.assertEqual(not_applicable.get("value", ""), "")

    def test_earlier_quarters_are_scored_too(self) -> None:
        for quarter in (1, 2, 3):
            card = self.suite.json("scorecard", AGENCY, "--year", 2023, "--quarter", quarter)
            self.assertEqual(card["name"], f"{AGENCY}/scorecards/2023Q{quarter}")

    def test_every_source_can_be_read_where_the_scorecard_says(self) -> None:
        for source in self.card["sources"]["submissions"]:
            answer = self.suite.raw(
                self.suite.realization,
                "sakip.realization.v1.RealizationService/GetSubmission",
                {"name": source["submission"], "revision": source["revision"]},
            )
            stored = answer["response"]["submission"]
            self.assertEqual(stored["contentDigest"], source["contentDigest"])
            position = int(stored.get("logPosition", 0))
            self.assertEqual(position, int(source.get("logPosition", 0)))

    def log_keys(self) -> list[object]:
        """The public keys of both logs, as a user of sakipctl has them."""
        arguments: list[object] = []
        for service in (self.suite.planning, self.suite.realization):
            key = self.suite.folder / f"{service.name}.pub"
            key.write_text(
                self.suite.ctl("log", "key", "show", "--file", service.data / "log.key"),
                encoding="utf-8",
            )
            arguments += ["--trusted-key", key]
        return arguments

    def explain(self, *more: object) -> str:
        return self.suite.ctl("explain", AGENCY, *more, "--year", 2023, "--quarter", 4)

    def test_explains_why_the_second_indicator_is_no_hundred(self) -> None:
        text = " ".join(self.explain("IKU2").split())

        self.assertIn("Capaian tahun indikator IKU2", text)
        self.assertIn("99,78 %", text)
        self.assertIn("Target: 90,2 % menurut", text)
        self.assertIn("annualPlans/2023 revisi 2, indicators[IKU2].target", text)
        self.assertIn("Capaian dihitung: 90 / 90,2 x 100 = 45.000/451 %", text)
        english = " ".join(self.explain("IKU2", "--lang", "en").split())
        self.assertIn("Achievement is computed: 90 / 90.2 x 100 = 45,000/451 %", english)

    def test_proves_every_value_that_a_figure_rests_on(self) -> None:
        for figure in ("agency", "agency:absorption", "objective/S2:efficiency"):
            text = self.explain(figure, "--prove", *self.log_keys())

            self.assertNotIn("TIDAK TERBUKTI", text)
            proved, _, of = re.search(r"(\d+) (dari) (\d+) nilai terbukti", text).groups()
            self.assertEqual(proved, of)
            self.assertGreater(int(proved), 3, figure)

    def test_proves_nothing_with_the_key_of_another_log(self) -> None:
        result = self.suite.try_ctl(
            "explain", AGENCY, "IKU2", "--year", 2023, "--quarter", 4, "--prove",
            *self.log_keys()[:2],
        )

        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("TIDAK TERBUKTI: log realization", result.stdout)


WHAT_IF = """
quarters:
  - quarter: 4
    indicators:
      - {indicator_code: IKU2, percentage: 90.2}
    withdrawn_indicators: [IKU4]
"""


class SimulationTest(unittest.TestCase):
    def test_what_if_the_indicators_were_counted_as_their_names_say(self) -> None:
        with Suite() as suite:
            send_sample(suite)
            before = scorecard_bytes(suite)
            file = suite.folder / "what-if.yaml"
            file.write_text(WHAT_IF, encoding="utf-8")

            answer = suite.json("simulate", AGENCY, file, "--year", 2023, "--quarter", 4)

            card = answer["simulated"]
            met = card["objectives"][1]["indicators"][0]["year"]["achievement"]
            self.assertEqual((met["figure"]["value"], met["met"]), ("100.00", True))
            fourth = card["objectives"][3]["achievement"]
            self.assertEqual((fourth["figure"]["value"], fourth["rating"]), ("33.33", "C"))
            changed = {change["code"] for change in answer["changes"]}
            self.assertEqual(changed, {AGENCY, "S2", "IKU2", "S4", "IKU4"})
            self.assertEqual(scorecard_bytes(suite), before)


class RestartTest(unittest.TestCase):
    def test_same_bytes_after_scoring_lost_its_data_and_after_all_restarted(self) -> None:
        with Suite() as suite:
            send_sample(suite)
            before = [scorecard_bytes(suite, quarter) for quarter in (1, 2, 3, 4)]

            suite.scoring.stop()
            shutil.rmtree(suite.scoring.data)
            suite.start()
            self.assertEqual([scorecard_bytes(suite, q) for q in (1, 2, 3, 4)], before)

            suite.stop()
            suite.start()
            self.assertEqual([scorecard_bytes(suite, q) for q in (1, 2, 3, 4)], before)

    def test_same_bytes_after_sending_all_of_it_again(self) -> None:
        with Suite() as suite:
            send_sample(suite)
            before = scorecard_bytes(suite)
            ends = [suite.log_end_position(s) for s in (suite.planning, suite.realization)]

            send_sample(suite)

            self.assertEqual(scorecard_bytes(suite), before)
            again = [suite.log_end_position(s) for s in (suite.planning, suite.realization)]
            self.assertEqual(again, ends)

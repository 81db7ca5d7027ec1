"""A region publishes its scoring policy, and scoring computes under it."""

from __future__ import annotations

import unittest
from typing import Any

import small
from jember_test import is_up_to_date
from suite import Suite, wait_until

REGION = "regions/35.09"
CARD = ("scorecard", small.AGENCY, "--year", 2023, "--quarter", 4)
DEFAULT = "policies/permenpanrb-53-2014/versions/1"


def policy(version: int, first_year: int = 2023, **changes: Any) -> dict[str, Any]:
    """Two bands; 90 percent is not enough for the upper one."""
    bands = [
        {"rating": "Lulus", "label": "Lulus", "lower": "90", "lower_included": False},
        {"rating": "Belum", "label": "Belum lulus"},
    ]
    rules = {
        "legal_basis": "Peraturan Bupati Jember Nomor 7 Tahun 2023",
        "first_year": first_year,
        "digits": 1,
        "default_formula": "positive",
        "weighting": "as_planned",
        "efficiency": {"method": "pmk_214_2017"},
        "rating_scale": {"code": "perbup-7-2023", "bands": bands},
    }
    scoring_policy = {**rules, **changes}
    return {"parent": REGION, "expected_version": version - 1, "scoring_policy": scoring_policy}


class PolicyTest(unittest.TestCase):
    def test_a_year_is_scored_under_the_policy_of_its_region(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            # 72 of 80: exactly 90 percent.
            suite.ctl("submit", suite.file(small.submission(quarter=4, quantity="72")))
            self.assertEqual(self.rated(suite), (DEFAULT, "90.00", "AA"))

            suite.ctl("policy", "publish", suite.file(policy(1)))

            own = f"{REGION}/scoringPolicies/1"
            self.assertEqual(self.rated(suite), (own, "90.0", "Belum"))
            wait_until(lambda: is_up_to_date(suite), "scoring has read both logs")
            self.assertIn("perbup-7-2023", suite.ctl("policy", "get", own))
            self.assertIn(own, suite.ctl("policy", "list", REGION))
            self.assertNotIn(own, suite.ctl("policy", "list", "regions/35.10"))

            # Under another policy, with what it changes.
            other = suite.json(*CARD, "--policy", DEFAULT)
            self.assertEqual(other["comparison"]["ownPolicy"], own)
            change = other["comparison"]["changes"][0]
            ratings = (change["before"]["rating"], change["after"]["rating"])
            self.assertEqual(ratings, ("Belum", "AA"))

            # As it stood before the policy was published.
            as_of = f"{suite.log_end_position(suite.planning) - 1}:1"
            before = suite.json(*CARD, "--as-of", as_of)
            self.assertEqual(before["sources"]["policy"], DEFAULT)

            # All of it is there again when scoring has lost its view.
            shown = suite.ctl(*CARD)
            suite.scoring.stop()
            for file in sorted(suite.scoring.data.rglob("*"), reverse=True):
                file.rmdir() if file.is_dir() else file.unlink()
            suite.start()
            self.assertEqual(suite.ctl(*CARD), shown)

    def test_versions_follow_each_other_and_repeats_change_nothing(self) -> None:
        with Suite() as suite:
            first = suite.file(policy(1))
            suite.ctl("policy", "publish", first)
            suite.ctl("policy", "publish", first)
            self.assertEqual(suite.log_end_position(suite.planning), 1)

            conflict = suite.try_ctl("policy", "publish", suite.file(policy(1, 2024)))
            self.assertEqual(conflict.returncode, 1)
            self.assertIn("REVISION_CONFLICT", conflict.stderr)
            suite.ctl("policy", "publish", suite.file(policy(2, 2024)))
            suite.planning.kill()
            suite.start()
            suite.ctl("policy", "publish", suite.file(policy(3, 2025)))
            self.assertEqual(suite.log_end_position(suite.planning), 3)

    def test_a_scale_with_a_gap_is_refused_at_its_place(self) -> None:
        with Suite() as suite:
            bands = [{"rating": "Lulus", "label": "Lulus", "lower": "0", "lower_included": True}]
            scale = {"code": "bolong", "bands": bands}
            result = suite.try_ctl("policy", "publish", suite.file(policy(1, rating_scale=scale)))

            self.assertEqual(result.returncode, 1)
            self.assertIn("scoring_policy.rating_scale.bands[0].lower", result.stderr)
            self.assertEqual(suite.log_end_position(suite.planning), 0)

    def rated(self, suite: Suite) -> tuple[str, str, str]:
        card = suite.json(*CARD)
        achievement = card["achievement"]
        return card["sources"]["policy"], achievement["figure"]["value"], achievement["rating"]


if __name__ == "__main__":
    unittest.main()

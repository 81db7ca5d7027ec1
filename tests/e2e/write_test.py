"""Sending the same twice changes nothing; of two who change the same, one must look again."""

from __future__ import annotations

import subprocess
import unittest
from typing import Any

import small
from suite import Suite


class WriteTest(unittest.TestCase):
    def test_publishing_the_same_file_twice_changes_nothing(self) -> None:
        with Suite() as suite:
            agency, plan = suite.file(small.agency()), suite.file(small.annual_plan())
            suite.ctl("agency", "register", agency)
            suite.ctl("plan", "publish", plan)
            name = f"{small.AGENCY}/annualPlans/2023"
            before = suite.ctl("plan", "get", name, "--output", "json")

            suite.ctl("agency", "register", agency)
            suite.ctl("plan", "publish", plan)

            self.assertEqual(suite.log_end_position(suite.planning), 2)
            self.assertEqual(suite.ctl("plan", "get", name, "--output", "json"), before)

    def test_of_two_planners_at_the_same_revision_one_is_aborted(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            changes = [suite.file(amended(budget)) for budget in ("2000", "3000")]

            pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            planners = [suite.open_ctl("plan", "publish", file, **pipes) for file in changes]
            errors = [planner.communicate(timeout=60)[1] for planner in planners]

            codes = [planner.returncode for planner in planners]
            self.assertEqual(sorted(codes), [0, 1], errors)
            refused = errors[codes.index(1)]
            self.assertIn("REVISION_CONFLICT", refused)
            name = f"{small.AGENCY}/annualPlans/2023"
            stored = suite.json("plan", "get", name)
            self.assertEqual(stored["revision"], 2)
            self.assertIn(["2000", "3000"][codes.index(0)], str(stored))
            self.assertEqual(suite.log_end_position(suite.planning), 3)

    def test_a_service_does_not_share_its_port(self) -> None:
        with Suite() as suite:
            suite.scoring.stop()
            address, suite.scoring.address = suite.scoring.address, suite.planning.address

            with self.assertRaisesRegex(AssertionError, "scoring ended with [1-9]"):
                suite.start()
            suite.scoring.address = address

    def test_a_second_writer_does_not_open_the_same_data(self) -> None:
        with Suite() as suite:
            suite.scoring.stop()
            second = suite.scoring
            second.name, second.data, second.address = "planning", suite.planning.data, ""

            with self.assertRaisesRegex(AssertionError, "planning ended with [1-9]"):
                second.start("--reflection=false")


def amended(budget: str) -> dict[str, Any]:
    document = small.annual_plan()
    document.update(revision=2, reason="Perubahan")
    program = document["annual_plan"]["objectives"][0]["programs"][0]
    program["activities"][0]["sub_activities"][0]["budget"] = budget
    return document

"""A quarter goes through its whole workflow, with restarts in the middle, and scoring follows."""

from __future__ import annotations

import unittest
from typing import Any

import small
from suite import Suite, wait_until

QUARTER = f"{small.AGENCY}/submissions/2023Q4"


def identity(subject: str, role: str) -> tuple[str, str]:
    return ("--identity", f"subject={subject};roles={role};scopes=regions/35.09")


VERIFIER = identity("inspektorat", "verifier")
HEAD = identity("kepala", "agency_head")
REPORTER = identity("pelapor", "reporter")
REVISION = ("--revision", 1)


class WorkflowTest(unittest.TestCase):
    def test_a_quarter_walks_through_every_state_over_restarts(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            due = ("--due", "2024-01-15T23:59:59+07:00")  # Long past: what comes is late.
            suite.ctl("quarter", "open", QUARTER, *due, *VERIFIER)
            self.assertEqual(state(suite), "STATE_OPEN")
            suite.ctl("submit", suite.file(small.submission(quarter=4)), *REPORTER)
            reason = ("--line", "IKU1=Bukti tidak ada")
            suite.ctl("submission", "return", QUARTER, *REVISION, *reason, *VERIFIER)
            self.assertEqual(state(suite), "STATE_RETURNED")

            suite.realization.kill()
            suite.start()
            self.assertEqual(state(suite), "STATE_RETURNED")

            suite.ctl("submit", suite.file(corrected(2, "6")), *REPORTER)
            self.refuse(suite, "REVISION_CONFLICT", "verify", 1, VERIFIER)
            suite.ctl("submission", "verify", QUARTER, "--revision", 2, *VERIFIER)
            self.refuse(suite, "STEP_NOT_ALLOWED", "verify", 2, VERIFIER)
            self.refuse(suite, "PERMISSION_DENIED", "approve", 2, VERIFIER)
            suite.ctl("submission", "approve", QUARTER, "--revision", 2, *HEAD)
            self.check_progress(suite, "STATE_APPROVED", "verifier")
            suite.ctl("quarter", "close", QUARTER, *VERIFIER)
            self.check_closed(suite)

            suite.ctl("quarter", "reopen", QUARTER, "--reason", "Temuan reviu", *VERIFIER)
            self.assertEqual(state(suite), "STATE_APPROVED")
            suite.ctl("submit", suite.file(corrected(3, "7")), *REPORTER)
            self.check_changed_since_approval(suite)
            # The same step as before, at another time: it is not taken for a repeat.
            suite.ctl("quarter", "close", QUARTER, *VERIFIER)
            self.assertEqual(state(suite), "STATE_CLOSED")
            self.check_history(suite)

    def refuse(
        self, suite: Suite, reason: str, step: str, revision: int, who: tuple[str, str]
    ) -> None:
        before = suite.log_end_position(suite.realization)
        result = suite.try_ctl("submission", step, QUARTER, "--revision", revision, *who)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn(reason, result.stderr)
        self.assertEqual(suite.log_end_position(suite.realization), before)

    def check_progress(self, suite: Suite, state_now: str, role: str) -> None:
        progress = suite.json("quarter", "progress", "regions/35", "--year", 2023, "--quarter", 4)
        agency = progress["agencies"][0]
        shown = (agency["agency"], agency["state"], agency["waitsForRole"], agency["late"])
        self.assertEqual(shown, (small.AGENCY, state_now, role, True))
        regions = [region["region"] for region in progress["regions"]]
        self.assertEqual(regions, ["regions/35.09", "regions/35"])
        self.assertEqual([region["agencies"] for region in progress["regions"]], [1, 1])

    def check_closed(self, suite: Suite) -> None:
        quarter = suite.json("quarter", "show", QUARTER)
        self.assertEqual(quarter["state"], "STATE_CLOSED")
        self.assertEqual(quarter["close"]["state"], "STATE_APPROVED")
        self.assertEqual(quarter["close"]["missingIndicatorCodes"], ["output"])
        result = suite.try_ctl("submit", suite.file(corrected(3, "9")), *REPORTER)
        self.assertIn("STEP_NOT_ALLOWED", result.stderr)

        wait_until(lambda: key_figure(suite)["state"] == "FIGURE_STATE_FINAL", "it is final")
        self.assertEqual(output_figure(suite)["value"], "0.00")
        # A plan that says it had always been otherwise changes nothing any more.
        plan = small.annual_plan()
        plan.update(revision=2, reason="Perubahan")
        plan["annual_plan"]["objectives"][0]["indicators"][0]["target"]["value"] = "6"
        before = key_figure(suite)
        suite.ctl("plan", "publish", suite.file(plan))
        code = "CLOSED_QUARTER_WOULD_CHANGE"
        wait_until(lambda: code in findings(suite), "scoring has read the plan")
        self.assertEqual(key_figure(suite), before)

        suite.scoring.kill()
        suite.start()
        wait_until(lambda: code in findings(suite), "scoring has its view again")
        self.assertEqual(key_figure(suite), before)

    def check_changed_since_approval(self, suite: Suite) -> None:
        submission = suite.json("submission", "get", QUARTER)
        self.assertTrue(submission["changedSinceApproval"])
        self.assertEqual(submission["supersedes"]["approver"], "kepala")
        wait_until(lambda: "CHANGED_SINCE_APPROVAL" in findings(suite), "scoring says so")
        # It is open again: the newest plan counts.
        self.assertEqual(key_figure(suite)["state"], "FIGURE_STATE_PROVISIONAL")
        self.assertNotIn("CLOSED_QUARTER_WOULD_CHANGE", findings(suite))

    def check_history(self, suite: Suite) -> None:
        history = suite.json("quarter", "show", QUARTER)["history"]
        steps = [(step["step"].removeprefix("STEP_"), step["actor"]) for step in history]
        verifier, reporter = "inspektorat", "pelapor"
        self.assertEqual(
            steps,
            [
                ("OPEN", verifier),
                ("SUBMIT", reporter),
                ("RETURN", verifier),
                ("SUBMIT", reporter),
                ("VERIFY", verifier),
                ("APPROVE", "kepala"),
                ("CLOSE", verifier),
                ("REOPEN", verifier),
                ("SUBMIT", reporter),
                ("CLOSE", verifier),
            ],
        )
        self.assertEqual(history[2]["reasons"], [{"code": "IKU1", "reason": "Bukti tidak ada"}])
        positions = [int(step["logPosition"]) for step in history]
        self.assertEqual(positions, suite.log_positions(suite.realization))
        table = suite.ctl("quarter", "show", QUARTER)
        self.assertIn("ditutup", table)
        self.assertIn("IKU1: Bukti tidak ada", table)


def corrected(revision: int, quantity: str) -> dict[str, Any]:
    return {
        **small.submission(quarter=4, quantity=quantity),
        "revision": revision,
        "reason": "Koreksi",
    }


def state(suite: Suite) -> str:
    return suite.json("quarter", "show", QUARTER)["state"]


def scorecard(suite: Suite) -> Any:
    return suite.json("scorecard", small.AGENCY, "--year", 2023, "--quarter", 4)


def findings(suite: Suite) -> list[str]:
    return [finding["code"] for finding in scorecard(suite)["findings"]]


def key_figure(suite: Suite) -> Any:
    indicator = scorecard(suite)["objectives"][0]["indicators"][0]
    return indicator["year"]["achievement"]["figure"]


def output_figure(suite: Suite) -> Any:
    program = scorecard(suite)["objectives"][0]["programs"][0]
    sub_activity = program["activities"][0]["subActivities"][0]
    return sub_activity["indicators"][0]["year"]["achievement"]["figure"]

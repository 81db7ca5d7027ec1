"""What each service does while another one is away."""

from __future__ import annotations

import json
import shutil
import time
import unittest

import small
from suite import PATIENCE_SECONDS, Suite, wait_until

SUBMIT = "sakip.realization.v1.RealizationService/SubmitQuarter"


class OutageTest(unittest.TestCase):
    def test_nothing_is_submitted_against_a_plan_that_cannot_be_read(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            suite.planning.stop()

            submission = small.submission(coverage="COVERAGE_QUARTER")
            request = {"submission": submission, "request_id": "r1"}
            answer = suite.raw(suite.realization, SUBMIT, request)

            refused = (answer["code"], answer["reason"])
            self.assertEqual(refused, ("UNAVAILABLE", "PLANNING_UNAVAILABLE"), answer)
            self.assertEqual(suite.log_end_position(suite.realization), 0)

            suite.start()
            deadline = time.monotonic() + PATIENCE_SECONDS
            while answer["code"] == "UNAVAILABLE" and time.monotonic() < deadline:
                answer = suite.raw(suite.realization, SUBMIT, request)
            self.assertEqual(answer["code"], "OK", answer)
            self.assertEqual(suite.log_end_position(suite.realization), 1)

    def test_scoring_serves_what_it_read_and_catches_up_later(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            small.submit(suite, 1)
            scorecard = ("scorecard", small.AGENCY, "--year", 2023, "--quarter", 2)
            wait_until(lambda: realized(suite, scorecard) == "100", "scoring has read the first")
            suite.realization.stop()

            self.assertEqual(realized(suite, scorecard), "100")

            suite.start()
            small.submit(suite, 2)
            wait_until(lambda: realized(suite, scorecard) == "200", "scoring has read the second")

    def test_a_first_store_serves_once_it_has_read_both_logs(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            small.submit(suite, 1)
            suite.scoring.stop()
            shutil.rmtree(suite.scoring.data)
            suite.planning.stop()
            suite.scoring.log.unlink()

            suite.scoring.start()
            progress = "sakip.scoring.v1.ScoringService/GetProgress"
            wait_until(
                lambda: suite.raw(suite.scoring, progress, {})["response"]["read"].get(
                    "realization"
                ) == "1",
                "scoring has read realization",
            )
            self.assertNotIn('"serving"', suite.scoring.log.read_text("utf-8"))

            suite.planning.start()
            wait_until(lambda: '"serving"' in suite.scoring.log.read_text("utf-8"), "it serves")
            scorecard = ("scorecard", small.AGENCY, "--year", 2023, "--quarter", 1)
            self.assertEqual(realized(suite, scorecard), "100")

    def test_services_stop_while_the_others_are_away(self) -> None:
        with Suite() as suite:
            suite.planning.kill()
            suite.realization.stop()
            suite.scoring.stop()


def realized(suite: Suite, scorecard: tuple[object, ...]) -> str:
    result = suite.try_ctl(*scorecard, "--output", "json")
    if result.returncode != 0:
        return ""
    return json.loads(result.stdout)["budget"]["realized"]

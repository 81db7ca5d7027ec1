"""A write that a kill left without entry in the audit trail is found and told of.

The disk of the trail hangs (failing_calls.cc) while the service's own goes on: the write is stored,
nobody is told so, and the process is killed.
"""

from __future__ import annotations

import sys
import threading
import unittest
from collections.abc import Callable
from typing import Any

import small
from suite import BUILD, Suite, wait_until
from trail import entries, event, export_whole, key_of

SUBMIT = "sakip.realization.v1.RealizationService/SubmitQuarter"
NEVER = 1 << 40  # More calls than are made.


def told_of(suite: Suite, request_id: str) -> list[dict[str, Any]]:
    trail = [recorded["entry"] for recorded in entries(suite, suite.realization)]
    return [entry for entry in trail if entry.get("requestId") == request_id]


class FoundWriteTest(unittest.TestCase):
    def setUp(self) -> None:
        self.suite = Suite()
        self.addCleanup(self.suite.end)
        self.suite.start()
        small.publish(self.suite, 2023)
        self.calls = self.suite.folder / "calls"

    def submit(self, quarter: int, *flags: str) -> dict[str, Any]:
        submission = small.submission(quarter=quarter, coverage="COVERAGE_QUARTER")
        request = {"submission": submission, "request_id": f"r-{quarter}"}
        return self.suite.raw(self.suite.realization, SUBMIT, request, *flags)

    def restart_on_a_disk_that_may_hang(self, folder: str) -> None:
        """That of the log or of the trail, and no other."""
        service = self.suite.realization
        if service.running:
            service.stop()
        self.calls.write_bytes(bytes(8))
        service.start(environment={
            "LD_PRELOAD": str(BUILD / "tests/libfailing_calls.so"),
            "FAULT_FOLDER": str(service.data / folder),
            "FAULT_STATE": str(self.calls), "FAULT_CALL": str(NEVER), "FAULT_KIND": "hang",
        })

    def hang(self) -> None:
        """From the next call on."""
        with self.calls.open("r+b") as file:
            file.write(NEVER.to_bytes(8, sys.byteorder))

    def kill_while_the_disk_hangs(self, quarter: int, far: Callable[[], bool]) -> None:
        """Once it is so far with the quarter, which is submitted on the disk that hangs."""
        self.hang()
        answers: list[dict[str, Any]] = []
        writer = threading.Thread(target=lambda: answers.append(self.submit(quarter)))
        writer.start()
        wait_until(far, "the write is so far")
        self.assertEqual(answers, [])
        self.suite.realization.kill()
        writer.join()
        self.assertEqual(answers[0]["code"], "UNAVAILABLE")

    def test_a_write_that_was_stored_and_not_recorded_is_found_once(self) -> None:
        suite = self.suite
        self.restart_on_a_disk_that_may_hang("audit")
        self.assertEqual(self.submit(1)["code"], "OK")
        # Its entry has the request id of the write to come, and tells nothing of it.
        stranger = ("--identity", "subject=stranger;roles=planner;scopes=regions/99")
        self.assertEqual(self.submit(2, *stranger)["code"], "PERMISSION_DENIED")
        wait_until(lambda: told_of(suite, "r-2"), "the refusal is in the trail")

        self.kill_while_the_disk_hangs(2, lambda: suite.log_end_position(suite.realization) == 2)

        for _ in range(2):
            suite.realization.start()
            of_first = [event(entry) for entry in told_of(suite, "r-1")]
            self.assertEqual(of_first, ["BEGAN"])
            refused, found = told_of(suite, "r-2")
            self.assertEqual((event(refused), refused["subject"]), ("REFUSED", "stranger"))
            self.assertEqual((event(found), found["subject"]), ("FOUND", "developer"))
            self.assertEqual(found["tenant"], small.AGENCY)
            key = key_of(suite, suite.realization)
            export = export_whole(suite, suite.realization, key)
            suite.ctl("log", "verify", "--file", export, "--trusted-key", key)
            suite.realization.stop()
        self.assertEqual(suite.realization.log.read_text("utf-8").count('"audit_writes_found"'), 1)

    def test_an_attempt_that_a_kill_ended_is_not_taken_for_the_next_one(self) -> None:
        suite = self.suite
        self.restart_on_a_disk_that_may_hang("log")
        self.kill_while_the_disk_hangs(1, lambda: len(told_of(suite, "r-1")) == 1)
        self.restart_on_a_disk_that_may_hang("audit")
        self.assertEqual(suite.log_end_position(suite.realization), 0)
        self.kill_while_the_disk_hangs(1, lambda: suite.log_end_position(suite.realization) == 1)

        for _ in range(2):
            suite.realization.start()
            self.assertEqual([event(entry) for entry in told_of(suite, "r-1")], ["BEGAN", "FOUND"])
            suite.realization.stop()

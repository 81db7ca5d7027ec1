"""The audit trail holds every write and every refusal, and nothing that is secret.

Every RPC of the real programs is called once for each way that a call can be let in or refused; the
driver keeps what must be in the trails, entry by entry.
"""

from __future__ import annotations

import collections
import json
import random
import subprocess
import threading
import unittest
from typing import Any

import small
from suite import BUILD, Service, Suite, wait_until
from trail import entries, event, export_whole, key_of

CANARY = "canary-7d1f0c6b5a4e"
ROUNDS = 3  # Kills among writes.
SUBMIT = "sakip.realization.v1.RealizationService/SubmitQuarter"


class AuditTest(unittest.TestCase):
    def setUp(self) -> None:
        self.suite = Suite()
        self.addCleanup(self.suite.end)
        self.suite.start()

    def call_everything(self) -> list[dict[str, Any]]:
        command = [
            str(BUILD / "tests/audit_driver"),
            f"--descriptors={BUILD / 'tests/authz/sakip.binpb'}",
            f"--canary={CANARY}",
            *(f"{service.name}={service.address}" for service in self.suite.services),
        ]
        result = subprocess.run(command, capture_output=True, text=True, timeout=240)
        self.assertEqual(result.returncode, 0, result.stderr)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def test_every_write_and_every_refusal_of_every_rpc_is_recorded(self) -> None:
        suite = self.suite
        small.publish(suite, 2023)
        small.submit(suite, 1)
        calls = self.call_everything()
        suite.stop()  # Writes what is still counted.
        suite.start()

        counted = collections.Counter()
        for service in suite.services:
            trail = [recorded["entry"] for recorded in entries(suite, service)]
            of_server = [call for call in calls if call["server"] == service.name]
            self.assertGreater(len({call["method"] for call in of_server}), 5)
            counted += self.compare(of_server, trail)
            self.check_no_canary(service)
        print(json.dumps({"goal": "G19", "calls": len(calls), "missing": 0, **counted}))
        of_submit = ("--method", f"/{SUBMIT}", "--decision", "allowed")
        submitted = entries(suite, suite.realization, *of_submit)
        of_cli = [r["entry"] for r in submitted if r["entry"]["subject"] == "developer"]
        self.assertEqual([event(entry) for entry in of_cli], ["BEGAN"])
        self.assertEqual({entry["tenant"] for entry in of_cli}, {small.AGENCY})
        self.assertTrue(of_cli[0]["requestId"])

    def compare(
        self, calls: list[dict[str, Any]], trail: list[dict[str, Any]]
    ) -> collections.Counter[str]:
        """Entry by entry, for all that the driver called as somebody; by number for strangers and
        for one who called too often to have an entry for each."""
        by_subject = collections.defaultdict(list)
        strangers: collections.Counter[str] = collections.Counter()
        flood: list[int] = []
        for entry in trail:
            repeats = entry.get("repeats")
            number = int(repeats["count"]) if repeats else 1
            if entry["subject"].startswith("call-"):
                by_subject[entry["subject"]].append(entry)
            elif entry["subject"] == "flood":
                self.assertEqual(entry["reason"], "PERMISSION_DENIED")
                flood.append(number)
            elif entry["reason"] == "IDENTITY_INVALID":
                strangers[entry["method"]] += number
        of_flood = sum(call["subject"] == "flood" for call in calls)
        self.assertEqual(sum(flood), of_flood)
        self.assertLess(len(flood), of_flood)
        counted: collections.Counter[str] = collections.Counter()
        for call in calls:
            if call["subject"] == "flood":
                continue
            if not call["subject"]:
                strangers[call["method"]] -= 1
                continue
            found = by_subject.pop(call["subject"], [])
            self.assertEqual([event(entry) for entry in found], call["events"], call)
            for entry in found:
                self.check_entry(call, entry)
                counted[event(entry)] += 1
        self.assertEqual(dict(by_subject), {}, "entries of calls that nobody made")
        self.assertEqual({m: n for m, n in strangers.items() if n}, {}, "strangers")
        return counted

    def check_entry(self, call: dict[str, Any], entry: dict[str, Any]) -> None:
        self.assertEqual(entry["method"], call["method"])
        refused = event(entry) == "REFUSED"
        self.assertEqual(entry["decision"], "DECISION_DENIED" if refused else "DECISION_ALLOWED")
        self.assertIn("127.0.0.1", entry["peer"])
        self.assertTrue(entry["policyDigest"])
        if event(entry) != "BEGAN" and call["code"] is not None:
            self.assertEqual((entry["code"], entry["reason"]), (call["code"], call["reason"]), call)

    def check_no_canary(self, service: Service) -> None:
        for file in (service.data / "audit").rglob("*"):
            if file.is_file():
                self.assertNotIn(CANARY.encode(), file.read_bytes(), file)
        export = self.suite.folder / f"{service.name}.export"
        key = key_of(self.suite, service)
        where = ("--service", service.name, "--file", export, "--trusted-key", key)
        self.suite.ctl("audit", "export", *where)
        self.assertNotIn(CANARY.encode(), export.read_bytes())
        self.assertNotIn(CANARY, self.suite.ctl("log", "verify", "--file", export,
                                                "--trusted-key", key))

    def test_an_export_and_a_proof_are_verified_and_a_changed_byte_is_named(self) -> None:
        suite, service = self.suite, self.suite.planning
        small.publish(suite, 2023)
        key = key_of(self.suite, service)
        export = export_whole(suite, service, key)
        whole = export.read_bytes()

        seeded = random.Random(20231121)
        first = whole.index(b"\n", whole.index(b"\n") + 1) + 1
        records = range(first, whole.rindex(b"\xff\xff\xff\xff"))
        for at in seeded.sample(records, 40):
            changed = bytearray(whole)
            changed[at] ^= 1 << seeded.randrange(8)
            export.write_bytes(changed)
            result = suite.try_ctl("log", "verify", "--file", export, "--trusted-key", key)
            self.assertEqual(result.returncode, 1, at)
            self.assertIn("position", result.stderr, at)

    def test_acknowledged_writes_are_in_the_trail_after_kills(self) -> None:
        suite = self.suite
        years = range(2001, 2026)
        small.publish(suite, *years)
        wanted = [(year, quarter) for year in years for quarter in (1, 2, 3, 4)]
        acknowledged: list[str] = []

        def submit() -> None:
            for year, quarter in wanted:
                request_id = f"r-{year}-{quarter}"
                submission = small.submission(year, quarter, coverage="COVERAGE_QUARTER")
                request = {"submission": submission, "request_id": request_id}
                if suite.raw(suite.realization, SUBMIT, request)["code"] == "OK":
                    acknowledged.append(request_id)

        writer = threading.Thread(target=submit, daemon=True)
        writer.start()
        for _ in range(ROUNDS):
            before = len(acknowledged)
            wait_until(lambda: len(acknowledged) > before + 5 or not writer.is_alive(), "writes")
            suite.realization.kill()
            suite.start()
        writer.join()

        trail = [recorded["entry"] for recorded in entries(suite, suite.realization)]
        submits = [entry for entry in trail if entry["method"] == f"/{SUBMIT}"]
        began = [entry["requestId"] for entry in submits if event(entry) == "BEGAN"]
        self.assertGreater(len(acknowledged), 3 * ROUNDS)
        self.assertEqual(set(acknowledged) - set(began), set())
        # What was stored and not acknowledged is there too.
        told = {entry["requestId"] for entry in trail if event(entry) in ("BEGAN", "FOUND")}
        read = suite.ctl("log", "read", "--service", "realization", "--limit", 10000,
                         "--output", "json")
        stored = {json.loads(line)["requestId"] for line in read.splitlines()}
        self.assertEqual(stored - told, set())
        print(f"{len(acknowledged)} writes acknowledged, {len(began)} let in, {ROUNDS} kills")

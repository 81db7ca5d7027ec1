"""What is done with a log: prove, export, back up, restore, damage, repair."""

from __future__ import annotations

import pathlib
import shutil
import unittest
from typing import Any

import small
from suite import Service, Suite, wait_until

GET_SCORECARD = "sakip.scoring.v1.ScoringService/GetScorecard"
YEARS = (2021, 2022, 2023)


class LogTest(unittest.TestCase):
    def setUp(self) -> None:
        self.suite = Suite()
        self.addCleanup(self.suite.end)
        backups = self.suite.folder / "backups"
        self.suite.planning.start(f"--backup_dir={backups}", "--log_origin=example.go.id/planning")
        self.suite.start()
        self.backups = backups
        for year in YEARS:
            small.publish(self.suite, year)
        self.key = self.suite.folder / "planning.pub"
        key_file = self.suite.planning.data / "log.key"
        self.key.write_text(self.suite.ctl("log", "key", "show", "--file", key_file))

    @property
    def log(self) -> pathlib.Path:
        return self.suite.planning.data / "log"

    def verify(self, *arguments: object) -> str:
        return self.suite.ctl("log", "verify", *arguments, "--trusted-key", self.key)

    def test_a_log_is_proved_live_and_offline_also_after_a_restart(self) -> None:
        suite = self.suite
        export, receipt = suite.folder / "planning.export", suite.folder / "first.tlog-proof"
        kept = suite.folder / "kept.note"
        service = ("--service", "planning")
        self.verify(*service, "--keep-checkpoint", kept)
        suite.ctl("log", "export", *service, "--file", export, "--trusted-key", self.key)
        suite.ctl("log", "receipt", *service, "--position", 1, "--file", receipt,
                  "--trusted-key", self.key)
        suite.planning.kill()
        suite.start()
        small.publish(suite, 2024)

        self.verify(*service, "--checkpoint", kept)
        self.verify("--file", export)
        self.verify("--receipt", receipt, *service)

        changed = bytearray(export.read_bytes())
        changed[len(changed) // 2] ^= 1
        export.write_bytes(changed)
        result = suite.try_ctl("log", "verify", "--file", export, "--trusted-key", self.key)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("position", result.stderr)

    def test_a_backup_made_while_the_service_runs_is_restored(self) -> None:
        suite = self.suite
        before = suite.log_positions(suite.planning)
        operator = ("--identity", "subject=ops;roles=operator;scopes=regions/-")
        suite.ctl(*operator, "log", "backup", "--service", "planning")
        listed = suite.json(*operator, "log", "list", "--service", "planning")["backups"]
        backup = listed[0]["backupId"]
        offline = ("--folder", self.backups, "--trusted-key", self.key)
        suite.ctl("log", "list", *offline, "--check")
        suite.planning.stop()
        shutil.move(self.log, suite.folder / "lost")

        suite.ctl("log", "restore", *offline, "--id", backup, "--to", self.log)
        suite.start()

        self.assertEqual(suite.log_positions(suite.planning), before)
        self.verify("--service", "planning")
        small.publish(suite, 2024)

    def test_a_damaged_log_is_refused_and_repaired_only_when_told_to(self) -> None:
        suite = self.suite
        suite.planning.kill()
        written = [file for file in (self.log / "store").glob("*.log") if file.stat().st_size]
        self.assertTrue(written, "no write-ahead log to damage")
        for file in written:
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 1
            file.write_bytes(content)
        before = {file: file.read_bytes() for file in self.log.rglob("*") if file.is_file()}

        with self.assertRaisesRegex(AssertionError, "LOG_DAMAGED|LOG_INCOMPLETE"):
            suite.planning.start()
        shown = suite.try_ctl("log", "repair", "--folder", self.log, "--output", "json")
        self.assertEqual(shown.returncode, 1, shown.stderr)
        refused = suite.try_ctl("log", "repair", "--folder", self.log, "--accept-loss-from", 999)

        self.assertEqual(refused.returncode, 1, refused.stderr)
        self.assertIn("LOSS_NOT_AS_ACCEPTED", refused.stderr)
        for file, content in before.items():
            # Trying to start makes a new log of messages and a new manifest beside what is there.
            if file.name in ("HEAD", "CHECKPOINT") or file.suffix == ".log":
                self.assertEqual(file.read_bytes(), content, file)

    def test_a_witness_cosigns_what_continues_and_keeps_evidence_of_what_does_not(self) -> None:
        suite = self.suite
        key = suite.folder / "witness.key"
        suite.ctl("log", "key", "generate", "--name", "inspektorat", "--witness", "--file", key)
        witness = ("witness", "--service", "planning", "--state", suite.folder / "witness",
                   "--key", key, "--trusted-key", self.key, "--once")
        empty = suite.folder / "empty"
        suite.planning.stop()
        shutil.copytree(self.log, empty)
        suite.start()
        suite.ctl(*witness)
        small.publish(suite, 2024)
        suite.ctl(*witness)
        suite.planning.stop()
        shutil.rmtree(self.log)
        shutil.copytree(empty, self.log)
        suite.start()

        rolled_back = suite.try_ctl(*witness)

        self.assertEqual(rolled_back.returncode, 1, rolled_back.stdout)
        self.assertIn("LOG_ROLLED_BACK", rolled_back.stderr)
        self.assertTrue(list((suite.folder / "witness").glob("conflict-*")))


class TrailBackupTest(unittest.TestCase):
    """Of each service: scoring, which has no log of its own, has a trail."""

    def setUp(self) -> None:
        suite = self.suite = Suite()
        self.addCleanup(suite.end)
        planning = f"--planning={self.start(suite.planning)}"
        realization = f"--realization={self.start(suite.realization, planning)}"
        self.start(suite.scoring, planning, realization)
        small.publish(suite, *YEARS)
        small.submit(suite, 1)
        scorecard = {"name": f"{small.AGENCY}/scorecards/2023Q1"}
        reader = "--identity=subject=reader;roles=province_reader;scopes=regions/35"
        wait_until(
            lambda: suite.raw(suite.scoring, GET_SCORECARD, scorecard, reader)["code"] == "OK",
            "the scorecard is read across agencies",
        )

    def backups_of(self, service: Service) -> pathlib.Path:
        return self.suite.folder / f"{service.name}-backups"

    def start(self, service: Service, *flags: str) -> str:
        service.start(*flags, f"--backup_dir={self.backups_of(service)}")
        return service.address

    def test_a_backup_has_the_audit_trail_which_is_restored_too(self) -> None:
        suite = self.suite
        for service, method, count in (
            (suite.planning, "PublishDocument", len(YEARS)),
            (suite.realization, "SubmitQuarter", 1),
            (suite.scoring, "GetScorecard", 1),
        ):
            with self.subTest(service.name):
                restored = self.restore_trail(service)
                methods = [entry["method"].rpartition("/")[2] for entry in restored]
                self.assertGreaterEqual(methods.count(method), count)
                # The first backup was answered, and so recorded, before the second was made.
                self.assertIn(
                    ("CreateBackup", "EVENT_BEGAN", "ops"),
                    [(m, e["event"], e["subject"]) for m, e in zip(methods, restored)],
                )

    def restore_trail(self, service: Service) -> list[dict[str, Any]]:
        """Returns what is in the trail that was restored, which verifies."""
        suite, data = self.suite, service.data
        operator = ("--identity", "subject=ops;roles=operator;scopes=regions/-")
        of_service = ("--service", service.name)
        for _ in range(2):
            suite.ctl(*operator, "log", "backup", *of_service)
        listed = suite.json(*operator, "log", "list", *of_service)["trailBackups"]
        key = suite.folder / f"{service.name}-trail.pub"
        key.write_text(suite.ctl("log", "key", "show", "--file", data / "audit.key"))
        service.stop()
        shutil.move(data / "audit", suite.folder / f"{service.name}-lost")

        suite.ctl("log", "restore", "--folder", self.backups_of(service) / "audit",
                  "--trusted-key", key, "--id", listed[-1]["backupId"], "--to", data / "audit")
        service.start()

        listed = suite.json("audit", "list", *of_service, "--limit", 1000)["entries"]
        export = suite.folder / f"{service.name}-trail.export"
        suite.ctl("audit", "export", *of_service, "--file", export, "--trusted-key", key)
        suite.ctl("log", "verify", "--file", export, "--trusted-key", key)
        return [recorded["entry"] for recorded in listed]


if __name__ == "__main__":
    unittest.main()

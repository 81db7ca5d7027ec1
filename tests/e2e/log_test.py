"""What is done with a log: prove, export, back up, restore, damage, repair."""

from __future__ import annotations

import pathlib
import shutil
import unittest

import small
from suite import Suite

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

    def test_a_backup_has_the_audit_trail_which_is_restored_too(self) -> None:
        suite = self.suite
        data = suite.planning.data
        auditor = ("audit", "list", "--service", "planning", "--limit", 1000)
        operator = ("--identity", "subject=ops;roles=operator;scopes=regions/-")
        for _ in range(2):
            suite.ctl(*operator, "log", "backup", "--service", "planning")
        listed = suite.json(*operator, "log", "list", "--service", "planning")["trailBackups"]
        key = suite.folder / "trail.pub"
        key.write_text(suite.ctl("log", "key", "show", "--file", data / "audit.key"))
        suite.planning.stop()
        shutil.move(data / "audit", suite.folder / "lost")

        suite.ctl("log", "restore", "--folder", self.backups / "audit", "--trusted-key", key,
                  "--id", listed[-1]["backupId"], "--to", data / "audit")
        suite.start()

        entries = [recorded["entry"] for recorded in suite.json(*auditor)["entries"]]
        methods = [entry["method"].rpartition("/")[2] for entry in reversed(entries)]
        self.assertEqual(methods.count("PublishDocument"), len(YEARS))
        # The first backup was answered, and so recorded, before the second was made.
        backups = [entry for entry in entries if entry["method"].endswith("/CreateBackup")]
        self.assertIn(("EVENT_BEGAN", "ops"),
                      [(entry["event"], entry["subject"]) for entry in backups])
        export = suite.folder / "trail.export"
        suite.ctl("audit", "export", "--service", "planning", "--file", export,
                  "--trusted-key", key)
        suite.ctl("log", "verify", "--file", export, "--trusted-key", key)

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


if __name__ == "__main__":
    unittest.main()

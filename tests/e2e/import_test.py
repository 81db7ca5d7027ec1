"""An import of 1,000 quarters while realization is killed: nothing doubled, nothing lost.

The import is started, realization is killed with SIGKILL once some items are stored, and started
again; this several times. Then the same import is sent once more, and once again.
"""

from __future__ import annotations

import json
import os
import pathlib
import random
import shutil
import subprocess
import unittest
from typing import Any

import small
from suite import Suite, wait_until

AGENCIES = [f"regions/35.09/agencies/kecil{i}" for i in range(10)]
YEARS = range(2001, 2026)
ITEMS = len(AGENCIES) * len(YEARS) * 4
KILLS = 3
SEED = int(os.environ.get("SAKIP_TEST_SEED", "20231121"))
PIPES: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
# So that an import takes its time.
WORDS = "Sebagian penerima manfaat pindah alamat sebelum bantuan disalurkan. " * 50


def publish(suite: Suite, agencies: list[str], years: range) -> None:
    suite.ctl("agency", "register", *(suite.file(small.agency(name)) for name in agencies))
    plans = (suite.file(small.annual_plan(y, name)) for name in agencies for y in years)
    suite.ctl("plan", "publish", *plans)


def write_items(suite: Suite) -> pathlib.Path:
    """A folder with a file an agency, each of 100 documents."""
    folder = suite.folder / "import"
    folder.mkdir()
    for i, name in enumerate(AGENCIES):
        documents = []
        for year in YEARS:
            for quarter in (1, 2, 3, 4):
                item = small.submission(year, quarter, f"{year}{quarter}", name=name)
                item["indicators"][0]["narrative"] = {"constraints": WORDS}
                documents.append(json.dumps(item, indent=1))
        (folder / f"{i:02}.yaml").write_text("\n---\n".join(documents), encoding="utf-8")
    return folder


class ImportTest(unittest.TestCase):
    def test_kills_in_the_middle_neither_lose_nor_double(self) -> None:
        print(f"seed {SEED}")
        chance = random.Random(SEED)
        with Suite() as suite:
            publish(suite, AGENCIES, YEARS)
            command = ("submission", "import", "--folder", write_items(suite))
            broken = [self.kill_within(suite, command, chance) for _ in range(KILLS)]

            summary = json.loads(suite.ctl(*command, "--output", "json"))

            self.assertEqual(summary["created"], ITEMS)
            outcomes = summary["outcomes"]
            self.assertEqual([int(o.get("index", 0)) for o in outcomes], list(range(ITEMS)))
            positions = sorted(int(o["receipt"].get("position", 0)) for o in outcomes)
            self.assertEqual(positions, list(range(ITEMS)))
            self.assertEqual(suite.log_end_position(suite.realization), ITEMS)
            repeated = sum(1 for o in outcomes if o["receipt"].get("repeated"))
            self.assertEqual(repeated, broken[-1])
            self.assertGreater(repeated, 0)
            listed = suite.json("submission", "list", "regions/35.09")["submissions"]
            self.assertEqual(len(listed), ITEMS)
            self.assertEqual({s["revision"] for s in listed}, {1})
            self.check_the_same_again(suite, command, summary)
            print(f"{KILLS} kills, after which {broken} of {ITEMS} items were stored")

    def kill_within(self, suite: Suite, command: tuple[Any, ...], chance: random.Random) -> int:
        """Returns how many items are stored after it."""
        before = suite.log_end_position(suite.realization)
        # Before the last one: an import that has ended waits for somebody to read what it prints.
        wanted = min(before + chance.randint(20, 150), ITEMS - 1)
        with suite.open_ctl(*command, **PIPES) as process:
            wait_until(
                lambda: process.poll() is not None
                or suite.log_end_position(suite.realization) >= wanted,
                f"{wanted} items are stored",
            )
            suite.realization.kill()
            _, error = process.communicate()
        suite.start()
        if process.returncode != 0:
            self.assertEqual(process.returncode, 3, error)
            self.assertIn("the same command goes on", error)
        return suite.log_end_position(suite.realization)

    def check_the_same_again(
        self, suite: Suite, command: tuple[Any, ...], summary: dict[str, Any]
    ) -> None:
        again = json.loads(suite.ctl(*command, "--output", "json"))

        self.assertTrue(all(o["receipt"].pop("repeated") for o in again["outcomes"]))
        for outcome in summary["outcomes"]:
            outcome["receipt"].pop("repeated", None)
        self.assertEqual(again, summary)
        self.assertEqual(suite.log_end_position(suite.realization), ITEMS)

    def test_a_wrong_item_is_told_at_its_place_in_the_file(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            wrong = small.submission(quarter=2, quantity="90,2")
            files = [suite.file(small.submission()), suite.file(wrong)]

            trial = suite.try_ctl("submission", "import", *files, "--dry-run")
            none = suite.try_ctl("submission", "import", *files, "--all-or-nothing")

            for result in (trial, none):
                self.assertEqual(result.returncode, 1, result.stderr)
                self.assertRegex(result.stderr, rf"{files[1]}:\d+:\d+: indicators\[0\].quantity")
            self.assertIn("UJI COBA", trial.stdout)
            self.assertIn("tidak disimpan 1", none.stdout)
            self.assertEqual(suite.log_end_position(suite.realization), 0)

            stored = suite.try_ctl("submission", "import", *files)

            self.assertEqual(stored.returncode, 1, stored.stderr)
            self.assertIn("dibuat 1", stored.stdout)
            self.assertEqual(suite.log_end_position(suite.realization), 1)

    def test_merge_keeps_what_an_update_does_not_have(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            small.submit(suite, 1)
            update = small.submission(quantity="0")
            del update["budgets"]
            flags = ("--merge", "--strategy", "update", "--reason", "Perbaikan")

            summary = suite.json("submission", "import", suite.file(update), *flags)

            self.assertEqual(summary["updated"], 1)
            stored = suite.json("submission", "get", update["name"])
            self.assertEqual(stored["indicators"][0]["quantity"], "0")
            self.assertEqual(stored["budgets"][0]["realized"], "100")


class EvidenceTest(unittest.TestCase):
    def test_evidence_is_uploaded_referred_to_and_fetched(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            photo = suite.folder / "foto.jpg"
            photo.write_bytes(random.Random(SEED).randbytes(700_000))

            uploaded = suite.json("evidence", "upload", small.AGENCY, photo)
            again = suite.json("evidence", "upload", small.AGENCY, photo)
            evidence = {
                "digest": uploaded["evidence"]["digest"],
                "size_bytes": 700_000,
                "media_type": "image/jpeg",
                "location": "store",
                "title": "Penyaluran bantuan",
                "taken_date": "2023-03-20",
            }
            item = small.submission()
            missing = {**evidence, "digest": "0" * 64}
            item["indicators"][0]["evidence"] = [missing]
            refused = suite.try_ctl("submit", suite.file(item))
            item["indicators"][0]["evidence"] = [evidence]
            suite.ctl("submit", suite.file(item))
            suite.realization.kill()
            suite.start()
            target = suite.folder / "kembali.jpg"
            suite.ctl("evidence", "download", uploaded["name"], target)

            self.assertTrue(again["repeated"])
            self.assertEqual(refused.returncode, 1)
            self.assertIn("evidence[0].digest", refused.stderr)
            self.assertEqual(target.read_bytes(), photo.read_bytes())
            self.assertEqual(target.stat().st_mode & 0o077, 0)
            shown = suite.json("evidence", "show", uploaded["name"])
            self.assertEqual(shown, uploaded["evidence"])
            self.assertIn("1 dari 2 baris", suite.ctl("submission", "get", item["name"]))
            self.assertIn("1 dari 2 baris", suite.ctl("submission", "list", small.AGENCY))

    def test_evidence_leaves_twice_what_the_log_keeps_free(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            free_mib = shutil.disk_usage(suite.folder).free >> 20
            suite.realization.stop()
            planning = f"--planning={suite.planning.address}"
            suite.realization.start(planning, f"--disk_reserve_mib={free_mib * 2 // 3}")
            photo = suite.folder / "foto.jpg"
            photo.write_bytes(b"x" * 1000)

            refused = suite.try_ctl("evidence", "upload", small.AGENCY, photo)

            self.assertEqual(refused.returncode, 1)
            self.assertIn("DISK_FULL", refused.stderr)
            suite.ctl("submit", suite.file(small.submission()))

    def test_damaged_evidence_is_not_handed_out(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            photo = suite.folder / "foto.jpg"
            photo.write_bytes(b"x" * 1000)
            name = suite.json("evidence", "upload", small.AGENCY, photo)["name"]
            (stored,) = (suite.realization.data / "evidence").rglob("*.jpg")
            stored.write_bytes(b"x" * 999 + b"y")
            target = suite.folder / "kembali.jpg"

            refused = suite.try_ctl("evidence", "download", name, target)

            self.assertEqual(refused.returncode, 1)
            self.assertIn("EVIDENCE_DAMAGED", refused.stderr)
            self.assertFalse(target.exists())

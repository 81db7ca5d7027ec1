"""Scorecards as a stream and in bulk, as sakipctl shows them."""

from __future__ import annotations

import csv
import json
import pathlib
import unittest
from typing import Any

import small
from follow_test import STOP_SECONDS_MAX, LineReader
from suite import Suite, wait_until

WATCH = ("scorecards", "watch", "regions/35", "--year", 2023, "--quarter", 4)


class Watch(LineReader):
    """`sakipctl scorecards watch`, message by message."""

    def __init__(self, suite: Suite, *flags: object) -> None:
        super().__init__(suite, *WATCH, *flags, "--output", "json")

    def next_message(self) -> dict[str, Any]:
        return json.loads(self.next_line())


def state(message: dict[str, Any]) -> str:
    complete = message["position"]["complete"]
    return f"{complete['planning']}:{complete['realization']}"


def realized(message: dict[str, Any]) -> list[str]:
    return [card["budget"]["realized"] for card in message["scorecards"]]


class FeedTest(unittest.TestCase):
    def test_a_watch_tells_each_change_and_goes_on_where_it_broke(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            with Watch(suite) as watch:
                wait_until(lambda: realized(watch.next_message()) == [""], "the first scorecard")
                small.submit(suite, 1)
                message = watch.next_message()
                self.assertEqual(realized(message), ["100"])
                seen = state(message)
                self.assertEqual(seen, "2:1")

            small.submit(suite, 2)
            with Watch(suite, "--from", seen) as watch:
                self.assertEqual(realized(watch.next_message()), ["200"])
                suite.scoring.kill()
                suite.start()
            with Watch(suite, "--from", "2:2") as watch:
                small.submit(suite, 3)
                wait_until(lambda: realized(watch.next_message()) == ["300"], "the third quarter")
                # A watch must not hold up the end of the service.
                self.assertLess(suite.scoring.stop(), STOP_SECONDS_MAX)

    def test_an_export_is_a_table_or_not_there(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            small.submit(suite, 1, 2, 3, 4)
            path = suite.folder / "2023.csv"
            printed = suite.ctl("scorecards", "export", "regions/35", "--year", 2023, "-o", path)
            self.assertIn("4 kartu skor", printed)
            self.assertIn("keadaan 2:4", printed)

            rows = self.rows(path)
            # Agency, objective with its indicator, program, activity, sub-activity with its output.
            self.assertEqual(len(rows), 4 * 7)
            self.assertEqual([row["quarter"] for row in rows[::7]], ["1", "2", "3", "4"])
            indicator = rows[3 * 7 + 2]
            self.assertEqual(indicator["code"], "IKU1")
            self.assertEqual((indicator["target"], indicator["realization"]), ("80", "20"))
            self.assertEqual((indicator["achievement"], indicator["rating"]), ("25.00", "D"))
            self.assertEqual(rows[3 * 7]["budget_realized"], "400")

            lines = suite.folder / "2023.jsonl"
            suite.ctl(
                *("scorecards", "export", small.AGENCY, "--year", 2023, "--quarter", 4),
                *("--format", "json", "-o", lines),
            )
            card = json.loads(lines.read_text(encoding="utf-8"))
            shown = suite.json("scorecard", small.AGENCY, "--year", 2023, "--quarter", 4)
            self.assertEqual(card, shown)

            again = suite.try_ctl("scorecards", "export", "regions/35", "--year", 2023, "-o", path)
            self.assertEqual(again.returncode, 2)
            suite.scoring.stop()
            other = suite.folder / "other.csv"
            command = ("scorecards", "export", "regions/35", "--year", 2023, "--no-fresh")
            failed = suite.try_ctl(*command, "-o", other)
            self.assertEqual(failed.returncode, 3)
            self.assertEqual(list(suite.folder.glob("other*")), [])

    def rows(self, path: pathlib.Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))


if __name__ == "__main__":
    unittest.main()

"""Services are killed while files are submitted: what was acknowledged is there, nothing twice.

Writers send distinct files one after the other and note which were acknowledged. Meanwhile each
service is killed with SIGKILL several times and started again, each time after some more
acknowledgements. sakipctl tries again by itself while its timeout lasts; some of its processes are
therefore killed as well, so that nobody knows the outcome. At the end every file is sent again.
"""

from __future__ import annotations

import os
import pathlib
import random
import signal
import subprocess
import threading
import unittest

import small
from suite import PATIENCE_SECONDS, Service, Suite, wait_until

YEARS = range(2001, 2026)  # Times four quarters: as many files.
WRITERS = 2
ROUNDS = 2  # How often each service is killed.
KILLED_CLIENTS = 0.3  # Share of the processes of sakipctl that are.
KILLED_CLIENT_SECONDS_MAX = 0.15  # About as long as one takes.
SEED = int(os.environ.get("SAKIP_TEST_SEED", "20231121"))


class Writer(threading.Thread):
    """Sends files, notes what was acknowledged. The lists are only appended to."""

    def __init__(self, suite: Suite, files: list[pathlib.Path], chance: random.Random) -> None:
        super().__init__(daemon=True)
        self._suite = suite
        self._files = files
        self._chance = chance
        self.acknowledged: list[pathlib.Path] = []
        self.unknown: list[pathlib.Path] = []  # Without an answer; stored or not.
        self.refused: list[str] = []  # Answers that a crash does not explain.

    def run(self) -> None:
        for file in self._files:
            code, error = self._submit(file)
            if code == 0:
                self.acknowledged.append(file)
            elif code in (-signal.SIGKILL, 3) or "UNAVAILABLE" in error:
                self.unknown.append(file)
            else:
                self.refused.append(f"{file}: {code} {error}")

    def _submit(self, file: pathlib.Path) -> tuple[int, str]:
        command = ("--timeout", "5", "submit", file)
        patience = PATIENCE_SECONDS
        if self._chance.random() < KILLED_CLIENTS:
            patience = self._chance.uniform(0, KILLED_CLIENT_SECONDS_MAX)
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        with self._suite.open_ctl(*command, **pipes) as process:
            try:
                _, error = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                process.kill()
                _, error = process.communicate()
        return process.returncode, error


class CrashTest(unittest.TestCase):
    def test_acknowledged_submissions_survive_kills_of_every_service(self) -> None:
        print(f"seed {SEED}")
        chance = random.Random(SEED)
        with Suite() as suite:
            small.publish(suite, *YEARS)
            names = [(year, quarter) for year in YEARS for quarter in (1, 2, 3, 4)]
            files = [suite.file(small.submission(y, q, quantity=f"{y}{q}")) for y, q in names]

            writers = [
                Writer(suite, files[i::WRITERS], random.Random(SEED + i)) for i in range(WRITERS)
            ]
            for writer in writers:
                writer.start()
            victims = suite.services * ROUNDS
            chance.shuffle(victims)
            for victim in victims:
                kill_among_writes(suite, victim, writers, chance.randint(2, 6))
            for writer in writers:
                writer.join()
            acknowledged = {file for writer in writers for file in writer.acknowledged}
            unknown = sum(len(writer.unknown) for writer in writers)

            self.assertEqual([text for writer in writers for text in writer.refused], [])
            self.assertEqual(len(acknowledged) + unknown, len(files))
            self.check_all_are_there(suite, acknowledged, dict(zip(files, names)))
            stored = suite.log_end_position(suite.realization)
            repeated = self.check_sending_again_stores_each_once(suite, files)
            self.assertEqual(len(repeated), stored)
            self.assertLessEqual(acknowledged, repeated)
            print(
                f"{len(files)} files: {len(acknowledged)} acknowledged, {unknown} unknown, "
                f"of which {stored - len(acknowledged)} were stored"
            )

    def check_all_are_there(
        self,
        suite: Suite,
        acknowledged: set[pathlib.Path],
        names: dict[pathlib.Path, tuple[int, int]],
    ) -> None:
        for file in acknowledged:
            year, quarter = names[file]
            answer = suite.raw(
                suite.realization,
                "sakip.realization.v1.RealizationService/GetSubmission",
                {"name": f"{small.AGENCY}/submissions/{year}Q{quarter}"},
            )
            self.assertEqual(answer["code"], "OK", (year, quarter))
            stored = answer["response"]["submission"]
            self.assertEqual(stored["revision"], 1)
            self.assertEqual(stored["indicators"][0]["quantity"], f"{year}{quarter}")

    def check_sending_again_stores_each_once(
        self, suite: Suite, files: list[pathlib.Path]
    ) -> set[pathlib.Path]:
        """Returns the files whose answer says that they were stored before."""
        answers = [suite.json("submit", file) for file in files]

        self.assertEqual(suite.log_positions(suite.realization), list(range(len(files))))
        self.assertEqual(suite.log_end_position(suite.realization), len(files))
        positions = {int(answer["receipt"]["position"]) for answer in answers}
        self.assertEqual(positions, set(range(len(files))))
        plans = suite.log_positions(suite.planning)
        self.assertEqual(plans, list(range(1 + len(YEARS))))
        return {file for file, answer in zip(files, answers) if answer["receipt"]["repeated"]}


def kill_among_writes(suite: Suite, victim: Service, writers: list[Writer], after: int) -> None:
    before = done(writers)
    wait_until(
        lambda: done(writers) >= before + after or not any(w.is_alive() for w in writers),
        f"{after} more submissions are acknowledged",
    )
    victim.kill()
    suite.start()


def done(writers: list[Writer]) -> int:
    return sum(len(writer.acknowledged) for writer in writers)

"""Following a log: first what is stored, then what comes, and an end when the service stops."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import unittest
from typing import Self

import small
from suite import Suite

# Stopping waits for running calls up to 20 s; a follower must not hold it that long.
STOP_SECONDS_MAX = 10.0


class LineReader:
    """A command of sakipctl that does not end, read line by line. Use it with `with`."""

    def __init__(self, suite: Suite, *command: object) -> None:
        self.process = suite.open_ctl(
            *command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def next_line(self) -> str:
        return self._lines.get(timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


class Follower(LineReader):
    """`sakipctl log follow`."""

    def __init__(self, suite: Suite, service: str) -> None:
        super().__init__(suite, "log", "follow", "--service", service, "--output", "json")

    def next_position(self) -> int:
        return int(json.loads(self.next_line()).get("position", 0))


class FollowTest(unittest.TestCase):
    def test_catches_up_then_gets_each_as_it_is_written(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            small.submit(suite, 1, 2)

            with Follower(suite, "realization") as follower:
                self.assertEqual([follower.next_position() for _ in range(2)], [0, 1])
                for quarter in (3, 4):
                    small.submit(suite, quarter)
                    self.assertEqual(follower.next_position(), quarter - 1)

    def test_services_stop_within_seconds_while_they_are_followed(self) -> None:
        with Suite() as suite:
            small.publish(suite, 2023)
            small.submit(suite, 1)

            with Follower(suite, "realization") as one, Follower(suite, "planning") as other:
                one.next_position()
                other.next_position()
                # Scoring follows both too, and goes on running while they stop.
                self.assertLess(suite.realization.stop(), STOP_SECONDS_MAX)
                self.assertLess(suite.planning.stop(), STOP_SECONDS_MAX)
            self.assertLess(suite.scoring.stop(), STOP_SECONDS_MAX)

"""What is looked at while a service is attacked: what a good client gets, what processes cost."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import threading
import time
from typing import Any

import h2
import suite as suites
from dial import Dial

_PAUSE_SECONDS = 0.01
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclasses.dataclass
class Calls:
    """What became of the calls of the good client."""

    ok: int = 0
    failed: int = 0
    seconds: list[float] = dataclasses.field(default_factory=list)

    def p99_ms(self) -> float:
        if not self.seconds:
            return 0.0
        return round(sorted(self.seconds)[int(0.99 * (len(self.seconds) - 1))] * 1000, 1)


class GoodClient:
    """Calls all the time on one connection, and makes another where it breaks."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._lock = threading.Lock()
        self._calls = Calls()
        self.made = 0  # Calls so far. Read it after stop().
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        connection, stream = None, 1
        while not self._stopping.is_set():
            began = time.monotonic()
            ok = False
            try:
                if connection is None:
                    connection, stream = h2.Connection(self._dial.open()), 1
                self.made += 1
                ok = h2.call(connection, stream, h2.GET_HEAD, b"", 5.0)
                stream += 2
            except OSError:
                pass
            if connection is not None and (not ok or connection.goaway):
                connection.close()
                connection = None
            with self._lock:
                self._calls.ok += ok
                self._calls.failed += not ok
                self._calls.seconds.append(time.monotonic() - began)
            self._stopping.wait(_PAUSE_SECONDS)
        if connection is not None:
            connection.close()

    def take(self) -> Calls:
        """The calls since the last time."""
        with self._lock:
            calls, self._calls = self._calls, Calls()
        return calls

    def wait_calls(self, count: int) -> None:
        def enough() -> bool:
            with self._lock:
                return self._calls.ok >= count or self._calls.failed >= 10

        suites.wait_until(enough, "the good client calls")

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()


class Watch:
    """Processor time, largest memory and threads of processes, from start to stop."""

    def __init__(self, processes: dict[str, int]) -> None:
        self._processes = processes
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._begun: dict[str, tuple[float, float, int]] = {}
        self._most: dict[str, list[float]] = {}

    @staticmethod
    def _look(pid: int) -> tuple[float, float, int]:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
        cpu = (int(fields[11]) + int(fields[12])) / _TICKS
        return cpu, pages * _PAGE / (1 << 20), int(fields[17])

    def start(self) -> None:
        for name, pid in self._processes.items():
            self._begun[name] = self._look(pid)
            self._most[name] = [self._begun[name][1], self._begun[name][2]]
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.wait(0.05):
            self._sample()

    def _sample(self) -> None:
        for name, pid in self._processes.items():
            try:
                _, megabytes, threads = self._look(pid)
            except OSError:
                continue
            most = self._most[name]
            most[:] = [max(most[0], megabytes), max(most[1], threads)]

    def stop(self) -> dict[str, Any]:
        self._stopping.set()
        self._thread.join()
        self._sample()
        cost: dict[str, Any] = {}
        for name in ("server", "proxy"):
            cpu, megabytes, threads = 0.0, 0.0, 0
            if name in self._processes:
                begun = self._begun[name]
                try:
                    cpu = self._look(self._processes[name])[0] - begun[0]
                except OSError:
                    pass
                megabytes = self._most[name][0] - begun[1]
                threads = int(self._most[name][1])
            cost[f"{name}_cpu_seconds"] = round(cpu, 2)
            cost[f"{name}_rss_mb"] = round(megabytes, 1)
            cost[f"{name}_threads"] = threads
        return cost

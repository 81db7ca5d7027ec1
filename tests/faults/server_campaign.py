"""G1 and G9 with the real programs: services are killed while many clients submit.

    server_campaign.py BUILD_DIR [--size KILLS] [--seed SEED]

Clients submit quarters and try again, under the same request id, until they are answered; what was
acknowledged goes into a file of the driver, synced. After some acknowledgements realization is
killed with SIGKILL, now and then planning too, and started again. At the end the log must hold each
submission once, where its answer said.

G9: now and then scoring is killed as well, or left alone; then the clients pause, and the
scorecards that it serves are compared with those of a scoring service that begins with an empty
folder and reads both logs from their start: every byte of the answers must be the same.

Prints one line of JSON for each goal; ends with 1 where a bound is crossed.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import pathlib
import random
import sys
import threading
from typing import Any

from campaign import read_arguments

CLIENTS = 4
KILLS_PER_COMPARISON = 7
COMPARED_MAX = 60  # Scorecards a comparison.
ACKNOWLEDGED_BETWEEN_KILLS = (1, 8)
YEARS = range(2001, 2026)
QUARTERS = (1, 2, 3, 4)

SUBMIT = "sakip.realization.v1.RealizationService/SubmitQuarter"

# Answers after which nobody knows whether it was stored: the client asks again.
UNKNOWN = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED"}


class Oracle:
    """What was acknowledged, in a file of the driver: a line is on disk when add() returns."""

    def __init__(self, path: pathlib.Path) -> None:
        self._file = path.open("x", encoding="utf-8")
        self._lock = threading.Lock()
        self.changed = threading.Condition(self._lock)
        self.count = 0

    def add(self, request_id: str, position: int) -> None:
        with self._lock:
            self._file.write(f"{request_id} {position}\n")
            self._file.flush()
            os.fdatasync(self._file.fileno())
            self.count += 1
            self.changed.notify_all()

    def read(self) -> dict[str, int]:
        lines = pathlib.Path(self._file.name).read_text(encoding="utf-8").splitlines()
        return {request_id: int(position) for request_id, position in map(str.split, lines)}


class Clients:
    """Submit one thing after the other until told to stop. Pause while the driver compares."""

    def __init__(self, suite: Any, work: list[dict[str, Any]], oracle: Oracle) -> None:
        self._suite = suite
        self._work = iter(work)
        self._oracle = oracle
        self._next = threading.Lock()
        self._gates = [threading.Lock() for _ in range(CLIENTS)]
        self._stopping = threading.Event()
        self.refused: list[str] = []  # Answers that a kill does not explain.
        self._threads = [threading.Thread(target=self._run, args=(gate,)) for gate in self._gates]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def any_alive(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def paused(self, action: Any) -> None:
        """Runs it while no submission is under way."""
        for gate in self._gates:
            gate.acquire()
        try:
            action()
        finally:
            for gate in self._gates:
                gate.release()

    def _run(self, gate: threading.Lock) -> None:
        while not self._stopping.is_set():
            with self._next:
                request = next(self._work, None)
            if request is None:
                return
            with gate:
                self._submit(request)

    def _submit(self, request: dict[str, Any]) -> None:
        while True:
            answer = self._suite.raw(self._suite.realization, SUBMIT, request)
            if answer["code"] == "OK":
                position = int(answer["response"]["receipt"].get("position", 0))
                self._oracle.add(request["request_id"], position)
                return
            if answer["code"] not in UNKNOWN:
                self.refused.append(f"{request['request_id']}: {answer}")
                return


class Campaign:
    def __init__(self, suite: Any, size: int, seed: int) -> None:
        self._suite = suite
        self._size = size
        self._chance = random.Random(seed)
        self._oracle = Oracle(suite.folder / "acknowledged")
        self._names: list[str] = []  # Of the scorecards.
        self.kills = dict.fromkeys(("realization", "planning", "scoring"), 0)
        self.comparisons = self.compared = self.different = 0
        self.violations: list[str] = []
        self.lost = self.duplicated = self.reordered = 0

    def run(self) -> None:
        clients = Clients(self._suite, self._prepare(), self._oracle)
        clients.start()
        try:
            for kill in range(self._size):
                self._wait_for_more(clients)
                self._kill("realization")
                if self._chance.random() < 0.2:
                    self._kill("planning")
                if self._chance.random() < 0.3:
                    self._kill("scoring")
                self._suite.start()
                if kill % KILLS_PER_COMPARISON == KILLS_PER_COMPARISON - 1:
                    clients.paused(self._compare_scoring)
        finally:
            clients.stop()
        self.violations += clients.refused
        self._check_log()

    def _prepare(self) -> list[dict[str, Any]]:
        """Registers enough agencies; the submissions that are to be sent."""
        most = self._size * (ACKNOWLEDGED_BETWEEN_KILLS[1] + 2 * CLIENTS)
        agencies = [
            f"regions/35.09/agencies/dinas{i}"
            for i in range(1 + most // (len(YEARS) * len(QUARTERS)))
        ]
        work = []
        for agency in agencies:
            self._suite.ctl("agency", "register", self._suite.file(small.agency(agency)))
            plans = [self._suite.file(small.annual_plan(year, agency)) for year in YEARS]
            self._suite.ctl("plan", "publish", *plans)
            for year in YEARS:
                for quarter in QUARTERS:
                    quantity = str(self._chance.randint(1, 99))
                    submission = small.submission(
                        year, quarter, quantity, "COVERAGE_QUARTER", agency
                    )
                    request_id = f"{agency.rpartition('/')[2]}-{year}-{quarter}"
                    work.append({"submission": submission, "request_id": request_id})
                    self._names.append(f"{agency}/scorecards/{year}Q{quarter}")
        return work

    def _wait_for_more(self, clients: Clients) -> None:
        wanted = self._oracle.count + self._chance.randint(*ACKNOWLEDGED_BETWEEN_KILLS)
        with self._oracle.changed:
            enough = self._oracle.changed.wait_for(
                lambda: self._oracle.count >= wanted or not clients.any_alive(), PATIENCE_SECONDS
            )
        if not enough:
            raise AssertionError("nothing is acknowledged any more")

    def _kill(self, name: str) -> None:
        getattr(self._suite, name).kill()
        self.kills[name] += 1

    def _compare_scoring(self) -> None:
        self.comparisons += 1
        fresh = self._suite.service("scoring", f"fresh{self.comparisons}")
        fresh.start(
            f"--planning={self._suite.planning.address}",
            f"--realization={self._suite.realization.address}",
        )
        try:
            read_to_end(self._suite, fresh)
            read_to_end(self._suite, self._suite.scoring)
            names = self._chance.sample(self._names, min(COMPARED_MAX, len(self._names)))
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                live = pool.map(lambda name: self._scorecard(self._suite.scoring, name), names)
                rebuilt = pool.map(lambda name: self._scorecard(fresh, name), names)
                for name, one, other in zip(names, live, rebuilt):
                    self.compared += 1
                    if one != other:
                        self.different += 1
                        self.violations.append(f"{name}: {one} != {other}")
        finally:
            fresh.stop()

    def _scorecard(self, scoring: Any, name: str) -> str:
        answer = read_scorecard(self._suite, scoring, name)
        if answer["code"] != "OK":
            self.violations.append(f"{name}: {answer}")
        return json.dumps(answer, sort_keys=True)

    def _check_log(self) -> None:
        text = self._suite.ctl(
            "log", "read", "--service", "realization", "--output", "json"
        )
        stored: dict[str, list[int]] = {}
        for position, line in enumerate(text.splitlines()):
            record = json.loads(line)
            if int(record.get("position", 0)) != position:
                self.violations.append(f"position {position} is {line}")
                self.reordered += 1
            stored.setdefault(record["requestId"], []).append(position)
        for request_id, positions in stored.items():
            if len(positions) > 1:
                self.duplicated += 1
                self.violations.append(f"{request_id} is stored at {positions}")
        for request_id, position in self._oracle.read().items():
            if request_id not in stored:
                self.lost += 1
                self.violations.append(f"{request_id} is lost")
            elif stored[request_id] != [position]:
                self.reordered += 1
                self.violations.append(f"{request_id} is at {stored[request_id]}, not {position}")

    @property
    def acknowledged(self) -> int:
        return self._oracle.count


def main() -> int:
    arguments = read_arguments(21)
    with Suite() as suite:
        campaign = Campaign(suite, arguments.size, arguments.seed)
        campaign.run()
    for violation in campaign.violations[:20]:
        print(violation, file=sys.stderr)
    print(json.dumps({
        "goal": "G1", "form": "servers", "size": arguments.size, "lost": campaign.lost,
        "duplicated": campaign.duplicated, "reordered": campaign.reordered,
        "violations": len(campaign.violations), "acknowledged": campaign.acknowledged,
        "kills": campaign.kills, "seed": arguments.seed,
    }, separators=(",", ":")))
    print(json.dumps({
        "goal": "G9", "different": campaign.different, "comparisons": campaign.comparisons,
        "scorecards": campaign.compared, "seed": arguments.seed,
    }, separators=(",", ":")))
    did_something = campaign.comparisons > 0 and campaign.acknowledged > 0
    return 0 if did_something and not campaign.violations else 1


if __name__ == "__main__":
    os.environ["SAKIP_BUILD"] = str(pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else "")
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
    import small
    from scorecards import read_scorecard, read_to_end
    from suite import PATIENCE_SECONDS, Suite

    sys.exit(main())

"""G9 of the store that scoring keeps: scoring is killed in the middle of building it.

    scoring_campaign.py BUILD_DIR [--size KILLS] [--seed SEED]

One scoring service follows both logs and never dies: the oracle. Another one is killed with SIGKILL
before one of its calls on the files of its store (failing_calls.cc), any of those that it makes,
while quarters are submitted: as it builds a first store from an empty folder, as it rebuilds beside
the one that serves, or as it follows. Then it is started again. What it answers first must already
be whole, and once both have read the logs to their ends, the scorecards of all agencies must be the
same in every byte. At the end it rebuilds once more, and must find every row of its store equal.

Prints one line of JSON; ends with 1 where anything differs.
"""

from __future__ import annotations

import json
import os
import pathlib
import random
import shutil
import sys
import threading
from typing import Any

from campaign import read_arguments

REGION = "regions/35.09"
AGENCIES = [f"{REGION}/agencies/dinas{i:02}" for i in range(16)]
YEARS = range(2016, 2024)
LIVE_YEARS = (2022, 2023)  # Submitted during the campaign; the others before it.
SAMPLED = 6  # Scorecards with their derivations, a comparison.
KINDS = ("first", "rebuild", "follow")

SUBMIT = "sakip.realization.v1.RealizationService/SubmitQuarter"


class Campaign:
    def __init__(self, suite: Any, size: int, seed: int) -> None:
        self._suite = suite
        self._size = size
        self._chance = random.Random(seed)
        self._steady = suite.service("scoring", "steady")
        self._sources = (
            f"--planning={suite.planning.address}", f"--realization={suite.realization.address}"
        )
        self._live = [
            (year, quarter, agency)
            for year in LIVE_YEARS for quarter in (1, 2, 3, 4) for agency in AGENCIES
        ]
        self._submitted = 0
        self._state = suite.folder / "calls"
        self._calls = dict.fromkeys(KINDS, 0)  # That a start of this kind makes on its files.
        self.kills = dict.fromkeys(KINDS, 0)
        self.survived = 0
        self.compared = 0
        self.violations: list[str] = []

    def run(self) -> None:
        self._prepare()
        self._steady.start(*self._sources)
        self._measure()
        try:
            for kill in range(self._size):
                self._kill_once(KINDS[kill % len(KINDS)])
                self._check_first_answer()
                self._compare()
            self._rebuild_at_the_end()
        finally:
            self._steady.kill()

    def _prepare(self) -> None:
        for agency in AGENCIES:
            suite = self._suite
            suite.ctl("agency", "register", suite.file(small.agency(agency)))
            plans = [suite.file(small.annual_plan(year, agency)) for year in YEARS]
            suite.ctl("plan", "publish", *plans)
            suite.ctl("submit", *(
                suite.file(small.submission(
                    year, quarter, str(self._chance.randint(1, 99)), name=agency
                ))
                for year in YEARS if year not in LIVE_YEARS for quarter in (1, 2, 3, 4)
            ))

    def _measure(self) -> None:
        for kind in KINDS:
            self._start_anew(kind, 0)
            self._calls[kind] = int.from_bytes(self._state.read_bytes(), sys.byteorder)
            if self._suite.scoring.ended or self._calls[kind] == 0:
                raise AssertionError(f"{kind}: no calls\n{self._suite.scoring.log_end()}")
            self._suite.scoring.kill()
            self._suite.scoring.start(*self._sources)

    def _kill_once(self, kind: str) -> None:
        self._start_anew(kind, self._chance.randint(1, self._calls[kind]))
        if self._suite.scoring.ended:
            self.kills[kind] += 1
        else:
            self.survived += 1  # It made fewer calls this time.
        self._suite.scoring.kill()
        self._suite.scoring.start(*self._sources)

    def _start_anew(self, kind: str, call: int) -> None:
        """Runs it until it dies before that call, or has done all that there is to do."""
        scoring = self._suite.scoring
        scoring.stop()
        if kind == "first":
            shutil.rmtree(scoring.data)
        self._state.write_bytes(bytes(8))
        flags = [*self._sources, *(["--rebuild"] if kind == "rebuild" else [])]
        rebuilt = self._count_in_log("rebuild_equal")
        scoring.launch(*flags, environment={
            "LD_PRELOAD": str(LIBRARY), "FAULT_FOLDER": str(scoring.data / "views"),
            "FAULT_STATE": str(self._state), "FAULT_CALL": str(call), "FAULT_KIND": "kill",
        })
        submitting = threading.Thread(target=self._submit, args=(self._chance.randint(1, 4),))
        submitting.start()
        submitting.join()

        def is_done() -> bool:
            if scoring.ended:
                return True
            if kind == "rebuild" and self._count_in_log("rebuild_equal") == rebuilt:
                return False
            return has_read(self._suite, scoring, log_ends(self._suite))

        wait_until(is_done, f"{kind}\n{scoring.log_end()}")

    def _count_in_log(self, event: str) -> int:
        return self._suite.scoring.log.read_text("utf-8").count(f'"{event}"')

    def _submit(self, count: int) -> None:
        for _ in range(count):
            year, quarter, agency = self._live[self._submitted % len(self._live)]
            again = self._submitted // len(self._live)
            quantity = str(1 + self._submitted % 97)
            submission = small.submission(year, quarter, quantity, "COVERAGE_QUARTER", agency)
            request = {"submission": submission, "request_id": f"live-{self._submitted}"}
            if again:
                submission["reason"] = "diperbaiki"
                request["expected_revision"] = again
            answer = self._suite.raw(self._suite.realization, SUBMIT, request)
            if answer["code"] != "OK":
                self.violations.append(f"{request['request_id']}: {answer}")
            self._submitted += 1

    def _check_first_answer(self) -> None:
        """Of a year in which nothing is submitted any more: a store that lacks some of it tells."""
        agency = self._chance.choice(AGENCIES)
        self._same(f"{agency}/scorecards/{YEARS[-len(LIVE_YEARS) - 1]}Q4", read_scorecard)

    def _compare(self) -> None:
        read_to_end(self._suite, self._steady)
        read_to_end(self._suite, self._suite.scoring)
        for year in YEARS:
            self._same(REGION, list_scorecards, year)
        for _ in range(SAMPLED):
            period = f"{self._chance.choice(YEARS)}Q{self._chance.randint(1, 4)}"
            self._same(f"{self._chance.choice(AGENCIES)}/scorecards/{period}", read_scorecard)

    def _same(self, name: str, read: Any, *arguments: Any) -> None:
        given = read(self._suite, self._suite.scoring, name, *arguments)
        expected = read(self._suite, self._steady, name, *arguments)
        self.compared += 1
        for answer in (given, expected):
            answer.get("response", {}).pop("read", None)  # The positions, while more is submitted.
        if expected["code"] != "OK" or json.dumps(given) != json.dumps(expected):
            self.violations.append(f"{name} {arguments}: {given} != {expected}")

    def _rebuild_at_the_end(self) -> None:
        scoring = self._suite.scoring
        before = self._count_in_log("rebuild_equal")
        scoring.stop()
        scoring.start(*self._sources, "--rebuild")
        wait_until(
            lambda: self._count_in_log("rebuild_equal") > before or self._found_wrong(),
            f"a rebuild\n{scoring.log_end()}",
        )
        self._compare()
        self.violations += self._found_wrong()

    def _found_wrong(self) -> list[str]:
        return [
            line for line in self._suite.scoring.log.read_text("utf-8").splitlines()
            if '"rebuild_differs"' in line or '"rebuild_failed"' in line
        ]


def main() -> int:
    arguments = read_arguments(12)
    with Suite() as suite:
        campaign = Campaign(suite, arguments.size, arguments.seed)
        campaign.run()
    for violation in campaign.violations[:20]:
        print(violation[:2000], file=sys.stderr)
    print(json.dumps({
        "goal": "G9", "form": "scoring", "kills": campaign.kills, "survived": campaign.survived,
        "compared": campaign.compared, "different": len(campaign.violations),
        "seed": arguments.seed,
    }, separators=(",", ":")))
    return 0 if all(campaign.kills.values()) and not campaign.violations else 1


if __name__ == "__main__":
    os.environ["SAKIP_BUILD"] = str(pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else "")
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
    import small
    from scorecards import has_read, list_scorecards, log_ends, read_scorecard, read_to_end
    from suite import BUILD, Suite, wait_until

    LIBRARY = BUILD / "tests/libfailing_calls.so"
    sys.exit(main())

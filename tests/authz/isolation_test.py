"""No tenant sees another: canaries in all that tenants brought, and refusals that tell nothing.

The long form, about a quarter of an hour:

    export PYTHONPATH=tests/authz SAKIP_CALLS=1000000 SAKIP_PAIRS=10000
    python3 tests/e2e/run.py build/dev isolation_test
"""

from __future__ import annotations

import json
import os
import pathlib
import random
import re
import subprocess
import unittest
from typing import Any

import small
from suite import BUILD, Suite

SEED = int(os.environ.get("SAKIP_TEST_SEED", "20231231"))
CALLS = os.environ.get("SAKIP_CALLS", "20000")
PAIRS = os.environ.get("SAKIP_PAIRS", "1000")

# Neighbours whose names begin alike, and neighbours whose regions do.
TENANTS = [
    f"regions/{region}/agencies/{code}"
    for region in ("35.09", "35.10", "33.09")
    for code in ("dinsos", "dinsos-2", "dinkes")
]


def mark(content: Any, canary: str) -> Any:
    """The same document with the canary in every text that people read."""
    if isinstance(content, dict):
        return {
            key: f"{value} {canary}" if key in ("display_name", "reason") else mark(value, canary)
            for key, value in content.items()
        }
    if isinstance(content, list):
        return [mark(one, canary) for one in content]
    return content


def calls_answered(metrics: str) -> float:
    """As the page of metrics counts them, by whatever method and code."""
    counts = re.findall(r"^sakip_rpc_total\{.*\} (\S+)$", metrics, re.MULTILINE)
    return sum(map(float, counts))


class Isolation(unittest.TestCase):
    suite: Suite
    canaries: dict[str, str]

    @classmethod
    def setUpClass(cls) -> None:
        print(f"seed {SEED}")
        seeded = random.Random(SEED)
        cls.canaries = {name: f"canary-{seeded.getrandbits(128):032x}" for name in TENANTS}
        cls.suite = Suite()
        cls.suite.__enter__()
        cls.addClassCleanup(cls.suite.__exit__)
        for kind, make in (
            (("agency", "register"), small.agency),
            (("plan", "publish"), lambda name: small.annual_plan(name=name)),
        ):
            files = [cls.suite.file(mark(make(n), c)) for n, c in cls.canaries.items()]
            cls.suite.ctl(*kind, *files)
        for name, canary in cls.canaries.items():
            submission = small.submission(name=name)
            submission["indicators"][0]["narrative"] = {"constraints": canary, "follow_up": canary}
            cls.suite.ctl("submit", cls.suite.file(submission))
        cls.tenants = cls.suite.folder / "tenants"
        lines = (f"{name} {canary}\n" for name, canary in cls.canaries.items())
        cls.tenants.write_text("".join(lines), encoding="utf-8")

    def run_driver(self, name: str, *flags: str) -> dict[str, Any]:
        command = [
            str(BUILD / "tests" / name),
            f"--descriptors={BUILD / 'tests/authz/sakip.binpb'}",
            f"--tenants={self.tenants}",
            *flags,
            *(f"{service.name}={service.address}" for service in self.suite.services),
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        print(result.stdout, end="")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_no_call_shows_a_canary_of_somebody_else(self) -> None:
        shown = self.run_driver("canary_driver", f"--calls={CALLS}", f"--seed={SEED}")
        self.assertGreater(shown["own"], 100, "the calls see too little to prove anything")
        for service in self.suite.services:
            self.assertNotIn(b"canary-", service.log.read_bytes(), service.name)
            page = service.metrics()
            self.assertGreater(calls_answered(page), 100, service.name)
            self.assertNotIn("canary-", page, service.name)
            self.assertNotIn("agencies/", page, service.name)

    def test_refusals_do_not_tell_what_exists(self) -> None:
        self.run_driver("oracle_driver", f"--pairs={PAIRS}", f"--seed={SEED}")

    def test_predecessors_do_not_tell_what_exists(self) -> None:
        own, registered = TENANTS[0], "regions/35.09/agencies/dinsosnaker"
        agency = small.agency(registered)
        agency["predecessors"] = [{"agency": own, "succession_date": "2010-01-01"}]
        self.suite.ctl("agency", "register", self.suite.file(agency))

        def check_coming_from(name: str) -> dict[str, Any]:
            after = {**small.agency(own), "revision": 2}
            after["predecessors"] = [{"agency": name, "succession_date": "2017-01-01"}]
            return self.suite.raw(
                self.suite.planning,
                "sakip.planning.v1.PlanningService/CheckPlan",
                {"parent": own, "agency": after},
                f"--identity=subject=curious;roles=planner;scopes={own}",
            )

        of_registered = check_coming_from(registered)
        self.assertEqual(of_registered["code"], "OK")
        self.assertEqual(of_registered, check_coming_from("regions/35.09/agencies/tidakadaini"))

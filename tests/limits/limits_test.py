"""Every RPC of the real programs at its limits and beyond them; see limit_driver.cc."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import suite as suites  # noqa: E402


class LimitsTest(unittest.TestCase):
    def test_every_limit_holds_from_both_sides(self) -> None:
        with suites.Suite() as suite:
            addresses = [service.address for service in suite.services]
            driver = suites.BUILD / "tests/limit_driver"
            result = subprocess.run([driver, *addresses], capture_output=True, text=True)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            print(result.stdout.strip())
            # Whatever was sent, the services still answer.
            for service in (suite.planning, suite.realization):
                self.assertEqual(suite.log_end_position(service) >= 0, True)


if __name__ == "__main__":
    suites.BUILD = pathlib.Path(sys.argv.pop(1))
    unittest.main()

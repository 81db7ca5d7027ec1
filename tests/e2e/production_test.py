"""The flags of deploy/systemd start a suite that works, and alerts are on what services show."""

from __future__ import annotations

import pathlib
import re
import shutil
import unittest

import small
from jember_test import is_up_to_date
from secure import SERVICES
from suite import ROOT, Service, Suite, wait_until

DEPLOY = ROOT / "deploy"


class ProductionSuite(Suite):
    """With the flags of production; other are only addresses, folders and the issuer of tokens."""

    def __init__(self) -> None:
        super().__init__(tokens=True)

    def service(self, name: str, folder: str) -> Service:
        assert self.secure is not None and self.secure.issuer is not None
        etc = self.folder / "etc"
        self._fill(etc, name)
        flags = [f"--flagfile={etc / file}.flags" for file in ("suite", name)]
        return Service(name, self.folder / folder, flags + self.secure.issuer.flags())

    def _fill(self, etc: pathlib.Path, name: str) -> None:
        assert self.secure is not None
        (etc / "crl").mkdir(parents=True, exist_ok=True)
        (etc / name).mkdir()
        shutil.copy(DEPLOY / "quotas.json", etc)
        files = self.secure.files(name)
        shutil.copy(files["tls_ca"], etc / "ca.pem")
        shutil.copy(files["tls_certificate"], etc / name / "certificate.pem")
        shutil.copy(files["tls_key"], etc / name / "key.pem")
        for file in ("suite", name):
            text = (DEPLOY / "systemd" / f"{file}.flags").read_text(encoding="utf-8")
            text = text.replace("/etc/sakip", str(etc)).replace("/var/", f"{self.folder}/")
            text = re.sub(r"^(--.*=127\.0\.0\.1):\d+$", r"\1:0", text, flags=re.MULTILINE)
            (etc / f"{file}.flags").write_text(text, encoding="utf-8")


class ProductionTest(unittest.TestCase):
    def setUp(self) -> None:
        self.suite = self.enterContext(ProductionSuite())

    def test_a_quarter_is_scored_and_backed_up(self) -> None:
        small.publish(self.suite, 2023)
        small.submit(self.suite, 1)
        for service in self.suite.services:
            self.suite.ctl("log", "backup", "--service", service.name)
            self.assertTrue((self.suite.folder / "lib/sakip" / service.name / "audit").is_dir())
            self.assertIn('"tls":"true"', service.log.read_text(encoding="utf-8"))
        wait_until(lambda: is_up_to_date(self.suite), "scoring has read both logs")
        card = self.suite.json("scorecard", small.AGENCY, "--year", 2023, "--quarter", 1)
        self.assertIn("achievement", card)

    def test_every_alert_is_on_something_that_is_shown(self) -> None:
        page = (DEPLOY / "README.md").read_text(encoding="utf-8")
        named = set(re.findall(r"\bsakip_\w+", page))
        shown = "".join(service.metrics() for service in self.suite.services)
        self.assertGreater(len(named), 10)
        for name in named:
            self.assertIn(f"\n{name}", shown)


class UnitsTest(unittest.TestCase):
    def test_each_service_has_its_flags(self) -> None:
        flags = {path.stem for path in (DEPLOY / "systemd").glob("*.flags")}
        self.assertEqual(flags, {"suite", *SERVICES})

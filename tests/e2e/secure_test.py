"""The whole suite over mutual TLS with tokens: what works, and who is refused."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import unittest
from typing import Any

import small
from jember_test import AGENCY, scorecard_bytes, send_sample
from secure import ROLES
from suite import BUILD, Suite, wait_until

GET_AGENCY = "sakip.planning.v1.PlanningService/GetAgency"
PUBLISH = "sakip.planning.v1.PlanningService/PublishDocument"
GET_HEAD = "sakip.eventlog.v1.EventLogService/GetHead"


def without_times(value: Any) -> Any:
    """When things were recorded is all that differs from run to run."""
    if isinstance(value, dict):
        return {k: without_times(v) for k, v in value.items() if not k.endswith("Time")}
    return [without_times(v) for v in value] if isinstance(value, list) else value


class SecureSampleTest(unittest.TestCase):
    def test_a_year_is_planned_submitted_scored_and_read_as_in_plain_text(self) -> None:
        with Suite(tokens=True) as suite:
            send_sample(suite)
            secure = json.loads(scorecard_bytes(suite))
            self.assertEqual(secure["achievement"]["figure"]["value"], "99.94")
            suite.stop()
            for service in suite.services:
                self.assertIn('"tls":"true"', service.log.read_text(encoding="utf-8"))
            # Who asked planning and both logs: services, by their certificates.
            for name in ("realization", "scoring"):
                self.assertIn(
                    f'"subject":"spiffe://sakip/service/{name}"',
                    suite.planning.log.read_text(encoding="utf-8"),
                )
        with Suite() as suite:
            send_sample(suite)
            plain = json.loads(scorecard_bytes(suite))
            self.assertEqual(without_times(plain), without_times(secure))


class SecureRefusalTest(unittest.TestCase):
    suite: Suite

    @classmethod
    def setUpClass(cls) -> None:
        # As usual: what is its account's alone is so by what the services do.
        cls.addClassCleanup(os.umask, os.umask(0o022))
        cls.suite = cls.enterClassContext(Suite(tokens=True))
        small.publish(cls.suite, 2023)
        small.submit(cls.suite, 1)

    def setUp(self) -> None:
        assert self.suite.secure is not None
        self.secure = self.suite.secure
        self.addCleanup(self.secure.put_token, roles=ROLES)

    def code_of_get(self, *flags: str) -> str:
        request = {"name": small.AGENCY}
        return self.suite.raw(self.suite.planning, GET_AGENCY, request, *flags)["code"]

    def ctl(self, *flags: object) -> subprocess.CompletedProcess[str]:
        return self.suite.try_ctl("agency", "list", *flags)

    def test_a_client_with_certificate_and_token_is_let_in(self) -> None:
        self.assertEqual(self.code_of_get(), "OK")
        self.assertEqual(self.ctl().returncode, 0, self.ctl().stderr)

    def test_a_client_without_certificate_gets_no_connection(self) -> None:
        self.assertEqual(self.code_of_get("--tls_certificate=", "--tls_key="), "UNAVAILABLE")

    def test_a_certificate_without_token_is_nobody(self) -> None:
        self.assertEqual(self.code_of_get("--token_file="), "UNAUTHENTICATED")

    def test_a_development_identity_is_nobody(self) -> None:
        identity = "--identity=subject=x;roles=planner;scopes=regions/-"
        self.assertEqual(self.code_of_get("--token_file=", identity), "UNAUTHENTICATED")

    def test_plain_text_gets_no_connection(self) -> None:
        self.assertEqual(self.code_of_get("--tls_ca="), "UNAVAILABLE")

    def test_tokens_that_are_not_good_are_refused(self) -> None:
        bad = [
            {"iss": "https://another.test"},
            {"aud": "another"},
            {"exp": 1},
            {"roles": ["service"]},
        ]
        for claims in bad:
            with self.subTest(claims):
                self.secure.put_token(**{"roles": ROLES, **claims})
                self.assertEqual(self.code_of_get(), "UNAUTHENTICATED")

    def test_a_token_of_another_region_is_denied(self) -> None:
        self.secure.put_token(roles=ROLES, scopes=["regions/35.10"])
        self.assertEqual(self.code_of_get(), "PERMISSION_DENIED")

    def test_a_service_reads_and_does_not_publish(self) -> None:
        scoring = [f"--{flag}={path}" for flag, path in self.secure.files("scoring").items()]
        scoring.append("--token_file=")
        self.assertEqual(self.code_of_get(*scoring), "OK")
        request = {"document": small.annual_plan(2024), "request_id": "p1"}
        answer = self.suite.raw(self.suite.planning, PUBLISH, request, *scoring)
        self.assertEqual(answer["code"], "PERMISSION_DENIED")

    def test_a_service_whose_name_only_begins_as_one_on_the_list_reads_nothing(self) -> None:
        self.secure.issue("service", "scoring2")
        flags = [f"--{flag}={path}" for flag, path in self.secure.files("scoring2").items()]
        impostor = self.suite.service("scoring", "impostor")
        impostor.start(
            f"--planning={self.suite.planning.address}",
            f"--realization={self.suite.realization.address}",
            *flags,
        )
        self.addCleanup(impostor.kill)

        wait_until(lambda: "UNAUTHENTICATED" in impostor.log_end(), "the impostor is refused")
        refused = [self.suite.planning, self.suite.realization]
        for service in refused:
            wait_until(
                lambda: '"code":"UNAUTHENTICATED"' in service.log.read_text(encoding="utf-8"),
                f"{service.name} refuses",
            )

    def test_a_server_that_is_not_the_expected_one_gets_no_call(self) -> None:
        picky = self.suite.service("scoring", "picky")
        picky.start(
            f"--planning={self.suite.planning.address}",
            "--planning_identity=spiffe://sakip/service/plannin",
            f"--realization={self.suite.realization.address}",
            "--realization_identity=spiffe://sakip/service/realization",
        )
        self.addCleanup(picky.kill)

        wait_until(lambda: '"source":"planning"' in picky.log_end(), "planning is not believed")
        self.assertNotIn('"source":"realization"', picky.log_end())

    def test_what_a_service_keeps_is_its_accounts_alone(self) -> None:
        for service in self.suite.services:
            kept = [service.data, *service.data.rglob("*")]
            self.assertGreater(len(kept), 10)
            open_to_others = [p for p in kept if p.stat().st_mode & 0o077]
            self.assertEqual(open_to_others, [])

    def test_sakipctl_says_what_is_missing(self) -> None:
        other = self.suite.folder / "other"
        script = pathlib.Path(__file__).resolve().parents[2] / "deploy/certificates.sh"
        subprocess.run([script, other, "client", "x"], check=True, capture_output=True)
        broken = self.suite.folder / "broken.pem"
        broken.write_text("-----BEGIN CERTIFICATE-----\n", encoding="utf-8")
        exposed = self.suite.folder / "exposed"
        exposed.write_text("token", encoding="utf-8")
        exposed.chmod(0o644)
        cases: list[tuple[list[object], int, str]] = [
            (["--tls-ca", other / "ca.pem"], 3, "UNAVAILABLE"),
            (["--tls-ca", ""], 2, "--tls-certificate needs --tls-ca"),
            (["--tls-ca", broken], 2, "broken.pem: is not whole"),
            (["--tls-key", ""], 2, "needs its key"),
            (["--planning", "planning.example"], 2, "--planning: target planning.example"),
            (["--token-file", exposed], 2, "chmod 0600"),
            (["--token-file", self.suite.folder / "none"], 2, "none"),
            (["--identity", "subject=x;roles=planner;scopes=regions/-"], 2, "--token-file"),
        ]
        for flags, code, text in cases:
            with self.subTest(flags):
                result = self.ctl(*flags)
                self.assertEqual(result.returncode, code, result.stderr)
                self.assertIn(text, result.stderr)


class StartTest(unittest.TestCase):
    """What a service does not start with."""

    def setUp(self) -> None:
        self.suite = self.enterContext(NotStarted())
        assert self.suite.secure is not None and self.suite.secure.issuer is not None
        self.files = self.suite.secure.files("planning")
        self.tls = [f"--{flag}={path}" for flag, path in self.files.items()]
        self.tokens = self.suite.secure.issuer.flags()

    def refusal(self, *flags: str, program: str = "planningd") -> str:
        command = [str(BUILD / "bin" / program), f"--data_dir={self.suite.folder / 'data'}", *flags]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 1, result.stderr)
        return result.stderr

    def assert_refused(self, text: str, *flags: str, program: str = "planningd") -> None:
        with self.subTest(flags):
            self.assertIn(text, self.refusal(*flags, program=program))

    def test_a_directory_that_is_there_is_closed_to_others(self) -> None:
        data = self.suite.folder / "data"
        folders = [data, data / "log", data / "audit", data / "evidence"]
        for folder in folders:
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        self.refusal("--identity=jwt")
        self.assertEqual([folder.stat().st_mode & 0o777 for folder in folders], [0o700] * 4)

    def test_addresses_that_others_reach(self) -> None:
        # Each is refused before anything listens.
        everywhere = "--listen=0.0.0.0:0"
        dev = "development identity is for loopback only"
        self.assert_refused(dev, everywhere)
        self.assert_refused(dev, everywhere, *self.tls)
        self.assert_refused(dev, everywhere, "--insecure_plain_text")
        self.assert_refused("there is no TLS to serve it with", everywhere, *self.tokens)

    def test_flags_that_contradict_each_other(self) -> None:
        key, ca = f"--tls_key={self.files['tls_key']}", f"--tls_ca={self.files['tls_ca']}"
        certificate = f"--tls_certificate={self.files['tls_certificate']}"
        self.assert_refused("without --tls_certificate", key)
        self.assert_refused("without --tls_certificate", ca)
        self.assert_refused("needs its key", certificate, ca)
        self.assert_refused("--tls_ca", certificate, key)
        self.assert_refused("contradicts", *self.tls, "--insecure_plain_text")
        self.assert_refused("none, optional or required", *self.tls, "--client_certificates=maybe")
        self.assert_refused(
            "that nobody does", *self.tls, "--client_certificates=none", "--service_identities=a"
        )
        self.assert_refused("is no name", *self.tls, "--service_identities=spiffe://sakip/*")
        self.assert_refused("is no name", *self.tls, "--service_identities=a,,b")
        self.assert_refused("is no name", *self.tls, "--proxy_identities=*.example")
        self.assert_refused("without --tls_certificate", "--proxy_identities=a")
        self.assert_refused(
            "that nobody does", *self.tls, "--client_certificates=none", "--proxy_identities=a"
        )
        both = ("--service_identities=a,b", "--proxy_identities=c,b")
        self.assert_refused("b is also in --service_identities", *self.tls, *both)
        self.assert_refused("--identity is dev or token", "--identity=jwt")
        self.assert_refused("are of --identity=token", "--issuer=x")
        self.assert_refused("nothing to prove by", *self.tokens, program="realizationd")

    def test_files_that_are_not_good(self) -> None:
        self.files["tls_key"].chmod(0o644)
        self.assert_refused("chmod 0600", *self.tls)
        self.files["tls_key"].chmod(0o600)
        self.files["tls_certificate"].write_text("-----BEGIN CERTIFICATE-----\n")
        self.assert_refused("is not whole", *self.tls)


class NotStarted(Suite):
    def __init__(self) -> None:
        super().__init__(tokens=True)

    def start(self) -> None:
        pass

"""Certificates are replaced and keys of tokens rolled while calls are made: none fails."""

from __future__ import annotations

import concurrent.futures
import subprocess
import unittest
from typing import Any

import small
from secure import ROLES
from suite import Service, Suite, wait_until

GET_AGENCY = "sakip.planning.v1.PlanningService/GetAgency"
SUBMIT = "sakip.realization.v1.RealizationService/SubmitQuarter"
GET_SUBMISSION = "sakip.realization.v1.RealizationService/GetSubmission"
GET_SCORECARD = "sakip.scoring.v1.ScoringService/GetScorecard"

YEARS = range(2001, 2026)


class Load:
    """Calls while it is open: over connections that stay, and each over one of its own."""

    def __init__(self, suite: Suite) -> None:
        self._suite = suite
        self._stopping = False
        self._pool = concurrent.futures.ThreadPoolExecutor(3)
        self.made = 0
        self.failed: list[Any] = []

    def __enter__(self) -> "Load":
        self._running = [self._pool.submit(self._submit), self._pool.submit(self._read_anew)]
        self._running.append(self._pool.submit(self._read_on))
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopping = True
        self._pool.shutdown()
        for call in self._running:
            call.result()

    def _take(self, answer: dict[str, Any]) -> None:
        self.made += 1
        if answer["code"] != "OK":
            self.failed.append(answer)

    def _submit(self) -> None:
        """Writes, each over a new connection; realization asks planning over one that stays."""
        for year in YEARS:
            for quarter in (1, 2, 3, 4):
                if self._stopping:
                    return
                submission = small.submission(year, quarter, "5", "COVERAGE_QUARTER")
                request = {"submission": submission, "request_id": f"r{year}-{quarter}"}
                self._take(self._suite.raw(self._suite.realization, SUBMIT, request))

    def _read_anew(self) -> None:
        while not self._stopping:
            request = {"name": small.AGENCY}
            self._take(self._suite.raw(self._suite.planning, GET_AGENCY, request))

    def _read_on(self) -> None:
        """Reads over one connection for seconds."""
        while not self._stopping:
            request = {"name": small.AGENCY}
            result = self._suite.raw(
                self._suite.planning, GET_AGENCY, request, "--repeat_seconds=5"
            )
            self.made += result["calls"]
            if result["failed"]:
                self.failed.append(result["last_failure"])


def served_serial(suite: Suite, service: Service) -> str:
    """Of the certificate that a new connection gets."""
    assert suite.secure is not None
    files = suite.secure.files(suite.secure.client)
    shown = subprocess.run(
        ["openssl", "s_client", "-connect", service.address, "-alpn", "h2",
         "-CAfile", files["tls_ca"], "-cert", files["tls_certificate"], "-key", files["tls_key"]],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    ).stdout  # fmt: skip
    command = ["openssl", "x509", "-noout", "-serial"]
    return subprocess.run(command, input=shown, capture_output=True).stdout.decode().strip()


class RotationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.suite = self.enterContext(Suite(tokens=True))
        assert self.suite.secure is not None and self.suite.secure.issuer is not None
        self.secure = self.suite.secure
        self.issuer = self.suite.secure.issuer
        small.publish(self.suite, *YEARS)

    def assert_nothing_failed(self, load: Load) -> None:
        self.assertEqual(load.failed, [])
        print(f"{load.made} calls", end=" ", flush=True)
        self.assertGreater(load.made, 100)

    def test_certificates_are_replaced_under_load(self) -> None:
        services = self.suite.services
        with Load(self.suite) as load:
            before = {s.name: served_serial(self.suite, s) for s in services}
            for service in services:
                self.secure.issue("service", service.name)
            # A client that starts reads its files once, so it gets others, not half of both.
            self.secure.issue("client", "successor")
            self.secure.client = "successor"
            for service in services:
                wait_until(
                    lambda: served_serial(self.suite, service) not in (before[service.name], ""),
                    f"{service.name} serves its new certificate",
                )
            made = load.made
            wait_until(lambda: load.made > made + 20, "calls go on")
        self.assert_nothing_failed(load)
        self.assert_scoring_goes_on()

    def assert_scoring_goes_on(self) -> None:
        """Over the old connections, and over those that a restart makes."""
        request = {"name": f"{small.AGENCY}/scorecards/2001Q1"}

        def is_scored() -> bool:
            answer = self.suite.raw(self.suite.scoring, GET_SCORECARD, request)
            return answer["code"] == "OK"

        wait_until(is_scored, "scoring has read the submission")
        for service in (self.suite.planning, self.suite.realization):
            service.stop()
        self.suite.start()
        wait_until(is_scored, "scoring is there after a restart")
        log = self.suite.scoring.log.read_text(encoding="utf-8")
        self.assertNotIn("IDENTITY_INVALID", log)

    def test_keys_of_tokens_are_rolled_under_load(self) -> None:
        first = self.issuer.signing_key
        with Load(self.suite) as load:
            for _ in range(2):
                old, new = self.issuer.signing_key, self.issuer.add_key()
                self._await_key(new)
                self.issuer.signing_key = new
                self.secure.put_token(roles=ROLES)
                made = load.made
                wait_until(lambda: load.made > made + 20, "calls go on")
                self.issuer.forget_key(old)
            made = load.made
            wait_until(lambda: load.made > made + 20, "calls go on")
        self.assert_nothing_failed(load)
        self.secure.put_token(first, roles=ROLES)
        wait_until(
            lambda: self._code(self.suite.planning) == "UNAUTHENTICATED",
            "the first key counts no more",
        )

    def _code(self, service: Service, *flags: str) -> str:
        request = {"name": small.AGENCY}
        method = {"planning": GET_AGENCY, "realization": GET_SUBMISSION, "scoring": GET_SCORECARD}
        return self.suite.raw(service, method[service.name], request, *flags)["code"]

    def _await_key(self, kid: str) -> None:
        """Until every service knows the key, as an issuer waits before it signs with a new one."""
        probe = self.secure.folder / "probe"
        probe.write_text(self.issuer.sign(kid, roles=ROLES), encoding="ascii")
        for service in self.suite.services:
            wait_until(
                lambda: self._code(service, f"--token_file={probe}") != "UNAUTHENTICATED",
                f"{service.name} knows the key",
            )

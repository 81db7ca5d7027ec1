"""Real work through HAProxy, with the limits that deploy/haproxy ships."""

from __future__ import annotations

import contextlib
import pathlib
import random
import sys
import time
import unittest
from collections.abc import Iterator

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "abuse"))

import h2
import small
from dial import Dial
from feed_test import Watch, realized
from jember_test import AGENCY, SAMPLE, is_up_to_date
from proxy import Proxy
from suite import Suite, wait_until

# Longer than all that the proxy lets a silent caller do; see the timeouts of haproxy.cfg.
HELD_SECONDS = 31.0
# What sakipctl ends with where it has no connection.
UNREACHABLE = 3


class ProxiedSuite(Suite):
    """Over mutual TLS and with tokens. Clients reach the services through the proxy only; services
    call each other, and `raw` calls them, directly."""

    proxy: Proxy

    def __init__(self, revocable: bool = False) -> None:
        super().__init__(tokens=True)
        self._revocable = revocable
        self._stack = contextlib.ExitStack()

    def start(self) -> None:
        super().start()
        assert self.secure is not None
        addresses = {service.name: service.address for service in self.services}
        revoked = self.secure.revoke() if self._revocable else None
        proxy = Proxy(self.folder, addresses, self.secure, secure=True, revoked=revoked)
        self.proxy = self._stack.enter_context(proxy)

    def end(self) -> None:
        self._stack.close()
        super().end()

    @contextlib.contextmanager
    def connect(self, address: str, source: str = "127.0.0.1") -> Iterator[h2.Connection]:
        """As a client that has a certificate and no token."""
        assert self.secure is not None
        tls = self.secure.folder
        dial = Dial(address, source, str(tls / "ca.pem"), str(tls / self.secure.client))
        with contextlib.closing(h2.Connection(dial.open())) as connection:
            yield connection

    def _environment(self) -> dict[str, str]:
        proxied = {f"SAKIP_{name.upper()}": a for name, a in self.proxy.addresses.items()}
        return {**super()._environment(), **proxied}


class ProxyTest(unittest.TestCase):
    suite: Suite

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = cls.enterClassContext(ProxiedSuite())
        small.publish(cls.suite, 2023)
        # From the beginning, so that the other tests pass while it is held.
        cls.held = cls.enterClassContext(Watch(cls.suite))
        wait_until(lambda: realized(cls.held.next_message()) == [""], "the first scorecard")
        cls.held_since = time.monotonic()

    def told(self) -> list[str]:
        """What the next message on the held watch says that the small agency spent."""
        cards = self.held.next_message()["scorecards"]
        name = f"{small.AGENCY}/scorecards/2023Q4"
        return [card["budget"]["realized"] for card in cards if card["name"] == name]

    def test_a_year_is_planned_imported_and_read(self) -> None:
        self.suite.ctl("agency", "register", SAMPLE / "01-agency.yaml")
        self.suite.ctl("plan", "publish", *sorted(SAMPLE.glob("0[2-9]-*.yaml")))
        items = sorted(SAMPLE.glob("1[1-4]-submission-*.yaml"))

        imported = self.suite.json("submission", "import", *items)

        self.assertEqual(imported["created"], 4)
        wait_until(lambda: is_up_to_date(self.suite), "scoring has read both logs")
        card = self.suite.json("scorecard", AGENCY, "--year", 2023, "--quarter", 4)
        self.assertEqual(card["achievement"]["figure"]["value"], "99.94")
        read = self.suite.ctl("log", "read", "--service", "planning", "--output", "json")
        self.assertEqual(
            len(read.splitlines()), self.suite.log_end_position(self.suite.planning)
        )

    def test_an_import_of_many_messages_passes_whole(self) -> None:
        name = f"{small.AGENCY}-impor"
        years = range(2001, 2024)
        self.suite.ctl("agency", "register", self.suite.file(small.agency(name)))
        plans = [self.suite.file(small.annual_plan(year, name)) for year in years]
        self.suite.ctl("plan", "publish", *plans)
        # 700 KB in all: many times what HAProxy and its connections hold.
        words = "Sebagian penerima manfaat pindah alamat. " * 90
        items = []
        for year in years:
            for quarter in (1, 2, 3, 4):
                item = small.submission(year, quarter, name=name)
                item["indicators"][0]["narrative"] = {"constraints": words, "follow_up": words}
                items.append(self.suite.file(item))

        imported = self.suite.json("submission", "import", *items)

        self.assertEqual(imported["created"], len(items))

    def test_evidence_comes_back_as_it_was_sent(self) -> None:
        photo = self.suite.folder / "foto.jpg"
        photo.write_bytes(random.Random(1).randbytes(3_000_000))

        uploaded = self.suite.json("evidence", "upload", small.AGENCY, photo)

        target = self.suite.folder / "kembali.jpg"
        self.suite.ctl("evidence", "download", uploaded["name"], target)
        self.assertEqual(target.read_bytes(), photo.read_bytes())

    def test_only_what_asks_for_a_token_is_reached(self) -> None:
        health = "/grpc.health.v1.Health/"
        paths = [
            f"{health}Watch",
            f"{health}Check",
            f"{health}Check?Watch",
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            "/grpc.channelz.v1.Channelz/GetServers",
            "/",
        ]
        before = self.suite.proxy.passed_on("planning")
        with self.suite.connect(self.suite.proxy.addresses["planning"]) as connection:
            for stream, path in enumerate(paths):
                with self.subTest(path):
                    # A watch has no end of its own.
                    self.assertTrue(h2.call(connection, 2 * stream + 1, path, b"", 20))
            self.assertEqual(self.suite.proxy.passed_on("planning"), before)
            self.assertTrue(h2.call(connection, 2 * len(paths) + 1, h2.GET_HEAD, b"", 20))
        self.assertEqual(self.suite.proxy.passed_on("planning"), before + 1)

    def test_watches_outlive_what_a_silent_caller_is_let_do(self) -> None:
        """Named to be the last."""
        wait_until(lambda: time.monotonic() - self.held_since > HELD_SECONDS, "the watch is old")

        small.submit(self.suite, 4)

        wait_until(lambda: self.told() == ["100"], "the held watch is told")
        for name in self.suite.proxy.addresses:
            self.assertGreater(self.suite.proxy.passed_on(name), 0, name)


class OriginTest(unittest.TestCase):
    """Where a call comes from, as the trail has it."""

    def setUp(self) -> None:
        self.suite = self.enterContext(ProxiedSuite())

    def call(self, address: str, source: str, forwarded: str) -> None:
        """A stranger's call, which says that it comes from elsewhere."""
        with self.suite.connect(address, source) as connection:
            more = ((b"x-forwarded-for", forwarded.encode()), (b"x-request-id", source.encode()))
            call = h2.frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(h2.GET_HEAD, *more))
            message = h2.frame(h2.DATA, h2.END_STREAM, 1, h2.EMPTY_MESSAGE)
            self.assertTrue(connection.send(call + message))
            wait_until(lambda: self.is_answered(connection), "an answer")

    def is_answered(self, connection: h2.Connection) -> bool:
        connection.read(0.05)
        return any(f[0] == h2.HEADERS and f[1] & h2.END_STREAM for f in connection.frames)

    def strangers(self) -> dict[str, str]:
        """Where the refused calls came from, by their ids."""
        listed = self.suite.json(
            *("audit", "list", "--service", "planning", "--scope", "regions/-"),
            *("--decision", "denied", "--method", h2.GET_HEAD),
        )
        entries = [recorded["entry"] for recorded in listed["entries"]]
        return {entry["callId"]: entry["peer"] for entry in entries if entry["callId"]}

    def test_the_trail_names_the_caller_and_not_the_proxy(self) -> None:
        elsewhere = "192.0.2.7"
        for source in ("127.0.0.8", "127.0.0.9"):
            self.call(self.suite.proxy.addresses["planning"], source, elsewhere)
        self.call(self.suite.planning.address, "127.0.0.10", elsewhere)

        wait_until(lambda: len(self.strangers()) == 3, "each has an entry of its own")
        peers = self.strangers()

        for source in ("127.0.0.8", "127.0.0.9"):
            self.assertEqual(peers[source], f"ipv4:{source}")
        self.assertRegex(peers["127.0.0.10"], r"^ipv4:127\.0\.0\.10:[0-9]+$")


class RevocationTest(unittest.TestCase):
    """A list of revoked certificates that the proxy is told to read again."""

    def setUp(self) -> None:
        self.suite = self.enterContext(ProxiedSuite(revocable=True))
        assert self.suite.secure is not None
        self.secure = self.suite.secure
        self.secure.issue("client", "thief")
        small.publish(self.suite, 2023)

    @contextlib.contextmanager
    def as_client(self, name: str) -> Iterator[None]:
        client, self.secure.client = self.secure.client, name
        try:
            yield
        finally:
            self.secure.client = client

    def code_of_list(self) -> int:
        return self.suite.try_ctl("agency", "list").returncode

    def test_a_revoked_client_is_refused_also_on_its_open_connection(self) -> None:
        with self.as_client("thief"):
            self.assertEqual(self.code_of_list(), 0)
            watch = self.enterContext(Watch(self.suite))
        wait_until(lambda: realized(watch.next_message()) == [""], "the connection is open")

        self.secure.revoke("thief")
        old = self.suite.proxy.reload()

        with self.as_client("thief"):
            self.assertEqual(self.code_of_list(), UNREACHABLE)
        self.assertEqual(self.code_of_list(), 0)
        wait_until(lambda: old.poll() is not None, "the connections of before are ended")
        wait_until(watch.process.poll, "the watch has failed")


if __name__ == "__main__":
    unittest.main()

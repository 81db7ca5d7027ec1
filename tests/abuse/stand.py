"""What is attacked: planning alone in plain text, alone over mutual TLS, or behind HAProxy."""

from __future__ import annotations

import pathlib
import resource
import sys

from dial import Dial

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
import proxy as proxies  # noqa: E402
import secure  # noqa: E402
import suite as suites  # noqa: E402

ATTACKER, VICTIM = "127.0.0.66", "127.0.0.2"


class Peer:
    """The service alone, in plain text. Use it with `with`."""

    form = "direct"

    def __init__(self, build: pathlib.Path, folder: pathlib.Path) -> None:
        # As many sockets as the machine lets one process have, for both ends.
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        suites.BUILD = build
        self.folder = folder
        self.service = suites.Service("planning", folder / "planning", self.flags())

    def flags(self) -> list[str]:
        """Of the service."""
        return []

    def __enter__(self) -> "Peer":
        self.service.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.service.running and not self.service.ended:
            self.service.kill()

    def processes(self) -> dict[str, int]:
        return {"server": self.service._process.pid}

    def alive(self) -> bool:
        return not self.service.ended

    def attacker(self) -> Dial:
        return Dial(self.service.address, ATTACKER)

    def good_client(self) -> Dial:
        return Dial(self.service.address, VICTIM)

    def served(self, others: int) -> int:
        """How many calls the service has ended, whatever it answered, without those of others."""
        lines = self.service.metrics().splitlines()
        calls = [line.split()[-1] for line in lines if line.startswith("sakip_rpc_total{")]
        return int(sum(map(float, calls))) - others

    def passed_on(self, others: int) -> int | None:
        """The same as the proxy sent them on; None where there is no proxy."""
        return None


class MutualPeer(Peer):
    """The service alone, and only for who has a certificate, as the attacker has."""

    form = "mutual"

    def flags(self) -> list[str]:
        self._certificates = secure.Secure(self.folder, tokens=False)
        return self._certificates.service_flags("planning")

    def attacker(self) -> Dial:
        return self._dial(ATTACKER)

    def good_client(self) -> Dial:
        return self._dial(VICTIM)

    def _dial(self, source: str, with_certificate: bool = True) -> Dial:
        folder = self._certificates.folder
        shown = str(folder / self._certificates.client) if with_certificate else ""
        return Dial(self.service.address, source, str(folder / "ca.pem"), shown)


class AnonymousPeer(MutualPeer):
    """The same, where the attacker has no certificate."""

    form = "anonymous"

    def attacker(self) -> Dial:
        return self._dial(ATTACKER, with_certificate=False)


class ProxiedPeer(Peer):
    """The service in plain text behind HAProxy, which wants certificates."""

    form = "proxy"

    def __enter__(self) -> "ProxiedPeer":
        super().__enter__()
        self._certificates = secure.Secure(self.folder, tokens=False)
        addresses = {"planning": self.service.address}
        self.proxy = proxies.Proxy(self.folder, addresses, self._certificates, secure=False)
        self.proxy.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.proxy.__exit__()
        super().__exit__(*exception)

    def processes(self) -> dict[str, int]:
        return {**super().processes(), "proxy": self.proxy.process.pid}

    def alive(self) -> bool:
        return super().alive() and self.proxy.process.poll() is None

    def attacker(self) -> Dial:
        return self._dial(ATTACKER)

    def good_client(self) -> Dial:
        return self._dial(VICTIM)

    def _dial(self, source: str) -> Dial:
        folder = self._certificates.folder
        shown = str(folder / self._certificates.client)
        return Dial(self.proxy.addresses["planning"], source, str(folder / "ca.pem"), shown)

    def passed_on(self, others: int) -> int | None:
        return self.proxy.passed_on("planning") - others


# By the name of the form.
PEERS = {peer.form: peer for peer in (Peer, AnonymousPeer, MutualPeer, ProxiedPeer)}

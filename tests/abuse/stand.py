"""What is attacked: planning alone, or behind HAProxy; and what watches it meanwhile."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from typing import Any

import h2

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
import suite as suites  # noqa: E402

GET_HEAD = "/sakip.eventlog.v1.EventLogService/GetHead"
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _open(address: str, source: str) -> socket.socket:
    host, port = address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), timeout=5, source_address=(source, 0))


class Peer:
    """The service alone. Use it with `with`."""

    form = "direct"

    def __init__(self, build: pathlib.Path, folder: pathlib.Path) -> None:
        # As many sockets as the machine lets one process have, for both ends.
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        suites.BUILD = build
        self.folder = folder
        self.service = suites.Service("planning", folder / "planning", [])

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

    def connect(self, source: str, name: str) -> socket.socket:
        """A connection from the address; `name` is whose certificate it shows."""
        return _open(self.service.address, source)


class ProxiedPeer(Peer):
    """The service behind HAProxy, as deploy/haproxy sets it up."""

    form = "proxy"

    def __enter__(self) -> "ProxiedPeer":
        super().__enter__()
        _make_certificates(self.folder)
        self.address = f"127.0.0.1:{_free_port()}"
        spare = [f"127.0.0.1:{_free_port()}" for _ in range(4)]
        environment = {
            **os.environ,
            "SAKIP_PROXY_CERTIFICATE": str(self.folder / "proxy.pem"),
            "SAKIP_CLIENT_CA": str(self.folder / "ca.crt"),
            "SAKIP_PROXY_PLANNING": self.address,
            "SAKIP_PROXY_REALIZATION": spare[0],
            "SAKIP_PROXY_SCORING": spare[1],
            "SAKIP_PLANNING": self.service.address,
            "SAKIP_REALIZATION": spare[2],
            "SAKIP_SCORING": spare[3],
        }
        # Debian has it where only administrators look.
        haproxy = shutil.which("haproxy", path=os.environ.get("PATH", "") + ":/usr/sbin")
        assert haproxy is not None, "no haproxy: run deploy/setup.sh --test"
        command = [haproxy, "-db", "-f", str(ROOT / "deploy/haproxy/haproxy.cfg")]
        with (self.folder / "haproxy.log").open("ab") as log:
            self.proxy = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        suites.wait_until(self._listens, "the proxy listens")
        return self

    def __exit__(self, *exception: object) -> None:
        self.proxy.kill()
        self.proxy.wait()
        super().__exit__(*exception)

    def _listens(self) -> bool:
        assert self.proxy.poll() is None, (self.folder / "haproxy.log").read_text()
        try:
            _open(self.address, "127.0.0.1").close()
            return True
        except OSError:
            return False

    def processes(self) -> dict[str, int]:
        return {**super().processes(), "proxy": self.proxy.pid}

    def alive(self) -> bool:
        return super().alive() and self.proxy.poll() is None

    def connect(self, source: str, name: str) -> socket.socket:
        context = ssl.create_default_context(cafile=str(self.folder / "ca.crt"))
        context.load_cert_chain(str(self.folder / f"{name}.pem"))
        context.set_alpn_protocols(["h2"])
        sock = _open(self.address, source)
        try:
            return context.wrap_socket(sock, server_hostname="localhost")
        except OSError:
            sock.close()
            raise


PEERS: dict[str, type[Peer]] = {"direct": Peer, "proxy": ProxiedPeer}


def _make_certificates(folder: pathlib.Path) -> None:
    """An authority, and certificates of the proxy and of two callers, with openssl."""

    def run(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    run("req", "-x509", *key, "-days", "1", "-subj", "/CN=authority", "-keyout", "ca.key",
        "-out", "ca.crt")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    for name in ("proxy", "attacker", "victim"):
        run("req", *key, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        run("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "1", "-extfile", "names", "-out", f"{name}.crt")
        pem = (folder / f"{name}.crt").read_text() + (folder / f"{name}.key").read_text()
        (folder / f"{name}.pem").write_text(pem)


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
    """Calls every 20 ms on one connection, and makes another where it breaks."""

    def __init__(self, peer: Peer, source: str) -> None:
        self._peer, self._source = peer, source
        self._lock = threading.Lock()
        self._calls = Calls()
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
                    connection, stream = h2.Connection(
                        self._peer.connect(self._source, "victim")), 1
                ok = h2.call(connection, stream, GET_HEAD, b"", 5.0)
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
            self._stopping.wait(0.02)
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

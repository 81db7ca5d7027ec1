"""HAProxy in front of the services, as deploy/haproxy sets it up."""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess

import suite as suites
from secure import PROXY, SERVICES, Secure

CONFIG = suites.ROOT / "deploy/haproxy/haproxy.cfg"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Proxy:
    """Calls the services over TLS where they are `secure`. Use it with `with`."""

    def __init__(
        self,
        folder: pathlib.Path,
        services: dict[str, str],
        certificates: Secure,
        secure: bool,
        revoked: pathlib.Path | None = None,
    ) -> None:
        """`services` says where each listens; of those that are missing nobody asks. `revoked` is
        the list of revoked certificates."""
        self._log = folder / "haproxy.log"
        self._admin = folder / "admin"  # A socket.
        self.addresses = {name: f"127.0.0.1:{free_port()}" for name in SERVICES}
        certificates.issue("service", "proxy")
        self._environment = {
            **os.environ,
            "SAKIP_PROXY_CERTIFICATE": self._both(certificates, "proxy"),
            "SAKIP_CLIENT_CA": str(certificates.folder / "ca.pem"),
        }
        if revoked is not None:
            self._environment["SAKIP_CLIENT_CRL"] = str(revoked)
        for name, address in self.addresses.items():
            self._environment[f"SAKIP_PROXY_{name.upper()}"] = address
            self._environment[f"SAKIP_{name.upper()}"] = services.get(name, "127.0.0.1:9")
        if secure:
            certificates.issue("client", PROXY)
            self._environment["SAKIP_SERVICE_CA"] = str(certificates.folder / "ca.pem")
            self._environment["SAKIP_PROXY_CLIENT"] = self._both(certificates, PROXY)

    def _both(self, certificates: Secure, name: str) -> str:
        """A file with a certificate and its key, which is how HAProxy wants them."""
        path = certificates.folder / f"{name}.both"
        parts = [certificates.folder / f"{name}.{kind}" for kind in ("pem", "key")]
        path.write_text("".join(part.read_text(encoding="ascii") for part in parts))
        return str(path)

    def __enter__(self) -> "Proxy":
        self._stack = contextlib.ExitStack()
        self._start()
        return self

    def reload(self) -> subprocess.Popen[bytes]:
        """Reads all files anew, as a reload by systemd does: another process takes new connections,
        and the one that is returned ends once it has no old ones."""
        old = self.process
        self._start("-sf", str(old.pid))
        return old

    def _start(self, *flags: str) -> None:
        # Debian has it where only administrators look.
        haproxy = shutil.which("haproxy", path=os.environ.get("PATH", "") + ":/usr/sbin")
        assert haproxy is not None, "no haproxy: run deploy/setup.sh --test"
        watched = self._log.with_suffix(".cfg")
        watched.write_text(f"global\n    stats socket {self._admin} mode 600 level user\n")
        command = [haproxy, "-db", "-f", str(CONFIG), "-f", str(watched), *flags]
        if os.geteuid() == 0:
            # As it runs where it is installed: nothing that only root may do to a connection.
            command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        self._stack.callback(self.process.wait)
        self._stack.callback(self.process.kill)
        suites.wait_until(self._listens, "the proxy listens")

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def _listens(self) -> bool:
        assert self.process.poll() is None, self._log.read_text()
        try:
            return f"Pid: {self.process.pid}" in self._ask("show info")
        except OSError:
            return False

    def _ask(self, command: str) -> str:
        with socket.socket(socket.AF_UNIX) as admin, admin.makefile("rw") as file:
            admin.connect(str(self._admin))
            file.write(f"{command}\n")
            file.flush()
            return file.read()

    def passed_on(self, service: str) -> int:
        """How many requests it sent to the service."""
        rows = [line.split(",") for line in self._ask("show stat").splitlines() if line]
        of = rows[0].index("stot")
        return next(int(row[of]) for row in rows if row[:2] == [service, service])

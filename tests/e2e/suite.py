"""Starts the real programs on free ports, each with a folder of its own, and ends them by id."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from secure import Secure

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Set by run.py.
BUILD = pathlib.Path(os.environ.get("SAKIP_BUILD", ROOT / "build/dev"))

# Long, because a loaded machine is no fault; every wait ends as soon as its condition holds.
PATIENCE_SECONDS = 60.0


def wait_until(condition: Callable[[], Any], what: str, seconds: float = PATIENCE_SECONDS) -> Any:
    """Returns the first true value of the condition."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.01)
    return value


class Service:
    """One of the three daemons. Keeps its port over restarts, as in a real installation."""

    def __init__(self, name: str, folder: pathlib.Path, secure_flags: list[str]) -> None:
        self.name = name
        self._secure_flags = secure_flags
        self.data = folder / "data"
        self.log = folder / "log.jsonl"
        self._address_file = folder / "address"
        self.address = ""
        self._flags: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._log_began = 0  # Where in the log the lines of this start begin.
        folder.mkdir(parents=True)

    def start(self, *flags: str, environment: dict[str, str] | None = None) -> None:
        self.launch(*flags, environment=environment)
        assert self._process is not None
        wait_until(self._listens_or_ended, f"{self.name} listens\n{self.log_end()}")
        if self._process.poll() is not None:
            code, self._process = self._process.returncode, None
            raise AssertionError(f"{self.name} ended with {code}\n{self.log_end()}")
        self.address = self._address_file.read_text(encoding="utf-8").strip()

    def launch(self, *flags: str, environment: dict[str, str] | None = None) -> None:
        """Starts it and does not wait until it listens. The environment is beside that of here."""
        assert self._process is None, f"{self.name} runs already"
        self._flags = list(flags) or self._flags
        self._address_file.unlink(missing_ok=True)
        command = [
            str(BUILD / "bin" / f"{self.name}d"),
            f"--listen={self.address or '127.0.0.1:0'}",
            f"--address_file={self._address_file}",
            f"--data_dir={self.data}",
            "--metrics_address=127.0.0.1:0",
            *self._secure_flags,
            *self._flags,
        ]
        with self.log.open("ab") as log:
            self._log_began = log.tell()
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, **(environment or {})}
            )

    def _listens_or_ended(self) -> bool:
        assert self._process is not None
        return self._address_file.exists() or self._process.poll() is not None

    @property
    def ended(self) -> bool:
        """By itself, since it was started."""
        return self._process is not None and self._process.poll() is not None

    @property
    def running(self) -> bool:
        return self._process is not None

    def stop(self) -> float:
        """SIGTERM. Returns after how many seconds it ended; it must end with 0."""
        assert self._process is not None
        began = time.monotonic()
        process, self._process = self._process, None
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"{self.name} did not stop\n{self.log_end()}") from None
        assert code == 0, f"{self.name} ended with {code}\n{self.log_end()}"
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL: what a process can do at its end is not done."""
        assert self._process is not None
        process, self._process = self._process, None
        process.kill()
        process.wait()

    def metrics(self) -> str:
        """What Prometheus is shown."""
        address = wait_until(self._metrics_address, f"{self.name} says where its metrics are")
        with urllib.request.urlopen(f"http://{address}/metrics", timeout=PATIENCE_SECONDS) as page:
            return page.read().decode()

    def _metrics_address(self) -> str:
        """Empty until the service says that it listens."""
        with self.log.open("rb") as log:
            log.seek(self._log_began)
            for line in log:
                if line.endswith(b"\n") and b'"event":"listening"' in line:
                    return str(json.loads(line)["metrics_address"])
        return ""

    def log_end(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([f"the end of the log of {self.name}:", *lines[-20:]])


class Suite:
    """All three services and the tools that talk to them. Use it with `with`.

    In plain text, unless it is told otherwise or SAKIP_TEST_TLS is set: then over mutual TLS.
    """

    def __init__(self, tls: bool = False, tokens: bool = False) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sakip-e2e-"))
        self.secure: Secure | None = None
        if tls or tokens or os.environ.get("SAKIP_TEST_TLS"):
            self.secure = Secure(self.folder, tokens)
        self.planning = self.service("planning", "planning")
        self.realization = self.service("realization", "realization")
        self.scoring = self.service("scoring", "scoring")
        self.services = [self.planning, self.realization, self.scoring]
        self._files = 0

    def service(self, name: str, folder: str) -> Service:
        """One more of its kind, not started; in a folder of its own."""
        flags = self.secure.service_flags(name) if self.secure else []
        return Service(name, self.folder / folder, flags)

    def __enter__(self) -> "Suite":
        try:
            self.start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.end()

    def start(self) -> None:
        """Starts what does not run."""
        if not self.planning.running:
            self.planning.start()
        planning = f"--planning={self.planning.address}"
        if not self.realization.running:
            self.realization.start(planning)
        if not self.scoring.running:
            self.scoring.start(planning, f"--realization={self.realization.address}")

    def stop(self) -> None:
        for service in reversed(self.services):
            service.stop()

    def end(self) -> None:
        for service in self.services:
            if service.running:
                service.kill()
        if os.environ.get("SAKIP_TEST_KEEP"):
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder)

    def file(self, content: dict[str, Any]) -> pathlib.Path:
        """Writes a file for sakipctl; what is JSON is YAML too."""
        self._files += 1
        path = self.folder / f"{self._files:04}.yaml"
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")
        return path

    def _environment(self) -> dict[str, str]:
        addresses = {f"SAKIP_{s.name.upper()}": s.address for s in self.services}
        secure = self.secure.ctl_environment() if self.secure else {}
        return {**os.environ, **addresses, **secure}

    def open_ctl(self, *arguments: object, **options: Any) -> subprocess.Popen[str]:
        command = [str(BUILD / "bin/sakipctl"), *map(str, arguments)]
        return subprocess.Popen(command, env=self._environment(), text=True, **options)

    def try_ctl(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with self.open_ctl(*arguments, **pipes) as process:
            try:
                out, err = process.communicate(timeout=2 * PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def ctl(self, *arguments: object) -> str:
        """Runs sakipctl, which must succeed, and returns what it printed."""
        result = self.try_ctl(*arguments)
        if result.returncode != 0:
            shown = " ".join(map(str, arguments))
            raise AssertionError(f"sakipctl {shown}: {result.returncode}\n{result.stderr}")
        return result.stdout

    def json(self, *arguments: object) -> Any:
        return json.loads(self.ctl(*arguments, "--output", "json"))

    def raw(self, service: Service, method: str, request: Any, *flags: str) -> dict[str, Any]:
        """Makes a call as no client of ours does; see raw_call.cc."""
        secure = self.secure.raw_flags() if self.secure else []
        command = [str(BUILD / "tests/raw_call"), *secure, *flags, service.address, method]
        result = subprocess.run(
            command, input=json.dumps(request), capture_output=True, text=True, timeout=120
        )
        assert result.returncode == 0, f"raw_call {method}: {result.stderr}"
        return json.loads(result.stdout)

    def log_end_position(self, service: Service) -> int:
        answer = self.raw(service, "sakip.eventlog.v1.EventLogService/GetHead", {})
        assert answer["code"] == "OK", answer
        return int(answer["response"].get("endPosition", "0"))

    def log_positions(self, service: Service) -> list[int]:
        """Of all records, as `sakipctl log read` prints them: one object a line."""
        text = self.ctl("log", "read", "--service", service.name, "--output", "json")
        return [int(json.loads(line).get("position", 0)) for line in text.splitlines()]

"""Certificates and tokens of a suite that runs over mutual TLS."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
from typing import Any

from issuer import Issuer

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "deploy/certificates.sh"
SERVICES = ("planning", "realization", "scoring")
# Whose certificate the proxy shows the services.
PROXY = "proxy-client"
# All that people and programs may be; services have certificates.
ROLES = [
    "planner",
    "reporter",
    "verifier",
    "agency_head",
    "province_reader",
    "auditor",
    "operator",
]


class Secure:
    """An authority, a certificate for each service and for one client; tokens where wanted."""

    def __init__(self, folder: pathlib.Path, tokens: bool) -> None:
        self.folder = folder / "tls"
        self.folder.mkdir()
        for name in SERVICES:
            self.issue("service", name)
        self.client = "client"  # Whose certificate clients show.
        self.issue("client", self.client)
        self.issuer = Issuer(self.folder) if tokens else None
        self.token_file = self.folder / "token"
        if tokens:
            self.put_token(roles=ROLES)

    def issue(self, kind: str, name: str) -> None:
        """Also again: then the key is replaced, and the certificate a moment later."""
        command = [str(SCRIPT), str(self.folder), kind, name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def revoke(self, *names: str) -> pathlib.Path:
        """The authority's list, on which the certificates of `names` are, and no others."""
        work = self.folder / "revoked"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        (work / "database").touch()
        (work / "config").write_text(
            f"[ca]\ndefault_ca = own\n[own]\ndatabase = {work}/database\ndefault_md = sha256\n"
            f"certificate = {self.folder}/ca.pem\nprivate_key = {self.folder}/ca.key\n"
            "default_crl_days = 1\n"
        )
        command = ["openssl", "ca", "-config", str(work / "config")]
        for name in names:
            revoked = str(self.folder / f"{name}.pem")
            subprocess.run([*command, "-revoke", revoked], check=True, capture_output=True)
        made = [*command, "-gencrl", "-out", str(work / "list")]
        subprocess.run(made, check=True, capture_output=True)
        return (work / "list").replace(self.folder / "ca.crl")

    def put_token(self, kid: str = "", **claims: Any) -> None:
        assert self.issuer is not None
        write_secret(self.token_file, self.issuer.sign(kid, **claims))

    def files(self, name: str) -> dict[str, pathlib.Path]:
        return {
            "tls_ca": self.folder / "ca.pem",
            "tls_certificate": self.folder / f"{name}.pem",
            "tls_key": self.folder / f"{name}.key",
        }

    def service_flags(self, name: str) -> list[str]:
        identities = ",".join(f"spiffe://sakip/service/{service}" for service in SERVICES)
        flags = [f"--{flag}={path}" for flag, path in self.files(name).items()]
        flags.append(f"--service_identities={identities}")
        flags.append(f"--proxy_identities=spiffe://sakip/client/{PROXY}")
        return flags + (self.issuer.flags() if self.issuer else [])

    def raw_flags(self) -> list[str]:
        flags = [f"--{flag}={path}" for flag, path in self.files(self.client).items()]
        return flags + ([f"--token_file={self.token_file}"] if self.issuer else [])

    def ctl_environment(self) -> dict[str, str]:
        variables = {f"SAKIP_{flag.upper()}": str(p) for flag, p in self.files(self.client).items()}
        if self.issuer:
            variables["SAKIP_TOKEN_FILE"] = str(self.token_file)
        return variables


def write_secret(path: pathlib.Path, text: str) -> None:
    """Takes the place of what was there; closed to others from its first byte."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.replace(path)

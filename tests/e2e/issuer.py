"""An issuer of tokens for tests, of another make than the suite's: Ed25519 by openssl."""

from __future__ import annotations

import base64
import json
import os
import pathlib
import subprocess
import time
from typing import Any

ISSUER = "https://issuer.test"
AUDIENCE = "sakip-test"
LIFETIME_SECONDS = 600


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _openssl(*arguments: object) -> bytes:
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True).stdout


class Issuer:
    """Signs with one key at a time; publishes all that it did not forget in `jwks.json`."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self.jwks = folder / "jwks.json"
        self._keys: dict[str, dict[str, str]] = {}
        self._made = 0
        self.signing_key = self.add_key()

    def flags(self) -> list[str]:
        return [
            "--identity=token",
            f"--issuer={ISSUER}",
            f"--audience={AUDIENCE}",
            f"--jwks={self.jwks}",
        ]

    def add_key(self) -> str:
        """Makes and publishes a key that does not sign yet."""
        self._made += 1
        kid = f"key-{self._made}"
        _openssl("genpkey", "-algorithm", "ed25519", "-out", self._path(kid))
        public = _openssl("pkey", "-in", self._path(kid), "-pubout", "-outform", "DER")[-32:]
        self._keys[kid] = {
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "EdDSA",
            "use": "sig",
            "kid": kid,
            "x": _base64url(public),
        }
        self._publish()
        return kid

    def forget_key(self, kid: str) -> None:
        del self._keys[kid]
        self._publish()

    def sign(self, kid: str = "", **claims: Any) -> str:
        """A token that is good where the claims do not say otherwise."""
        kid = kid or self.signing_key
        now = int(time.time())
        all_claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME_SECONDS,
            "sub": "tester",
            "scopes": ["regions/-"],
            **claims,
        }
        header = {"alg": "EdDSA", "kid": kid, "typ": "at+jwt"}
        signed = ".".join(_base64url(json.dumps(part).encode()) for part in (header, all_claims))
        message = self._folder / f"{kid}.{os.getpid()}.{time.monotonic_ns()}.message"
        message.write_text(signed, encoding="ascii")
        key = self._path(kid)
        signature = _openssl("pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", message)
        message.unlink()
        return f"{signed}.{_base64url(signature)}"

    def _path(self, kid: str) -> pathlib.Path:
        return self._folder / f"{kid}.key"

    def _publish(self) -> None:
        part = self.jwks.with_suffix(".part")
        part.write_text(json.dumps({"keys": list(self._keys.values())}), encoding="utf-8")
        part.replace(self.jwks)

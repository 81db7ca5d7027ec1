"""Tokens for the matrix: good ones of each role and place, and each kind of bad one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import pathlib
import time
from typing import Any

from issuer import AUDIENCE, ISSUER, Issuer
from secure import ROLES

PLACES = {
    "agency": "regions/35.09/agencies/dinsos",
    "regency": "regions/35.09",
    "province": "regions/35",
    "all": "regions/-",
}


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    def parse(part: str) -> dict[str, Any]:
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    header, claims, _ = token.split(".")
    return parse(header), parse(claims)


def unsigned(token: str) -> str:
    """What a library takes that asks the token how to check it."""
    header, claims = _parts(token)
    header["alg"] = "none"
    return f"{_base64url(json.dumps(header).encode())}.{_base64url(json.dumps(claims).encode())}."


def signed_with_public_key(token: str, key: bytes) -> str:
    """The public key, which everybody has, as the secret of an HMAC."""
    header, claims = _parts(token)
    header["alg"] = "HS256"
    text = f"{_base64url(json.dumps(header).encode())}.{_base64url(json.dumps(claims).encode())}"
    return f"{text}.{_base64url(hmac.new(key, text.encode(), hashlib.sha256).digest())}"


def with_other_claims(token: str, scopes: list[str]) -> str:
    """The signature of the one under the claims of another."""
    header, claims, signature = token.split(".")
    _, parsed = _parts(token)
    parsed["scopes"] = scopes
    return f"{header}.{_base64url(json.dumps(parsed).encode())}.{signature}"


def bad_tokens(issuer: Issuer, stranger: Issuer, **claims: Any) -> dict[str, str]:
    now = int(time.time())
    good = issuer.sign(**claims)
    public = json.loads(issuer.jwks.read_text(encoding="utf-8"))["keys"][0]["x"]
    key = base64.urlsafe_b64decode(public + "==")
    thumbprint = _base64url(hashlib.sha256(b"another certificate").digest())
    return {
        "absent": "-",
        "algorithm_none": unsigned(good),
        "another_audience": issuer.sign(aud=f"{AUDIENCE}x", **claims),
        "another_certificate": issuer.sign(cnf={"x5t#S256": thumbprint}, **claims),
        "another_issuer": issuer.sign(iss=f"{ISSUER}/", **claims),
        "changed": with_other_claims(good, ["regions/35.10"]),
        "expired": issuer.sign(iat=now - 900, nbf=now - 900, exp=now - 300, **claims),
        "not_yet_good": issuer.sign(nbf=now + 300, **claims),
        "of_a_stranger": stranger.sign(**claims),
        "public_key_as_secret": signed_with_public_key(good, key),
        "unreadable": good[: len(good) // 2],
    }


def write_credentials(file: pathlib.Path, issuer: Issuer, stranger: Issuer) -> None:
    """For matrix_driver: a good token for each role and place, and the bad ones for the first."""
    lines = []
    for role in ROLES:
        for place, scope in PLACES.items():
            token = issuer.sign(roles=[role], scopes=[scope])
            lines.append(f"good {role} {place} {token}\n")
        bad = bad_tokens(issuer, stranger, roles=[role], scopes=[PLACES["agency"]])
        lines += [f"{kind} {role} agency {token}\n" for kind, token in bad.items()]
    file.write_text("".join(lines), encoding="utf-8")


def secrets_of(file: pathlib.Path) -> set[str]:
    """What of the tokens that write_credentials wrote may stand nowhere: claims and signatures. The
    header of a token is that of many."""
    tokens = [line.split()[-1] for line in file.read_text(encoding="utf-8").splitlines()]
    return {part for token in tokens for part in token.split(".")[1:] if part}

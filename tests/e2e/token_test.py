"""Tokens between sakipctl and an issuer and a verifier of another make, PyJWT, in both directions;
and keys from an issuer over HTTPS."""

from __future__ import annotations

import base64
import datetime
import hashlib
import http.server
import ipaddress
import json
import pathlib
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from suite import BUILD

ISSUER = "https://issuer.example.go.id"
AUDIENCE = "sakip"
ALGORITHMS = ("RS256", "ES256", "EdDSA")


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int, size: int = 0) -> str:
    return base64url(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def new_key(algorithm: str) -> Any:
    if algorithm == "RS256":
        return rsa.generate_private_key(65537, 2048)
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate()


def jwk_of(private: Any, kid: str) -> dict[str, str]:
    public = private.public_key()
    if isinstance(private, rsa.RSAPrivateKey):
        numbers = public.public_numbers()
        return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e), "kid": kid}
    if isinstance(private, ec.EllipticCurvePrivateKey):
        numbers = public.public_numbers()
        x, y = number(numbers.x, 32), number(numbers.y, 32)
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid}
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw), "kid": kid, "use": "sig"}


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {
        "iss": ISSUER, "aud": [AUDIENCE, "other"], "sub": "siti@dinsos",
        "iat": now, "nbf": now, "exp": now + 600,
        "roles": ["reporter"], "scopes": ["regions/35.09/agencies/dinsos"],
    }
    return {**good, **changes}


def certificate(key: Any) -> x509.Certificate:
    """Of itself, for 127.0.0.1."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "issuer")])
    now = datetime.datetime.utcnow()
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    return (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )


class Fixture(unittest.TestCase):
    """A folder, and an issuer of another make with a key of each kind."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="sakip-token-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.keys = {algorithm: new_key(algorithm) for algorithm in ALGORITHMS}
        self.jwks = self.write("jwks.json", json.dumps(
            {"keys": [jwk_of(key, algorithm) for algorithm, key in self.keys.items()]}))

    def write(self, name: str, text: str) -> pathlib.Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def ctl(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(BUILD / "bin" / "sakipctl"), "auth", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def check(self, token: str, jwks: object = "", *more: object) -> Any:
        return self.ctl(
            "token", "check", self.write("token", token),
            "--jwks", jwks or self.jwks, "--issuer", ISSUER, "--audience", AUDIENCE, *more)

    def sign(self, algorithm: str, kid: str = "", **changes: Any) -> str:
        return jwt.encode(claims(**changes), self.keys[algorithm], algorithm,
                          headers={"kid": kid or algorithm})

    def expect_refused(self, token: str, why: str) -> None:
        result = self.check(token)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("UNAUTHENTICATED IDENTITY_INVALID", result.stderr)
        self.assertIn(why, result.stderr)


class TokenTest(Fixture):
    def test_takes_the_tokens_of_another_issuer(self) -> None:
        for algorithm in ALGORITHMS:
            result = self.check(self.sign(algorithm), "", "--output", "json")
            self.assertEqual(result.returncode, 0, result.stderr)
            answer = json.loads(result.stdout)
            self.assertEqual(answer["subject"], "siti@dinsos")
            self.assertEqual(answer["roles"], ["reporter"])
            self.assertEqual(answer["scopes"], ["regions/35.09/agencies/dinsos"])

    def test_refuses_what_another_issuer_should_not_sign(self) -> None:
        now = int(time.time())
        self.expect_refused(self.sign("ES256", exp=now - 61), "has expired")
        self.expect_refused(self.sign("ES256", nbf=now + 90), "not valid yet")
        self.expect_refused(self.sign("ES256", aud="other"), "another audience")
        self.expect_refused(self.sign("ES256", iss=ISSUER + "/x"), "another issuer")
        self.expect_refused(self.sign("ES256", kid="EdDSA"), "another `alg`")
        self.expect_refused(self.sign("ES256", roles=["service"]), "the role `service`")
        secret = self.keys["RS256"].public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        for kid in ("RS256", "ES256"):
            headers = {"kid": kid}
            self.expect_refused(jwt.encode(claims(), secret, "HS256", headers=headers), "`alg`")
            self.expect_refused(jwt.encode(claims(), "", "none", headers=headers), "`alg`")
        for algorithm in ("RS512", "PS256"):
            token = jwt.encode(claims(), self.keys["RS256"], algorithm, headers={"kid": "RS256"})
            self.expect_refused(token, "another `alg`")

    def test_issues_tokens_that_another_verifier_takes(self) -> None:
        for algorithm in ALGORITHMS:
            key, jwks = self.folder / algorithm, self.folder / "own.json"
            made = self.ctl("key", "generate", "--file", key, "--algorithm", algorithm)
            self.assertEqual(made.returncode, 0, made.stderr)
            added = self.ctl("jwks", "add", "--file", jwks, "--key", key)
            self.assertEqual(added.returncode, 0, added.stderr)
            pem = certificate(self.keys["ES256"])
            client = self.write("client.pem", pem.public_bytes(serialization.Encoding.PEM).decode())
            issued = self.ctl(
                "token", "issue", "--key", key, "--issuer", ISSUER, "--audience", AUDIENCE,
                "--subject", "siti", "--role", "auditor", "--scope", "regions/35",
                "--certificate", client)
            self.assertEqual(issued.returncode, 0, issued.stderr)
            token = issued.stdout.strip()

            kid = jwt.get_unverified_header(token)["kid"]
            known = jwt.PyJWKSet.from_dict(json.loads(jwks.read_text(encoding="utf-8")))
            public = next(jwk.key for jwk in known.keys if jwk.key_id == kid)
            read = jwt.decode(token, public, [algorithm], audience=AUDIENCE, issuer=ISSUER,
                              options={"require": ["exp", "nbf", "iat", "iss", "aud", "sub"]})

            self.assertEqual((read["sub"], read["roles"], read["scopes"]),
                             ("siti", ["auditor"], ["regions/35"]))
            self.assertEqual(read["exp"] - read["iat"], 900)
            thumbprint = hashlib.sha256(pem.public_bytes(serialization.Encoding.DER)).digest()
            self.assertEqual(read["cnf"], {"x5t#S256": base64url(thumbprint)})


class Published(http.server.BaseHTTPRequestHandler):
    """The JWKS of the server, and a way that leads to it."""

    def do_GET(self) -> None:
        moved = self.path == "/moved"
        self.send_response(302 if moved else 200)
        if moved:
            self.send_header("Location", "/jwks.json")
        self.end_headers()
        self.wfile.write(self.server.jwks)  # type: ignore[attr-defined]

    def log_message(self, *arguments: object) -> None:
        pass


class HttpsTest(Fixture):
    def setUp(self) -> None:
        super().setUp()
        key = self.keys["ES256"]
        pem = certificate(key).public_bytes(serialization.Encoding.PEM).decode()
        self.ca = self.write("ca.pem", pem)
        private = key.private_bytes(serialization.Encoding.PEM,
                                    serialization.PrivateFormat.PKCS8,
                                    serialization.NoEncryption()).decode()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.ca, self.write("server.key", private))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Published)
        server.jwks = self.jwks.read_bytes()  # type: ignore[attr-defined]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.port = server.server_address[1]

    def fetch(self, url: str, *more: object) -> Any:
        return self.check(self.sign("EdDSA"), url, *more)

    def test_takes_keys_only_from_whom_it_trusts(self) -> None:
        url = f"https://127.0.0.1:{self.port}"
        trusted = self.fetch(f"{url}/jwks.json", "--jwks-ca", self.ca)
        self.assertEqual(trusted.returncode, 0, trusted.stderr)
        for result, why in (
            (self.fetch(f"{url}/jwks.json"), "certificate"),
            (self.fetch(f"https://localhost:{self.port}/jwks.json", "--jwks-ca", self.ca),
             "localhost"),
            (self.fetch(f"{url}/moved", "--jwks-ca", self.ca), "HTTP status 302"),
            (self.fetch(f"http://127.0.0.1:{self.port}/jwks.json"), ""),
        ):
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertIn(why, result.stderr)
        plain = self.fetch("http://issuer.example.go.id/jwks.json")
        self.assertEqual(plain.returncode, 2, plain.stderr)
        self.assertIn("is not https://", plain.stderr)

"""Who may do what: the answers of the real programs are those of matrix.txt, cell by cell.

A new RPC fails here until it has its rows. To see what they would be:

    export PYTHONPATH=tests/authz SAKIP_MATRIX_OUT=/tmp/matrix.txt
    python3 tests/e2e/run.py build/dev matrix_test

Then read each row that changed: a code that is no `-` lets the role see or do something there.
"""

from __future__ import annotations

import difflib
import json
import os
import pathlib
import subprocess
import unittest

import small
import tokens
from issuer import Issuer
from secure import ROLES as TOKEN_ROLES
from suite import BUILD, Suite
from trail import entries

EXPECTED = pathlib.Path(__file__).resolve().parent / "matrix.txt"

# All tenants of the matrix that are agencies and exist.
AGENCIES = (
    "regions/35.09/agencies/dinsos",
    "regions/35.09/agencies/dinkes",
    "regions/35.09/agencies/dinsos-2",
    "regions/35.10/agencies/dinsos",
    "regions/33.09/agencies/dinsos",
)

ROLES = (*TOKEN_ROLES, "service")

# In the order of the columns.
TENANTS = (
    "own",
    "sibling",
    "namesake",
    "regency",
    "district",
    "province",
    "neighbour",
    "elsewhere",
    "unknown",
    "all",
    "malformed",
)

# What lies in and below a place; `nowhere` would lie in the regency.
_REGENCY = {"own", "sibling", "namesake", "regency", "district", "unknown"}
REACHED = {
    "agency": {"own"},
    "regency": _REGENCY,
    "province": _REGENCY | {"province", "neighbour"},
    "all": set(TENANTS),
}

# What lies above it: code lists and reference values of a region are for everyone below.
ABOVE: dict[str, set[str]] = {
    "agency": {"regency", "province"},
    "regency": {"province"},
    "province": set(),
    "all": set(),
}
READABLE_BELOW = {"GetCodeEdition", "ListCodeEditions", "LookUpCodes", "ListReferenceValues"}

# Registering is the first step of an installation, and code lists are no tenant's data.
OF_OPERATORS = {"RegisterAgency", "PublishCodeEdition", *READABLE_BELOW}
READS = ("Diff", "Follow", "Get", "List", "LookUp", "Read", "Watch")


def without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def parse(lines: list[str]) -> list[tuple[str, str, list[str], list[str]]]:
    """RPC, place, codes and roles of each row."""
    rows = []
    path = place = ""
    for line in lines:
        words = line.split()
        if line.startswith("/"):
            path, place = words
            continue
        codes = [word for word in words if word not in ROLES]
        rows.append((path.rsplit("/", 1)[1], place, codes, words[len(codes) :]))
    return rows


def cells(lines: list[str], roles: list[str]) -> dict[tuple[str, str, str], list[str]]:
    """The codes by RPC, place and role."""
    found = {}
    for rpc, place, codes, of_roles in parse(lines):
        for one in REACHED if place == "anywhere" else (place,):
            found.update({(rpc, one, role): codes for role in of_roles if role in roles})
    return found


def ask(suite: Suite, *flags: str) -> subprocess.CompletedProcess[str]:
    """Registers the agencies and runs the driver, which must end well."""
    suite.ctl("agency", "register", *(suite.file(small.agency(a)) for a in AGENCIES))
    command = [
        str(BUILD / "tests/matrix_driver"),
        f"--descriptors={BUILD / 'tests/authz/sakip.binpb'}",
        *flags,
        *(f"{service.name}={service.address}" for service in suite.services),
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert result.returncode == 0, result.stderr
    return result


class Matrix(unittest.TestCase):
    def setUp(self) -> None:
        self.expected = without_comments(EXPECTED.read_text(encoding="utf-8"))

    def test_every_rpc_answers_every_role_about_every_tenant_as_reviewed(self) -> None:
        with Suite() as suite:
            text = ask(suite).stdout
        if out := os.environ.get("SAKIP_MATRIX_OUT"):
            pathlib.Path(out).write_text(text, encoding="utf-8")
        answered = without_comments(text)
        lines = difflib.unified_diff(self.expected, answered, "reviewed", "answered", n=1)
        difference = list(lines)
        self.assertEqual(difference, [], "\n" + "\n".join(difference))

    def check_no_token_is_kept(self, suite: Suite, secrets: set[str]) -> None:
        """In what the services log, record of calls and show of themselves."""
        self.assertGreater(len(secrets), 100)
        for service in suite.services:
            trail = json.dumps(entries(suite, service))
            kept = {
                "log": service.log.read_text(encoding="utf-8"),
                "trail": trail,
                "metrics": service.metrics(),
            }
            # There is something to look through: calls by these tokens.
            self.assertIn('"tester"', kept["log"])
            self.assertIn('"tester"', trail)
            self.assertIn("sakip_rpc_total", kept["metrics"])
            for where, text in kept.items():
                found = [secret for secret in secrets if secret in text]
                self.assertEqual(found, [], f"{service.name} keeps tokens in its {where}")
                self.assertNotIn("Bearer ", text, f"{service.name} {where}")

    def test_tokens_over_tls_give_the_same_and_bad_ones_nothing(self) -> None:
        with Suite(tokens=True) as suite:
            assert suite.secure is not None and suite.secure.issuer is not None
            elsewhere = suite.folder / "elsewhere"
            elsewhere.mkdir()
            credentials = suite.folder / "credentials"
            tokens.write_credentials(credentials, suite.secure.issuer, Issuer(elsewhere))
            files = suite.secure.files("client").items()
            result = ask(
                suite, f"--credentials={credentials}", *(f"--{flag}={path}" for flag, path in files)
            )
            self.check_no_token_is_kept(suite, tokens.secrets_of(credentials))
        print(result.stderr, end="")
        figures = json.loads(result.stderr.splitlines()[-1])
        self.assertEqual(figures["let_in"], 0)
        self.assertGreater(figures["cells"], 10000)
        expected = cells(self.expected, TOKEN_ROLES)
        self.assertEqual(cells(without_comments(result.stdout), TOKEN_ROLES), expected)


class Reviewed(unittest.TestCase):
    """What must hold of every row, whoever wrote it down."""

    def setUp(self) -> None:
        self.rows = parse(without_comments(EXPECTED.read_text(encoding="utf-8")))
        self.assertGreater(len(self.rows), 300)

    def test_nobody_passes_about_tenants_that_are_not_below_him(self) -> None:
        for rpc, place, codes, roles in self.rows:
            if len(codes) == 1:
                continue  # Touches no tenant's data.
            reached = REACHED[place] | (ABOVE[place] if rpc in READABLE_BELOW else set())
            for tenant, code in zip(TENANTS, codes, strict=True):
                if tenant not in reached and tenant != "malformed":
                    self.assertEqual(code, "-", f"{rpc} from {place}: {roles} see {tenant}")

    def test_who_runs_the_machines_sees_no_tenant(self) -> None:
        for rpc, _, codes, roles in self.rows:
            if "operator" in roles and len(codes) > 1 and rpc not in OF_OPERATORS:
                self.assertLessEqual(set(codes), {"-", "invalid"}, rpc)
                self.assertEqual(set(codes[:-1]), {"-"}, rpc)

    def test_a_service_writes_nothing(self) -> None:
        for rpc, _, codes, roles in self.rows:
            if "service" in roles and not rpc.startswith(READS):
                self.assertEqual(set(codes) - {"invalid"}, {"-"}, rpc)

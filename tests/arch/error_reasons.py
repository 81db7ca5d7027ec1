"""Each reason of error_reason.proto is used by the code with the code that the proto states, is
tested and stands in the table of the README; the code uses no others."""

from __future__ import annotations

import re

from tree import Fault, Tree

_PROTO = "proto/sakip/errors/v1/error_reason.proto"
_README = "proto/README.md"
_VALUE = re.compile(r"((?:^ *//.*\n)+)^ *ERROR_REASON_([A-Z0-9_]+) = [1-9]", re.MULTILINE)
_ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
_MAKE_ERROR = re.compile(r'MakeError\(\s*(?:absl::StatusCode::k(\w+)|[\w.()]+),\s*"([^"]*)"')

# Reasons that the proto does not have, because they end a process or tell it to build a view anew;
# common/rpc never sends a reason that the proto does not have, it sends INTERNAL.
_STAYS_INSIDE = {
    "LOG_DAMAGED",
    "VIEW_DAMAGED",
    "VIEW_DIRECTORY_WRONG",
    "VIEW_NOT_OPENED",
    "VIEW_POSITION_CONFLICT",
    "VIEW_STOPPED",
}

# Reasons of errors that never leave the process: what a start or the check of a proof fails with,
# or what is sent as INTERNAL.
_LOCAL = {
    "BACKUP_DAMAGED",
    "BACKUP_NOT_FOUND",
    "CHECKPOINT_DIFFERS",
    "EXPORT_DAMAGED",
    "EXPORT_EXISTS",
    "EXPORT_NOT_WRITTEN",
    "EXPORT_UNREADABLE",
    "JWKS_MALFORMED",
    "JWKS_UNREADABLE",
    "JWKS_URL_WRONG",
    "KEY_FILE_EXISTS",
    "KEY_FILE_EXPOSED",
    "KEY_FILE_MISSING",
    "KEY_MALFORMED",
    "LOG_DAMAGED",
    "LOG_EXISTS",
    "LOG_HEALTHY",
    "LOG_NOT_FOUND",
    "LOSS_NOT_AS_ACCEPTED",
    "LOG_FORKED",
    "LOG_FORMAT_UNKNOWN",
    "LOG_INCOMPLETE",
    "LOG_NOT_OPENED",
    "LOG_ROLLED_BACK",
    "LOG_TAKEN_OVER",
    "NOTE_MALFORMED",
    "PROOF_INVALID",
    "RECEIPT_MALFORMED",
    "SIGNATURE_INVALID",
    "SIGNATURE_MISSING",
    "TOKEN_OPTION_WRONG",
    "VIEW_DAMAGED",
    "VIEW_DIRECTORY_WRONG",
    "VIEW_NOT_OPENED",
    "VIEW_POSITION_CONFLICT",
    "VIEW_STOPPED",
    "WITNESS_FOLDER_IN_USE",
    "WITNESS_STATE_DAMAGED",
    "WITNESS_STATE_NOT_WRITTEN",
}

# Reasons that no code uses, or no test provokes, and why that is right.
_UNUSED: dict[str, str] = {}
_UNTESTED: dict[str, str] = {}


def check(tree: Tree) -> list[str]:
    codes = {reason: _code(comment) for comment, reason in _VALUE.findall(tree.text(_PROTO))}
    if not codes:
        return [f"{_PROTO}: no reason found"]
    complaints = []
    used, tested = set(), set()
    for path in tree.files(".cc", ".h", ".py"):
        text = tree.text(path)
        if path.endswith("_test.cc") or path.startswith("tests/e2e/"):
            tested |= {r for r in codes if re.search(rf"\b{r}\b", text)}
        elif path.startswith(("common/", "services/")):
            used |= {r for r in codes if f'"{r}"' in text}
            complaints += _wrong_uses(path, text, codes)
    for reason in sorted(codes):
        complaints += _held_against(reason, "used by no code", used, _UNUSED)
        complaints += _held_against(reason, "in no test", tested, _UNTESTED)
    rows = set(_ROW.findall(tree.text(_README)))
    complaints += [f"{_README}: no row for {reason}" for reason in sorted(codes.keys() - rows)]
    return complaints


def _code(comment: str) -> str:
    """`INVALID_ARGUMENT` of the comment's first sentence as it is written in C++."""
    first = re.sub(r"^ *// ?", "", comment, flags=re.MULTILINE).split(".")[0].strip()
    return "".join(word.capitalize() for word in first.split("_"))


def _wrong_uses(path: str, text: str, codes: dict[str, str]) -> list[str]:
    complaints = []
    for code, reason in _MAKE_ERROR.findall(text):
        if reason in _STAYS_INSIDE:
            continue
        if reason in _LOCAL:
            continue
        if reason not in codes:
            complaints.append(f"{path}: {reason} is not in {_PROTO}")
        elif code and code != codes[reason]:
            complaints.append(f"{path}: {reason} comes with {code}, not {codes[reason]}")
    return complaints


def _held_against(reason: str, what: str, seen: set[str], excused: dict[str, str]) -> list[str]:
    if reason in seen and reason in excused:
        return [f"{_PROTO}: {reason} is excused as {what}, and is not; take the excuse away"]
    if reason not in seen and reason not in excused:
        return [f"{_PROTO}: {reason} is {what}"]
    return []


_PLANTED = "\n  // ABORTED. Planted.\n  ERROR_REASON_PLANTED = 99;\n}\n"

FAULTS = [
    Fault("common/base/planted.cc", 'MakeError(\n    absl::StatusCode::kAborted, "NO_SUCH", "")',
          "NO_SUCH is not in"),
    Fault("common/base/planted.cc", 'MakeError(absl::StatusCode::kNotFound, "REVISION_CONFLICT")',
          "REVISION_CONFLICT comes with NotFound, not Aborted"),
    Fault(_PROTO, _PLANTED, "PLANTED is used by no code", replaces="\n}\n"),
    Fault(_PROTO, _PLANTED, "PLANTED is in no test", replaces="\n}\n"),
    Fault(_PROTO, _PLANTED, "no row for PLANTED", replaces="\n}\n"),
]

"""The protos pass `buf lint` and are laid out as `buf format` does."""

from __future__ import annotations

import subprocess

from tree import ROOT, Fault, Tree

_BUF = ROOT / ".cache/buf/node_modules/.bin/buf"


def check(tree: Tree) -> list[str]:
    if not _BUF.exists():
        return ["buf is not installed: run deploy/setup.sh --test"]
    complaints = []
    for command in (["lint", "proto"], ["format", "--diff", "--exit-code", "proto"]):
        result = subprocess.run([_BUF, *command], cwd=tree.root, capture_output=True, text=True)
        if result.returncode != 0:
            complaints += (result.stdout + result.stderr).splitlines()
    return complaints


_PROTO = "proto/sakip/types/v1/measure.proto"

FAULTS = [
    Fault(_PROTO, "\n// X.\nmessage Planted {\n  // X.\n  string badName = 1;\n}\n", "badName"),
    Fault(_PROTO, "\nmessage Planted {}\n", "comment"),
    Fault(_PROTO, "\n// Planted.\nmessage Planted {   }\n", "+message Planted {}"),
]

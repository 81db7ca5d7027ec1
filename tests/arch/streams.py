"""The streams of services are those of common/rpc: PullReactor and ClientStream.

These ask before each message whether its caller may still go on, and let the caller pay for the
ones before; a reactor made of gRPC's own could forget both.
"""

from __future__ import annotations

import re

from tree import Fault, Tree

_OWN_STREAM = re.compile(
    r"\b(?:public|protected|private)\s+(?:::)?grpc::Server(?:Read|Write|Bidi)Reactor\b"
)
_WRAPPERS = "common/rpc/"


def check(tree: Tree) -> list[str]:
    return [
        f"{path}: a class has a reactor of gRPC as its base; take PullReactor or ClientStream"
        for path in tree.files(".cc", ".h")
        if not path.startswith(_WRAPPERS) and _OWN_STREAM.search(tree.text(path))
    ]


FAULTS = [
    Fault(path, f"class Planted final\n    : public grpc::{base}<Message> {{}};\n", "take PullR")
    for path, base in (
        ("services/realization/rpc/evidence_download.h", "ServerWriteReactor"),
        ("services/scoring/rpc/planted.cc", "ServerBidiReactor"),
        ("common/eventlog/follow_reactor.h", "ServerReadReactor"),
    )
]

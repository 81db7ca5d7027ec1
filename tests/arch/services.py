"""Services are made of what common/rpc has for them: RawService, PullReactor and ClientStream; and
the RPCs of each are fuzzed.

A service of another base is given messages that gRPC read before anybody was asked who calls. A
reactor of another base could forget to ask, before each message, whether its caller may still go
on, and to let the caller pay for the ones before.
"""

from __future__ import annotations

import re

from tree import Fault, Tree

_OWN_STREAM = re.compile(
    r"\b(?:public|protected|private)\s+(?:::)?grpc::Server(?:Read|Write|Bidi)Reactor\b"
)
_OWN_SERVICE = re.compile(
    r"\b(?:(?:Callback|Async|Streamed|StreamedUnary|SplitStreamed)Service\b"
    r"|With(?!RawCallbackMethod_)\w*Method_\w+|WithRawCallbackMethod_\w+\s*<)"
)
_SERVICE = re.compile(r"^service (\w+) \{", re.MULTILINE)
_OURS = ("common/", "services/")
_WRAPPERS = "common/rpc/"


def check(tree: Tree) -> list[str]:
    complaints = []
    for path in tree.files(".cc", ".h"):
        if path.startswith(_WRAPPERS):
            continue
        text = tree.text(path)
        if _OWN_STREAM.search(text):
            complaints.append(
                f"{path}: a class has a reactor of gRPC as its base; take PullReactor or "
                "ClientStream"
            )
        if path.startswith(_OURS) and _OWN_SERVICE.search(text):
            complaints.append(f"{path}: gRPC reads the requests of a service; take RawService")
    fuzzed = " ".join(
        tree.text(path) for path in tree.files(".cc") if re.search(r"tests/fuzz/\w+_rpc_fuzz", path)
    )
    for path in tree.files(".proto"):
        if not path.startswith("proto/"):
            continue
        for service in _SERVICE.findall(tree.text(path)):
            if f"::{service}::service_full_name()" not in fuzzed:
                complaints.append(f"{path}: {service} is in no target of tests/fuzz")
    return complaints


FAULTS = [
    Fault("proto/sakip/planted/v1/planted.proto", "service PlantedService {\n}\n", "in no target"),
    *(
        Fault(path, f"class Planted : public grpc::{base}<Message> {{}};\n", "take PullR")
        for path, base in (
            ("services/realization/rpc/evidence_download.h", "ServerWriteReactor"),
            ("services/scoring/rpc/planted.cc", "ServerBidiReactor"),
            ("common/eventlog/follow_reactor.h", "ServerReadReactor"),
        )
    ),
    *(
        Fault(path, f"class Planted\n    : public v1::Planted::{base} {{}};\n", "take RawService")
        for path, base in (
            ("services/scoring/rpc/planted.h", "CallbackService"),
            ("common/audit/audit_service.h", "WithCallbackMethod_Get<Base>"),
            ("services/planning/rpc/planted.h", "WithRawCallbackMethod_Get<Base>"),
            ("common/backup/planted.h", "Service, v1::Planted::WithCallbackMethod_Get"),
        )
    ),
]

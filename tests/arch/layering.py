"""proto <- common <- services/<name>/domain (pure) <- services/<name>; services meet in proto."""

from __future__ import annotations

import re

from tree import Fault, Tree

_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')

# What a domain may include of ours and of libraries; the C++ standard library has no slash.
_DOMAIN_MAY = (
    "absl/",
    "common/base/",
    "common/exact/",
    "common/finding/",
    "common/money/",
    "common/plan/",
    "common/policy/",
)
_TESTS_MAY = ("gtest/", "gmock/", "benchmark/", "yaml-cpp/", "common/testing/")

# Layers of common that know nothing of the others.
_COMMON_ALONE = {
    "common/base/": ("common/base/",),
    "common/exact/": ("common/base/", "common/exact/"),
    "common/finding/": ("common/base/", "common/finding/"),
    "common/money/": ("common/base/", "common/exact/", "common/money/"),
    "common/plan/": (
        "common/base/",
        "common/exact/",
        "common/finding/",
        "common/money/",
        "common/plan/",
    ),
    "common/policy/": ("common/base/", "common/exact/", "common/plan/", "common/policy/"),
}

# What turns the values of a layer above into messages: neither that layer nor a domain sees it.
_MESSAGES = "/proto/"

# The storage engine is named in the libraries that wrap it, and where it is measured or its disk
# is simulated.
_ROCKSDB_MAY = (
    "common/backup/",
    "common/eventlog/",
    "common/views/",
    "common/testing/",
    "tests/bench/",
    "tests/faults/",
)


def check(tree: Tree) -> list[str]:
    complaints = []
    for path in tree.files(".cc", ".h"):
        for number, line in tree.lines(path):
            match = _INCLUDE.match(line)
            if match:
                why = _forbidden(path, match.group(1))
                if why:
                    complaints.append(f"{path}:{number}: includes {match.group(1)}: {why}")
    return complaints


def _forbidden(path: str, included: str) -> str:
    parts = path.split("/")
    is_test = path.endswith("_test.cc") or parts[0] == "tests" or "testing" in parts
    if included.startswith("rocksdb/") and not path.startswith(_ROCKSDB_MAY):
        return "only common/eventlog and common/views know the storage engine"
    if included.startswith("tests/") and not path.startswith("tests/"):
        return "what is shipped knows nothing of tests"
    if included.startswith("common/testing/") and not is_test:
        return "what is shipped knows nothing of tests"
    if parts[0] == "common" and included.startswith("services/"):
        return "common never includes services"
    for layer, may in _COMMON_ALONE.items():
        ours = included.startswith(("common/", "sakip/"))
        if _MESSAGES in path:
            continue
        if path.startswith(layer) and _MESSAGES in included:
            return f"{layer} knows no messages"
        if path.startswith(layer) and ours and not included.startswith(may + _TESTS_MAY):
            return f"{layer} knows nothing above it"
    if parts[0] == "services" and included.startswith("services/"):
        if included.split("/")[1] != parts[1]:
            return "services meet in proto, never in headers"
    if parts[0] == "services" and len(parts) > 3 and parts[2] == "domain":
        may = _DOMAIN_MAY + (f"services/{parts[1]}/domain/",) + (_TESTS_MAY if is_test else ())
        if "/" in included and (not included.startswith(may) or _MESSAGES in included):
            return "a domain is pure: no gRPC, no storage, no protobuf"
    return ""


FAULTS = [
    Fault("services/planning/domain/planted.cc", f'#include {header}\n', "a domain is pure")
    for header in (
        "<grpcpp/grpcpp.h>",
        "<google/protobuf/message.h>",
        '"sakip/planning/v1/agency.pb.h"',
        '"common/rpc/call.h"',
        '"common/eventlog/event_log.h"',
        '"common/views/view_store.h"',
        '"services/planning/store/plan_view.h"',
        '"services/planning/rpc/convert.h"',
    )
] + [
    Fault("services/scoring/domain/planted.h", "#include <rocksdb/db.h>\n", "storage engine"),
    Fault("services/scoring/main.cc", '#include "services/planning/domain/plan.h"\n', "in proto"),
    Fault("common/base/error.h", '#include "services/cli/output.h"\n', "never includes services"),
    Fault("common/base/error.h", '#include "common/rpc/call.h"\n', "nothing above it"),
    Fault("common/base/error.cc", '#include "common/testing/temp_dir.h"\n', "nothing of tests"),
]

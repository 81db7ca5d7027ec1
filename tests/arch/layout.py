"""Code has lines of at most 100 columns, files of a readable size, and clang-format's layout."""

from __future__ import annotations

import subprocess

from tree import Fault, Tree

_COLUMNS_MAX = 100
_LINES_MAX = {".h": 300, ".cc": 300, "_test.cc": 500, ".py": 300, "_test.py": 500}
_LINES_NEVER_MORE = 500

# Larger than the rule, each with the reason why it does not hold two nouns.
_LARGE: dict[str, str] = {
}

_CLANG_FORMAT = "clang-format-14"


def check(tree: Tree) -> list[str]:
    complaints = []
    for path in _paths(tree, ".cc", ".h", ".py", ".sh", ".proto"):
        lines = tree.lines(path)
        for number, line in lines:
            # `buf format` has the head of an RPC in one line, however long.
            is_rpc = path.endswith(".proto") and line.startswith("  rpc ")
            if len(line) > _COLUMNS_MAX and not is_rpc:
                complaints.append(f"{path}:{number}: has {len(line)} columns")
            if line != line.rstrip() or "\t" in line:
                complaints.append(f"{path}:{number}: has a tab, or a blank at its end")
        complaints += _size(path, len(lines))
    return complaints + _clang_format(tree)


def _paths(tree: Tree, *suffixes: str) -> list[str]:
    return [path for path in tree.files(*suffixes) if tree.only in ("", path)]


def _size(path: str, lines: int) -> list[str]:
    suffixes = [suffix for suffix in _LINES_MAX if path.endswith(suffix)]
    if not suffixes:
        return []
    limit = _LINES_MAX[max(suffixes, key=len)]
    if lines > _LINES_NEVER_MORE or (lines > limit and path not in _LARGE):
        return [f"{path}: has {lines} lines, more than {limit}; split it by noun"]
    if lines <= limit and path in _LARGE:
        return [f"{path}: is excused as large, and is not; take the excuse away"]
    return []


def _clang_format(tree: Tree) -> list[str]:
    paths = _paths(tree, ".cc", ".h")
    if not paths:
        return []
    command = [_CLANG_FORMAT, "--dry-run", "--Werror", *paths]
    try:
        result = subprocess.run(command, cwd=tree.root, capture_output=True, text=True)
    except FileNotFoundError:
        return [f"{_CLANG_FORMAT} is not installed: run deploy/setup.sh --test"]
    return [line for line in result.stderr.splitlines() if "error:" in line]


FAULTS = [
    Fault("common/base/error.cc", "// " + "x" * 100 + "\n", "has 103 columns"),
    Fault("proto/sakip/errors/v1/error_reason.proto", "// " + "x" * 100 + "\n", "has 103 columns"),
    Fault("common/base/error.cc", "int x; \n", "blank at its end"),
    Fault("common/base/error.h", "// x\n" * 500, "lines, more than 300"),
    Fault("common/base/error_test.cc", "// x\n" * 500, "lines, more than 500"),
    Fault("common/base/error.cc", "int  x ;\n", "code should be clang-formatted"),
]

"""The top of the repository holds a known set of files and folders, and dotfiles."""

from __future__ import annotations

from tree import Fault, Tree

_TOP = {
    "CMakeLists.txt",
    "CMakePresets.json",
    "README.md",
    "common",
    "deploy",
    "proto",
    "services",
    "tests",
}


def check(tree: Tree) -> list[str]:
    found = {path.split("/")[0] for path in tree.files()}
    found = {name for name in found if not name.startswith(".")}
    unknown = [f"{name}: does not belong at the top" for name in sorted(found - _TOP)]
    missing = [f"{name}: is missing" for name in sorted(_TOP - found)]
    return unknown + missing


FAULTS = [
    Fault("notes.txt", "x", "notes.txt: does not belong"),
    Fault("lib/x.cc", "x", "lib: does not belong"),
]

"""A header compiles alone, and its guard is its path.

That a header compiles alone is proved by the build where the first include of a source that was
built is that header. The few that are first nowhere are compiled here, through ccache where it is
installed: the first time takes a minute, later ones only what changed.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

from tree import ROOT, Fault, Tree

_FIRST_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def check(tree: Tree) -> list[str]:
    headers = [header for header in tree.files(".h") if tree.only in ("", header)]
    complaints = [c for header in headers for c in _guard(tree, header)]
    built = _built_sources(tree)
    proved = {_first_include(tree, source) for source in built if (tree.root / source).exists()}
    alone = [header for header in headers if header not in proved]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(lambda header: _compile(tree, built, header), alone):
            complaints += result
    return complaints


def _guard(tree: Tree, header: str) -> list[str]:
    guard = "SAKIP_" + re.sub(r"[^A-Z0-9]", "_", header.upper()) + "_"
    text = tree.text(header)
    opens = f"#ifndef {guard}\n#define {guard}\n" in text
    closes = text.rstrip().endswith(f"#endif  // {guard}")
    return [] if opens and closes else [f"{header}: the guard is not {guard}"]


def _first_include(tree: Tree, source: str) -> str:
    match = _FIRST_INCLUDE.search(tree.text(source))
    return match.group(1) if match else ""


def _built_sources(tree: Tree) -> dict[str, list[str]]:
    """Flags by source of ours that the build compiles."""
    sources = {}
    for entry in json.loads((tree.build / "compile_commands.json").read_text(encoding="utf-8")):
        file = pathlib.Path(entry["file"])
        if file.is_relative_to(ROOT) and not file.is_relative_to(tree.build):
            sources[str(file.relative_to(ROOT))] = shlex.split(entry["command"])
    return sources


def _compile(tree: Tree, built: dict[str, list[str]], header: str) -> list[str]:
    flags = _flags(built[_neighbour(tree, built, header)], tree.root)
    source = tree.build / "arch_headers" / (header.replace("/", "_") + ".cc")
    source.parent.mkdir(exist_ok=True)
    source.write_text(f'#include "{header}"\n', encoding="utf-8")
    ccache = ["ccache"] if shutil.which("ccache") else []
    command = [*ccache, "g++", *flags, "-O0", "-c", str(source), "-o", f"{source}.o"]
    result = subprocess.run(command, cwd=tree.root, capture_output=True, text=True)
    if result.returncode == 0:
        return []
    error = next((l for l in result.stderr.splitlines() if "error:" in l), result.stderr)
    return [f"{header}: does not compile alone: {error.replace(str(tree.root) + '/', '')}"]


def _neighbour(tree: Tree, built: dict[str, list[str]], header: str) -> str:
    """A source that is built with the flags that the header needs: one that includes it, or else
    one near it that sees the most folders."""

    def nearness(source: str) -> tuple[bool, int, int]:
        file = tree.root / source
        includes = file.exists() and f'#include "{header}"' in file.read_text(encoding="utf-8")
        folders = os.path.commonprefix([source.split("/"), header.split("/")])
        return includes, len(folders), len(_flags(built[source], tree.root))

    return max(built, key=nearness)


def _flags(command: list[str], root: pathlib.Path) -> list[str]:
    flags = ["-I" + str(root)]
    for i, word in enumerate(command):
        if word == "-isystem":
            flags += [word, command[i + 1]]
        elif word == f"-I{ROOT}":
            continue
        elif word.startswith(("-I", "-D", "-std=")):
            flags.append(word)
    return flags


FAULTS = [
    Fault(
        "common/base/planted.h",
        "#ifndef SAKIP_COMMON_BASE_PLANTED_H_\n#define SAKIP_COMMON_BASE_PLANTED_H_\n"
        "std::string Planted();\n#endif  // SAKIP_COMMON_BASE_PLANTED_H_\n",
        "common/base/planted.h: does not compile alone",
    ),
    Fault(
        "common/base/error.h",
        "#ifndef ERROR_H\n#define ERROR_H\n",
        "common/base/error.h: the guard is not SAKIP_COMMON_BASE_ERROR_H_",
        replaces="#ifndef SAKIP_COMMON_BASE_ERROR_H_\n#define SAKIP_COMMON_BASE_ERROR_H_\n",
    ),
]

"""Runs one check of the repository, or proves that the check can fail.

    run.py CHECK --build BUILD_DIR [--self-test]

A check is a module here with `check(tree)`, which returns complaints, and FAULTS, which the check
must complain about once they are planted in a copy of the repository.
"""

from __future__ import annotations

import argparse
import importlib
import pathlib
import sys
import tempfile
import types

import tree as trees


def run_check(module: types.ModuleType, tree: trees.Tree) -> int:
    complaints = module.check(tree)
    for complaint in complaints:
        print(complaint)
    if complaints:
        print(f"\n{len(complaints)} complaints. The rule: {module.__doc__.strip()}")
    return 1 if complaints else 0


def self_test(module: types.ModuleType, tree: trees.Tree) -> int:
    failures = 0
    with tempfile.TemporaryDirectory(prefix="sakip-arch-") as folder:
        copy = tree.copy_to(pathlib.Path(folder))
        for fault in module.FAULTS:
            copy.only = fault.path
            before = set(module.check(copy))
            with fault.planted(copy.root):
                new = [c for c in module.check(copy) if c not in before]
            caught = any(fault.complaint in complaint for complaint in new)
            verdict = "caught" if caught else "MISSED"
            print(f"{verdict}: {fault.complaint!r} planted in {fault.path}")
            if not caught:
                failures += 1
                print(f"        it said {new}")
    if not module.FAULTS:
        print("no fault is listed")
    return 1 if failures or not module.FAULTS else 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("check")
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    module = importlib.import_module(arguments.check)
    tree = trees.Tree(trees.ROOT, arguments.build)
    return self_test(module, tree) if arguments.self_test else run_check(module, tree)


if __name__ == "__main__":
    sys.exit(main())

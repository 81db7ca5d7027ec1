"""Tests the tests: plants each bug of mutants/ in a copy of the tree; its test must fail.

    run_mutants.py [--build FOLDER] [NAME...]    builds and runs; prints a table
    run_mutants.py --check                       only that every patch applies and names a test

A patch begins with `Caught by: PROGRAM [FILTER]`: a test program, with the filter of the test that
must fail, or a campaign or an end-to-end test in Python, whose short form must fail. A bug that
goes unnoticed is an error, and so is a patch that no longer applies: the code moved on, and the bug
has to be planted anew. The test must pass without the bug: the ordinary run of the tests shows that
of tests by name; of campaigns and end-to-end tests, which may fail for other reasons, it is seen
here first.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MUTANTS = pathlib.Path(__file__).resolve().parent / "mutants"
MUTANTS_MIN = 12
TEST_SECONDS_MAX = 600.0
# What a campaign or an end-to-end test starts.
SERVERS = ["planningd", "realizationd", "scoringd", "sakipctl", "raw_call", "failing_calls"]
DRIVERS = {
    "matrix_test.py": ["matrix_driver"],
    "isolation_test.py": ["canary_driver", "oracle_driver"],
}


@dataclasses.dataclass(frozen=True)
class Mutant:
    patch: pathlib.Path
    program: str
    test_filter: str  # Empty for a campaign.

    @property
    def name(self) -> str:
        return self.patch.stem

    @property
    def targets(self) -> list[str]:
        if not self.program.endswith(".py"):
            return [self.program]
        return SERVERS + DRIVERS.get(self.program, [])

    def command(self, tree: pathlib.Path) -> list[str]:
        build = str(tree / "build/dev")
        if self.program.endswith("_test.py"):
            run = str(tree / "tests/e2e/run.py")
            return [sys.executable, "-B", run, build, self.program.removesuffix(".py")]
        if self.program.endswith(".py"):
            campaign = str(tree / "tests/faults" / self.program)
            return [sys.executable, "-B", campaign, build]
        command = [str(tree / "build/dev/tests" / self.program)]
        return command + ([f"--gtest_filter={self.test_filter}"] if self.test_filter else [])


def read_mutants() -> list[Mutant]:
    mutants = []
    for patch in sorted(MUTANTS.glob("*.patch")):
        first = patch.read_text(encoding="utf-8").splitlines()[0]
        match = re.fullmatch(r"Caught by: (\w+(?:\.py)?)(?: (\S+))?", first)
        if match is None:
            sys.exit(f"{patch.name}: the first line names no test: {first!r}")
        mutants.append(Mutant(patch, match[1], match[2] or ""))
    return mutants


def apply(tree: pathlib.Path, mutant: Mutant, *flags: str) -> subprocess.CompletedProcess[str]:
    # Within another repository git would take the paths as that one's.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    return subprocess.run(
        ["git", "apply", *flags, str(mutant.patch)],
        cwd=tree, env=environment, capture_output=True, text=True,
    )


def check(mutants: list[Mutant]) -> int:
    complaints = [] if len(mutants) >= MUTANTS_MIN else [f"only {len(mutants)} mutants"]
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in [*ROOT.glob("**/*_test.cc"), *ROOT.glob("**/CMakeLists.txt")]
        if "build" not in path.relative_to(ROOT).parts
    )
    for mutant in mutants:
        planted = subprocess.run(
            ["git", "apply", "--check", str(mutant.patch)],
            cwd=ROOT, capture_output=True, text=True,
        )
        if planted.returncode != 0:
            complaints.append(f"{mutant.name}: does not apply: {planted.stderr.strip()}")
        program = mutant.program.removesuffix(".py")
        for word in filter(None, [program, *mutant.test_filter.replace("*", "").split(".")]):
            if not re.search(rf"\b{word}\b", sources):
                complaints.append(f"{mutant.name}: there is no {word}")
    print("\n".join(complaints) or f"{len(mutants)} mutants apply")
    return 1 if complaints else 0


def copy_sources(tree: pathlib.Path) -> None:
    """Brings the copy up to date; what did not change keeps its time, and is not built again."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        source, copy = ROOT / name, tree / name
        if not source.is_file():
            continue
        if copy.exists() and copy.read_bytes() == source.read_bytes():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)


def build(tree: pathlib.Path, targets: list[str]) -> str:
    """Returns what is wrong; empty where it was built."""
    for command in (["cmake", "--preset", "dev"], ["ninja", "-C", "build/dev", *targets]):
        result = subprocess.run(command, cwd=tree, capture_output=True, text=True)
        if result.returncode != 0:
            return (result.stdout + result.stderr)[-2000:]
    return ""


def try_test(tree: pathlib.Path, mutant: Mutant) -> subprocess.CompletedProcess[str] | None:
    """None where it hangs: ctest would end it, and fail."""
    try:
        return subprocess.run(
            mutant.command(tree), cwd=tree, capture_output=True, text=True,
            timeout=TEST_SECONDS_MAX,
            env={**os.environ, "PYTHONPATH": str(tree / "tests/authz")},
        )
    except subprocess.TimeoutExpired:
        return None


def wrong_without_a_bug(tree: pathlib.Path, mutant: Mutant, tried: dict[str, str]) -> str:
    """What is wrong with the test itself; empty where it passes, or is one of many of a program."""
    if mutant.test_filter:
        return ""
    if mutant.program not in tried:
        wrong = build(tree, mutant.targets)
        if not wrong:
            result = try_test(tree, mutant)
            if result is None or result.returncode != 0:
                wrong = "hangs" if result is None else (result.stdout + result.stderr)[-2000:]
        tried[mutant.program] = wrong
    return tried[mutant.program]


def run(tree: pathlib.Path, mutant: Mutant, tried: dict[str, str]) -> str:
    """`caught`, `MISSED`, or what went wrong."""
    wrong = wrong_without_a_bug(tree, mutant, tried)
    if wrong:
        return f"FAILS WITHOUT THE BUG: {wrong}"
    applied = apply(tree, mutant)
    if applied.returncode != 0:
        return f"DOES NOT APPLY: {applied.stderr.strip()}"
    try:
        wrong = build(tree, mutant.targets)
        if wrong:
            return f"NOT BUILT: {wrong}"
        result = try_test(tree, mutant)
        if result is None:
            return "caught"
        if "0 tests from 0 test suites" in result.stdout:
            return "NO SUCH TEST"
        return "caught" if result.returncode != 0 else "MISSED"
    finally:
        apply(tree, mutant, "--reverse")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/mutants/tree")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    mutants = read_mutants()
    if arguments.check:
        return check(mutants)
    mutants = [m for m in mutants if not arguments.names or m.name in arguments.names]
    tree = arguments.build.resolve()
    copy_sources(tree)
    caught = 0
    tried: dict[str, str] = {}
    for mutant in mutants:
        outcome = run(tree, mutant, tried)
        caught += outcome == "caught"
        print(f"{mutant.name:28} {outcome:8} {mutant.program} {mutant.test_filter}", flush=True)
    missed = len(mutants) - caught
    print(f'{{"goal":"G28","mutants":{len(mutants)},"caught":{caught},"missed":{missed},"seed":0}}')
    return 1 if missed or not mutants else 0


if __name__ == "__main__":
    sys.exit(main())

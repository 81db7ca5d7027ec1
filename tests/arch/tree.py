"""What the checks share: the files of the repository, and faults to plant in a copy of it."""

from __future__ import annotations

import contextlib
import dataclasses
import pathlib
import shutil
import subprocess
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Folders that are made by building and testing. Only asked where the tree is no git checkout.
_MADE = {".git", ".cache", ".run", "build", "node_modules", "__pycache__"}


class Tree:
    """The files of a copy of the repository, ours and as they are on disk."""

    def __init__(self, root: pathlib.Path, build: pathlib.Path) -> None:
        self.root = root
        self.build = build  # Of the real repository: what CMake made.
        self.only = ""  # A path; checks that are slow look at nothing else where it is set.

    def files(self, *suffixes: str) -> list[str]:
        """Paths from the top, sorted; only those with one of the suffixes where some are given."""
        paths = self._listed() if (self.root / ".git").exists() else self._walked()
        return sorted(p for p in paths if not suffixes or p.endswith(suffixes))

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def lines(self, path: str) -> list[tuple[int, str]]:
        return list(enumerate(self.text(path).splitlines(), start=1))

    def _listed(self) -> list[str]:
        # With files that are not added yet: they will be.
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True)
        return [p for p in listed.stdout.split("\0") if p and (self.root / p).is_file()]

    def _walked(self) -> list[str]:
        found = (p.relative_to(self.root) for p in self.root.rglob("*") if p.is_file())
        return [str(p) for p in found if not _MADE.intersection(p.parts)]

    def copy_to(self, target: pathlib.Path) -> "Tree":
        for path in self.files():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.root / path, target / path)
        return Tree(target, self.build)


@dataclasses.dataclass
class Fault:
    """A change to the tree that a check must complain about."""

    path: str  # File to change or to make.
    text: str  # Added at its end; or put in place of `replaces`.
    complaint: str  # Part of the complaint expected.
    replaces: str = ""

    @contextlib.contextmanager
    def planted(self, root: pathlib.Path) -> Iterator[None]:
        file = root / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") if file.exists() else None
        text = before or ""
        if self.replaces:
            assert self.replaces in text, f"{self.path} has no {self.replaces!r} to replace"
            file.write_text(text.replace(self.replaces, self.text), encoding="utf-8")
        else:
            file.write_text(text + self.text, encoding="utf-8")
        yield
        if before is None:
            file.unlink()
        else:
            file.write_text(before, encoding="utf-8")

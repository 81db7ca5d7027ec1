"""The audit trail of a service, as an auditor reads it."""

from __future__ import annotations

import pathlib
from typing import Any

from suite import Service, Suite


def entries(suite: Suite, service: Service, *filters: str) -> list[dict[str, Any]]:
    """The oldest first."""
    listed = suite.json("audit", "list", "--service", service.name, "--limit", 1000000, *filters)
    return list(reversed(listed["entries"]))


def event(entry: dict[str, Any]) -> str:
    return entry["event"].removeprefix("EVENT_")


def key_of(suite: Suite, service: Service) -> pathlib.Path:
    """Of the trail's signatures, in a file."""
    public = suite.folder / f"{service.name}-audit.pub"
    shown = suite.ctl("log", "key", "show", "--file", service.data / "audit.key")
    public.write_text(shown, encoding="utf-8")
    return public


def export_whole(suite: Suite, service: Service, key: pathlib.Path) -> pathlib.Path:
    """All that is in the trail now, in a file; the last entry was proved by itself too."""
    export, proof = suite.folder / "audit.export", suite.folder / "entry.tlog-proof"
    export.unlink(missing_ok=True)
    where = ("--service", service.name, "--trusted-key", key)
    last = int(entries(suite, service)[-1]["position"])
    # Answered when the entry is in a signed checkpoint, so that the export holds it too.
    suite.ctl("audit", "prove", *where, "--file", proof, "--position", last)
    suite.ctl("log", "verify", "--receipt", proof, "--trusted-key", key)
    suite.ctl("audit", "export", *where, "--file", export)
    return export

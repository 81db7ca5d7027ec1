"""What campaigns read of a scoring service."""

from __future__ import annotations

from typing import Any

from suite import wait_until

_SERVICE = "sakip.scoring.v1.ScoringService"


def log_ends(suite: Any) -> dict[str, int]:
    return {
        "planning": suite.log_end_position(suite.planning),
        "realization": suite.log_end_position(suite.realization),
    }


def has_read(suite: Any, scoring: Any, ends: dict[str, int]) -> bool:
    """False where it does not answer."""
    answer = suite.raw(scoring, f"{_SERVICE}/GetProgress", {})
    read = answer.get("response", {}).get("read", {})
    return all(int(read.get(log, 0)) >= end for log, end in ends.items())


def read_to_end(suite: Any, scoring: Any) -> None:
    """Waits until it has read both logs to their ends."""
    ends = log_ends(suite)
    wait_until(
        lambda: has_read(suite, scoring, ends),
        f"{scoring.name} has read {ends}\n{scoring.log_end()}",
    )


def read_scorecard(suite: Any, scoring: Any, name: str) -> dict[str, Any]:
    return suite.raw(scoring, f"{_SERVICE}/GetScorecard", {"name": name})


def list_scorecards(suite: Any, scoring: Any, parent: str, year: int) -> dict[str, Any]:
    """All of a region at the end of a year, in one page."""
    request = {"parent": parent, "year": year, "quarter": 4, "page_size": 100}
    return suite.raw(scoring, f"{_SERVICE}/ListScorecards", request)

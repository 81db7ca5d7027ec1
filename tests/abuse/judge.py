"""What must hold when a service is attacked, whatever the machine; and the figures as a table."""

from __future__ import annotations

from typing import Any

RSS_MB_MAX = 64.0  # G21.
# As deploy/haproxy has it: whole calls of one address that it lets through in so many seconds.
CALLS_MAX, WINDOW_SECONDS = 1000, 2.0

# What stays open, by the forms that are to close all else (deploy/SECURITY.md says why it does, and
# what bounds it).
_STAYS_OPEN = {
    "proxy": ("held_ping_flood", "unfinished_messages", "idle_sockets"),
    "anonymous": ("idle_sockets",),
}
# Made of calls with a message, which a proxy passes on as far as its limits go.
_OF_CALLS = ("call_flood", "reset_after_message", "unfinished_messages", "held_ping_flood")


def must_end(form: str, attack: str) -> bool:
    """Whether every connection of the attack is closed by its peer."""
    return form in _STAYS_OPEN and attack not in _STAYS_OPEN[form]


def _calls_max(line: dict[str, Any]) -> float:
    if line["form"] != "proxy" or line["attack"] not in _OF_CALLS:
        return 0
    # One window more than it takes time, for nobody knows where the first begins.
    return CALLS_MAX * (line["seconds"] / WINDOW_SECONDS + 1)


def complaints(line: dict[str, Any]) -> list[str]:
    """What does not hold of a line of figures."""
    found = []
    if not line["alive"]:
        found.append("the good client cannot call any more")
    # Where the attacker comes again, his time may end just after.
    if line["once"] and must_end(line["form"], line["attack"]) and line["open"]:
        found.append(f"{line['open']} of {line['connections']} connections stay open")
    if line["form"] in _STAYS_OPEN:
        most = _calls_max(line)
        for which in ("passed_on", "served"):
            if line[which] is not None and line[which] > most:
                found.append(f"{line[which]} calls {which}, more than {most:.0f}")
        if line["form"] == "proxy" and line["server_rss_mb"] > RSS_MB_MAX:
            found.append(f"the service took {line['server_rss_mb']} MB, more than {RSS_MB_MAX}")
    return [f"{line['attack']}, {line['form']}: {what}" for what in found]


_HEADER = (
    f"{'attack':<20} {'form':<9} {'closed s':>8} {'open':>6} {'refused':>7} {'passed':>6}"
    f" {'cpu s':>6} {'rss MB':>7} {'proxy s':>7} {'MB':>5}"
    f" {'others ok':>11} {'p99 ms':>7} {'before':>6}"
)


def _row(line: dict[str, Any]) -> str:
    closed, passed = line["closed_after_seconds"], line["passed_on"]
    return (
        f"{line['attack']:<20} {line['form']:<9} {'-' if closed is None else f'{closed:.2f}':>8}"
        f" {line['open']:>6} {line['refused']:>7} {'-' if passed is None else passed:>6}"
        f" {line['server_cpu_seconds']:>6.2f} {line['server_rss_mb']:>7.1f}"
        f" {line['proxy_cpu_seconds']:>7.2f} {line['proxy_rss_mb']:>5.1f}"
        f" {line['others_ok']:>5}/{line['others_ok'] + line['others_failed']:<5}"
        f" {line['others_p99_ms']:>7.1f} {line['others_p99_ms_before']:>6.1f}"
    )


def table(lines: list[dict[str, Any]]) -> str:
    return "\n".join([_HEADER, *map(_row, lines)])

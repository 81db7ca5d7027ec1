"""G21: what a hostile client costs, directly and behind the proxy that deploy/haproxy ships.

    abuse.py BUILD_DIR [--short] [--forms direct,proxy] [--attacks NAME,...]

Each attack meets a planning service of its own, whose processor time, memory and threads are
watched, while a good client calls it from another address. Everything is on loopback. Prints one
line of JSON for each attack and form, then a table. Ends with 1 where an attack ended the service
or the proxy, or where the good client cannot call when the attack is over; figures are not judged.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import sys
import tempfile
from typing import Any

import attacks
import stand
from stand import Peer, Watch

SHORT_ATTACKS = ("rapid_reset", "continuation_flood", "hpack_bomb", "ping_flood", "slowloris")
ATTACKER, VICTIM = "127.0.0.66", "127.0.0.2"


def measure(peer: Peer, name: str, seconds: float, options: dict[str, Any]) -> dict[str, Any]:
    """Runs an attack against the peer and says what it cost."""
    watch = Watch(peer.processes())
    client = stand.GoodClient(peer, VICTIM)
    client.wait_calls(10)
    before = client.take()
    watch.start()
    result = attacks.ALL[name](lambda: peer.connect(ATTACKER, "attacker"), seconds, **options)
    during = client.take()
    cost = watch.stop()
    client.wait_calls(3)
    after = client.take()
    client.stop()
    return {
        "goal": "G21",
        "attack": name,
        "form": peer.form,
        "seconds": seconds,
        "connections": result.opened,
        "refused": result.refused,
        "closed": result.closed,
        "closed_after_seconds": result.closed_after,
        "sent": result.sent,
        **cost,
        "others_ok": during.ok,
        "others_failed": during.failed,
        "others_p99_ms": during.p99_ms(),
        "others_p99_ms_before": before.p99_ms(),
        "alive": peer.alive() and after.ok > 0,
    }


def row(line: dict[str, Any]) -> str:
    closed = line["closed_after_seconds"]
    shown = "open" if closed is None else f"{closed:.2f}"
    return (
        f"{line['attack']:<20} {line['form']:<7} {shown:>8} {line['refused']:>8}"
        f" {line['server_cpu_seconds']:>9.2f} {line['server_rss_mb']:>9.1f}"
        f" {line['proxy_cpu_seconds']:>8.2f} {line['proxy_rss_mb']:>8.1f}"
        f" {line['others_ok']:>6}/{line['others_ok'] + line['others_failed']:<6}"
        f" {line['others_p99_ms']:>7.1f}"
    )


HEADER = (
    f"{'attack':<20} {'form':<7} {'closed s':>8} {'refused':>8} {'cpu s':>9} {'rss MB':>9}"
    f" {'proxy s':>8} {'proxy MB':>8} {'others ok':>13} {'p99 ms':>7}"
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--forms", default="direct,proxy")
    parser.add_argument("--attacks", default="")
    arguments = parser.parse_args()
    names = arguments.attacks.split(",") if arguments.attacks else list(attacks.ALL)
    if arguments.short and not arguments.attacks:
        names = list(SHORT_ATTACKS)
    seconds = 0.7 if arguments.short else 5.0
    lines = []
    for form in arguments.forms.split(","):
        for name in names:
            options: dict[str, Any] = {}
            if arguments.short and name in ("continuation_flood", "huge_string"):
                options = {"bytes_max": 1 << 20}  # It costs the square of this.
            if arguments.short and name == "slowloris":
                options = {"count": 10}
            with tempfile.TemporaryDirectory(prefix="sakip-abuse-") as folder:
                with stand.PEERS[form](arguments.build, pathlib.Path(folder)) as peer:
                    lines.append(measure(peer, name, seconds, options))
            print(json.dumps(lines[-1]), flush=True)
    print(HEADER)
    for line in lines:
        print(row(line))
    return 0 if all(line["alive"] for line in lines) else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())

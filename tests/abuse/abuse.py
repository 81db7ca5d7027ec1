"""G21: what a hostile client costs, directly and behind the proxy that deploy/haproxy ships.

    abuse.py BUILD_DIR [--short] [--forms direct,anonymous,mutual,proxy] [--attacks NAME,...]

The service alone is `direct`; over mutual TLS it is `mutual`, and `anonymous` where the attacker
has no certificate. Each attack meets a planning service of its own, whose processor time, memory
and threads are watched, while a good client calls it from another address. All is on loopback.
For 5 seconds the attacker comes again where it is cut; with --short it comes once. Prints one line
of JSON for each attack and form, then a table, then what does not hold (judge.py), and ends with 1
where there is any.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
import tempfile
from typing import Any

import attacks
import judge
import stand
from stand import Peer
from watch import GoodClient, Watch

SECONDS = 5.0
# The short form ends as soon as the peer has closed what it is to close, however slow the machine.
PATIENCE_SECONDS = 60.0
# Of what the short form lets stand open.
MOMENT_SECONDS = 0.7
# In the short form, of who has no proxy.
FEW = ("rapid_reset", "continuation_flood", "hpack_bomb", "ping_flood", "slowloris")
# In the short form; that of a header's bytes costs the service alone its square.
SMALL: dict[str, dict[str, int]] = {
    "continuation_flood": {"bytes_max": 1 << 20},
    "huge_string": {"bytes_max": 1 << 20},
    "slowloris": {"count": 10},
    "unfinished_calls": {"count": 3},
    "unfinished_messages": {"count": 3},
    "idle_connections": {"count": 10},
    "idle_sockets": {"count": 500},
}


def measure(peer: Peer, name: str, short: bool) -> dict[str, Any]:
    """Runs an attack against the peer and says what it cost."""
    seconds = SECONDS
    if short:
        seconds = PATIENCE_SECONDS if judge.must_end(peer.form, name) else MOMENT_SECONDS
    watch = Watch(peer.processes())
    client = GoodClient(peer.good_client())
    client.wait_calls(10 if short else 200)
    before = client.take()
    watch.start()
    options = SMALL.get(name, {}) if short else {}
    result = attacks.run(name, peer.attacker(), seconds, again=not short, **options)
    during = client.take()
    cost = watch.stop()
    client.wait_calls(3)
    after = client.take()
    client.stop()
    alive = peer.alive()
    return {
        "goal": "G21",
        "attack": name,
        "form": peer.form,
        "once": short,
        "connections": result.opened,
        "refused": result.refused,
        "open": result.opened - result.closed,
        "closed_after_seconds": result.closed_after,
        "sent": result.sent,
        "passed_on": peer.passed_on(client.made) if alive else None,
        "served": peer.served(client.made) if alive else None,
        **cost,
        "seconds": result.seconds,
        "others_ok": during.ok,
        "others_failed": during.failed,
        "others_p99_ms": during.p99_ms(),
        "others_p99_ms_before": before.p99_ms(),
        "alive": alive and after.ok > 0,
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--forms", default=",".join(stand.PEERS))
    parser.add_argument("--attacks", default="")
    arguments = parser.parse_args()
    lines = []
    for form in arguments.forms.split(","):
        names = FEW if arguments.short and form != "proxy" else tuple(attacks.ALL)
        for name in arguments.attacks.split(",") if arguments.attacks else names:
            with tempfile.TemporaryDirectory(prefix="sakip-abuse-") as folder:
                with stand.PEERS[form](arguments.build, pathlib.Path(folder)) as peer:
                    lines.append(measure(peer, name, arguments.short))
            print(json.dumps(lines[-1]), flush=True)
    print(judge.table(lines))
    complaints = [complaint for line in lines for complaint in judge.complaints(line)]
    for complaint in complaints:
        print(f"abuse: {complaint}", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

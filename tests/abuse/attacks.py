"""All attacks, and one of them in a process of its own, so that what it takes is not taken from who
is measured beside it.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import floods
import holds
from dial import Dial
from result import Result

# By name, in the order of the table.
ALL: dict[str, Callable[..., Result]] = {
    "rapid_reset": floods.rapid_reset,
    "reset_after_message": floods.reset_after_message,
    "made_you_reset": floods.made_you_reset,
    "call_flood": floods.call_flood,
    "continuation_flood": floods.continuation_flood,
    "hpack_bomb": floods.hpack_bomb,
    "huge_string": floods.huge_string,
    "metadata_1mb": floods.metadata_1mb,
    "settings_flood": floods.settings_flood,
    "ping_flood": floods.ping_flood,
    "held_ping_flood": floods.held_ping_flood,
    "window_update_flood": floods.window_update_flood,
    "empty_frames": floods.empty_frames,
    "slowloris": holds.slowloris,
    "unfinished_calls": holds.unfinished_calls,
    "unfinished_messages": holds.unfinished_messages,
    "idle_connections": holds.idle_connections,
    "idle_sockets": holds.idle_sockets,
}


def run(name: str, dial: Dial, seconds: float, again: bool, **options: Any) -> Result:
    """Attacks for so many seconds, or until the peer has closed all connections; where it comes
    `again`, with new ones then."""
    order = {
        "name": name,
        "dial": dataclasses.asdict(dial),
        "seconds": seconds,
        "again": again,
        "options": options,
    }
    command = [sys.executable, "-B", __file__, json.dumps(order)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Result(**json.loads(done.stdout))


def _attack(order: dict[str, Any]) -> Result:
    attack, dial = ALL[order["name"]], Dial(**order["dial"])
    result = Result()
    left = order["seconds"]
    began = time.monotonic()
    while left > 0:
        try:
            result.add(attack(dial, left, **order["options"]))
        except OSError:
            result.refused += 1
            time.sleep(0.01)
        result.seconds = time.monotonic() - began
        left = order["seconds"] - result.seconds if order["again"] else 0
    return result


if __name__ == "__main__":
    # An attacker is elsewhere: here it gets the processor time that nobody else wants.
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    print(json.dumps(dataclasses.asdict(_attack(json.loads(sys.argv[1])))))

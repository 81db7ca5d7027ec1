"""HTTP/2 frames by hand: what no client library would send. Also a call as a good client has it."""

from __future__ import annotations

import select
import socket
import ssl
import struct
import time

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = (
    0, 1, 2, 3, 4, 6, 7, 8, 9
)
END_STREAM, ACK, END_HEADERS = 1, 1, 4
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
FRAME_BYTES = 16384
HELLO = PREFACE + b"\0\0\0\4\0\0\0\0\0"  # And settings that say nothing.
# What is called, mostly without anything that proves who calls.
GET_HEAD = "/sakip.eventlog.v1.EventLogService/GetHead"
EMPTY_MESSAGE = b"\0" * 5


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def integer(value: int, prefix_bits: int, first: int) -> bytes:
    """An integer of HPACK: in the low bits of the first byte where it fits there."""
    most = (1 << prefix_bits) - 1
    if value < most:
        return bytes([first | value])
    out = bytearray([first | most])
    value -= most
    while value >= 128:
        out.append(value % 128 + 128)
        value //= 128
    out.append(value)
    return bytes(out)


def literal(name: bytes, value: bytes, first: int = 0x00) -> bytes:
    """A header field in full; `first` 0x40 puts it into the table of the peer."""
    return (
        bytes([first]) + integer(len(name), 7, 0) + name + integer(len(value), 7, 0) + value
    )


def call_headers(path: str, *more: tuple[bytes, bytes]) -> bytes:
    fields = [
        (b":method", b"POST"),
        (b":scheme", b"http"),
        (b":path", path.encode()),
        (b":authority", b"sakip"),
        (b"content-type", b"application/grpc"),
        (b"te", b"trailers"),
        *more,
    ]
    return b"".join(literal(name, value) for name, value in fields)


def begun_message(stream: int) -> bytes:
    """The first of the 1,000 bytes of a message."""
    return frame(DATA, 0, stream, b"\0" + (1000).to_bytes(4, "big") + b"x")


class Connection:
    """One connection. Notes when the peer closed it or said that it will."""

    def __init__(self, sock: socket.socket, hello: bytes = HELLO) -> None:
        self.sock = sock
        self.opened = time.monotonic()
        self.closed_after: float | None = None
        self.goaway = False
        self._rest = b""
        self._replies = b""  # That are owed; sent between frames and never inside one.
        self._sending = False
        self.mute = False  # Owes nothing: it is in the middle of a frame for long.
        self.frames: list[tuple[int, int, int, bytes]] = []
        sock.setblocking(False)
        self.send(hello)

    @property
    def open(self) -> bool:
        return self.closed_after is None

    def _note_closed(self) -> None:
        if self.closed_after is None:
            self.closed_after = time.monotonic() - self.opened

    def send(self, data: bytes, patience: float = 5.0) -> bool:
        """Sends all of it; reads meanwhile, so that the peer is never stopped by us."""
        deadline = time.monotonic() + patience
        self._sending = True
        view = memoryview(self._replies + data)
        self._replies = b""
        while view and self.open and time.monotonic() < deadline:
            try:
                view = view[self.sock.send(view):]
            except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                select.select([self.sock], [self.sock], [], 0.05)
            except OSError:
                self._note_closed()
            self.read()
        self._sending = bool(view)
        return self.open and not view

    def read(self, wait: float = 0.0) -> None:
        if wait and self.open:
            select.select([self.sock], [], [], wait)
        while self.open:
            try:
                data = self.sock.recv(65536)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            except OSError:
                data = b""
            if not data:
                self._note_closed()
                return
            self._take(data)
            if self._replies and not self._sending:
                self.send(b"")

    def _take(self, data: bytes) -> None:
        self._rest += data
        while len(self._rest) >= 9:
            size = int.from_bytes(self._rest[:3], "big")
            if len(self._rest) < 9 + size:
                return
            kind, flags, stream = struct.unpack(">BBI", self._rest[3:9])
            payload, self._rest = self._rest[9:9 + size], self._rest[9 + size:]
            if kind == GOAWAY:
                self.goaway = True
            elif kind in (SETTINGS, PING) and not flags & ACK and not self.mute:
                self._replies += frame(kind, ACK, 0, payload if kind == PING else b"")
            self.frames.append((kind, flags, stream, payload))

    def wait_closed(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.open and time.monotonic() < deadline:
            self.read(0.05)

    def close(self) -> None:
        self.sock.close()


def call(connection: Connection, stream: int, path: str, message: bytes, seconds: float) -> bool:
    """Makes a unary call on the connection; true where an answer came whole, whatever it says."""
    connection.frames.clear()
    headers = call_headers(path, (b"grpc-timeout", b"%dm" % int(seconds * 1000)))
    body = b"\0" + struct.pack(">I", len(message)) + message
    sent = connection.send(
        frame(HEADERS, END_HEADERS, stream, headers) + frame(DATA, END_STREAM, stream, body)
    )
    deadline = time.monotonic() + seconds
    while sent and connection.open and time.monotonic() < deadline:
        for kind, flags, of, payload in connection.frames:
            if of != stream:
                continue
            if kind == RST_STREAM:
                return False
            if kind == HEADERS and flags & END_STREAM:
                return True
        connection.frames.clear()
        connection.read(0.05)
    return False

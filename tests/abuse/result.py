"""What became of an attack."""

from __future__ import annotations

import dataclasses

from h2 import Connection


@dataclasses.dataclass
class Result:
    opened: int = 0
    refused: int = 0
    closed: int = 0  # By the peer.
    closed_after: float | None = None  # Of the one that the peer let live longest, in seconds.
    seconds: float = 0.0  # That it took.
    sent: int = 0  # Frames, calls or bytes: what the attack counts.

    def note(self, *connections: Connection) -> "Result":
        """Counts the connections and closes them."""
        ends = [c.closed_after for c in connections if c.closed_after is not None]
        self.opened += len(connections)
        self.closed += len(ends)
        if ends:
            self.closed_after = round(max(ends), 3)
        for connection in connections:
            connection.close()
        return self

    def add(self, other: "Result") -> None:
        self.opened += other.opened
        self.refused += other.refused
        self.closed += other.closed
        self.sent += other.sent
        ends = [end for end in (self.closed_after, other.closed_after) if end is not None]
        self.closed_after = max(ends, default=None)

"""How to reach what is attacked. Also from another process: all of it can be given as arguments."""

from __future__ import annotations

import dataclasses
import socket
import ssl


@dataclasses.dataclass(frozen=True)
class Dial:
    """An address and who calls it; over TLS where an authority is named."""

    address: str
    source: str  # An address of this machine, to call from.
    authority: str = ""
    certificate: str = ""  # Without its ending, which its key has too; empty to show none.

    def open_bare(self) -> socket.socket:
        """A connection on which TLS has not begun."""
        host, port = self.address.rsplit(":", 1)
        peer = (host, int(port))
        sock = socket.create_connection(peer, timeout=5, source_address=(self.source, 0))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock

    def open(self) -> socket.socket:
        sock = self.open_bare()
        if not self.authority:
            return sock
        context = ssl.create_default_context(cafile=self.authority)
        if self.certificate:
            context.load_cert_chain(f"{self.certificate}.pem", f"{self.certificate}.key")
        context.set_alpn_protocols(["h2"])
        try:
            return context.wrap_socket(sock, server_hostname="localhost")
        except OSError:
            sock.close()
            raise

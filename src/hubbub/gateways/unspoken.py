"""Unspoken protocols: those that are recognised and not served yet, each refused in its own way."""

import struct
from typing import Final

from hubbub.wire.detect import Protocol

SSH_NEEDS_EXTRA: Final = "This server does not speak SSH. Whoever runs it can change that: pip install 'hubbub[ssh]'"

_SSH_VERSION: Final = b"SSH-2.0-hubbub\r\n"
"""What a client waits for before it listens to anything; lines before it are not shown. RFC 4253 section 4.2."""

_SSH_DISCONNECT: Final = struct.pack(">BI", 1, 7)
"""SSH_MSG_DISCONNECT, SSH_DISCONNECT_SERVICE_NOT_AVAILABLE. RFC 4253 section 11.1."""

_SSH_BLOCK_BYTES: Final = 8
_SSH_LEAST_PADDING: Final = 4
"""A packet is a multiple of the one, with at least the other at its end, even before anything is encrypted. RFC 4253
section 6."""


def _refuse_ssh(sentence: str) -> bytes:
    """Return a version and a packet that ends the connection before any key is exchanged; clients show the sentence."""
    text = sentence.encode()
    payload = _SSH_DISCONNECT + struct.pack(">I", len(text)) + text + struct.pack(">I", 0)
    padding = -(4 + 1 + len(payload) + _SSH_LEAST_PADDING) % _SSH_BLOCK_BYTES + _SSH_LEAST_PADDING
    head = struct.pack(">IB", 1 + len(payload) + padding, padding)
    return _SSH_VERSION + head + payload + bytes(padding)


UNSPOKEN: Final = {
    # An alert record: fatal, handshake_failure. RFC 8446 section 6. For TLS inside TLS, and where nobody can encrypt.
    Protocol.TLS: bytes((0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28)),
    Protocol.SSH: _refuse_ssh(SSH_NEEDS_EXTRA),
    Protocol.HTTP: b"HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}
"""What to send before closing."""

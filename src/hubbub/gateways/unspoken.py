"""Unspoken protocols: those that are recognised and not served yet, each refused in its own way."""

from typing import Final

from hubbub.gateways.closing import Closing
from hubbub.wire.detect import Protocol

_SENTENCE: Final = Closing.NOT_SPOKEN.sentence
_PAGE: Final = f"{_SENTENCE}\nJoin with netcat or telnet on this same port.\n".encode()

UNSPOKEN: Final = {
    # An alert record: fatal, handshake_failure. RFC 8446 section 6.
    Protocol.TLS: bytes((0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28)),
    # A server may send lines before its version; they are shown to the user. RFC 4253 section 4.2.
    Protocol.SSH: f"{_SENTENCE}\r\n".encode(),
    Protocol.HTTP: (
        b"HTTP/1.1 501 Not Implemented\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_PAGE), _PAGE)
    ),
    # RFC 2812 section 3.7.4.
    Protocol.IRC: f"ERROR :{_SENTENCE}\r\n".encode(),
    Protocol.NATIVE: b'{"type":"closing","code":"%b","sentence":"%b"}\n'
    % (Closing.NOT_SPOKEN.code.encode(), _SENTENCE.encode()),
}
"""What to send before closing."""

"""Detection: which protocol a client speaks, seen from its first bytes."""

import re
from enum import StrEnum
from typing import Final

DETECT_BYTES: Final = 128
"""How many first bytes are always enough to decide."""


class Protocol(StrEnum):
    """What may be spoken on a port; the values are what `--listen ADDRESS:PORT=PROTOCOL` takes."""

    AUTO = "auto"
    """Whatever the first bytes say."""
    TEXT = "text"
    HEADER_FRAMES = "header-frames"
    JSON_FRAMES = "json-frames"
    TEXT_FRAMES = "text-frames"
    IRC = "irc"
    NATIVE = "native"
    HTTP = "http"
    TLS = "tls"
    SSH = "ssh"


_IRC_WORDS: Final = (b"CAP", b"NICK", b"USER", b"PASS", b"WEBIRC", b"AUTHENTICATE")
_HTTP_METHODS: Final = (
    b"GET",
    b"HEAD",
    b"POST",
    b"PUT",
    b"DELETE",
    b"CONNECT",
    b"OPTIONS",
    b"TRACE",
    b"PATCH",
    b"PRI",  # HTTP/2's preface, RFC 9113 section 3.4
)
_WORDS: Final = dict.fromkeys(_IRC_WORDS, Protocol.IRC) | dict.fromkeys(_HTTP_METHODS, Protocol.HTTP)
"""First words that decide by themselves when a space follows. In capitals only: HTTP's methods are case-sensitive
(RFC 9110 section 9.1), every IRC client sends capitals, and people begin sentences with `user` and `pass`."""

_SSH: Final = b"SSH-"
"""RFC 4253 section 4.2."""

_TLS: Final = b"\x16\x03"
"""A handshake record of any version since SSL 3.0. RFC 8446 section 5.1."""

_HEADER_BYTES: Final = 10
_HEADER: Final = re.compile(rb" *[0-9]+ *")
_HEADER_BEGINNING: Final = re.compile(rb" *[0-9]* *")

_JSON_HELLO_HIGH_BYTE: Final = 0x08
"""Highest first byte taken for the length of a JSON packet: nobody types it, and a hello is far below 2 304 bytes."""

_HANDMADE_IRC: Final = re.compile(
    rb"cap (?:(?:ls|list|end)(?: [0-9]+)?\r?\n|req :)|user [^ \r\n]+ [0-9]+ \* ", re.IGNORECASE
)
"""IRC typed by hand in small letters. Only what no one would say: `user friendly hello` and `nick bob` are talk."""
_HANDMADE_IRC_WORDS: Final = (b"cap ", b"user ")

_BEGINNINGS: Final = frozenset(word[:length] for word in (*_WORDS, _SSH) for length in range(1, len(word) + 1))
_HANDMADE_BEGINNINGS: Final = frozenset(word[:length] for word in _HANDMADE_IRC_WORDS for length in range(1, len(word)))

_IRC_REGISTRATION: Final = re.compile(r"CAP (LS|REQ)( .*)?|USER [^ ]+ [^ ]+ [^ ]+ .+", re.ASCII)
"""What a client says of itself, in capitals as all do. `NICK ann` alone may be typed by somebody who is asked."""

_TAGGED_IRC: Final = re.compile(rb"@[^ \r\n]+ +(?:CAP|NICK|USER|PASS|WEBIRC|AUTHENTICATE) ")
"""A command with IRCv3 message tags; `@bob hi there` is talk."""

_REQUEST_LINE: Final = re.compile(r"[A-Z]+ [^ ]+ HTTP/[0-9]\.[0-9]")


def detect(first_bytes: bytes) -> Protocol | None:
    """Return what begins like this, or None while more bytes are needed to know.

    What was once decided stays so whatever follows, and `DETECT_BYTES` always decide. Silence says nothing: after a
    while without bytes, or with too few, the caller takes the client for a person.
    """
    if not first_bytes:
        return None
    first = first_bytes[0]
    if first == b"{"[0]:
        return Protocol.NATIVE
    if first <= _JSON_HELLO_HIGH_BYTE:
        return _detect_json(first_bytes)
    if first in b" 0123456789":
        return _detect_header(first_bytes)
    if first == _TLS[0]:
        return _detect_tls(first_bytes)
    if first == b"@"[0]:
        return _detect_line(_TAGGED_IRC, first_bytes)
    return _detect_word(first_bytes)


def is_request_line(line: str) -> bool:
    """Return whether a line begins a request of HTTP. RFC 9112 section 3."""
    return _REQUEST_LINE.fullmatch(line) is not None


def is_irc_registration(line: str) -> bool:
    """Return whether a line begins IRC, as no person does who is asked for a name. RFC 2812 section 3.1, IRCv3 CAP."""
    return _IRC_REGISTRATION.fullmatch(line) is not None


def _detect_json(data: bytes) -> Protocol | None:
    if len(data) < 3:  # noqa: PLR2004 - two bytes of length, one of payload
        return None
    return Protocol.JSON_FRAMES if data[2:3] == b"{" else Protocol.TEXT


def _detect_header(data: bytes) -> Protocol | None:
    header = data[:_HEADER_BYTES]
    if len(header) < _HEADER_BYTES:
        return None if _HEADER_BEGINNING.fullmatch(header) else Protocol.TEXT
    # Ten digits without a space would be a name of a gigabyte: more likely someone's telephone number.
    return Protocol.HEADER_FRAMES if _HEADER.fullmatch(header) and b" " in header else Protocol.TEXT


def _detect_tls(data: bytes) -> Protocol | None:
    if len(data) < len(_TLS):
        return None
    return Protocol.TLS if data.startswith(_TLS) else Protocol.TEXT


def _detect_line(pattern: re.Pattern[bytes], data: bytes) -> Protocol | None:
    """Decide by the beginning of a whole line, or of as much of it as is ever looked at."""
    if pattern.match(data[:DETECT_BYTES]):
        return Protocol.IRC
    return Protocol.TEXT if b"\n" in data or len(data) >= DETECT_BYTES else None


def _detect_word(data: bytes) -> Protocol | None:
    if data.startswith(_SSH):
        return Protocol.SSH
    word, space, _ = data.partition(b" ")
    if space and word in _WORDS:
        return _WORDS[word]
    if data[:5].lower().startswith(_HANDMADE_IRC_WORDS):
        return _detect_line(_HANDMADE_IRC, data)
    return None if data in _BEGINNINGS or data.lower() in _HANDMADE_BEGINNINGS else Protocol.TEXT

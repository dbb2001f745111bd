"""Tongues: how the load says in one protocol or another what it has to say."""

from typing import Final, Literal, TypeAlias

from msgspec import Struct

Spoken: TypeAlias = Literal["text", "irc", "native", "tls", "websocket"]
"""What the clients of a run speak; `tls` is text over TLS, and `websocket` the native protocol on web pages."""

HOST: Final = b"abcdefghijkl.guest"
"""As long as the host that hubbub shows of a guest."""


class Tongue(Struct, frozen=True):
    """What the load says."""

    spoken: Spoken
    hello: bytes
    """Begins a connection; the name is filled in."""
    enter: bytes
    """Comes into the lobby, where that takes anything."""
    ping: bytes
    """Asks for a sign; a token is filled in, which comes back."""
    say: bytes
    """Says something in the lobby; the text is filled in."""
    line_end: bytes
    """Of the lines that are heard."""
    heard: bytes
    """How something said in the lobby is heard; the name and the text are filled in, and a time is any other."""


TEXT: Final = Tongue(
    spoken="text",
    hello=b"%s\n",
    enter=b"",
    ping=b"/ping %s\n",
    say=b"%s\n",
    line_end=b"\n",
    heard=b"[12:00:01] [%s] %s\n",
)

IRC: Final = Tongue(
    spoken="irc",
    hello=b"NICK %s\r\nUSER bench 0 * :bench\r\n",
    enter=b"JOIN #lobby\r\n",
    ping=b"PING %s\r\n",
    say=b"PRIVMSG #lobby :%s\r\n",
    line_end=b"\r\n",
    heard=b":%%s!~u@%s PRIVMSG #lobby :%%s\r\n" % HOST,
)

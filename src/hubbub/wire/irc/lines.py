"""Lines of IRC: bytes in, in any pieces; lines out, and in the place of each that is none, what was wrong with it.

A line ends with CR LF; LF alone will do, as https://modern.ircdocs.horse/#compatibility-with-incorrect-software asks.
A lone CR does not end a line: a program that lets one through in somebody's words would let him give its commands.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from hubbub.wire.errors import BadUtf8, LineTooLong, WireError
from hubbub.wire.irc.message import LINE_LIMIT, NoCommand, parse_message
from hubbub.wire.splitting import UTF8_BYTES

TAGS_LIMIT: Final = 4_096
"""Longest tags of a client, in bytes, with the `@` and the space behind them. IRCv3 message-tags, size limit."""

LABEL: Final = "label"
"""The tag of a command that its answer repeats. IRCv3 labeled-response."""

BUFFER_LIMIT: Final = TAGS_LIMIT + LINE_LIMIT
"""Longest line with its tags, in bytes, and what is kept of one that has not ended."""

REPLACEMENT: Final = "\ufffd"
"""Stands for what was not UTF-8, or may not be said again."""

_BODY_LIMIT: Final = LINE_LIMIT - len("\r\n")


class SpoiltLine(msgspec.Struct, frozen=True):
    """A line that was not understood, and what can be said of it all the same, so that an answer finds its command."""

    error: WireError
    """`LineTooLong`, `TagsTooLong`, `BadUtf8` or `ForbiddenByte`."""

    command: str = ""
    """In capitals, and such that it can be said again; "" where none can be seen."""

    label: str = ""
    """What the answer is to be labelled with, if anything. IRCv3 labeled-response."""


class TagsTooLong(LineTooLong):
    """A line with too many tags, however short the rest of it is. IRCv3 message-tags, size limit."""

    def __init__(self) -> None:
        super().__init__(TAGS_LIMIT - len("@ "))

    @property
    def sentence(self) -> str:
        """Say which of the two limits of a line it was."""
        return f"That line was not read: its tags were too long, and {self.limit_bytes} bytes are the most."


class ForbiddenByte(WireError):  # noqa: N818 - an error is named by what is wrong
    """A CR or NUL inside a line, where no IRC message may hold one. RFC 1459 section 2.3.1."""

    recoverable = True

    def __init__(self, name: str) -> None:
        super().__init__(f"That line was not read: it has a {name} inside.")
        self.name = name
        """`CR` or `NUL`."""


IrcLine = str | SpoiltLine
"""A line without its end, or what was wrong with it."""


class IrcLineReader:
    """Cuts bytes into lines; keeps at most `BUFFER_LIMIT` bytes between calls, whatever is sent."""

    __slots__ = ("_rest", "_skipping")

    def __init__(self) -> None:
        self._rest = b""
        self._skipping = False

    @property
    def buffered_bytes(self) -> int:
        """Return how much is kept until more comes."""
        return len(self._rest)

    def receive_data(self, data: bytes) -> Sequence[IrcLine]:
        """Return the lines that these bytes complete, in order, without empty ones.

        A line is told to be too long once, and nothing of it is read as another.
        """
        if self._skipping:
            _, line_end, data = data.partition(b"\n")
            self._skipping = not line_end
        if self._rest:
            data = self._rest + data
        head, line_end, self._rest = data.rpartition(b"\n")
        lines = read_lines(head) if line_end else ()
        if len(self._rest) <= BUFFER_LIMIT:
            return lines
        beginning, self._rest, self._skipping = self._rest, b"", True
        return [*lines, _spoil_too_long(beginning)]


def encase_line(message: bytes) -> bytes:
    """Return a message of a WebSocket as a line: it is one, and one alone, though some clients send its end along.

    A line's end inside becomes what no line may hold, so that it is answered as that, and nothing of it is a command.
    https://ircv3.net/specs/extensions/websocket
    """
    return message.rstrip(b"\r\n").replace(b"\n", b"\r") + b"\n"


def read_lines(data: bytes) -> Sequence[IrcLine]:
    """Return the whole lines of these bytes: what stands between their ends."""
    if b"\0" in data:
        return _read_each(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _read_each(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").removesuffix("\r")
        if "\r" in text:
            return _read_each(data)
    lines = text.split("\n")
    if len(data) > _BODY_LIMIT and _may_be_too_long(text, lines):
        return _read_each(data)
    return [line for line in lines if line] if "" in lines else lines


def _may_be_too_long(text: str, lines: Sequence[str]) -> bool:
    return max(map(len, lines)) * (1 if text.isascii() else UTF8_BYTES) > _BODY_LIMIT


def _read_each(data: bytes) -> Sequence[IrcLine]:
    """Return the lines of bytes with something unusual in them, every one looked at by itself."""
    return [_read_line(line) for line in data.split(b"\n") if line.strip(b"\r")]


def _read_line(line: bytes) -> IrcLine:
    if len(line) > BUFFER_LIMIT:
        return _spoil_too_long(line)
    # All of them: some clients turn their terminal's CR LF into CR CR LF.
    line = line.rstrip(b"\r")
    if len(line) > _BODY_LIMIT and _is_too_long(line):
        return _spoil_too_long(line)
    if b"\0" in line or b"\r" in line:
        return _spoil(ForbiddenByte("NUL" if b"\0" in line else "CR"), line)
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        return _spoil(BadUtf8.from_decoding(error), line)


def _is_too_long(line: bytes) -> bool:
    """Return whether the tags or the rest are: each has a limit of its own."""
    if not line.startswith(b"@"):
        return True
    tags, space, body = line.partition(b" ")
    return len(tags) + len(space) > TAGS_LIMIT or len(body) > _BODY_LIMIT


def _has_long_tags(line: bytes) -> bool:
    tags, space, _ = line.partition(b" ")
    return tags.startswith(b"@") and len(tags) + len(space) > TAGS_LIMIT


def _spoil_too_long(line: bytes) -> SpoiltLine:
    # As much as there always is, so that however much has come the same is told.
    line = line[:BUFFER_LIMIT]
    return _spoil(TagsTooLong() if _has_long_tags(line) else LineTooLong(LINE_LIMIT), line)


def _spoil(error: WireError, line: bytes) -> SpoiltLine:
    text = line.decode(errors="replace").replace("\0", REPLACEMENT).replace("\r", REPLACEMENT)
    try:
        message = parse_message(text)
    except NoCommand:
        return SpoiltLine(error)
    return SpoiltLine(error, message.command, message.tags.get(LABEL, ""))

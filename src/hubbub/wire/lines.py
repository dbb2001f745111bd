"""Lines: bytes in, in any pieces; whole lines of text out, and an error in the place of each line that is none.

Lines end with LF, CR LF, or CR NUL, which is what telnet sends for the Enter key of a terminal in character mode
(RFC 854). Some clients never end a line: then their caller takes the rest after a pause, see `LineReader.take_rest`.
"""

from codecs import utf_8_decode
from collections.abc import Sequence
from sys import maxsize
from typing import Final

from hubbub.wire.errors import BadUtf8, LineTooLong, WireError
from hubbub.wire.splitting import UTF8_BYTES

Line = str | WireError
"""A line without its end, or what was wrong with it."""

_CR: Final = 0x0D
"""As a number: looking for one byte in bytes takes an eighth of the time of looking for bytes in bytes."""


class LineReader:
    """Cuts bytes into lines; keeps at most `limit_bytes` and one byte between calls, whatever is sent."""

    __slots__ = ("_limit", "_rest", "_skipping", "seen_line_end")

    def __init__(self, limit_bytes: int) -> None:
        """Take lines of up to `limit_bytes`, their ends not counted; 0 means any length."""
        self._limit = limit_bytes or maxsize
        self._rest = b""
        self._skipping = False
        self.seen_line_end = False
        """Whether any line end ever came: a client that knows them is never cut by the clock."""

    @property
    def has_rest(self) -> bool:
        """Whether something came that no line end has followed yet."""
        return self._skipping or bool(self._rest)

    @property
    def buffered_bytes(self) -> int:
        """Return how much is kept until more comes."""
        return len(self._rest)

    def receive_data(self, data: bytes) -> Sequence[Line]:
        """Return the lines that these bytes complete, in order.

        A line that is not UTF-8 or longer than the limit stands as its error among the others; a line too long is
        reported when it passes the limit, once, and skipped up to its end.
        """
        if self._rest:
            data = self._rest + data
        if _CR in data:
            data = data.replace(b"\r\0", b"\n")
        head, line_end, self._rest = data.rpartition(b"\n")
        if line_end and not self._skipping:
            self.seen_line_end = True
            lines = self._parse_lines(head)
        else:
            lines = self._skip_line(head, line_end)
        if len(self._rest) > self._limit and self._begin_skipping():
            return [*lines, LineTooLong(self._limit)]
        return lines

    def take_rest(self) -> Line | None:
        """Return what has come since the last line end as a line of its own, or None where there is nothing whole.

        For clients that end no lines; the caller decides when to believe that. A character that is not complete yet
        waits for its other bytes.
        """
        return self._take_rest(final=False)

    def receive_eof(self) -> Line | None:
        """Return what came after the last line end, or None; nothing more will come."""
        return self._take_rest(final=True)

    def _take_rest(self, *, final: bool) -> Line | None:
        rest, self._rest = self._rest, b""
        if self._skipping:
            self._skipping = False
            return None
        try:
            text, used = utf_8_decode(rest, "strict", final)
        except UnicodeDecodeError as error:
            return BadUtf8.from_decoding(error)
        self._rest = rest[used:]
        return text.rstrip("\r") or None

    def _parse_lines(self, head: bytes) -> Sequence[Line]:
        try:
            lines = head.decode().split("\n")
        except UnicodeDecodeError:
            return [self._parse_line(line) for line in head.split(b"\n")]
        if len(head) > self._limit and max(map(len, lines)) * UTF8_BYTES > self._limit:
            return [self._parse_line(line) for line in head.split(b"\n")]
        if _CR in head:
            # All of them: some clients turn their terminal's CR LF into CR CR LF.
            return [line.rstrip("\r") for line in lines]
        return lines

    def _parse_line(self, line: bytes) -> Line:
        if len(line) - line.endswith(b"\r") > self._limit:
            return LineTooLong(self._limit)
        try:
            return line.decode().rstrip("\r")
        except UnicodeDecodeError as error:
            return BadUtf8.from_decoding(error)

    def _skip_line(self, head: bytes, line_end: bytes) -> Sequence[Line]:
        if not self._skipping:
            return ()
        if not line_end:
            # Its end may be a CR LF or CR NUL cut in two.
            self._rest = self._rest[-1:] if self._rest.endswith(b"\r") else b""
            return ()
        self._skipping = False
        self.seen_line_end = True
        _, another, head = head.partition(b"\n")
        return self._parse_lines(head) if another else ()

    def _begin_skipping(self) -> bool:
        carriage_return = self._rest[-1:] if self._rest.endswith(b"\r") else b""
        if len(self._rest) - len(carriage_return) <= self._limit:
            return False
        self._rest = carriage_return
        self._skipping = True
        return True

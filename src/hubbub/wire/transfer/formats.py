"""The formats of an export, and who writes each."""

from collections.abc import Callable, Mapping
from typing import Final, Literal, Protocol

from hubbub.wire.transfer.html_page import HtmlWriter
from hubbub.wire.transfer.lines import encode_line
from hubbub.wire.transfer.markdown import MarkdownWriter
from hubbub.wire.transfer.things import EndThing, Header, MessageThing, RoomThing

Format = Literal["jsonl", "markdown", "html"]
"""JSON Lines for programs, and for `hubbub import`; the others for people."""


class Writer(Protocol):
    """Writes one room, a piece at a time."""

    def begin(self, header: Header, room: RoomThing) -> str:
        """Return what stands before the messages."""

    def write(self, message: MessageThing) -> str:
        """Return one message."""

    def end(self, messages: int) -> str:
        """Return what stands behind them."""


class LinesWriter:
    """Writes JSON Lines."""

    def begin(self, header: Header, room: RoomThing) -> str:
        """Return the first two lines."""
        return (encode_line(header) + encode_line(room)).decode()

    def write(self, message: MessageThing) -> str:
        """Return a line."""
        return encode_line(message).decode()

    def end(self, messages: int) -> str:
        """Return the last line."""
        return encode_line(EndThing(messages)).decode()


WRITERS: Final[Mapping[Format, Callable[[], Writer]]] = {
    "jsonl": LinesWriter,
    "markdown": MarkdownWriter,
    "html": HtmlWriter,
}

SUFFIXES: Final[Mapping[str, Format]] = {".jsonl": "jsonl", ".md": "markdown", ".html": "html"}
"""How files of each format are usually called."""

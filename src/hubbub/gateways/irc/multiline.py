"""Multiline: a message of several lines that a client sends as a batch.

https://ircv3.net/specs/extensions/multiline.

The lines are collected until the batch is complete, and said as one message then.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from hubbub.gateways.irc.capabilities import MULTILINE_BYTES, MULTILINE_LINES, Capability
from hubbub.gateways.irc.labels import Context
from hubbub.wire.irc.batch import TAG as BATCH_TAG
from hubbub.wire.irc.message import IrcMessage

if TYPE_CHECKING:
    from hubbub.gateways.irc.talk import Talk

KIND: Final = "draft/multiline"

CONCAT_TAG: Final = "draft/multiline-concat"
"""That a line goes on with the one before it, without a line end between them."""

Problem = tuple[str, tuple[str, ...], str]
"""What is wrong with a batch: the code of a standard reply, what stands behind that, and a sentence."""


class Incoming:
    """A message of which some lines have come."""

    __slots__ = ("_size_bytes", "_texts", "is_spoilt", "label", "lines", "reference", "tags", "target")

    def __init__(self, reference: str, target: str, tags: Mapping[str, str]) -> None:
        self.reference = reference
        self.target = target
        self.tags = tags
        """Those of the whole message."""
        self.label = tags.get("label", "")
        """What the answer to the whole of it carries."""
        self.is_spoilt = False
        """Whether nothing can come of it any more: what else comes of it is dropped."""
        self.lines = 0
        self._texts: list[str] = []
        self._size_bytes = 0

    @property
    def text(self) -> str:
        """Return the message as far as it has come."""
        return "".join(self._texts)

    def add(self, message: IrcMessage) -> Problem | None:
        """Take a line, and return what is wrong with it, if anything."""
        target, text = (*message.params, "", "")[:2]
        is_continued = CONCAT_TAG in message.tags
        if message.command != "PRIVMSG" or (is_continued and not (text and self._texts)):
            return "MULTILINE_INVALID", (), "In such a batch are lines of PRIVMSG, and no empty one continues another"
        if target != self.target:
            return "MULTILINE_INVALID_TARGET", (self.target, target or "*"), "All lines are for whom the batch is for"
        piece = text if is_continued or not self.lines else f"\n{text}"
        self.lines += 1
        self._texts.append(piece)
        self._size_bytes += len(piece.encode())
        if self._size_bytes > MULTILINE_BYTES:
            return "MULTILINE_MAX_BYTES", (str(MULTILINE_BYTES),), f"A message has {MULTILINE_BYTES} bytes at most"
        if self.lines > MULTILINE_LINES:
            return "MULTILINE_MAX_LINES", (str(MULTILINE_LINES),), f"A message has {MULTILINE_LINES} lines at most"
        return None


def is_batched(talk: "Talk", message: IrcMessage) -> bool:
    """Return whether this is a line of a batch, whichever; to clients that know no such batches it is none."""
    return BATCH_TAG in message.tags and message.command != "BATCH" and Capability.MULTILINE in talk.capabilities


def part_of(talk: "Talk", message: IrcMessage) -> Incoming | None:
    """Return the message of which this is a line, if it is one."""
    incoming = talk.incoming
    if incoming is None or not message.tags or message.tags.get(BATCH_TAG) != incoming.reference:
        return None
    return incoming


def context_of(talk: "Talk", message: IrcMessage) -> Context:
    """Return what a command is answered with that may be about a batch.

    Its lines cost together what one costs; there are not many of them.
    """
    context, incoming = Context(_label_of(talk, message)), part_of(talk, message)
    context.has_begun = incoming is not None and not incoming.is_spoilt
    return context


def _label_of(talk: "Talk", message: IrcMessage) -> str:
    """Return the label of an answer: of a batch, its first line has it, and its last one is answered."""
    label = message.tags.get("label", "") if message.tags else ""
    if message.command != "BATCH" or not message.params:
        return label
    if message.params[0].startswith("+"):
        return ""
    return talk.incoming.label if talk.incoming is not None else label

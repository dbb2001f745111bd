"""Messages: what is said in a room, to some people, or to everyone."""

from typing import Final

from hubbub.core.features.membership import require_member
from hubbub.core.kinds import Command, Event, Manner, PersonId, Refused
from hubbub.core.room import Room
from hubbub.core.texts import remove_controls

MESSAGE_BYTES: Final = 16_384
"""Longest message, in bytes of UTF-8. The architecture, section 6; a store never meets a longer one."""


class Say(Command, frozen=True):
    """Say something in a channel one is in."""

    room: str
    text: str
    manner: Manner = "text"


class Tell(Command, frozen=True):
    """Say something to people, each of them alone; the outcome lists every one of them."""

    recipients: tuple[str, ...]
    text: str
    manner: Manner = "text"


class Broadcast(Command, frozen=True):
    """Say something to everyone on the server."""

    text: str


class Said(Event, frozen=True):
    """Something was said in the room."""

    text: str
    manner: Manner = "text"


class Announced(Event, frozen=True):
    """Something was said to everyone on the server."""

    text: str


def decide_say(room: Room, author: PersonId, name: str, command: Say) -> Said:
    """Let a member speak; raises `Refused` with `not_a_member`, `empty` or `too_long`."""
    require_member(room, author)
    return Said(author, name, clean_text(command.text), command.manner)


def decide_tell(author: PersonId, name: str, command: Tell) -> Said:
    """Return what each willing recipient hears; raises `Refused` with `empty` or `too_long`."""
    return Said(author, name, clean_text(command.text), command.manner)


def decide_broadcast(author: PersonId, name: str, command: Broadcast) -> Announced:
    """Let anyone speak to all; raises `Refused` with `empty` or `too_long`."""
    return Announced(author, name, clean_text(command.text))


def clean_text(text: str) -> str:
    """Return the text without control characters other than newline and tab, its outer line ends cut off.

    Raises `Refused` with `empty` when nothing is left and `too_long` beyond `MESSAGE_BYTES`.
    """
    if not text.isprintable():
        text = remove_controls(text.replace("\r\n", "\n")).strip("\n")
    if not text or text.isspace():
        raise Refused("empty", "There is nothing to say in an empty message.")
    if len(text) * 4 > MESSAGE_BYTES:
        _require_short(text)
    return text


def _require_short(text: str) -> None:
    size = len(text.encode())
    if size > MESSAGE_BYTES:
        raise Refused(
            "too_long",
            f"That message has {size} bytes, and {MESSAGE_BYTES} is the most. Send it in parts or as a file.",
        )

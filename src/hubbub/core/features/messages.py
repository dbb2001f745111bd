"""Messages: what is said in a room, to some people, or to everyone."""

from typing import Final, Protocol

from hubbub.core.features.membership import require_member
from hubbub.core.files import FileId, FileView, require_few_files
from hubbub.core.kinds import Command, Event, Manner, PersonId, Refused, Seq
from hubbub.core.limits import Limits
from hubbub.core.nonces import require_nonce
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room
from hubbub.core.terms import Term
from hubbub.core.texts import remove_controls

DEFAULTS: Final = Limits()
"""What holds unless an operator says otherwise."""


class Say(Command, frozen=True):
    """Say something in a channel one is in."""

    room: str
    text: str
    manner: Manner = "text"
    nonce: str = ""
    """See `nonces`."""
    files: tuple[FileId, ...] = ()
    """What to show with it: one's own uploads, finished. Then there need be no text."""
    to: RoomRole = RoomRole.MEMBER
    """The lowest role of those for whom it is: with any but that of everybody, nobody else learns of it."""


class Tell(Command, frozen=True):
    """Say something to people, each of them alone; the outcome lists every one of them."""

    recipients: tuple[str, ...]
    text: str
    manner: Manner = "text"
    nonce: str = ""
    files: tuple[FileId, ...] = ()


class Broadcast(Command, frozen=True):
    """Say something to everyone on the server."""

    text: str
    nonce: str = ""


class Said(Event, frozen=True):
    """Something was said in the room."""

    text: str
    manner: Manner = "text"
    reply_to: Seq = Seq(0)
    """The message that it answers, in the same room."""
    thread: Seq = Seq(0)
    """The first message of the chain of answers that it is part of, unless it is that itself."""
    mentions: tuple[PersonId, ...] = ()
    """Whom it calls."""
    calls_all: bool = False
    """Whether it calls everybody in the room."""
    nonce: str = ""
    """See `nonces`."""
    files: tuple[FileView, ...] = ()
    """What stands with it."""

    @property
    def gist(self) -> str:
        """What stands for it where something else is about it: its text or, without one, what its files are called."""
        return self.text or ", ".join(view.name for view in self.files)


class Confided(Event, frozen=True):
    """Something was said in the room to those who have a role there; nobody else but who said it learns of it."""

    text: str
    to: RoomRole
    """The lowest of those roles."""
    manner: Manner = "text"
    nonce: str = ""
    """See `nonces`."""


class Announced(Event, frozen=True):
    """Something was said to everyone on the server."""

    text: str
    nonce: str = ""


class Erased(Event, frozen=True):
    """Stands in the place of what was said and is not kept any more; not even who said it is."""


ERASED: Final = Erased(PersonId(""), "")
"""The only one there is."""


def apply_said(room: Room, event: Said | Confided, time_ms: int) -> None:
    """Note in a slow room who spoke, and forget those who may speak again; in others nothing changes."""
    slow_ms = room.settings.slow_seconds * 1_000
    if slow_ms <= 0:
        return
    spoken = room.spoken
    spoken.pop(event.author, None)
    while spoken and Term(oldest := next(iter(spoken.values())), oldest + slow_ms).is_over(time_ms):
        del spoken[next(iter(spoken))]
    spoken[event.author] = time_ms


def decide_say(room: Room, author: PersonId, name: str, command: Say, limits: Limits) -> Said:
    """Let a member speak; raises `Refused` with `not_a_member`, `empty` or `too_long`."""
    require_member(room, author)
    return Said(author, name, clean_spoken(command, limits), command.manner, nonce=require_nonce(command.nonce))


def decide_confide(room: Room, author: PersonId, name: str, command: Say, limits: Limits) -> Confided:
    """Let a member speak to some of those there, in words alone; raises `Refused` as `decide_say`."""
    require_member(room, author)
    if command.files:
        raise Refused("not_allowed", "Files are for everybody in a room, and not for some there. Say it without them.")
    text = clean_text(command.text, limits)
    return Confided(author, name, text, command.to, command.manner, require_nonce(command.nonce))


def decide_tell(author: PersonId, name: str, command: Tell, limits: Limits) -> Said:
    """Return what each willing recipient hears; raises `Refused` with `empty` or `too_long`."""
    return Said(author, name, clean_spoken(command, limits), command.manner, nonce=require_nonce(command.nonce))


def decide_broadcast(author: PersonId, name: str, command: Broadcast, limits: Limits) -> Announced:
    """Let anyone speak to all; raises `Refused` with `empty` or `too_long`."""
    return Announced(author, name, clean_text(command.text, limits), require_nonce(command.nonce))


class Spoken(Protocol):
    """What somebody wants to say."""

    @property
    def text(self) -> str:
        """In words."""

    @property
    def files(self) -> tuple[FileId, ...]:
        """And with which files."""


def clean_spoken(command: Spoken, limits: Limits) -> str:
    """Return the text of what is to be said, as `clean_text`; it may be empty where there are files.

    Raises `Refused` with `too_many_files` as well.
    """
    if not command.files:
        return clean_text(command.text, limits)
    require_few_files(len(command.files), limits.files_per_message)
    return clean_text(command.text, limits) if remove_controls(command.text).strip() else ""


def clean_text(text: str, limits: Limits = DEFAULTS) -> str:
    """Return the text without control characters other than newline and tab, its outer line ends cut off.

    Raises `Refused` with `empty` when nothing is left and `too_long` beyond `message_bytes` of UTF-8 or
    `message_lines` (0 = no limit).
    """
    if not text.isprintable():
        text = remove_controls(text.replace("\r\n", "\n")).strip("\n")
        _require_few_lines(text, limits.message_lines)
    if not text or text.isspace():
        raise Refused("empty", "There is nothing to say in an empty message.")
    # No character has more than four bytes, so most texts need not be measured.
    if limits.message_bytes and len(text) * 4 > limits.message_bytes:
        _require_short(text, limits.message_bytes)
    return text


def _require_short(text: str, limit_bytes: int) -> None:
    size = len(text.encode())
    if size > limit_bytes:
        raise Refused("too_long", f"That message has {size} bytes, and {limit_bytes} is the most. Send it in parts.")


def _require_few_lines(text: str, limit: int) -> None:
    """Refuse what would cost its readers many times its bytes: many protocols repeat who speaks in every line."""
    lines = text.count("\n") + 1
    if limit and lines > limit:
        raise Refused("too_long", f"That message has {lines} lines, and {limit} is the most. Send it in parts.")

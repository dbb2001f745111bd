"""Telling: what happens as lines for people, in the words of the text protocol. Pure but for the local time."""

from typing import Final, assert_never

from hubbub.core.catalog import (
    AnyEvent,
    DirectoryEvent,
    ModerationEvent,
    PinningEvent,
    QuietEvent,
    Record,
)
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Removed, Unreacted
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import RoomId
from hubbub.core.room import Room, RoomKind
from hubbub.phrasing import message_phrases, phrases, room_phrases
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.phrasing.stamps import day_and_minute
from hubbub.tui.visible import make_line_visible, make_visible

INDENT: Final = "    "
"""Before the further lines of a message, so that none can be taken for another's."""


def tell_record(record: Record, room: str, links: FileLinks) -> str:
    """Return what happened in a room called so; empty for what nobody needs to be told.

    What others wrote is harmless in it. It may have several lines; each but the first is indented.
    """
    head, text = _say(record, room, links)
    return f"{make_line_visible(head)}{_indent(text)}".rstrip() if head or text else ""


def tell_listed(record: Record, links: FileLinks, number: int = 0) -> str:
    """Return a message of a list: when, who, what, and what became of it; with the number that it is called by."""
    event = record.event
    mark = f"#{number} " if number else ""
    if isinstance(event, Removed):
        gone = make_line_visible(f"{event.name}: {message_phrases.gone(event)}")
        return f"{mark}{_when(record)} {gone}{_indent(message_phrases.aftermath(record))}"
    head, text = _say(record, "", links)
    return f"{mark}{_when(record)} {make_line_visible(head)}{_indent(text + message_phrases.aftermath(record))}"


def _say(record: Record, room: str, links: FileLinks) -> tuple[str, str]:  # noqa: C901 - a table
    """Return what stands before what somebody said, and that; or a sentence and nothing."""
    event = record.event
    match event:
        case Said():
            return _head(event, message_phrases.answering(record)), links.text_of(event)
        case Confided():
            return f"{event.name} {message_phrases.addressees(event)}: ", event.text
        case Announced():
            return f"{event.name} to everyone: ", event.text
        case Edited():
            return (f"{event.name} fixed: ", event.text) if event.text else ("", "")
        case Deleted():
            return message_phrases.deletion(event), ""
        case Reacted() | Unreacted():
            return f"{message_phrases.reaction(record, event)}.", ""
        case _ if isinstance(event, PinningEvent):
            return message_phrases.pinning(record, event), ""
        case _ if isinstance(event, QuietEvent | DirectoryEvent):
            return "", ""
        case _:
            return tell_event(event, room), ""


def tell_event(event: AnyEvent, room: str) -> str:
    """Return what happened around what was said, as a sentence; empty for anything else."""
    match event:
        case Joined():
            return phrases.joined(_room(room), event)
        case Left():
            return phrases.left(_room(room), event)
        case Renamed():
            return phrases.renamed(event)
        case TopicSet():
            return phrases.topic_set(_room(room), event)
        case Imported():
            return message_phrases.imported(_room(room), event)
        case _ if isinstance(event, ModerationEvent):
            return room_phrases.moderated(room, event)
        case _:
            return ""


def _head(said: Said, answering: str) -> str:
    match said.manner:
        case "text":
            return f"{said.name}{answering}: "
        case "action":
            return f"* {said.name} "
        case "notice":
            return f"{said.name} (notice): "
        case _:
            assert_never(said.manner)


def _room(name: str) -> Room:
    """Return as much of a room as the sentences need."""
    return Room(RoomId(0), RoomKind.CHANNEL, name.casefold(), name)


def _when(record: Record) -> str:
    return day_and_minute(record.time_ms)


def _indent(text: str) -> str:
    return make_visible(text).replace("\n", f"\n{INDENT}")

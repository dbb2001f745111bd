"""Remarks: what IRC has no word for and a channel is told in a sentence."""

from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Pinned, Unpinned
from hubbub.core.features.importing import Imported
from hubbub.core.room import Room, RoomKind
from hubbub.phrasing import message_phrases


def remark(room: Room, record: Record) -> str:
    """Return the sentence; empty where nothing has to be said."""
    if room.kind is not RoomKind.CHANNEL:
        return ""
    match record.event:
        case Pinned() | Unpinned() as event:
            return message_phrases.pinning(record, event)
        case Imported() as event:
            return message_phrases.imported(room, event)
        case _:
            return ""

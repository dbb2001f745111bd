"""Exporting: a room and what was said in it as things that a file can hold, page by page."""

from collections.abc import AsyncIterator, Collection
from typing import Final

import msgspec
from msgspec.structs import replace

from hubbub.core.catalog import SPOKEN_EVENTS, Record, addressed
from hubbub.core.directory import DELETED, Directory
from hubbub.core.features.annotating import Removed
from hubbub.core.features.messages import Confided, Said
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.notes import NO_NOTE, Note
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room, RoomHead, RoomKind, direct_people
from hubbub.core.room_settings import Change, RoomSettings
from hubbub.service.ports import Store
from hubbub.wire.transfer.things import (
    AccountThing,
    FileThing,
    Gone,
    MessageThing,
    Officer,
    Person,
    RoomThing,
    TopicThing,
    Version,
    to_time,
)

EXPORT_PAGE: Final = 500
"""Messages read at a time."""


async def export_messages(
    store: Store, head: RoomHead, pins: Collection[Seq], directory: Directory
) -> AsyncIterator[tuple[Seq, MessageThing]]:
    """Yield everything said in a room until `head`, each with its place, as it looks now.

    Raises `StoreUnavailable`.
    """
    after = Seq(0)
    while page := await store.load_messages_after(head.id, after, EXPORT_PAGE):
        for record in page:
            if record.seq > head.seq:
                return
            thing = message_thing(record, directory, is_pinned=record.seq in pins)
            if thing is not None:
                yield record.seq, thing
        after = page[-1].seq


def message_thing(record: Record, directory: Directory, *, is_pinned: bool) -> MessageThing | None:
    """Return a message as it looks now; what those were called whose accounts are gone is not told any more."""
    event, note = record.event, record.note or NO_NOTE
    if not isinstance(event, (*SPOKEN_EVENTS, Removed)):
        return None
    thing = MessageThing(
        str(record.seq), to_time(record.time_ms), directory.signed(event.author, event.name), event.author
    )
    if (to := addressed(event)) is not RoomRole.MEMBER:
        thing = replace(thing, to=to)
    if isinstance(event, Removed):
        by = Person(event.by) if event.by else None
        return replace(thing, deleted=Gone(by, event.reason))
    thing = replace(thing, text=event.text, is_pinned=is_pinned, reactions=_reactions(note, directory))
    if note.edits:
        versions = tuple(Version(one.text, to_time(one.time_ms)) for one in note.versions)
        thing = replace(thing, edited=to_time(note.edited_ms), versions=versions)
    if isinstance(event, Confided):
        thing = replace(thing, manner=event.manner)
    if isinstance(event, Said):
        files = tuple(
            FileThing(one.id, one.name, one.media_type, one.size_bytes, one.width, one.height) for one in event.files
        )
        thing = replace(thing, files=files)
        thing = replace(thing, manner=event.manner, reply_to=_name(event.reply_to), thread=_name(event.thread))
    return thing


def room_thing(room: Room, directory: Directory) -> RoomThing:
    """Return a room without what was said there; the key that lets people in is nobody's business."""
    people = [(one, member.name) for one, member in room.members.items()]
    people += [(one, "") for one in direct_people(room.kind, room.key)]
    topic = room.topic
    return RoomThing(
        str(room.id),
        room.name,
        "direct" if room.kind is RoomKind.DIRECT else "channel",
        None if topic is None else TopicThing(topic.text, topic.name, to_time(topic.time_ms)),
        _settings(room.settings),
        tuple(Person(_called(one, name, directory), one) for one, name in people),
        tuple(Officer(one, _called(one, "", directory), role) for one, role in room.roles.items()),
    )


def account_things(directory: Directory) -> list[AccountThing]:
    """Return who has an account, by name, and nothing that he could be proved by."""
    accounts = sorted(directory.accounts.items(), key=lambda item: item[1].key)
    return [
        AccountThing(person, account.name, account.role, to_time(account.opened_ms), account.is_disabled)
        for person, account in accounts
    ]


def _settings(settings: RoomSettings) -> Change:
    """Return what is not as in a new room."""
    usual = RoomSettings(key=settings.key)
    changed = {
        name: value for name in settings.__struct_fields__ if (value := getattr(settings, name)) != getattr(usual, name)
    }
    return msgspec.convert(changed, Change)


def _called(person: PersonId, name: str, directory: Directory) -> str:
    account = directory.accounts.get(person)
    return name or (DELETED if account is None else account.name)


def _reactions(note: Note, directory: Directory) -> dict[str, tuple[Person, ...]]:
    return {
        reaction: tuple(Person(directory.signed(one, name), one) for one, name in people.items())
        for reaction, people in note.reactions.items()
    }


def _name(seq: Seq) -> str:
    return str(seq) if seq else ""

"""Scenes: what happens in a room, as the rules of the core tell it, for clients in any language.

With them they show that they know a room as the server does: a snapshot plus the records since equals a fresh snapshot,
and so does what is unread.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from hubbub.core.applying import apply
from hubbub.core.calls import messages_in
from hubbub.core.catalog import SPOKEN_EVENTS, AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted, Unpinned, Unreacted, removed
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Confided, Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.settings import RoomRenamed, SettingsChanged
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.revising import revise, revised_by
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room, RoomHead, RoomKind, empty_room
from hubbub.core.room_settings import Change
from hubbub.core.unread import NO_THREAD, Count, Mark, count_unread, stretch_of
from hubbub.wire.native import RecordMessage, RoomState

TEA: Final = RoomId(4)
ANN: Final = PersonId("p1")
"""Whose client it is."""
BOB: Final = PersonId("p2")
CAROL: Final = PersonId("p3")

START_MS: Final = 1_764_115_200_000
"""When everything begins, in milliseconds since 1970 UTC; each record comes a second later."""

FOUNDING: Final = (Joined(BOB, "bob", founding=True), Joined(ANN, "ann"))


class Unread(msgspec.Struct, frozen=True):
    """What Ann has not read, as the server counts."""

    mark: Seq
    unread: int
    mentions: int
    first: Seq
    is_more: bool


class Scene(msgspec.Struct, frozen=True):
    """One of them."""

    name: str
    you: PersonId
    snapshot: RoomState
    """The room when one comes in, or in again."""
    unread: Unread
    """What one has not read then."""
    records: tuple[RecordMessage, ...]
    """What is heard from then on."""
    fresh: RoomState
    """The room as a newcomer would be told of it after that."""
    unread_then: Unread


def make_scenes() -> list[Scene]:
    """Return all of them."""
    bob, carol = ("bob", "carol")
    one, two = Said(BOB, bob, "one"), Said(ANN, "ann", "two")
    tell = _scene
    return [
        tell("nothing happens", (one,), ()),
        tell("people talk", (one,), (two, Said(BOB, bob, "three", mentions=(ANN,)), Said(CAROL, carol, "four"))),
        tell(
            "messages are edited, twice, and call somebody",
            (one, two),
            (
                Edited(BOB, bob, Seq(3), "uno"),
                Said(BOB, bob, "three"),
                Edited(BOB, bob, Seq(3), "eins"),
                Edited(BOB, bob, Seq(6), "three, ann", mentions=(ANN,)),
            ),
        ),
        tell(
            "messages are deleted, by their writers and by others, and what comes after that changes nothing",
            (one, two, Reacted(ANN, "ann", Seq(3), "👍")),
            (
                Deleted(BOB, bob, Seq(3), BOB, bob),
                Deleted(BOB, bob, Seq(4), ANN, "ann", reason="spam"),
                Said(CAROL, carol, "three"),
                Deleted(CAROL, carol, Seq(8), CAROL, carol),
                Reacted(ANN, "ann", Seq(3), "🎉"),
                Edited(ANN, "ann", Seq(4), ""),
            ),
        ),
        tell(
            "reactions come, once for each person, and go",
            (one, Reacted(BOB, bob, Seq(3), "👍")),
            (
                Reacted(ANN, "ann", Seq(3), "👍"),
                Reacted(ANN, "ann", Seq(3), "👍"),
                Reacted(ANN, "ann", Seq(3), "🎉"),
                Unreacted(BOB, bob, Seq(3), "👍"),
                Unreacted(ANN, "ann", Seq(3), "🎉"),
                Unreacted(CAROL, carol, Seq(3), "🎉"),
            ),
        ),
        tell(
            "a thread is answered, and an answer deleted",
            (one, Said(ANN, "ann", "why?", reply_to=Seq(3), thread=Seq(3))),
            (
                Said(BOB, bob, "so", reply_to=Seq(4), thread=Seq(3)),
                Said(CAROL, carol, "oh", reply_to=Seq(3), thread=Seq(3)),
                Deleted(BOB, bob, Seq(5), BOB, bob, thread=Seq(3)),
                Deleted(BOB, bob, Seq(3), BOB, bob),
            ),
        ),
        tell("a topic is set", (one,), (TopicSet(BOB, bob, "tea"), TopicSet(ANN, "ann", "green tea"))),
        tell("a topic is taken away", (TopicSet(BOB, bob, "tea"),), (TopicSet(BOB, bob, ""), one)),
        tell(
            "people come and go, and are put out",
            (one,),
            (
                Joined(CAROL, carol),
                Left(BOB, bob),
                Joined(BOB, bob, by="ann"),
                Kicked(BOB, bob, CAROL, carol, "noise"),
            ),
        ),
        tell("people and the room are renamed", (one,), _renamings()),
        tell(
            "other settings hold",
            (one,),
            (
                SettingsChanged(BOB, bob, Change(access="private")),
                SettingsChanged(BOB, bob, Change(is_archived=True, slow_seconds=5)),
                SettingsChanged(BOB, bob, Change(is_archived=False)),
            ),
        ),
        tell("messages are pinned", (one, two, Pinned(ANN, "ann", Seq(3))), _pinnings()),
        tell(
            "something is for some of the room only",
            (one,),
            (
                Confided(BOB, bob, "psst", RoomRole.MODERATOR),
                Confided(BOB, bob, "oops", RoomRole.MODERATOR),
                Deleted(BOB, bob, Seq(5), BOB, bob),
            ),
        ),
        tell(
            "much is unread, some of it is deleted, and one speaks",
            (one, Said(BOB, bob, "ann?", mentions=(ANN,)), *(Said(BOB, bob, f"{number}") for number in range(6))),
            (
                Said(CAROL, carol, "all!", calls_all=True),
                Deleted(BOB, bob, Seq(8), BOB, bob),
                Said(ANN, "ann", "here"),
                Said(BOB, bob, "at last"),
            ),
            mark=Seq(4),
        ),
        tell(
            "more is unread than is counted",
            tuple(Said(BOB, bob, f"{number}") for number in range(90)),
            tuple(Said(BOB, bob, f"{number}") for number in range(90, 130)),
            mark=Seq(4),
        ),
    ]


def _renamings() -> tuple[AnyEvent, ...]:
    return (
        Renamed(BOB, "bob", "rob"),
        Said(BOB, "rob", "two"),
        RoomRenamed(BOB, "rob", "#tea", "#Green-Tea", "#green-tea"),
        Renamed(ANN, "ann", "anne"),
    )


def _pinnings() -> tuple[AnyEvent, ...]:
    return (
        Pinned(BOB, "bob", Seq(4)),
        Unpinned(BOB, "bob", Seq(3)),
        Pinned(BOB, "bob", Seq(3)),
        Deleted(BOB, "bob", Seq(3), BOB, "bob"),
    )


def _scene(name: str, before: Sequence[AnyEvent], after: Sequence[AnyEvent], mark: Seq | None = None) -> Scene:
    """Return what happens `before` one comes in and `after` that; what is not marked as read before is read."""
    records = _stamped((*FOUNDING, *before, *after))
    known, heard = records[: -len(after) or None], records[len(records) - len(after) :]
    head = known[-1].seq
    read = Mark(head if mark is None else mark, head)
    fresh = _state_after(records)
    return Scene(
        name,
        ANN,
        _state_after(known),
        _unread_after(known, read),
        tuple(RecordMessage(one.room, one.seq, one.time_ms, one.event, None, fresh.name) for one in heard),
        fresh,
        _unread_after(records, read),
    )


def _stamped(events: Sequence[AnyEvent]) -> list[Record]:
    return [Record(TEA, Seq(seq), START_MS + 1_000 * seq, event) for seq, event in enumerate(events, 1)]


def _state_after(records: Sequence[Record]) -> RoomState:
    room = empty_room(RoomHead(TEA, RoomKind.CHANNEL, "#tea", "#tea"))
    said: dict[Seq, Record] = {}
    for record in records:
        apply(room, record.event, record.time_ms)
        room.seq = record.seq
        said |= {seq: revise(said[seq], record) for seq in revised_by(record) if seq in said}
        if isinstance(record.event, SPOKEN_EVENTS):
            said[record.seq] = record
    return _told(room, tuple(said.values()))


def _told(room: Room, recent: tuple[Record, ...]) -> RoomState:
    settings = room.settings
    return RoomState(
        room.id,
        room.name,
        "channel",
        room.seq,
        room.topic,
        len(room.members),
        tuple(member.name for one, member in room.members.items() if one != ANN),
        recent,
        settings.access,
        settings.is_archived,
        settings.is_group,
    )


def _unread_after(records: Sequence[Record], mark: Mark) -> Unread:
    # She came in with the second record.
    stretch = stretch_of(TEA, NO_THREAD, Seq(1), Seq(0), (mark,))
    count: Count = count_unread(ANN, (), stretch, messages_in(_kept(records)))
    return Unread(stretch.floor, count.unread, count.mentions, count.first, count.is_more)


def _kept(records: Sequence[Record]) -> list[Record]:
    """Return the records as a store keeps them: of what was deleted it keeps nothing."""
    deletions = {event.message: event for one in records if isinstance(event := one.event, Deleted)}
    return [
        msgspec.structs.replace(record, event=removed(deletion)) if (deletion := deletions.get(record.seq)) else record
        for record in records
    ]

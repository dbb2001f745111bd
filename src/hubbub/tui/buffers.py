"""Buffers: rooms, conversations and the server's own lines, as somebody has them before him."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from hubbub.client.model import KnownRoom
from hubbub.core.catalog import Record, membership_of
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.revising import revise, revised_by
from hubbub.core.room import Topic
from hubbub.core.room_answers import MemberView
from hubbub.core.signals import TypingState
from hubbub.tui.changes import (
    BufferChanged,
    Change,
    EntriesInserted,
    EntriesReplaced,
    EntryAdded,
    EntryRevised,
    OutgoingChanged,
)
from hubbub.tui.entries import Entry, Notice, Outgoing, Standing

ENTRIES: Final = 100_000
"""Most entries of one buffer that are in memory; older ones are read again when somebody looks for them."""

CHARACTERS: Final = 32_000_000
"""Most characters of one buffer that are in memory, where its messages are long ones."""

DROPPED: Final = 1_000
"""How many of the oldest go at a time, so that it does not happen with every message."""

BufferKind = Literal["channel", "direct", "server"]
"""What it is: a channel or a group; a conversation of two; or what the server says itself."""


class BufferKey(NamedTuple):
    """Which buffer."""

    server: str
    """The station's name."""
    room: str
    """The room's name, in small letters; empty for the server's own lines."""


class Buffer:
    """One of them. It only changes by its methods, which return what has changed."""

    def __init__(self, server: str, name: str, kind: BufferKind, room_id: RoomId | None = None) -> None:
        self.server = server
        """The station's name."""
        self.name = name
        """`#tea`, or `@bob` for the conversation with him; empty for the server's own lines."""
        self.kind = kind
        self.room_id = room_id
        """None for a conversation in which nothing was said yet."""
        self.is_group = False
        self.is_joined = False
        """Whether what is said there is heard at present."""
        self.topic: Topic | None = None
        self.member_count = 0
        self.members: dict[str, MemberView] | None = None
        """Who is in it, by name; None until somebody wants to know."""
        self.entries: list[Standing] = []
        """In order, without a gap between the first record and the last."""
        self._characters = 0
        """How many have come since there was room, at least as many as are here."""
        self.outgoing: list[Outgoing] = []
        """What is to be said, in order: it stands below everything else."""
        self.unread = 0
        self.calls = 0
        """How many of what is unread call one."""
        self.read_to: Seq | None = None
        """The last record that one has read, as far as that is known."""
        self.level: Level = "default"
        self.draft = ""
        """What one has begun to write."""
        self.typing: dict[str, TypingState] = {}
        """Who is writing, or has stopped in the middle."""
        self.is_complete = False
        """Whether nothing is before the first entry."""
        self.seq = Seq(0)
        """The last record that is known of, whether it stands here or not."""
        self.gap: Seq | None = None
        """Behind which record something is missing that is still to be brought."""

    @property
    def key(self) -> BufferKey:
        """Which one it is."""
        return BufferKey(self.server, self.name.casefold())

    @property
    def title(self) -> str:
        """What it is called above it."""
        return self.name or self.server

    @property
    def is_muted(self) -> bool:
        """Whether one wants to be told of nothing in it."""
        return self.level == "nothing"

    @property
    def first_seq(self) -> Seq | None:
        """The first record in it; None where there is none."""
        return next((entry.seq for entry in self.entries if isinstance(entry, Entry)), None)

    @property
    def last_seq(self) -> Seq:
        """The last record in it, or behind which the last entry stands; 0 where there is none."""
        return self.entries[-1].seq if self.entries else Seq(0)

    def find(self, seq: Seq) -> int | None:
        """Return where a record stands among the entries, or None."""
        place = bisect_left(self.entries, seq, key=_seq_of)
        while place < len(self.entries) and self.entries[place].seq == seq:
            if isinstance(self.entries[place], Entry):
                return place
            place += 1
        return None

    def entry_at(self, seq: Seq) -> Entry | None:
        """Return the entry of a record, or None."""
        place = self.find(seq)
        found = None if place is None else self.entries[place]
        return found if isinstance(found, Entry) else None

    def merge(self, entries: Sequence[Entry], *, is_recalled: bool = False) -> list[Change]:
        """Take entries in order, wherever they belong; what stands already is replaced by how it looks now."""
        if not entries:
            return []
        if not self.entries or entries[0].seq > self.last_seq:
            return self._append(entries, is_recalled=is_recalled)
        first = self.first_seq
        if first is not None and entries[-1].seq < first:
            self.entries[:0] = entries
            return [EntriesInserted(self, len(entries))]
        return self._mix(entries)

    def _append(self, entries: Sequence[Entry], *, is_recalled: bool) -> list[Change]:
        self.entries.extend(entries)
        self._characters += sum(map(_length, entries))
        if self._drop_oldest():
            return [EntriesReplaced(self)]
        return [EntryAdded(self, entry, is_recalled) for entry in entries]

    def _drop_oldest(self) -> bool:
        """Keep no more than there is room for; return whether there was more."""
        if len(self.entries) <= ENTRIES and self._characters <= CHARACTERS:
            return False
        del self.entries[: max(len(self.entries) - ENTRIES + DROPPED, 0)]
        characters = self._characters = sum(map(_length, self.entries))
        if characters > CHARACTERS:
            place = 0
            while characters > CHARACTERS // 2:
                characters -= _length(self.entries[place])
                place += 1
            del self.entries[:place]
            self._characters = characters
        self.is_complete = False
        return True

    def _mix(self, entries: Sequence[Entry]) -> list[Change]:
        changes: list[Change] = []
        is_mixed = False
        last = self.last_seq
        new = [entry for entry in entries if entry.seq > last]
        for entry in entries[: len(entries) - len(new)]:
            place = self.find(entry.seq)
            if place is None:
                self.entries.insert(bisect_left(self.entries, entry.seq, key=_seq_of), entry)
                is_mixed = True
            elif self.entries[place] != entry:
                self.entries[place] = entry
                changes.append(EntryRevised(self, place, entry))
        return [*([EntriesReplaced(self)] if is_mixed else changes), *self._append(new, is_recalled=True)]

    def begin_anew(self, entries: Sequence[Entry]) -> list[Change]:
        """Have these entries and no others, because what is between them and the earlier ones is not known."""
        self.entries = list(entries)
        self.is_complete = False
        return [EntriesReplaced(self)]

    def renew(self, said: Sequence[Entry]) -> list[Change]:
        """Have this as what was said from its first message to its last, and what came after it."""
        last = said[-1].seq if said else Seq(0)
        others = [one for one in self.entries if isinstance(one, Notice) or one.kind == "event" or one.seq > last]
        self.entries = sorted([*said, *others], key=_seq_of)
        self.is_complete = False
        return [EntriesReplaced(self)]

    def revise(self, change: Record) -> list[Change]:
        """Let what a record is about look different."""
        changes: list[Change] = []
        for seq in revised_by(change):
            place = self.find(seq)
            entry = None if place is None else self.entries[place]
            if place is not None and isinstance(entry, Entry):
                revised = replace(entry, record=revise(entry.record, change))
                self.entries[place] = revised
                changes.append(EntryRevised(self, place, revised))
        return changes

    def tell(self, sentence: str, time_ms: int, *, is_error: bool = False) -> list[Change]:
        """Put a sentence at the end that nobody else sees."""
        notice = Notice(self.last_seq, time_ms, sentence, is_error)
        self.entries.append(notice)
        self._characters += len(sentence)
        return [EntriesReplaced(self)] if self._drop_oldest() else [EntryAdded(self, notice)]

    def clear(self) -> list[Change]:
        """Have nothing before one; what was said is read again when somebody looks for it."""
        return self.begin_anew([])

    def take_out(self, outgoing: Outgoing) -> list[Change]:
        """Take something that is to be said, or how it stands with it now."""
        for place, one in enumerate(self.outgoing):
            if one.nonce == outgoing.nonce:
                self.outgoing[place] = outgoing
                return [OutgoingChanged(self)]
        self.outgoing.append(outgoing)
        return [OutgoingChanged(self)]

    def drop_out(self, nonce: str) -> list[Change]:
        """Have it to say no longer, because it was heard or taken back."""
        left = [one for one in self.outgoing if one.nonce != nonce]
        if len(left) == len(self.outgoing):
            return []
        self.outgoing = left
        return [OutgoingChanged(self)]

    def adopt(self, room: KnownRoom, level: Level) -> list[Change]:
        """Take what is known of the room now, but for what was said there."""
        before = self._looks
        self.room_id, self.name, self.is_joined = room.id, self.name if self.kind == "server" else room.name, True
        self.topic, self.member_count, self.is_group = room.topic, room.member_count, room.is_group
        self.unread, self.calls, self.level = room.unread, room.calls, level
        if room.read_to is not None:
            self.read_to = room.read_to
        return [BufferChanged(self)] if before != self._looks else []

    @property
    def _looks(self) -> tuple[object, ...]:
        about = (self.room_id, self.name, self.is_joined, self.topic, self.member_count)
        return (*about, self.unread, self.calls, self.level, self.read_to)

    def count_member(self, record: Record) -> list[Change]:
        """Take note of who comes, goes, or is called something else."""
        event = record.event
        if self.members is None:
            return []
        if isinstance(event, Renamed):
            view = self.members.pop(event.name, None)
            if view is not None:
                self.members[event.new_name] = replace(view, name=event.new_name)
            return [BufferChanged(self)]
        membership = membership_of(event)
        if membership is None:
            return []
        name = event.person_name if isinstance(event, Kicked) else event.name
        if membership[1]:
            self.members.setdefault(name, MemberView(name, None))
        else:
            self.members.pop(name, None)
        return [BufferChanged(self)]

    def change_member(self, name: str, **fields: object) -> list[Change]:
        """Take note of what is true of a member now: whether he is `away`, or `is_present`."""
        if self.members is None or name not in self.members:
            return []
        self.members[name] = replace(self.members[name], **fields)
        return [BufferChanged(self)]

    def set_draft(self, text: str) -> list[Change]:
        """Have begun to write this."""
        if text == self.draft:
            return []
        self.draft = text
        return [BufferChanged(self)]

    def note_typing(self, name: str, state: TypingState) -> list[Change]:
        """Take note of whether somebody is writing."""
        before = self.typing.get(name)
        if state == "done":
            self.typing.pop(name, None)
        else:
            self.typing[name] = state
        return [BufferChanged(self)] if before != self.typing.get(name) else []

    def spoken(self, limit: int) -> list[Entry]:
        """Return the last things that were said, oldest first."""
        said = (entry for entry in reversed(self.entries) if isinstance(entry, Entry) and entry.kind != "event")
        return list(islice(said, limit))[::-1]

    def unread_from(self) -> int:
        """Return before which of the entries the line belongs behind which everything is unread."""
        if self.read_to is None:
            return len(self.entries)
        return bisect_right(self.entries, self.read_to, key=_seq_of)


def _length(entry: Standing) -> int:
    return len(entry.text) if isinstance(entry, Entry) else len(entry.sentence)


def _seq_of(entry: Standing) -> Seq:
    return entry.seq

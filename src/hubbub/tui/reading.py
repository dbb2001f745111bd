"""Reading: what stands in a buffer, as it is drawn. Pure."""

from bisect import bisect_left
from collections import OrderedDict
from typing import Final, assert_never

from hubbub.core.catalog import AnyEvent, ModerationEvent, PinningEvent, Record
from hubbub.core.features.annotating import Removed
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Broadcast, Confided
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.files import describe_size
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.texts import in_brackets
from hubbub.phrasing import message_phrases, room_phrases
from hubbub.tui.buffers import Buffer
from hubbub.tui.entries import Entry, Notice, Outgoing, Standing
from hubbub.tui.rasters import is_drawable
from hubbub.tui.shown import Shown, ShownFile, ShownReaction, Sort
from hubbub.wire.links import file_link
from hubbub.wire.native import You

KEPT: Final = 1_000
"""How many entries are remembered as they are drawn; the others are made again when they are seen."""

HINTED: Final = 50
"""With more entries than this, nothing is said of a room's being empty."""

_SORTS: Final[dict[str, Sort]] = {
    "text": "said",
    "action": "action",
    "notice": "notice",
    "everyone": "everyone",
    "some": "some",
}


_TO_ALL: Final = "to everyone:"


class NoticeKey(tuple[Seq, int, str]):
    """By which a sentence of this client is known."""

    __slots__ = ()


Key = Seq | NoticeKey | str
"""By which something is known wherever it stands: its record, the sentence itself, or its nonce."""


class BufferSource:
    """A buffer as a timeline wants it: what is stored, and below it what is still to be said."""

    def __init__(self, buffer: Buffer, you: You, base_url: str, new_from: Seq | None = None, *, hint: str = "") -> None:
        """Draw the line that says from where on things are new behind the record `new_from`, if there is one.

        The hint is what helps somebody on as long as nothing was said.
        """
        self.buffer: Final = buffer
        self._you = you
        self._base_url = base_url
        self.new_from = new_from
        self._hint = hint
        self._known: OrderedDict[int, tuple[Standing | Outgoing, Shown]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.buffer.entries) + len(self.buffer.outgoing)

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing older."""
        return self.buffer.is_complete

    @property
    def hint(self) -> str:
        """What helps somebody on, where nothing was said yet."""
        buffer = self.buffer
        # Nobody would see it above so many who came and went, and they would be looked through again and again.
        if not (buffer.is_complete or buffer.kind == "server") or len(self) > HINTED:
            return ""
        is_silent = not buffer.outgoing and not buffer.spoken(1)
        return self._hint if is_silent else ""

    def at(self, place: int) -> Standing | Outgoing:
        """Return what stands there."""
        entries = self.buffer.entries
        return entries[place] if place < len(entries) else self.buffer.outgoing[place - len(entries)]

    def shown(self, place: int) -> Shown:
        """Return how it looks."""
        standing = self.at(place)
        # By what it is: entries never change, they are replaced.
        known = self._known.get(id(standing))
        if known is not None and known[0] is standing:
            return known[1]
        shown = read(standing, self.buffer.name, self._you, self._base_url)
        self._known[id(standing)] = (standing, shown)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return shown

    def key(self, place: int) -> Key:
        """Return by what it is known."""
        standing = self.at(place)
        match standing:
            case Entry():
                return standing.seq
            case Notice():
                return NoticeKey((standing.seq, standing.time_ms, standing.sentence))
            case Outgoing():
                return standing.nonce
            case _:
                assert_never(standing)

    def find(self, key: object) -> int:
        """Return where it stands, or where it would."""
        entries = self.buffer.entries
        if isinstance(key, str):
            places = range(len(entries), len(self))
            return next((place for place in places if self.key(place) == key), max(len(self) - 1, 0))
        seq = key[0] if isinstance(key, NoticeKey) else key if isinstance(key, int) else 0
        place = bisect_left(entries, seq, key=lambda entry: entry.seq)
        while place + 1 < len(entries) and entries[place + 1].seq == seq and self.key(place) != key:
            place += 1
        return max(min(place, len(self) - 1), 0)

    def is_marked(self, place: int) -> bool:
        """Return whether what is new begins there."""
        new_from = self.new_from
        if new_from is None or not 0 < place < len(self.buffer.entries):
            return False
        entries = self.buffer.entries
        return entries[place - 1].seq <= new_from < entries[place].seq


def read(standing: Standing | Outgoing, room: str, you: You, base_url: str) -> Shown:
    """Return how something looks to somebody, in a room that is called so."""
    match standing:
        case Entry():
            return _read_entry(standing, room, you.id, base_url)
        case Notice():
            return Shown("told", standing.time_ms, text=standing.sentence, is_grave=standing.is_error)
        case Outgoing():
            return _read_outgoing(standing, you.name)
        case _:
            assert_never(standing)


def _read_outgoing(outgoing: Outgoing, name: str) -> Shown:
    request = outgoing.request
    is_for_all = isinstance(request, Broadcast)
    return Shown(
        "everyone" if isinstance(request, Broadcast) else _SORTS[request.manner],
        outgoing.time_ms,
        name,
        outgoing.text,
        is_mine=True,
        state="refused" if outgoing.state == "refused" else "waiting",
        reason=outgoing.sentence,
        more=_TO_ALL if is_for_all else "",
    )


def _read_entry(entry: Entry, room: str, you: PersonId, base_url: str) -> Shown:
    event = entry.event
    sort = _SORTS.get(entry.kind)
    if sort is None:
        return _read_event(entry.record, room)
    note = entry.note
    quote = entry.quote if entry.reply_to else None
    return Shown(
        sort,
        entry.time_ms,
        entry.name,
        entry.text,
        is_mine=entry.is_mine,
        calls_me=entry.calls_me,
        is_edited=bool(note.edits),
        quote_name=quote.name if quote else "a message" if entry.reply_to else "",
        quote_text=quote.text if quote else "",
        replies=note.replies,
        reactions=tuple(
            ShownReaction(reaction, len(people), you in people) for reaction, people in note.reactions.items()
        ),
        files=tuple(
            ShownFile(
                file.name,
                describe_size(file.size_bytes),
                file_link(base_url, file.id),
                file if is_drawable(file) else None,
            )
            for file in entry.files
        ),
        more=_addressees(event),
    )


def _addressees(event: AnyEvent) -> str:
    match event:
        case Confided():
            return f"{message_phrases.addressees(event)}:"
        case Announced():
            return _TO_ALL
        case _:
            return ""


def _read_event(record: Record, room: str) -> Shown:
    event = record.event
    match event:
        case Joined(by=""):
            return Shown("coming", record.time_ms, event.name)
        case Left(reason=""):
            return Shown("going", record.time_ms, event.name)
        case Removed():
            return Shown("removed", record.time_ms, event.name, message_phrases.gone(event))
        case _:
            return Shown("event", record.time_ms, event.name, describe(record, room))


def describe(record: Record, room: str) -> str:
    """Return what happened in a room, in a sentence; empty for what nobody is told of."""
    event = record.event
    match event:
        case Joined():
            return f"{event.name} came, taken in by {event.by}" if event.by else f"{event.name} came"
        case Left():
            went = f"was sent off this server by {event.by}" if event.by else "left"
            return f"{event.name} {went}{in_brackets(event.reason)}"
        case Renamed():
            return f"{event.name} is now called {event.new_name}"
        case TopicSet():
            return f"{event.name} set the topic: {event.text}" if event.text else f"{event.name} took the topic away"
        case Imported():
            return f"{event.messages} messages were brought here by {event.name}"
        case _ if isinstance(event, PinningEvent):
            return message_phrases.pinning(record, event).rstrip(".")
        case _ if isinstance(event, ModerationEvent):
            return room_phrases.moderated(room, event).rstrip(".")
        case _:
            return ""

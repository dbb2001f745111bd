"""Delivery: brings committed records to this node's listeners, each once and in order, whatever the fabric did."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import structlog
from msgspec.structs import replace

from hubbub.core.catalog import SPOKEN_EVENTS, AnyEvent, ModerationEvent, Record, membership_of
from hubbub.core.conversations import called_now
from hubbub.core.directory import Directory
from hubbub.core.features.annotating import Edited
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import quote_of
from hubbub.core.revising import subject_of
from hubbub.core.room import RoomKind, direct_people
from hubbub.core.signals import Removing, Retitling, Telling
from hubbub.core.terms import is_over
from hubbub.service.addressees import outsiders
from hubbub.service.audience import Held, send_held
from hubbub.service.outbox import Outbox
from hubbub.service.ports import Store, StoreUnavailable
from hubbub.service.rooms import PAGE, LiveRoom, Rooms
from hubbub.service.sessions import Sessions
from hubbub.service.tally import Tally

REPAIR_RETRY_SECONDS: Final = 0.5
"""When to look again for missed records after the store could not be asked."""

Moved = list[Joined | Left | Kicked | RoomRenamed]
"""Who came into a room and went out of it, and what it is called now."""

MOVES: Final = (Joined, Left, Kicked, RoomRenamed)
"""The same as it is asked for every record: a union would be made anew each time."""

FOLDED: Final = frozenset((Renamed, Left))
"""What may happen in several rooms at once."""

WORDS: Final = (*SPOKEN_EVENTS, Edited)
"""What somebody says, and what he lets it say afterwards."""

Folded = dict[AnyEvent, set[Outbox]]
"""What happens in several rooms of one batch, and who has heard of it already."""

ByRoom = Mapping[RoomId, tuple[Sequence[Record], Sequence[Outbox | None]]]
"""The records of one batch, and the connections that they came from."""

NOT_FOLDED: Final[Folded] = {}
"""For records that come alone."""

log = structlog.get_logger(__name__)


class Delivery:
    """Gives each record to the listeners of its room, after all earlier ones."""

    def __init__(self, store: Store, rooms: Rooms, house: House, sessions: Sessions, tally: Tally) -> None:
        self._tally = tally
        self._store = store
        self._rooms = rooms
        self._house = house
        self._sessions = sessions
        self._noticed: Callable[[Record, Directory], None] = lambda _record, _directory: None
        self._audited: Callable[[Record], None] = lambda _: None
        self._repairs: dict[RoomId, asyncio.Task[None]] = {}
        self.turn = asyncio.Lock()
        """Held while this node commits: a repair meanwhile would mistake its own records for another node's."""

    def on_directory(self, callback: Callable[[Record, Directory], None]) -> None:
        """Have this called with every record of the directory, this node's and others', and what it has come to."""
        self._noticed = callback

    def on_audit(self, callback: Callable[[Record], None]) -> None:
        """Have this called with every record of the audit, this node's and others'."""
        self._audited = callback

    async def deliver(self, records: Sequence[Record], origins: Sequence[Outbox | None]) -> None:
        """Deliver what this node has just committed, with the connection that each record came from.

        On return it was heard, and everything before it in its room, unless the room could not be read for a while.
        """
        is_one = len(records) == 1  # as a rule, where few talk
        folded = NOT_FOLDED if is_one else _fold(records)
        rooms: ByRoom = {records[0].room: (records, origins)} if is_one else _by_room(records, origins)
        # Who listens to several rooms gets one write all the same.
        held: Held | None = {} if len(rooms) > 1 else None
        moves = []
        for room, (own, own_origins) in rooms.items():
            live = self._rooms.get(room)
            if live is None:
                raise LookupError(room)
            moved: Moved = []
            moves.append((live, moved))
            try:
                await self._deliver_in_room(live, own, own_origins, folded, held, moved)
            except Exception:  # the error policy: a fault in one room is not the next one's
                log.exception("delivery.failed", room=room)
            self._rooms.settle_pending(live, len(own))
        if held:
            send_held(held)
        # Last of all, and nothing is waited for until they are welcomed: between the two they would hear things twice.
        for live, moved in moves:
            if moved:
                self._conclude(live, moved)

    async def _deliver_in_room(  # noqa: PLR0913 - one room's part of a batch
        self,
        live: LiveRoom,
        own: Sequence[Record],
        origins: Sequence[Outbox | None],
        folded: Folded,
        held: Held | None,
        moved: Moved,
    ) -> None:
        if own[0].seq == live.settled.seq + 1 and own[-1].seq == live.settled.seq + len(own):
            self._hear(live, own, origins, moved, folded, held)
            return
        if held:
            # While the store is read the fabric may bring what comes after it.
            send_held(held)
            held.clear()
        await self._catch_up(live, {record.seq: origin for record, origin in zip(own, origins, strict=True)}, moved)

    def receive(self, records: Sequence[Record]) -> None:
        """Take what the fabric brought from other nodes: repeated, late or too early as it may be."""
        for record in records:
            live = self._rooms.get(record.room)
            if live is None or record.seq <= live.settled.seq:
                continue
            if record.seq == live.settled.seq + 1:
                self._rooms.apply_foreign(live, record)
                moved: Moved = []
                self._hear(live, [record], [None], moved)
                self._conclude(live, moved)
            else:
                self._repair(live)

    async def check(self) -> None:
        """Look in the store for records whose last word the fabric lost. Raises `StoreUnavailable`."""
        heads = await self._store.load_heads([live.id for live in self._rooms.all()])
        for room, seq in heads.items():
            live = self._rooms.get(room)
            if live is not None and seq > live.settled.seq:
                self._repair(live)

    def _repair(self, live: LiveRoom) -> None:
        """Read from the store what is missing, unless somebody is about it already."""
        if live.id not in self._repairs:
            task = asyncio.create_task(self._repair_in_turn(live))
            self._repairs[live.id] = task
            task.add_done_callback(lambda _: self._repairs.pop(live.id))

    async def _repair_in_turn(self, live: LiveRoom) -> None:
        async with self.turn:
            moved: Moved = []
            await self._catch_up(live, {}, moved)
            self._conclude(live, moved)

    async def _catch_up(self, live: LiveRoom, origins: Mapping[Seq, Outbox | None], moved: Moved) -> None:
        """Deliver everything the store has beyond what was heard; those with an origin are this node's own."""
        while True:
            try:
                missed = await self._store.load_records(live.id, live.settled.seq, PAGE)
            except StoreUnavailable:
                await asyncio.sleep(REPAIR_RETRY_SECONDS)
                continue
            # The fabric may have brought some of them while the store was reading.
            fresh = [record for record in missed if record.seq > live.settled.seq]
            for record in fresh:
                if record.seq not in origins:
                    self._rooms.apply_foreign(live, record)
            if fresh:
                self._hear(live, fresh, [origins.get(record.seq) for record in fresh], moved)
            if len(missed) < PAGE:
                return

    def _hear(  # noqa: PLR0913 - one room's part of a batch
        self,
        live: LiveRoom,
        records: Sequence[Record],
        origins: Sequence[Outbox | None],
        moved: Moved,
        folded: Folded = NOT_FOLDED,
        held: Held | None = None,
    ) -> None:
        """Give records to those who listen, and note in `moved` who came and went."""
        muted: dict[Outbox, set[int]] = {}
        # In a conversation of two, whom one refuses was decided before.
        is_direct = live.settled.kind is RoomKind.DIRECT
        told: list[Record] = []
        own: list[tuple[Outbox, int]] = []
        for place, (record, origin) in enumerate(_settle(live, records, origins, moved)):
            told.append(record)
            event = record.event
            if origin is not None and not self._echoes(live, origin, event):
                muted.setdefault(origin, set()).add(place)
                if origin.on_own is not None:
                    own.append((origin, place))
            if is_direct:
                self._tell_elsewhere(live, record, origin, place, muted)
            else:
                self._mute_refusers(live, record, place, muted)
                self._mute_outsiders(live, event, place, muted)
            # Most of what happens is said, and to find out that a struct is none of four classes takes longest.
            if type(event) is not Said and isinstance(event, MOVES):
                moved.append(event)
                self._mute_mover(event, range(place, len(records)), muted)
            if folded and event in folded:
                _tell_once(live, record, folded[event], place, moved, muted)
        directory = self._house.directory
        quoted = [quoting(live, record, directory) for record in told]
        self._tally.deliveries += live.audience.hear(live.settled, quoted, muted, held)
        _tell_own(live, own, quoted)
        if live.settled.kind is not RoomKind.CHANNEL:
            self._pass_on(live, records)
        self._detach_leavers(live, moved)

    def _pass_on(self, live: LiveRoom, records: Sequence[Record]) -> None:
        """Tell those parts of the server that look after what has happened where nobody listens."""
        match live.settled.kind:
            case RoomKind.DIRECTORY:
                for record in records:
                    self._noticed(record, live.settled.directory)
            case RoomKind.AUDIT:
                for record in records:
                    self._audited(record)
            case _:
                pass

    def _echoes(self, live: LiveRoom, origin: Outbox, event: AnyEvent) -> bool:
        """Return whether a connection hears what comes from itself.

        Where one has no idea of rooms, the answer says it all of what was told one person.
        """
        if live.settled.kind is RoomKind.DIRECT and not live.audience.hears_itself(origin):
            return False
        return live.audience.echoes(origin, event)

    def _tell_elsewhere(
        self, live: LiveRoom, record: Record, origin: Outbox | None, place: int, muted: dict[Outbox, set[int]]
    ) -> None:
        """Show somebody what he has told another on one of his connections on the others too, as his own."""
        event = record.event
        others = [one for one in direct_people(live.settled.kind, live.settled.key) if one != event.author]
        for session in self._sessions.of(event.author):
            outbox = session.outbox
            if outbox is not origin and not live.audience.hears_itself(outbox) and isinstance(event, Said) and others:
                muted.setdefault(outbox, set()).add(place)
                session.notice(Telling(tuple(called_now(self._house, one) for one in others), event.gist))

    def _mute_refusers(self, live: LiveRoom, record: Record, place: int, muted: dict[Outbox, set[int]]) -> None:
        """Spare those who refuse to hear the author; clients that keep a state of the room need all but his words."""
        event, now_ms = record.event, record.time_ms
        refusers = self._house.refusers_of(event.author)
        # What moderators do concerns everyone, and nobody can keep it from himself by blocking them.
        if not refusers or isinstance(event, ModerationEvent):
            return
        for refuser in refusers:
            if self._refuses(refuser, event.author, now_ms):
                for session in self._sessions.of(refuser):
                    if isinstance(event, WORDS) or not live.audience.keeps_state(session.outbox):
                        muted.setdefault(session.outbox, set()).add(place)

    def _mute_outsiders(self, live: LiveRoom, event: AnyEvent, place: int, muted: dict[Outbox, set[int]]) -> None:
        """Spare those what they may not read. Most of what happens is said to everybody, and asked about first."""
        if type(event) is not Said:
            for outbox in outsiders(self._house, self._sessions, live, event):
                muted.setdefault(outbox, set()).add(place)

    def _refuses(self, refuser: PersonId, author: PersonId, now_ms: int) -> bool:
        """Return whether someone refuses to hear another, by what is kept and not by what is only decided."""
        room = self._house.find_room(RoomKind.PERSONAL, refuser)
        live = None if room is None else self._rooms.get(room.id)
        block = None if live is None else live.settled.blocks.get(author)
        return block is not None and not is_over(block.term, now_ms)

    def _mute_mover(self, event: AnyEvent, places: range, muted: dict[Outbox, set[int]]) -> None:
        """Let someone hear nothing of a room from his departure on; if he comes back, his welcome tells him."""
        if (leaver := _leaver(event)) is not None:
            for session in self._sessions.of(leaver):
                muted.setdefault(session.outbox, set()).update(places)

    def _detach_leavers(self, live: LiveRoom, moved: Moved) -> None:
        for event in moved:
            if (leaver := _leaver(event)) is not None:
                for session in self._sessions.of(leaver):
                    session.detach(live)

    def _conclude(self, live: LiveRoom, moved: Moved) -> None:
        """Do what comes after a batch was heard: newcomers listen, and who was put out, or where one is, is told.

        What was before, newcomers learn on being welcomed.
        """
        for event in moved:
            match event:
                case Joined():
                    if event.author in live.settled.members:
                        for session in self._sessions.of(event.author):
                            session.attach(live)
                case Kicked():
                    removing = Removing(live.settled.name, event.name, event.reason, event.is_banned, event.term)
                    self._sessions.notice([(event.person, removing)])
                case RoomRenamed():
                    retitling = Retitling(event.old_name, event.new_name, event.reason)
                    self._sessions.notice([(member, retitling) for member in live.settled.members])
                case Left():
                    pass


def quoting(live: LiveRoom, record: Record, directory: Directory) -> Record:
    """Return a record with what stands for the message that it is about, if there is one at hand.

    Where newcomers may not read what was said before, nothing of its text.
    """
    event = record.event
    if type(event) is Said and not event.reply_to:
        return record
    subject = subject_of(event)
    message = live.at_hand(subject) if subject else None
    if message is None:
        return record
    said, is_open = message.event, live.settled.settings.history == "everyone"
    name = directory.signed(said.author, said.name)
    return replace(record, quote=quote_of(name, said.gist if is_open and isinstance(said, Said) else ""))


def _settle(
    live: LiveRoom, records: Sequence[Record], origins: Sequence[Outbox | None], moved: Moved
) -> Iterator[tuple[Record, Outbox | None]]:
    """Apply each record, and yield those of which listeners are told.

    What was imported they find in the history, and are told so when all of it is there.
    """
    for record, origin in zip(records, origins, strict=True):
        is_told, event = record.seq > live.settled.imported_to, record.event
        live.settle(record)
        if type(event) is Imported:
            live.importing = record
        elif is_told:
            yield record, origin
        elif isinstance(event, MOVES):
            moved.append(event)
        if live.importing is not None and record.seq >= live.settled.imported_to:
            yield live.importing, None
            live.importing = None


def _tell_own(live: LiveRoom, own: Sequence[tuple[Outbox, int]], records: Sequence[Record]) -> None:
    """Show connections what came from them, where they want to know it and are not told: see `Outbox.on_own`."""
    for origin, place in own:
        if origin.on_own is not None:
            origin.on_own(live.settled, records[place])


def _leaver(event: AnyEvent) -> PersonId | None:
    """Return who went out of the room, of his own will or not."""
    change = membership_of(event)
    return None if change is None or change[1] else change[0]


def _by_room(records: Sequence[Record], origins: Sequence[Outbox | None]) -> ByRoom:
    rooms: dict[RoomId, tuple[list[Record], list[Outbox | None]]] = {}
    for record, origin in zip(records, origins, strict=True):
        own = rooms.get(record.room)
        if own is None:
            own = rooms[record.room] = ([], [])
        own[0].append(record)
        own[1].append(origin)
    return rooms


def _fold(records: Sequence[Record]) -> Folded:
    """Return the renamings and departures that stand in more than one room of this batch."""
    wide = [record.event for record in records if type(record.event) in FOLDED]
    # As a rule there are none, and a counter costs more than the rest of a delivery to a few.
    return {event: set() for event, count in Counter(wide).items() if count > 1} if wide else NOT_FOLDED


def _tell_once(  # noqa: PLR0913 - what is known of one record
    live: LiveRoom, record: Record, informed: set[Outbox], place: int, moved: Moved, muted: dict[Outbox, set[int]]
) -> None:
    """Spare those who fold what they heard in another room, and note who else hears it now.

    Where he whom it is about has come in with the same batch, they hear of that after it, and would think he stayed.
    """
    author = record.event.author
    if not any(type(event) is Joined and event.author == author for event in moved):
        for outbox in informed:
            if live.audience.folds(outbox):
                muted.setdefault(outbox, set()).add(place)
    informed.update(live.audience.hearers(live.settled, record))

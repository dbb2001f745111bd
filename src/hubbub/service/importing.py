"""Importing: an archive is read as a whole before anything is written, and nobody sees half of it.

First everything is read, so that what is broken in it is known; then new rooms are written where nobody sees them, in
as many transactions as it takes; the last one makes all of them visible at once, and brings what is new into rooms that
came from the same source before. See `docs/decisions/importing.md`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from hubbub.core.directory import Directory
from hubbub.core.kinds import Refused, RoomId
from hubbub.core.names import Name, parse_room_name
from hubbub.core.room import RoomHead, RoomKind, direct_key
from hubbub.core.texts import clean_line
from hubbub.service.archives import Archive, Warn
from hubbub.service.import_drafts import ImportDrafts, count_pins, name_of
from hubbub.service.import_people import ImportPeople
from hubbub.service.imports import ImportDraft, Publication, RoomImport, chunks_of
from hubbub.service.ports import Clock, NameConflict, Snapshot, Store
from hubbub.service.rooms import Rooms
from hubbub.wire.transfer.things import MessageThing, RoomThing, to_ms

STAGE_CHUNK: Final = 1_000
"""Drafts written in one transaction into a room that nobody sees."""

SOURCE_LIMIT: Final = 100
"""Longest name of a source, in characters."""

DAY_MS: Final = 24 * 60 * 60 * 1_000

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


class ImportOptions(msgspec.Struct, frozen=True):
    """What whoever imports may choose."""

    accounts: Mapping[str, str] = {}
    """Who in the archive has which account here."""
    match_names: bool = False
    """Whether those are the same who are called alike."""
    rooms: Mapping[str, str] = {}
    """What rooms of the archive are to be called here."""
    with_direct: bool = False


class RoomPlan(msgspec.Struct, frozen=True):
    """What is to be done with a room."""

    room: RoomThing
    name: str
    """What it is called, here if anything is done with it."""
    deed: Literal["new", "added to", "left out"]
    target: RoomId | None = None
    """The room that is added to."""
    publication: tuple[RoomKind, str] | None = None
    """What a new one is to be: its kind and its key."""
    reason: str = ""
    """Why it is left out."""
    messages: int = 0
    """How many the archive has."""
    too_old: int = 0
    """How many of them are older than this server keeps any."""


class Importer:
    """Imports one archive. Every method may raise `BrokenArchive`, `Refused` and `StoreUnavailable`."""

    def __init__(  # noqa: PLR0913 - what it brings together
        self,
        archive: Archive,
        options: ImportOptions,
        store: Store,
        rooms: Rooms,
        directory: Directory,
        clock: Clock,
        keep_days: int,
    ) -> None:
        """Import into a server that keeps what is said for so many days (0 = for ever)."""
        self._archive = archive
        self._source = clean_line(archive.source, SOURCE_LIMIT)
        self._options = options
        self._store = store
        self._rooms = rooms
        self._people = ImportPeople(
            self._source, archive.people, directory, options.accounts, match_names=options.match_names
        )
        self._drafts = ImportDrafts(self._people)
        self._now_ms = clock.time_ms()
        self._oldest_ms = self._now_ms - keep_days * DAY_MS if keep_days else 0

    # First, everything is read.

    async def plan(self, warn: Warn, progress: Progress) -> list[RoomPlan]:
        """Read the whole archive, and return what is to be done. Changes nothing."""
        self._require_rooms_known()
        read_bytes = 0
        plans: list[RoomPlan] = []
        for room in self._archive.rooms:
            messages = too_old = 0
            for count, message in self._archive.messages(room, warn):
                messages += 1
                too_old += self._is_too_old(message)
                read_bytes += count
                progress(read_bytes, self._archive.size_bytes)
            plan = await self._plan_room(room, plans)
            plans.append(replace(plan, messages=messages, too_old=too_old))
        progress(1, 1)
        return plans

    async def _plan_room(self, room: RoomThing, others: list[RoomPlan]) -> RoomPlan:
        found = await self._store.find_imported(self._source, [name_of(room)])
        for target, _ in found.values():
            head = await self._store.load_head(target)
            if head is not None and (self._options.with_direct or not _is_among_few(room)):
                return RoomPlan(room, head.name or _title(room), "added to", target)
        if room.kind == "direct":
            return await self._plan_direct(room)
        return self._leave_out(room) or await self._plan_channel(room, others)

    async def _plan_channel(self, room: RoomThing, others: list[RoomPlan]) -> RoomPlan:
        name = self._name_here(room)
        if any(plan.publication == (RoomKind.CHANNEL, name.key) for plan in others):
            raise _taken(room, name, "Another room of this archive is called so.")
        head = await self._store.find_room(RoomKind.CHANNEL, name.key)
        if head is None:
            return RoomPlan(room, name.shown, "new", publication=(RoomKind.CHANNEL, name.key))
        if await self._store.load_messages(head.id, None, 1) or any(plan.target == head.id for plan in others):
            raise _taken(room, name, "There is a room of that name, and it does not come from this archive.")
        return RoomPlan(room, head.name, "added to", head.id)

    async def _plan_direct(self, room: RoomThing) -> RoomPlan:
        if left_out := self._leave_out(room):
            return left_out
        title = _title(room)
        people = {account for one in room.members if (account := self._people.find_account(one)) is not None}
        if len(people) != len(room.members) or not people:
            return RoomPlan(room, title, "left out", reason="not all of these people have accounts here")
        key = direct_key(people)
        head = await self._store.find_room(RoomKind.DIRECT, key)
        if head is None:
            return RoomPlan(room, title, "new", publication=(RoomKind.DIRECT, key))
        if head.seq:
            return RoomPlan(room, title, "left out", reason="they have told each other things here already")
        return RoomPlan(room, title, "added to", head.id)

    def _leave_out(self, room: RoomThing) -> RoomPlan | None:
        """Return why a conversation among few is left out, if it is."""
        if not _is_among_few(room):
            return None
        if not self._options.with_direct:
            reason = "--with-direct takes what people told each other alone"
            return RoomPlan(room, _title(room), "left out", reason=reason)
        if not any(map(self._people.find_account, room.members)):
            return RoomPlan(room, _title(room), "left out", reason="nobody of these people has an account here")
        return None

    def _name_here(self, room: RoomThing) -> Name:
        """Return what the room is to be called; Slack's names may be longer than names can be here."""
        wanted = self._options.rooms.get(room.name, room.name)
        try:
            return parse_room_name(wanted)
        except Refused as refused:
            if room.name in self._options.rooms or not refused.refusal.suggestion:
                raise _taken(room, Name(wanted, ""), refused.refusal.sentence) from refused
            return parse_room_name(refused.refusal.suggestion)

    def _require_rooms_known(self) -> None:
        names = {room.name for room in self._archive.rooms}
        for name in self._options.rooms:
            if name not in names:
                raise Refused("no_such_room", f"There is no room {name} in this archive to be renamed.")

    # Then everything is written.

    async def perform(self, plans: list[RoomPlan], progress: Progress) -> int:
        """Do what was planned, and return how many records that made."""
        told = _Adding(progress, self._archive.size_bytes)
        publications, imports = [], []
        made = 0
        for plan in plans:
            if plan.deed == "new" and plan.publication is not None:
                kind, key = plan.publication
                head = await self._store.open_room(RoomKind.STAGED, self._staging_key(plan.room), plan.name)
                made += await self._stage(plan.room, head, told)
                name = plan.name if kind is RoomKind.CHANNEL else ""
                publication = Publication(head.id, kind, key, name)
                publications.append(publication)
                imports.append(RoomImport(head.id, (), name_of(plan.room)))
            elif plan.target is not None:
                drafts = self._messages(plan.room, told)
                imports.append(RoomImport(plan.target, drafts, name_of(plan.room), self._label()))
        try:
            made += await self._store.import_records(self._source, imports, self._now_ms, publications)
        except NameConflict as error:
            raise Refused(
                "name_taken",
                "Meanwhile somebody has made a room of one of these names. Import it again, with --rename.",
            ) from error
        for publication in publications:
            await self._save_snapshot(publication)
        return made

    async def _stage(self, room: RoomThing, head: RoomHead, told: "_Adding") -> int:
        """Write a new room where nobody sees it; what an import that was interrupted has written is there already."""
        made = 0
        for chunk in chunks_of(self._everything(room, told), STAGE_CHUNK):
            made += await self._store.import_records(self._source, [RoomImport(head.id, chunk)], self._now_ms)
        return made

    def _everything(self, room: RoomThing, told: "_Adding") -> Iterator[ImportDraft]:
        """Yield all of a new room. Whoever comes in last has nothing to read that he has not seen."""
        if room.kind == "direct":
            yield from self._messages(room, told)
            return
        yield from self._drafts.beginning(room, self._now_ms)
        members = self._drafts.members(room, self._now_ms)
        # Where members read only what was said since they came, they come first.
        if room.settings.history == "joined":
            yield from members
        yield from self._messages(room, told)
        yield from members

    def _messages(self, room: RoomThing, told: "_Adding") -> Iterator[ImportDraft]:
        things = (thing for count, thing in self._archive.messages(room, lambda _: None) if told.add(count))
        for message, can_pin in count_pins(things):
            if not self._is_too_old(message):
                yield from self._drafts.message(room, message, can_pin=can_pin)

    async def _save_snapshot(self, publication: Publication) -> None:
        """Let nobody who comes in first have to wait until the whole room has been read."""
        head = RoomHead(publication.room, publication.kind, publication.key, publication.name)
        state, _ = await self._rooms.load_state(head)
        await self._store.save_snapshot(head.id, Snapshot(state.seq, msgspec.json.encode(state)))

    def _is_too_old(self, message: MessageThing) -> bool:
        """Return whether the server would erase the message at once."""
        return to_ms(message.time) < self._oldest_ms

    def _staging_key(self, room: RoomThing) -> str:
        return f"{self._source} {name_of(room)}"

    def _label(self) -> str:
        return "Slack" if self._source == "slack" else "an export of hubbub"


class _Adding:
    """Adds up what has been read."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, count: int) -> bool:
        """Tell of so many bytes more; always True, so that it can stand in a condition."""
        self._done += count
        self._progress(self._done, self._total)
        return True


def _is_among_few(room: RoomThing) -> bool:
    """Return whether it is a conversation of two, or a group."""
    return room.kind == "direct" or bool(room.settings.is_group)


def _title(room: RoomThing) -> str:
    return room.name or ", ".join(member.name for member in room.members)


def _taken(room: RoomThing, name: Name, why: str) -> Refused:
    return Refused(
        "name_taken", f"{room.name} cannot be called {name.shown} here: {why} Choose: --rename '{room.name}=#NAME'"
    )

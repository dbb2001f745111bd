"""Room reading: answers to those who look after a channel, or after the server."""

from collections.abc import Awaitable, Container, Iterable
from typing import Final

from msgspec.structs import replace

from hubbub.core.answers import Answer
from hubbub.core.bans import Ban, Exemption
from hubbub.core.catalog import Record
from hubbub.core.features.auditing import Audited
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused, RoomId, Seq
from hubbub.core.permissions import LEAST, Act, may, require_administrator, require_may, require_visible
from hubbub.core.queries import (
    HISTORY_LIMIT,
    FindAudit,
    FindRoom,
    ListBans,
    ListInvited,
    ListServerBans,
)
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room import AUDIT_KEY, Room, RoomKind
from hubbub.core.room_answers import AuditTrail, BanList, BanView, InvitedList, RoomFound
from hubbub.core.terms import Term, is_over
from hubbub.service.ports import Clock, Store
from hubbub.service.rooms import PAGE, Rooms

AUDIT_PAGES: Final = 10
"""How many pages of the audit are looked through for a channel's owner, who sees what concerns his channels only."""

RoomQuery = FindRoom | ListBans | ListInvited | FindAudit | ListServerBans
"""What is asked here."""


class RoomReading:
    """Looks up what moderators, owners and administrators ask for."""

    def __init__(self, house: House, rooms: Rooms, store: Store, clock: Clock) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._clock = clock

    def answer(self, person: Person, query: RoomQuery) -> Answer | Awaitable[Answer]:
        """Return the answer, or what to await for it. Raises `Refused`; awaiting may raise `StoreUnavailable`."""
        if isinstance(query, FindAudit):
            return self._audit(person, min(query.limit, HISTORY_LIMIT))
        if isinstance(query, ListServerBans):
            return self._server_bans(person)
        room = require_visible(self._house, query.room, person.id)
        if isinstance(query, FindRoom):
            return self._found(room, person)
        require_may(self._house, room, person.id, Act.SEE_BANS)
        live = self._rooms.get(room.id)
        kept = room if live is None else live.settled
        return self._bans(kept) if isinstance(query, ListBans) else _invited(kept)

    def _found(self, room: Room, person: Person) -> RoomFound:
        settings = room.settings
        roles = [(role, name) for one, role in room.roles.items() if (name := self._name_of(room, one))]
        roles.sort(key=lambda item: (-item[0].rank, item[1].casefold()))
        shown = settings if may(self._house, room, person.id, Act.SEE_BANS) else replace(settings, key="")
        return RoomFound(room.name, shown, bool(settings.key), tuple(roles))

    def _name_of(self, room: Room, person: PersonId) -> str:
        member, account = room.members.get(person), self._house.account_of(person)
        if member is not None:
            return member.name
        return "" if account is None else account.name

    def _server_bans(self, person: Person) -> BanList:
        require_administrator(self._house, person.id)
        return BanList("", tuple(_views(self._house.directory.bans.values(), self._clock.time_ms())), ())

    def _bans(self, room: Room) -> BanList:
        now_ms = self._clock.time_ms()
        mutes = [
            BanView(mute.person_name, mute.name, mute.reason, _left(mute.term, now_ms), since_ms=mute.since_ms)
            for mute in room.mutes.values()
            if not is_over(mute.term, now_ms)
        ]
        return BanList(
            room.name,
            tuple(_views(room.bans.values(), now_ms)),
            tuple(mutes),
            tuple(_views(room.silences.values(), now_ms)),
            tuple(_exempt(room.exceptions.values())),
            tuple(_exempt(room.awaited.values())),
        )

    def _audit(self, person: Person, limit: int) -> Awaitable[Answer]:
        house = self._house
        if house.role_of(person.id) is not ServerRole.MEMBER:
            return self._trail(limit, None)
        least = LEAST[Act.SEE_AUDIT]
        roles = {room.id: room.roles.get(person.id, RoomRole.MEMBER) for room in house.rooms.values()}
        own = {room for room, role in roles.items() if role.rank >= least.rank}
        if not own:
            raise Refused("not_allowed", "Only owners of rooms and administrators of this server may see that.")
        return self._trail(limit, own)

    async def _trail(self, limit: int, rooms: Container[RoomId] | None) -> AuditTrail:
        """Return the last acts in these rooms; None means all there are."""
        audit = self._house.require_room(RoomKind.AUDIT, AUDIT_KEY)
        live = self._rooms.get(audit.id)
        before = audit.seq if live is None else live.settled.seq
        found: list[Record] = []
        for _ in range(AUDIT_PAGES):
            after = Seq(max(0, before - (limit if rooms is None else PAGE)))
            records = await self._store.load_records(audit.id, after, before - after)
            found = [record for record in records if rooms is None or _is_about(record, rooms)] + found
            before = after
            if not before or len(found) >= limit:
                break
        return AuditTrail(tuple(found[max(0, len(found) - limit) :]))


def _is_about(record: Record, rooms: Container[RoomId]) -> bool:
    return isinstance(record.event, Audited) and record.event.room in rooms


def _views(bans: Iterable[Ban], now_ms: int) -> list[BanView]:
    """Return those that are in force."""
    return [
        BanView(ban.target.shown, ban.name, ban.reason, _left(ban.term, now_ms), ban.target.kind, ban.since_ms)
        for ban in bans
        if not is_over(ban.term, now_ms)
    ]


def _exempt(listed: Iterable[Exemption]) -> list[BanView]:
    return [BanView(one.target.shown, one.name, "", None, one.target.kind, one.since_ms) for one in listed]


def _invited(room: Room) -> InvitedList:
    return InvitedList(room.name, tuple(sorted(room.invited.values(), key=str.casefold)))


def _left(term: Term | None, now_ms: int) -> float | None:
    return None if term is None else term.seconds_left(now_ms)

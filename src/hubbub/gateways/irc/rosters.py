"""Rosters: who is in a channel, as NAMES lists it, kept from one who asks to the next.

Whoever comes into a channel is told of everybody there. Where two thousand come in a row, each list is the one before
it and one name more: so it is made only for that one.
"""

from collections.abc import Sequence
from itertools import islice
from operator import is_
from typing import Final

from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.roles import RoomRole
from hubbub.core.room import Member, Room
from hubbub.gateways.irc.names import PREFIXES, Names

ROSTERS_KEPT: Final = 64
"""Most lists that are kept, the latest of them. With 2 000 members each is about 60 kB."""

STEP_BYTES: Final = 32
"""Lines are as long as they may be, but for less than this: so clients whose nicks are about as long share them."""


class Rosters:
    """All of them, for a server."""

    __slots__ = ("_kept", "_names")

    def __init__(self, names: Names) -> None:
        self._names = names
        self._kept: dict[tuple[RoomId, bool, int], _Roster] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def lines(self, room: Room, limit_bytes: int, *, with_hosts: bool) -> Sequence[str]:
        """Return the members with their prefixes, in lines of at most so many bytes.

        With hosts, each is `nick!user@host`. IRCv3 userhost-in-names.
        """
        limit_bytes -= limit_bytes % STEP_BYTES
        key = (room.id, with_hosts, limit_bytes)
        roster = self._kept.pop(key, None)
        if roster is None or not roster.is_beginning_of(room, self._names.moves):
            roster = _Roster(room, self._names, limit_bytes, with_hosts=with_hosts)
        roster.add_newcomers(room)
        # Put back at the end: what was asked for last is forgotten last.
        self._kept[key] = roster
        if len(self._kept) > ROSTERS_KEPT:
            del self._kept[next(iter(self._kept))]
        return roster.lines


class _Roster:
    """One list, in one form."""

    __slots__ = ("_limit_bytes", "_members", "_moves", "_names", "_roles", "_size", "_with_hosts", "lines")

    def __init__(self, room: Room, names: Names, limit_bytes: int, *, with_hosts: bool) -> None:
        self._names = names
        self._limit_bytes = limit_bytes
        self._with_hosts = with_hosts
        self._members: list[Member] = []
        """Who is listed. A member who comes or is renamed is a value of its own, so nobody has to be compared."""
        self._roles: dict[PersonId, RoomRole] = room.roles.copy()
        self._moves = names.moves
        self._size = 0
        """Of the last line, in bytes."""
        self.lines: list[str] = []

    def is_beginning_of(self, room: Room, moves: int) -> bool:
        """Return whether the list is still right, but for those who have come since."""
        return (
            len(self._members) <= len(room.members)
            and (not self._with_hosts or moves == self._moves)
            and self._roles == room.roles
            and all(map(is_, self._members, room.members.values()))
        )

    def add_newcomers(self, room: Room) -> None:
        """Put those at the end who have come since; members are in the order in which they came."""
        newcomers = list(islice(room.members.items(), len(self._members), None))
        for person, member in newcomers:
            self._members.append(member)
            name = self._names.source(person, member.name) if self._with_hosts else member.name
            self._add(PREFIXES.get(self._roles[person], "") + name if person in self._roles else name)

    def _add(self, word: str) -> None:
        length = len(word) if word.isascii() else len(word.encode())
        if self.lines and self._size + length < self._limit_bytes:
            self.lines[-1] += f" {word}"
            self._size += length + 1
        else:
            self.lines.append(word)
            self._size = length

"""A house full of people and rooms, made in a few lines, as the service would have loaded it."""

from typing import Final

import msgspec

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyCommand, AnyEvent, Record
from hubbub.core.deciding import decide
from hubbub.core.features.accounts import AccountOpened
from hubbub.core.features.blocking import Blocked
from hubbub.core.features.membership import Joined
from hubbub.core.features.topics import TopicSet
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.limits import Limits
from hubbub.core.lookalikes import skeleton
from hubbub.core.names import parse_name
from hubbub.core.roles import ServerRole
from hubbub.core.room import AUDIT_KEY, DIRECTORY_KEY, HOUSE_KEY, Room, RoomKind, direct_key
from hubbub.core.scene import Decision, Scene

DEFAULTS: Final = Limits()


def person_id(name: str) -> PersonId:
    """Return the id of whoever a world calls so; unlike any name, so that nobody takes one for the other."""
    return PersonId(f"id-{name}")


class World:
    """A house, and short words for filling it and asking it."""

    def __init__(self, *names: str) -> None:
        self.house = House()
        self.now_ms = 0
        self._open(RoomKind.HOUSE, HOUSE_KEY, "")
        self._open(RoomKind.DIRECTORY, DIRECTORY_KEY, "")
        self._open(RoomKind.AUDIT, AUDIT_KEY, "")
        for name in names:
            self.welcome(name)

    def welcome(self, name: str) -> Person:
        """Let someone in, with the room that is his alone."""
        parsed = parse_name(name)
        person = Person(person_id(name), parsed.shown, parsed.key)
        self.house.claim(parsed, person.id)
        self.house.welcome(person)
        self._open(RoomKind.PERSONAL, person.id, "")
        return person

    def person(self, name: str) -> Person:
        """Return who is called so."""
        return self.house.people[person_id(name)]

    def channel(self, name: str, *members: str, topic: str = "") -> Room:
        """Open a channel with these people in it, in this order."""
        room = self._open(RoomKind.CHANNEL, name.lower(), name)
        for member in members:
            self.happen(room, Joined(person_id(member), member))
        if topic:
            self.happen(room, TopicSet(person_id(members[0]), members[0], topic))
        return room

    def direct(self, one: str, other: str) -> Room:
        """Open the conversation of two people, or of one with himself."""
        return self._open(RoomKind.DIRECT, direct_key({person_id(one), person_id(other)}), "")

    def account(self, name: str, role: ServerRole = ServerRole.MEMBER) -> PersonId:
        """Open an account for somebody, who may be there or not."""
        person, parsed = person_id(name), parse_name(name)
        directory = self.house.require_directory()
        self.happen(directory, AccountOpened(person, parsed.shown, parsed.key, skeleton(parsed.shown), role))
        return person

    def block(self, blocker: str, person: str, *, silent: bool = False) -> None:
        """Let one refuse to hear another."""
        room = self.house.find_room(RoomKind.PERSONAL, person_id(blocker))
        assert room is not None
        self.happen(room, Blocked(person_id(blocker), blocker, person_id(person), person, silent))

    def joining(self, name: str) -> Joined:
        """Return how somebody comes in."""
        return Joined(person_id(name), name)

    def happen(self, room: Room, event: AnyEvent) -> None:
        """Apply an event as the service does."""
        apply(room, event, 0)
        self.house.track(room, event, 0)

    def decide(
        self,
        who: str,
        command: AnyCommand,
        limits: Limits = DEFAULTS,
        address: str = "",
        message: Record | None = None,
    ) -> Decision:
        """Return what comes of a command, about this message; raises `Refused`."""
        return decide(Scene(self.house, self.person(who), limits, self.now_ms, address, message), command)

    def state(self) -> bytes:
        """Return everything in the house that a decision could have changed, to be compared."""
        people = [(one.name, one.key, one.away, [*one.channels], [*one.warned]) for one in self.house.people.values()]
        names = [self.house.is_free(person.key, 0) for person in self.house.people.values()]
        return msgspec.json.encode((people, names, list(self.house.rooms.values())))

    def _open(self, kind: RoomKind, key: str, name: str) -> Room:
        room = Room(RoomId(len(self.house.rooms) + 1), kind, key, name)
        self.house.add_room(room)
        return room

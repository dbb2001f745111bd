"""The house: the people and rooms that decisions look at, as they will be once all that was decided is kept."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from weakref import WeakValueDictionary

import msgspec

from hubbub.core.catalog import AnyEvent
from hubbub.core.cloaks import cloak
from hubbub.core.directory import Account, Directory
from hubbub.core.features.accounts import AccountClosed, AlertsSet
from hubbub.core.features.blocking import Blocked, Unblocked
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.former_names import FormerNames
from hubbub.core.keywords import Keywords
from hubbub.core.kinds import PersonId, Refused, RoomId
from hubbub.core.lookalikes import skeleton
from hubbub.core.names import Name, find_key, parse_room_name
from hubbub.core.roles import ServerRole
from hubbub.core.room import DIRECTORY_KEY, Block, Room, RoomKind, direct_key, direct_people
from hubbub.core.terms import is_over

CONSOLE: Final = PersonId("console")
"""Who acts when an operator does at the machine itself; he may do everything, and is never in."""


class Person(msgspec.Struct, eq=False, weakref=True):
    """Someone who is on the server, or has an account there."""

    id: PersonId
    name: str
    key: str
    """The name's comparison form."""
    away: str | None = None
    """Why he is away; None while he is there."""
    channels: dict[RoomId, Room] = {}
    """Those he is in."""
    warned: set[RoomId] = set()
    """Rooms in which he has been told that somebody does not see him."""
    is_present: bool = True
    """Whether he is here; whoever has an account can be asked about when he is not."""
    addresses: list[str] = []
    """Where he is connected from, as far as this node knows, once for each connection."""
    about: str = ""
    """Who he says he is; of those who are not here, their personal room tells it."""
    is_bot: bool = False
    """Whether he says that he is a program; the same."""
    knocked: dict[PersonId, int] = {}
    """Who was told not long ago that this person wants to write to him, and when, in milliseconds; the last comes last.
    """
    asked_in: dict[str, int] = {}
    """Into which channels, by their keys, he has asked to be let, and when, in milliseconds; not for long."""
    invited: dict[str, int] = {}
    """Whom, by his name's comparison form, he has invited, and when, in milliseconds; not for long either."""


class House:
    """People by name, rooms by kind and key, and who refuses whom.

    Rooms here are *ahead*: everything decided has been applied, kept or not yet. Whoever applies an event to one of
    them tells `track`, so that the house's own lists stay true.
    """

    def __init__(self) -> None:
        self.cloak_key = b""
        """With what hosts are made; given before anybody comes, and always the same on one server."""
        self.reserved_looks = frozenset[str]()
        """What the names look like that nobody may have on this server, for they are its own: see `skeleton`."""
        self.people: dict[PersonId, Person] = {}
        self._visitors: WeakValueDictionary[PersonId, Person] = WeakValueDictionary()
        """Those who act without being here."""
        self.rooms: dict[RoomId, Room] = {}
        self.channels: dict[str, Room] = {}
        self.former_names = FormerNames()
        """What channels were called until lately."""
        self._by_key: dict[tuple[RoomKind, str], Room] = {}
        self._keys: dict[RoomId, str] = {}
        """Under which key each room is found: a room that was just renamed has another one."""
        self._names: dict[str, PersonId] = {}
        self._refusers: dict[PersonId, set[PersonId]] = {}
        self._conversations: dict[PersonId, dict[RoomId, Room]] = {}
        self.keywords = Keywords()
        """At which words whoever has an account wants to be called."""
        self._directory = Room(RoomId(0), RoomKind.DIRECTORY, DIRECTORY_KEY, "")

    @property
    def directory(self) -> Directory:
        """Return who has an account."""
        return self._directory.directory

    # People

    def is_free(self, key: str, now_ms: int) -> bool:
        """Return whether nobody is called so, the name is kept for nobody, and it looks like no other."""
        looks = skeleton(key)
        return (
            key not in self._names
            and self.directory.holder(key, now_ms) is None
            and looks not in self.directory.skeletons
            and looks not in self.reserved_looks
        )

    def claim(self, name: Name, person: PersonId) -> None:
        """Make the name a person's own, beside others he may hold. The caller has asked `is_free`, or owns it."""
        self._names[name.key] = person

    def release(self, key: str, person: PersonId) -> None:
        """Free a name, if it is this person's."""
        if self._names.get(key) == person:
            del self._names[key]

    def bearer_of(self, key: str) -> PersonId | None:
        """Return whose name it is at present, or None; he may be about to come in."""
        return self._names.get(key)

    def find_person(self, key: str) -> Person | None:
        """Return who is called so, or None."""
        person = self._names.get(key)
        return None if person is None else self.people.get(person)

    def find_named(self, name: str) -> Person | None:
        """Return who is called so, however it is written, or None; whoever has an account need not be there."""
        key = find_key(name)
        return self.find_person(key) or self._find_absent(key)

    def find_by_id(self, person: PersonId) -> Person | None:
        """Return somebody who is here or has an account, or None."""
        if (present := self.people.get(person)) is not None:
            return present
        account = self.account_of(person)
        return None if account is None else Person(person, account.name, account.key, is_present=False)

    def account_of(self, person: PersonId) -> Account | None:
        """Return somebody's account, or None where he has none."""
        return self.directory.accounts.get(person)

    def host_of(self, person: PersonId, *addresses: str) -> str:
        """Return the host that others see somebody at: of his account, or of the address that a guest comes from.

        A guest who is connected several times has that of his first connection. One who is not here has that of the
        first of these addresses, from which he wants to come; or else one of his own, for where somebody came from is
        not written down.
        """
        if self.account_of(person) is not None:
            return cloak(self.cloak_key, "account", person)
        return self.guest_host_of(person, *addresses)

    def guest_host_of(self, person: PersonId, *addresses: str) -> str:
        """Return the host that others see somebody at who has no account, or saw him at before he had one."""
        present = self.people.get(person)
        places = present.addresses if present is not None and present.addresses else addresses
        return cloak(self.cloak_key, "guest", next(filter(None, places), person))

    def role_of(self, person: PersonId) -> ServerRole:
        """Return what somebody is on the server."""
        if person == CONSOLE:
            return ServerRole.OWNER
        account = self.account_of(person)
        return ServerRole.MEMBER if account is None else account.role

    def _find_absent(self, key: str) -> Person | None:
        holder = self.directory.names.get(key)
        account = None if holder is None else self.account_of(holder.account)
        if holder is None or account is None or account.key != key:
            return None
        return Person(holder.account, account.name, key, is_present=False)

    def seat(self, person: Person) -> None:
        """Let in someone who has an account, and with it the right to his name."""
        self._names[person.key] = person.id
        self.people[person.id] = person

    def welcome(self, person: Person) -> None:
        """Let in someone whose name was claimed."""
        self.people[person.id] = person

    def accompany(self, visitor: Person) -> None:
        """Keep true in which channels somebody is who acts without being here, for as long as anybody holds him."""
        self._visitors[visitor.id] = visitor

    def dismiss(self, person: Person) -> None:
        """Forget someone who is gone, and free his name."""
        self.people.pop(person.id, None)
        self.release(person.key, person.id)

    # Rooms

    def add_room(self, room: Room) -> None:
        """Take in a room that was loaded."""
        self.rooms[room.id] = room
        self._keys[room.id] = room.key
        self._by_key[room.kind, room.key] = room
        if room.kind is RoomKind.CHANNEL:
            self.channels[room.key] = room
        elif room.kind is RoomKind.DIRECTORY:
            self._directory = room
            self._note_keywords()
        for person in room.members:
            self._note_member(room, person)
        for person in direct_people(room.kind, room.key):
            self._conversations.setdefault(person, {})[room.id] = room
        for person in room.blocks:
            self._refusers.setdefault(person, set()).add(PersonId(room.key))

    def remove_room(self, room: Room) -> None:
        """Forget a room that nobody needs."""
        del self.rooms[room.id]
        self._forget_key(room)
        for person in room.members:
            self._forget_member(room, person)
        for person in direct_people(room.kind, room.key):
            self._forget_conversation(room, person)
        for person in room.blocks:
            self._forget_refuser(person, PersonId(room.key))

    def _forget_key(self, room: Room) -> None:
        key = self._keys.pop(room.id)
        if self._by_key.get((room.kind, key)) is room:
            del self._by_key[room.kind, key]
            self.channels.pop(key, None)

    def find_room(self, kind: RoomKind, key: str) -> Room | None:
        """Return the room of that kind and key, if it is loaded."""
        return self._by_key.get((kind, key))

    def require_room(self, kind: RoomKind, key: str) -> Room:
        """Return a room that is always loaded."""
        room = self.find_room(kind, key)
        if room is None:
            raise LookupError(key)
        return room

    def require_channel(self, name: str) -> Room:
        """Return the channel of that name; raises `Refused` with `no_such_room` or `bad_room_name`."""
        room = self.channels.get(name)
        if room is None:
            parsed = parse_room_name(name)
            room = self.channels.get(parsed.key)
            if room is None:
                raise no_such_room(parsed.shown)
        return room

    def direct_room(self, one: PersonId, other: PersonId) -> Room | None:
        """Return the conversation of two people, or of one with himself, if it is loaded."""
        return self._by_key.get((RoomKind.DIRECT, direct_key({one, other})))

    def conversations_of(self, person: PersonId) -> list[Room]:
        """Return somebody's conversations with others, and with himself, as far as they are loaded."""
        return list(self._conversations.get(person, {}).values())

    def require_directory(self) -> Room:
        """Return the room whose records are the accounts' history; it is always loaded."""
        return self.require_room(RoomKind.DIRECTORY, DIRECTORY_KEY)

    def traits_of(self, person: PersonId) -> Mapping[str, str]:
        """Return what programs have noted about somebody who is here."""
        room = self._by_key.get((RoomKind.PERSONAL, person))
        return {} if room is None else room.traits

    # Refusals

    def find_block(self, blocker: PersonId, person: PersonId, now_ms: int) -> Block | None:
        """Return how `blocker` refuses to hear `person`, or None."""
        if blocker not in self._refusers.get(person, ()):
            return None
        block = self._by_key[RoomKind.PERSONAL, blocker].blocks.get(person)
        return None if block is None or is_over(block.term, now_ms) else block

    def blocked_by(self, blocker: PersonId, now_ms: int) -> frozenset[PersonId]:
        """Return whom somebody refuses to hear."""
        room = self._by_key.get((RoomKind.PERSONAL, blocker))
        blocks = {} if room is None else room.blocks
        return frozenset(person for person, block in blocks.items() if not is_over(block.term, now_ms))

    def refusers_of(self, person: PersonId) -> Collection[PersonId]:
        """Return those, of whom the house knows, who refuse to hear this person, or did for a time that is over."""
        return self._refusers.get(person, ())

    # Changes

    def track(self, room: Room, event: AnyEvent, time_ms: int) -> None:  # noqa: C901 - a table
        """Keep the lists true after the event of this time was applied to the room."""
        match event:
            case Said():
                # Asked about first, because most of what happens is said.
                pass
            case Joined():
                self._note_member(room, event.author)
            case Left():
                self._forget_member(room, event.author)
            case Kicked():
                self._forget_member(room, event.person)
            case RoomRenamed():
                self._rename(room, time_ms)
            case Blocked():
                self._refusers.setdefault(event.person, set()).add(event.author)
            case Unblocked():
                self._forget_refuser(event.person, event.author)
            case AlertsSet() | AccountClosed():
                self._note_keywords_of(event.author if isinstance(event, AlertsSet) else event.account)
            case _:
                pass

    def _note_keywords(self) -> None:
        """Take in everybody's keywords anew."""
        self.keywords = Keywords()
        for person, account in self.directory.accounts.items():
            if account.alerts:
                self.keywords.put(person, account.alerts)

    def _note_keywords_of(self, person: PersonId) -> None:
        account = self.account_of(person)
        self.keywords.put(person, () if account is None else account.alerts)

    def _note_member(self, room: Room, person: PersonId) -> None:
        for member in self._views_of(person):
            member.channels[room.id] = room

    def _forget_conversation(self, room: Room, person: PersonId) -> None:
        conversations = self._conversations[person]
        del conversations[room.id]
        if not conversations:
            del self._conversations[person]

    def _forget_member(self, room: Room, person: PersonId) -> None:
        for member in self._views_of(person):
            member.channels.pop(room.id, None)

    def _views_of(self, person: PersonId) -> Iterator[Person]:
        return filter(None, (self.people.get(person), self._visitors.get(person)))

    def _rename(self, room: Room, time_ms: int) -> None:
        """Find a room by its new key."""
        if (former := self._keys[room.id]) != room.key:
            self.former_names.note(former, room.key, room.id, time_ms)
            self._forget_key(room)
            self._keys[room.id] = room.key
            self._by_key[room.kind, room.key] = room
            self.channels[room.key] = room

    def _forget_refuser(self, person: PersonId, refuser: PersonId) -> None:
        refusers = self._refusers.get(person, set())
        refusers.discard(refuser)
        if not refusers:
            self._refusers.pop(person, None)


def no_such_room(name: str) -> Refused:
    """Return the refusal of a channel that does not exist, or that the asker may not know of."""
    return Refused("no_such_room", f"Nobody is in {name} now. Come in with /join {name}")

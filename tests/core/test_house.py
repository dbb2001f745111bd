"""The house: its lists are always what its rooms say, whatever was loaded, decided, dropped and forgotten."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.blocking import Blocked, Unblocked
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused, RoomId
from hubbub.core.names import Name, parse_name
from hubbub.core.room import Room, RoomKind, copy_room, direct_key
from tests.core.histories import PEOPLE
from tests.fuzz.budget import QUICK

ANN, BOB, CAROL = PEOPLE
MEMBERSHIP: Final = st.sampled_from([Joined, Left])


def make_house(rooms: list[Room]) -> House:
    """Return a house of everybody that was built from nothing but these rooms."""
    house = House()
    for one in PEOPLE:
        house.claim(Name(one, one), one)
        house.welcome(Person(one, one, one))
    for room in rooms:
        house.add_room(room)
    return house


def lists_of(house: House) -> object:
    """Return everything a house derives from its rooms."""
    return (
        {room.id: room for room in house.rooms.values()},
        {key: room.id for key, room in house.channels.items()},
        {one: set(person.channels) for one, person in house.people.items()},
        {one: set(house.refusers_of(one)) for one in PEOPLE},
        {(one, other): house.find_block(one, other, 0) for one in PEOPLE for other in PEOPLE},
        {(kind, key): house.find_room(kind, key) for kind in RoomKind for key in ("#a", "#b", "#c", *PEOPLE)},
    )


class HouseMachine(RuleBasedStateMachine):
    """Rooms come and go, and events happen in those that are there."""

    loaded = Bundle("loaded")
    dropped = Bundle("dropped")

    def __init__(self) -> None:
        super().__init__()
        self.house = make_house([])
        self.rooms: dict[RoomId, Room] = {}
        self.away: list[Room] = []
        """Those that are dropped and may be loaded again."""
        self.unused = [
            *(Room(RoomId(place), RoomKind.CHANNEL, key, key) for place, key in enumerate(("#a", "#b"), 1)),
            *(Room(RoomId(place), RoomKind.PERSONAL, one, "") for place, one in enumerate(PEOPLE, 3)),
        ]

    @precondition(lambda self: self.unused)
    @rule(target=loaded, place=st.integers(0, 4))
    def load_a_new_room(self, place: int) -> RoomId:
        """Load a room for the first time."""
        room = self.unused.pop(place % len(self.unused))
        self._add(room)
        return room.id

    @rule(room=loaded, one=st.sampled_from(PEOPLE), kind=MEMBERSHIP)
    def come_or_go(self, room: RoomId, one: PersonId, kind: type[Joined | Left]) -> None:
        """Let someone into a channel or out of it, whether he is in or not."""
        if self.rooms[room].kind is RoomKind.CHANNEL:
            self._happen(room, kind(one, one))

    @rule(room=loaded, other=st.sampled_from(PEOPLE), silent=st.none() | st.booleans())
    def block_or_unblock(self, room: RoomId, other: PersonId, silent: bool | None) -> None:
        """Let a personal room's owner change whom he hears; None means again."""
        if self.rooms[room].kind is RoomKind.PERSONAL:
            owner = PersonId(self.rooms[room].key)
            self._happen(
                room,
                Unblocked(owner, owner, other) if silent is None else Blocked(owner, owner, other, other, silent),
            )

    @rule(room=loaded, one=st.sampled_from(PEOPLE), other=st.sampled_from(PEOPLE))
    def put_out(self, room: RoomId, one: PersonId, other: PersonId) -> None:
        """Let one put another out of a channel, whether he is in or not."""
        if self.rooms[room].kind is RoomKind.CHANNEL:
            self._happen(room, Kicked(one, one, other, other))

    @rule(room=loaded, key=st.sampled_from(("#a", "#b", "#c")))
    def call_otherwise(self, room: RoomId, key: str) -> None:
        """Rename a channel to what no other is called, loaded or not: the store sees to that."""
        taken = {one.key for one in (*self.rooms.values(), *self.unused, *self.away)}
        if self.rooms[room].kind is RoomKind.CHANNEL and key not in taken - {self.rooms[room].key}:
            self._happen(room, RoomRenamed(ANN, ANN, "", key, key))

    @rule(room=loaded, one=st.sampled_from(PEOPLE))
    def talk_or_rename(self, room: RoomId, one: PersonId) -> None:
        """Let happen what concerns no list."""
        self._happen(room, Said(one, one, "hello"))
        self._happen(room, Renamed(one, one, one))

    @rule(target=dropped, room=consumes(loaded))
    def drop(self, room: RoomId) -> Room:
        """Drop a room; its state may be loaded again."""
        gone = self.rooms.pop(room)
        self.house.remove_room(gone)
        self.away.append(copy_room(gone))
        return self.away[-1]

    @rule(target=loaded, room=consumes(dropped))
    def load_again(self, room: Room) -> RoomId:
        """Load a room again as it was when it was dropped."""
        self.away.remove(room)
        self._add(room)
        return room.id

    @rule(room=loaded, kept=st.integers(0, 3))
    def take_back(self, room: RoomId, kept: int) -> None:
        """Put the room without its last members and blocks in its place, as after a failed commit."""
        gone = self.rooms.pop(room)
        self.house.remove_room(gone)
        earlier = copy_room(gone)
        earlier.members = dict(list(gone.members.items())[:kept])
        earlier.blocks = dict(list(gone.blocks.items())[:kept])
        self._add(earlier)

    @invariant()
    def the_lists_are_what_the_rooms_say(self) -> None:
        """Compare with a house built afresh from the same rooms."""
        assert lists_of(self.house) == lists_of(make_house(list(self.rooms.values())))

    def _add(self, room: Room) -> None:
        self.rooms[room.id] = room
        self.house.add_room(room)

    def _happen(self, room: RoomId, event: AnyEvent) -> None:
        apply(self.rooms[room], event, 0)
        self.house.track(self.rooms[room], event, 0)


HouseMachine.TestCase.settings = QUICK
TestHouseLists = HouseMachine.TestCase


@QUICK
@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from("abc"), st.booleans()), max_size=20))
def test_a_name_is_one_person_s(steps: list[tuple[PersonId, str, bool]]) -> None:
    """Who claims a free name has it until he releases it; nobody else can release it."""
    house = make_house([])
    owners: dict[str, PersonId] = {}
    for one, key, claims in steps:
        if claims and house.is_free(key, 0):
            house.claim(Name(key.upper(), key), one)
            owners[key] = one
        elif not claims:
            house.release(key, one)
            if owners.get(key) == one:
                del owners[key]
        for name in "abc":
            found = house.find_person(name)
            assert house.is_free(name, 0) == (name not in owners)
            assert (found.id if found else None) == owners.get(name)


def test_who_is_dismissed_frees_his_name() -> None:
    """A guest's name is his until he leaves; someone else may have it at once."""
    house = House()
    name = parse_name("Ann")
    ann = Person(ANN, name.shown, name.key)
    house.claim(name, ann.id)
    assert house.find_person("ann") is None, "claimed, but not in yet"
    house.welcome(ann)
    assert house.find_person("ann") is ann
    house.dismiss(ann)
    assert house.is_free("ann", 0)
    house.claim(name, BOB)
    house.dismiss(ann)
    assert not house.is_free("ann", 0), "it is another's now"


@pytest.mark.parametrize("name", ["#Tea", "#tea", "tea", "TEA"])
def test_a_channel_is_found_however_it_is_written(name: str) -> None:
    """Capitals and the # make no difference."""
    house = House()
    room = Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#Tea")
    house.add_room(room)
    assert house.require_channel(name) is room


@pytest.mark.parametrize(("name", "code"), [("#gin", "no_such_room"), ("#a b", "bad_room_name"), ("", "bad_room_name")])
def test_a_channel_that_is_not_there_is_refused(name: str, code: str) -> None:
    """A room that does not exist and one that cannot are different answers."""
    with pytest.raises(Refused) as refused:
        House().require_channel(name)
    assert refused.value.refusal.code == code


def test_a_conversation_is_found_from_both_sides() -> None:
    """Who writes to whom makes no difference, and one may write to himself."""
    house = House()
    both = Room(RoomId(1), RoomKind.DIRECT, direct_key({ANN, BOB}), "")
    alone = Room(RoomId(2), RoomKind.DIRECT, direct_key({ANN}), "")
    house.add_room(both)
    house.add_room(alone)
    assert house.direct_room(ANN, BOB) is both
    assert house.direct_room(BOB, ANN) is both
    assert house.direct_room(ANN, ANN) is alone
    assert house.direct_room(ANN, CAROL) is None

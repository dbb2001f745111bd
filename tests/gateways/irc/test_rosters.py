"""Rosters: lists of names that are kept from one newcomer to the next say what a list made anew says."""

from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.house import House
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room import Member, Room, RoomKind
from hubbub.gateways.irc import rosters
from hubbub.gateways.irc.names import Names
from hubbub.gateways.irc.rosters import Rosters

PEOPLE = st.integers(0, 12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), PEOPLE),
        st.tuples(st.just("go"), PEOPLE),
        st.tuples(st.just("rename"), PEOPLE),
        st.tuples(st.just("raise"), PEOPLE),
        st.tuples(st.just("look"), PEOPLE),
    )
)


def take(room: Room, step: str, number: int) -> None:
    """Do something in a room as its events would."""
    person = PersonId(f"p{number}")
    match step:
        case "come" if person not in room.members:
            room.members[person] = Member(f"ann{number}é")
        case "go":
            room.members.pop(person, None)
        case "rename" if person in room.members:
            room.members[person] = Member(f"bob{number}", Seq(1))
        case "raise":
            room.roles[person] = RoomRole.SPEAKER if room.roles.get(person) is not RoomRole.SPEAKER else RoomRole.OWNER
        case _:
            pass


@given(STEPS, st.booleans())
def test_a_kept_list_is_the_list(steps: list[tuple[str, int]], with_hosts: bool) -> None:
    """Whoever came, went, was renamed or given a role in between."""
    names = Names(House(), "irc.example.org")
    room = Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#tea")
    kept = Rosters(names)
    for step, number in steps:
        take(room, step, number)
        if step == "look":
            fresh = Rosters(names).lines(room, 99, with_hosts=with_hosts)
            assert kept.lines(room, 99, with_hosts=with_hosts) == fresh
            assert all(len(line.encode()) <= 99 for line in fresh)
            assert sum(len(line.split()) for line in fresh) == len(room.members)


def test_newcomers_are_all_that_is_written() -> None:
    """Two thousand in a row cost two thousand names, not two million."""
    asked = 0

    class Counting(Names):
        def source(self, person: PersonId, name: str) -> str:
            nonlocal asked
            asked += 1
            return super().source(person, name)

    room = Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#tea")
    kept = Rosters(Counting(House(), "irc.example.org"))
    for number in range(2_000):
        take(room, "come", number)
        kept.lines(room, 450, with_hosts=True)
    assert asked == 2_000
    assert sum(len(line.split()) for line in kept.lines(room, 450, with_hosts=True)) == 2_000


def test_few_lists_are_kept() -> None:
    """However many channels there are."""
    kept = Rosters(Names(House(), "irc.example.org"))
    for number in range(rosters.ROSTERS_KEPT + 5):
        kept.lines(Room(RoomId(number), RoomKind.CHANNEL, "#tea", "#tea"), 450, with_hosts=False)
    assert len(kept) == rosters.ROSTERS_KEPT

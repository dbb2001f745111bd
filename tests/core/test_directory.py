"""The directory: the store's order alone says who has a name, and what comes too late changes nothing."""

import itertools
from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyEvent, DirectoryEvent
from hubbub.core.directory import DELETED, FORMER_NAMES, RESERVED_MS, Account, Directory, Holder
from hubbub.core.features.accounts import (
    AccountClosed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    AlertsSet,
    PrivacySet,
    ServerRoleSet,
)
from hubbub.core.features.presence import CameBack, Disconnected, WentAway
from hubbub.core.kinds import PersonId, Refused, RoomId
from hubbub.core.names import parse_name
from hubbub.core.roles import ServerRole
from hubbub.core.room import DIRECTORY_KEY, Room, RoomKind, copy_room
from tests.core.histories import PEOPLE
from tests.fuzz.budget import QUICK

ANN, BOB, CAROL = PEOPLE
NOON: Final = 43_200_000
"""A time in milliseconds."""
KEPT: Final = NOON + RESERVED_MS
OWNER: Final = ServerRole.OWNER


def account(name: str, former: tuple[str, ...] = (), **more: object) -> Account:
    """Return an account that was opened at noon."""
    return msgspec.structs.replace(Account(name, name.lower(), name.lower(), NOON, former=former), **more)


def directory(
    accounts: dict[PersonId, Account], kept: dict[str, Holder] | None = None, closed: tuple[PersonId, ...] = ()
) -> Room:
    """Return the directory with these accounts, and the names that are kept besides theirs."""
    names = {one.key: Holder(person) for person, one in accounts.items()}
    skeletons: dict[str, PersonId] = {}
    for person, one in accounts.items():
        skeletons.setdefault(one.skeleton, person)
    state = Directory(accounts, names | (kept or {}), skeletons, closed=dict.fromkeys(closed, NOON))
    return Room(RoomId(1), RoomKind.DIRECTORY, DIRECTORY_KEY, "", directory=state)


def opened(person: PersonId, name: str) -> AccountOpened:
    """Return how an account is opened."""
    return AccountOpened(person, name, name.lower(), name.lower())


def renamed(person: PersonId, name: str, new_name: str) -> AccountRenamed:
    """Return how an account is called something else."""
    return AccountRenamed(person, name, new_name, new_name.lower(), new_name.lower())


EMPTY: Final = directory({})
WITH_ANN: Final = directory({ANN: account("ann")})
WITH_BOTH: Final = directory({ANN: account("ann"), BOB: account("bob")})
WITH_ANNA: Final = directory({ANN: account("Anna", ("ann",))}, {"ann": Holder(ANN, KEPT)})
WITHOUT_ANN: Final = directory({}, {"ann": Holder(ANN, KEPT)}, (ANN,))

HAPPENINGS: Final[list[tuple[Room, DirectoryEvent, Room]]] = [
    # Opening: the first has the name, one has one account, and nobody comes back from the dead
    (EMPTY, opened(ANN, "ann"), WITH_ANN),
    (WITH_ANN, opened(BOB, "bob"), WITH_BOTH),
    (WITH_ANN, opened(BOB, "ANN"), WITH_ANN),
    (WITH_ANN, opened(ANN, "zoe"), WITH_ANN),
    (WITHOUT_ANN, opened(BOB, "ann"), WITHOUT_ANN),
    (WITHOUT_ANN, opened(ANN, "ann"), WITHOUT_ANN),
    (WITHOUT_ANN, opened(ANN, "zoe"), WITHOUT_ANN),
    (EMPTY, AccountOpened(ANN, "ann", "ann", "ann", OWNER), directory({ANN: account("ann", role=OWNER)})),
    # Two who look alike, opened on two nodes at once, both have their accounts
    (
        WITH_ANN,
        AccountOpened(BOB, "\u0430nn", "\u0430nn", "ann"),
        directory({ANN: account("ann"), BOB: account("\u0430nn", skeleton="ann")}),
    ),
    # Renaming: the old name is kept; one's own can be had back; somebody else's cannot be had
    (WITH_ANN, renamed(ANN, "ann", "Anna"), WITH_ANNA),
    (
        WITH_ANNA,
        renamed(ANN, "Anna", "ann"),
        directory({ANN: account("ann", ("anna",))}, {"anna": Holder(ANN, KEPT)}),
    ),
    (WITH_ANN, renamed(ANN, "ann", "ANN"), directory({ANN: account("ANN")})),
    (WITH_BOTH, renamed(ANN, "ann", "bob"), WITH_BOTH),
    (WITH_ANNA, renamed(BOB, "bob", "ann"), WITH_ANNA),
    (WITH_ANN, renamed(BOB, "bob", "zoe"), WITH_ANN),
    # Closing
    (WITH_ANN, AccountClosed(ANN, "ann", ANN), WITHOUT_ANN),
    (WITH_ANN, AccountClosed(BOB, "bob", BOB), WITH_ANN),
    (WITHOUT_ANN, AccountClosed(ANN, "ann", ANN), WITHOUT_ANN),
    (
        WITH_ANNA,
        AccountClosed(BOB, "bob", ANN),
        directory({}, {"ann": Holder(ANN, KEPT), "anna": Holder(ANN, KEPT)}, (ANN,)),
    ),
    # What changes nothing but the account
    (WITH_ANN, PrivacySet(ANN, "ann", "nobody"), directory({ANN: account("ann", privacy="nobody")})),
    (WITH_ANN, PrivacySet(BOB, "bob", "nobody"), WITH_ANN),
    (WITH_ANN, PrivacySet(ANN, "ann", None, True), directory({ANN: account("ann", shows_last_seen=True)})),
    (WITH_ANN, AlertsSet(ANN, "ann", ("tea",)), directory({ANN: account("ann", alerts=("tea",))})),
    (WITH_ANN, AlertsSet(BOB, "bob", ("tea",)), WITH_ANN),
    (WITH_ANN, ServerRoleSet(BOB, "bob", ANN, OWNER), directory({ANN: account("ann", role=OWNER)})),
    (WITH_ANN, ServerRoleSet(ANN, "ann", BOB, OWNER), WITH_ANN),
    (WITH_ANN, AccountDisabled(BOB, "bob", ANN, "spam"), directory({ANN: account("ann", is_disabled=True)})),
    (WITHOUT_ANN, AccountDisabled(BOB, "bob", ANN), WITHOUT_ANN),
    (directory({ANN: account("ann", is_disabled=True)}), AccountEnabled(BOB, "bob", ANN), WITH_ANN),
    (EMPTY, AccountEnabled(BOB, "bob", ANN), EMPTY),
]
"""The directory, what happens in it at noon, and the directory afterwards."""


def personal(**state: object) -> Room:
    """Return Ann's personal room."""
    return msgspec.structs.replace(Room(RoomId(1), RoomKind.PERSONAL, ANN, ""), **state)


PERSONAL_HAPPENINGS: Final[list[tuple[Room, AnyEvent, Room]]] = [
    (personal(), WentAway(ANN, "ann", "lunch"), personal(away="lunch")),
    (personal(away="lunch"), WentAway(ANN, "ann", ""), personal(away="")),
    (personal(away="lunch"), CameBack(ANN, "ann"), personal()),
    (personal(), CameBack(ANN, "ann"), personal()),
    (personal(away="lunch"), Disconnected(ANN, "ann"), personal(away="lunch", gone_ms=NOON)),
]
"""A personal room, what happens in it at noon, and the room afterwards."""


@pytest.mark.parametrize(("before", "event", "after"), [*HAPPENINGS, *PERSONAL_HAPPENINGS], ids=repr)
def test_events_do_what_they_say(before: Room, event: AnyEvent, after: Room) -> None:
    """Each event changes what it is about and nothing else; what is true already stays true."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert changed == after


def after(*happened: tuple[DirectoryEvent, int]) -> Directory:
    """Return what comes of events, each with its time."""
    room = copy_room(EMPTY)
    for event, time_ms in happened:
        apply(room, event, time_ms)
    return room.directory


def test_a_name_is_kept_for_thirty_days() -> None:
    """Then whoever comes first has it, to the millisecond, whether its former bearer has another name or is gone."""
    for gone in (renamed(ANN, "ann", "anna"), AccountClosed(ANN, "ann", ANN)):
        early = after((opened(ANN, "ann"), 0), (gone, NOON), (opened(BOB, "ann"), KEPT - 1))
        assert BOB not in early.accounts
        assert early.holder("ann", KEPT - 1) == ANN
        assert early.holder("ann", KEPT) is None
        late = after((opened(ANN, "ann"), 0), (gone, NOON), (opened(BOB, "ann"), KEPT))
        assert late.accounts[BOB].name == "ann"
        assert late.holder("ann", 2 * KEPT) == BOB


def test_three_names_are_kept_at_most() -> None:
    """Whoever goes through many names at once has the last ones kept for him, and the others are free at once."""
    names = ["a", "b", "c", "d", "e", "f"]
    steps = [(renamed(ANN, old, new), NOON) for old, new in itertools.pairwise(names)]
    state = after((opened(ANN, "a"), NOON), *steps)
    assert state.accounts[ANN].former == ("e", "d", "c")
    assert [name for name in names if state.holder(name, NOON) is None] == ["a", "b"]


def test_a_name_that_somebody_else_has_by_now_stays_his() -> None:
    """What was kept for one account, was free and became another's is not freed when the first forgets it."""
    state = after(
        (opened(ANN, "a"), 0),
        (renamed(ANN, "a", "b"), 0),
        (opened(BOB, "a"), RESERVED_MS),
        *((renamed(ANN, old, new), RESERVED_MS) for old, new in (("b", "c"), ("c", "d"), ("d", "e"))),
    )
    assert state.holder("a", RESERVED_MS) == BOB


def test_who_is_gone_is_called_what_nobody_can_be_called() -> None:
    """No name can pass for that of those whose accounts are deleted."""
    with pytest.raises(Refused):
        parse_name(DELETED)


NAMES: Final = st.sampled_from(("ann", "bob", "zoe"))
"""Few, so that many want the same."""
PERSONS: Final = st.sampled_from(PEOPLE)
EVENTS: Final[st.SearchStrategy[DirectoryEvent]] = st.one_of(
    st.builds(opened, PERSONS, NAMES),
    st.builds(renamed, PERSONS, NAMES, NAMES),
    st.builds(lambda one: AccountClosed(one, "ann", one), PERSONS),
    st.builds(lambda one: AccountDisabled(CAROL, "carol", one), PERSONS),
    st.builds(lambda one: ServerRoleSet(CAROL, "carol", one, OWNER), PERSONS),
)
DAYS: Final = st.integers(0, 40).map(lambda days: days * RESERVED_MS // 30)
HISTORIES: Final = st.lists(st.tuples(EVENTS, DAYS), max_size=30)
"""Events in any order, likely or not; their times may go back, as clocks do."""


@QUICK
@given(HISTORIES)
def test_the_lists_agree(history: list[tuple[DirectoryEvent, int]]) -> None:
    """Every account has its name, no two have the same, and whoever is gone has none."""
    state = after(*history)
    for person, one in state.accounts.items():
        assert state.names[one.key] == Holder(person)
        assert one.skeleton in state.skeletons
        assert len(one.former) <= FORMER_NAMES
        assert one.key not in one.former
    assert len({one.key for one in state.accounts.values()}) == len(state.accounts)
    for key, holder in state.names.items():
        if holder.until_ms is None:
            assert state.accounts[holder.account].key == key
    for person in state.skeletons.values():
        assert person in state.accounts
    assert not state.closed.keys() & state.accounts.keys()


@QUICK
@given(HISTORIES, st.permutations(PEOPLE))
def test_of_those_who_open_the_same_name_the_first_in_order_has_it(
    others: list[tuple[DirectoryEvent, int]], wanting: list[PersonId]
) -> None:
    """Whatever else happened in between, to whomever: all later openings are void."""
    first, *late = wanting
    events: list[tuple[DirectoryEvent, int]] = [(opened(first, "yoko"), NOON)]
    for one in late:
        events += [other for other in others if other[0].author != first and _about(other[0]) != first]
        events.append((opened(one, "yoko"), NOON))
    state = after(*events)
    assert state.holder("yoko", NOON) == first
    assert state.accounts[first].name == "yoko"
    assert all(one.key != "yoko" for person, one in state.accounts.items() if person != first)


def _about(event: DirectoryEvent) -> PersonId:
    """Return whose account the event changes."""
    return getattr(event, "account", event.author)


@QUICK
@given(HISTORIES, st.integers(0, 30))
def test_a_snapshot_plus_the_records_since_is_a_fresh_snapshot(
    history: list[tuple[DirectoryEvent, int]], place: int
) -> None:
    """Law 3 for the directory, whose state is the one that cannot be lost."""
    fresh, written = copy_room(EMPTY), copy_room(EMPTY)
    for event, time_ms in history:
        apply(fresh, event, time_ms)
    for event, time_ms in history[:place]:
        apply(written, event, time_ms)
    restored = msgspec.json.decode(msgspec.json.encode(written), type=Room)
    for event, time_ms in history[place:]:
        apply(restored, event, time_ms)
    assert restored == fresh


@QUICK
@given(HISTORIES, HISTORIES)
def test_a_copy_goes_its_own_way(
    before: list[tuple[DirectoryEvent, int]], since: list[tuple[DirectoryEvent, int]]
) -> None:
    """What is decided and not kept yet changes nothing of what is kept."""
    room = copy_room(EMPTY)
    for event, time_ms in before:
        apply(room, event, time_ms)
    kept = msgspec.json.encode(room)
    copy = copy_room(room)
    for event, time_ms in since:
        apply(copy, event, time_ms)
    assert msgspec.json.encode(room) == kept

"""Ejection: whom administrators send off the server and keep off it, case by case."""

from typing import Final

import msgspec
import pytest

from hubbub.core.applying import apply
from hubbub.core.bans import Ban, Target, Visitor
from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.decisions.ejection import require_welcome
from hubbub.core.directory import Directory
from hubbub.core.features.ejection import (
    BanFromServer,
    Eject,
    Ejected,
    ServerBanned,
    ServerUnbanned,
    UnbanFromServer,
)
from hubbub.core.house import CONSOLE, Person
from hubbub.core.kinds import RefusalCode, Refused, RoomId
from hubbub.core.limits import Limits
from hubbub.core.roles import ServerRole
from hubbub.core.room import DIRECTORY_KEY, Room, RoomKind, copy_room
from hubbub.core.scene import Scene
from hubbub.core.terms import Term
from tests.core.test_accounts import audit, changes
from tests.core.test_deciding import Row
from tests.core.world import World, person_id

ABE, CAROL, DEE, OLA = map(person_id, ("abe", "carol", "dee", "ola"))
NOON: Final = 43_200_000
HOUR: Final = 3_600

ANN_MEANT: Final = Target("person", person_id("ann"), "ann", "ann")
CAROL_MEANT: Final = Target("person", CAROL, "carol")
SPAM: Final = Target("pattern", "spam*", "Spam*")
NETWORK: Final = Target("address", "192.0.2.0/24", "192.0.2.0/24")


def scene() -> World:
    """Ola owns the server, Abe is an administrator, Carol a member, Ann a guest; who is called like spam is banned."""
    world = World("ann", "carol", "abe", "ola")
    for name, role in (("ola", ServerRole.OWNER), ("abe", ServerRole.ADMINISTRATOR), ("carol", ServerRole.MEMBER)):
        world.account(name, role)
    world.happen(world.house.require_directory(), ServerBanned(OLA, "ola", SPAM, "ads"))
    return world


DECIDED: Final = [
    Row(
        "abe",
        Eject("Ann", "rude"),
        changes(Ejected(ABE, "abe", "ann", "ann", "rude"), audit(ABE, "abe", "eject", "ann", "rude")),
    ),
    Row("ola", Eject("abe"), changes(Ejected(OLA, "ola", "abe", "abe"), audit(OLA, "ola", "eject", "abe"))),
    Row(
        "abe",
        BanFromServer("ann"),
        changes(ServerBanned(ABE, "abe", ANN_MEANT), audit(ABE, "abe", "server ban", "ann")),
    ),
    Row(
        "abe",
        BanFromServer("carol", "rude", HOUR),
        changes(
            ServerBanned(ABE, "abe", CAROL_MEANT, "rude", Term(0, HOUR * 1_000)),
            audit(ABE, "abe", "server ban", "carol", "rude"),
        ),
    ),
    Row(
        "abe",
        BanFromServer("192.0.2.7/24"),
        changes(ServerBanned(ABE, "abe", NETWORK), audit(ABE, "abe", "server ban", "192.0.2.0/24")),
    ),
    Row(
        "abe",
        UnbanFromServer("spam*"),
        changes(ServerUnbanned(ABE, "abe", SPAM), audit(ABE, "abe", "server unban", "Spam*")),
    ),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}"[:80])
def test_what_comes_of_a_command(row: Row) -> None:
    """Each act is written down beside what comes of it, and changes nothing when it is decided."""
    world = scene()
    before = world.state()
    decision = world.decide(row.who, row.command)
    assert tuple((room.key, event) for room, event in decision.events) == row.events
    assert world.state() == before


REFUSED: Final[list[tuple[str, AnyCommand, RefusalCode]]] = [
    ("ann", Eject("carol"), "not_allowed"),
    ("carol", Eject("ann"), "not_allowed"),
    ("abe", Eject("ola"), "not_allowed"),
    ("abe", Eject("abe"), "not_allowed"),
    ("abe", Eject("zoe"), "unknown_person"),
    ("carol", BanFromServer("ann"), "not_allowed"),
    ("abe", BanFromServer("ola"), "not_allowed"),
    ("abe", BanFromServer(""), "bad_pattern"),
    ("abe", BanFromServer("a b"), "unknown_person"),
    ("carol", UnbanFromServer("spam*"), "not_allowed"),
    ("abe", UnbanFromServer("zoe"), "unknown_person"),
]
"""Who asks for what, and why he may not."""


@pytest.mark.parametrize(("who", "command", "code"), REFUSED, ids=str)
def test_who_is_refused_and_why(who: str, command: AnyCommand, code: str) -> None:
    """Only administrators, and nobody against one of his own rank or a higher one."""
    with pytest.raises(Refused) as refused:
        scene().decide(who, command)
    assert refused.value.refusal.code == code


def test_whoever_sits_at_the_machine_may_name_anybody() -> None:
    """He does not know which guests are on a server that runs, so he may mean one whom he does not see."""
    world = scene()
    console = Scene(world.house, Person(CONSOLE, "console", "console"), Limits(), 0)
    from hubbub.core.decisions.ejection import eject  # noqa: PLC0415 - as nobody in the world

    ((_, ejected), _) = eject(console, Eject("Zoe")).events
    assert ejected == Ejected(CONSOLE, "console", "zoe", "Zoe")


def directory(*bans: Ban) -> Room:
    """Return the directory with these bans."""
    state = Directory(bans={ban.target.id: ban for ban in bans})
    return Room(RoomId(1), RoomKind.DIRECTORY, DIRECTORY_KEY, "", directory=state)


OVER: Final = Ban(NETWORK, "abe", "", Term(NOON - 2_000, NOON - 1_000))
HAPPENINGS: Final[list[tuple[Room, AnyEvent, Room]]] = [
    (directory(), Ejected(ABE, "abe", "ann", "ann"), directory()),
    (directory(), ServerBanned(ABE, "abe", SPAM, "ads"), directory(Ban(SPAM, "abe", "ads", since_ms=NOON))),
    (directory(Ban(SPAM, "abe", "ads")), ServerBanned(OLA, "ola", SPAM), directory(Ban(SPAM, "ola", since_ms=NOON))),
    (directory(OVER), ServerBanned(ABE, "abe", SPAM), directory(Ban(SPAM, "abe", since_ms=NOON))),
    (directory(Ban(SPAM, "abe")), ServerUnbanned(OLA, "ola", SPAM), directory()),
    (directory(), ServerUnbanned(OLA, "ola", SPAM), directory()),
]
"""The directory, what happens in it at noon, and the directory afterwards."""


@pytest.mark.parametrize(("before", "event", "after"), HAPPENINGS, ids=str)
def test_events_do_what_they_say(before: Room, event: AnyEvent, after: Room) -> None:
    """A newer ban takes the place of an older one of the same people, and those that are over go with the next."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert msgspec.json.encode(changed) == msgspec.json.encode(after)


def visitor(name: str, *addresses: str) -> Visitor:
    """Return a guest who comes from somewhere."""
    return Visitor(person_id(name), name, is_guest=True, addresses=addresses)


def test_who_is_banned_is_not_welcome() -> None:
    """By what he is called or where he comes from, as long as the ban lasts; and administrators always are."""
    world = scene()
    world.happen(world.house.require_directory(), ServerBanned(OLA, "ola", NETWORK, "", Term(NOON, NOON + 1_000)))
    with pytest.raises(Refused, match=r"You are banned from this server\. \(ads\)"):
        require_welcome(world.house, visitor("spammer"), NOON)
    with pytest.raises(Refused, match="for another 1 second"):
        require_welcome(world.house, visitor("zoe", "192.0.2.9"), NOON)
    require_welcome(world.house, visitor("zoe", "192.0.2.9"), NOON + 1_000)
    require_welcome(world.house, visitor("zoe", "198.51.100.9"), NOON)
    require_welcome(world.house, Visitor(ABE, "abe", is_guest=False, addresses=("192.0.2.9",)), NOON)

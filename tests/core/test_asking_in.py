"""Asking in: whoever would like to come into a room is heard by those who may let him in, and not too often."""

from typing import Any, Final

import pytest

from hubbub.core.bans import Target
from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.effects import take_effect
from hubbub.core.features.inviting import ASK_IN_SECONDS, AskIn, Invited
from hubbub.core.features.membership import REASON_LIMIT, Joined
from hubbub.core.features.moderation import Banned, Excepted
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.kinds import RefusalCode, Refused
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.core.signals import AskingIn
from tests.core.naming import name_example
from tests.core.world import World, person_id

NOW: Final = 10_000_000_000
OLGA, MOE, MIA, ADA, GUS, ZOE = map(person_id, ("olga", "moe", "mia", "ada", "gus", "zoe"))
ALL: Final = Target("pattern", "*", "*")


def tea(*events: AnyEvent, **settings: Any) -> World:  # noqa: ANN401 - each setting has a type of its own
    """Olga owns #Tea, Moe and Max moderate it, Mia is a member; Max is not there. Gus is a guest, Ada administrates."""
    world = World("olga", "moe", "mia", "gus", "zoe", "ada")
    world.now_ms = NOW
    for name in ("olga", "moe", "mia", "max", "zoe"):
        world.account(name)
    world.account("ada", ServerRole.ADMINISTRATOR)
    room = world.channel("#Tea", "olga", "moe", "mia")
    world.happen(room, Joined(person_id("max"), "max"))
    for name, role in (("olga", RoomRole.OWNER), ("moe", RoomRole.MODERATOR), ("max", RoomRole.MODERATOR)):
        world.happen(room, RoleSet(OLGA, "olga", person_id(name), name, role))
    world.happen(room, SettingsChanged(OLGA, "olga", Change(**settings)))
    for event in events:
        world.happen(room, event)
    return world


@pytest.mark.parametrize(
    ("who", "settings"),
    [
        ("zoe", {"access": "private"}),
        ("zoe", {"key": "secret"}),
        ("gus", {"accounts_only": True}),
        ("gus", {"access": "private", "is_hidden": True, "key": "secret"}),
    ],
)
def test_those_who_may_invite_hear_of_it(who: str, settings: dict[str, Any]) -> None:
    """And nobody else; nothing is kept."""
    world = tea(**settings)
    before = world.state()
    decision = world.decide(who, AskIn("#tea", "let me\x1b\nin"))
    asking = AskingIn("#Tea", who, "let me in")
    assert (decision.events, decision.answer) == ((), DONE)
    assert decision.signals == ((OLGA, asking), (MOE, asking))
    assert world.state() == before


def test_in_a_group_everybody_hears_of_it() -> None:
    """For each of them may take others in."""
    world = tea(access="private", is_group=True)
    heard = [person for person, _ in world.decide("zoe", AskIn("#tea")).signals]
    assert heard == [OLGA, MOE, MIA]


def test_whoever_blocks_somebody_does_not_hear_him_ask() -> None:
    """And he is not told."""
    world = tea(access="private")
    for blocker in ("olga", "moe"):
        world.block(blocker, "zoe")
    decision = world.decide("zoe", AskIn("#tea"))
    assert (decision.signals, decision.answer) == ((), DONE)


def test_a_reason_is_short() -> None:
    """It is a line, and not a way to speak to a room that one is not in."""
    ((_, signal), _) = tea(access="private").decide("zoe", AskIn("#tea", "x" * 10_000)).signals
    assert isinstance(signal, AskingIn)
    assert len(signal.text) == REASON_LIMIT


PRIVATE: Final = {"access": "private"}
REFUSED: Final[list[tuple[str, AnyCommand, dict[str, Any], list[AnyEvent], RefusalCode]]] = [
    ("zoe", AskIn("#tea"), {}, [], "not_needed"),
    ("zoe", AskIn("#tea"), {"is_hidden": True}, [], "not_needed"),
    ("zoe", AskIn("#tea"), {"accounts_only": True}, [], "not_needed"),
    ("ada", AskIn("#tea"), PRIVATE, [], "not_needed"),
    ("zoe", AskIn("#tea"), PRIVATE, [Invited(OLGA, "olga", ZOE, "zoe")], "not_needed"),
    ("zoe", AskIn("#tea"), PRIVATE, [Excepted(OLGA, "olga", ALL, "invitations")], "not_needed"),
    ("zoe", AskIn("#tea"), PRIVATE, [Banned(OLGA, "olga", ALL)], "banned"),
    ("zoe", AskIn("#tea"), {"member_limit": 1}, [], "room_full"),
    ("zoe", AskIn("#tea"), {"access": "private", "is_archived": True}, [], "archived"),
    ("mia", AskIn("#tea"), PRIVATE, [], "unchanged"),
    ("zoe", AskIn("#milk"), {}, [], "no_such_room"),
    ("zoe", AskIn("#a b"), {}, [], "bad_room_name"),
]


@pytest.mark.parametrize(("who", "command", "settings", "events", "code"), REFUSED, ids=name_example)
def test_where_there_is_nothing_to_ask_it_is_refused(
    who: str, command: AnyCommand, settings: dict[str, Any], events: list[AnyEvent], code: RefusalCode
) -> None:
    """Where one may come in, where one is, and where an invitation would not help."""
    with pytest.raises(Refused) as refused:
        tea(*events, **settings).decide(who, command)
    assert refused.value.refusal.code == code


def test_where_nobody_could_let_one_in_one_is_told() -> None:
    """Whoever has that right and is not there hears nothing of it."""
    world = tea(access="private")
    for name in ("olga", "moe"):
        world.house.dismiss(world.person(name))
    with pytest.raises(Refused) as refused:
        world.decide("zoe", AskIn("#tea"))
    assert refused.value.refusal.code == "nobody"


def test_one_waits_before_one_asks_again() -> None:
    """In the same room; a clock that jumps keeps nobody waiting for ever."""
    world = tea(access="private")
    world.happen(world.channel("#Milk", "olga"), SettingsChanged(OLGA, "olga", Change(key="x")))
    world.happen(world.house.require_channel("#milk"), RoleSet(OLGA, "olga", OLGA, "olga", RoomRole.OWNER))
    take_effect(world.person("zoe"), AskIn("#TEA"), NOW)
    world.now_ms = NOW + 20_000
    with pytest.raises(Refused) as refused:
        world.decide("zoe", AskIn("#tea"))
    assert (refused.value.refusal.code, refused.value.refusal.retry_seconds) == ("too_fast", ASK_IN_SECONDS - 20)
    assert world.decide("zoe", AskIn("#milk")).signals
    for now_ms in (NOW + ASK_IN_SECONDS * 1_000, 0):
        world.now_ms = now_ms
        assert world.decide("zoe", AskIn("#tea")).signals


def test_who_asked_is_remembered_no_longer_than_he_waits() -> None:
    """However many rooms he tries."""
    zoe = tea().person("zoe")
    for number in range(100):
        take_effect(zoe, AskIn(f"#{number}x"), NOW + number * 1_000)
    assert len(zoe.asked_in) == ASK_IN_SECONDS

"""Entering and speaking: what a channel's settings, bans and mutes let whom do."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from hubbub.core.bans import Target
from hubbub.core.catalog import AnyEvent
from hubbub.core.decisions.speaking import muted_among
from hubbub.core.features.accounts import PrivacySet
from hubbub.core.features.blocking import BLOCKS_LIMIT, Block, Blocked, Unblocked
from hubbub.core.features.inviting import Invite, Invited
from hubbub.core.features.membership import Departure, Join, Joined, Leave, Left, departures_of_absent, quit_all
from hubbub.core.features.messages import Said, Say, Tell
from hubbub.core.features.moderation import Ban, Banned, Excepted, Kick, Kicked, Muted
from hubbub.core.features.room_roles import RoleSet, SetRole
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import PersonId, RefusalCode, Refused, Seq
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.people_answers import BlocksChanged
from hubbub.core.permissions import is_visible
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room import DIRECTORY_KEY, LOBBY, Room, RoomKind
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE, Scene
from hubbub.core.signals import Refusing
from hubbub.core.terms import Term
from tests.core.naming import name_example
from tests.core.world import DEFAULTS, World, person_id

NOW: Final = 10_000_000_000
"""Milliseconds since 1970, in April of that year."""

ALL: Final = Target("pattern", "*", "*")
HOUR: Final = Term(NOW, NOW + 3_600_000)
PAST: Final = Term(NOW - 7_200_000, NOW - 3_600_000)
FUTURE: Final = Term(NOW * 100, NOW * 100 + 3_600_000)
"""What began by a clock that was a hundred times too far."""

MIA, MOE, OLGA, ADA, ZOE, GUS = map(person_id, ("mia", "moe", "olga", "ada", "zoe", "gus"))
ZOES: Final = Target("person", ZOE, "zoe")
OUTSIDE: Final = ("zoe", "gus", "moe", "ada")
"""An account, a guest, a moderator who has left, and an administrator; all of them are not in #Tea."""

ANYHOW: Final = {"moe", "ada"}
"""Those whom nothing keeps out."""


def tea(*events: AnyEvent, **settings: Any) -> tuple[World, Room]:  # noqa: ANN401 - each setting has a type of its own
    """Olga, who owns #Tea, and Mia are in; the others are outside."""
    world = World("mia", "olga", *OUTSIDE)
    world.now_ms = NOW
    for name in ("mia", "olga", "zoe", "moe"):
        world.account(name)
    world.account("ada", ServerRole.ADMINISTRATOR)
    room = world.channel("#Tea", "olga", "mia")
    for event in (
        RoleSet(OLGA, "olga", OLGA, "olga", RoomRole.OWNER),
        RoleSet(OLGA, "olga", MOE, "moe", RoomRole.MODERATOR),
        SettingsChanged(OLGA, "olga", Change(**settings)),
        *events,
    ):
        world.happen(room, event)
    return world, room


DOORS: Final[list[tuple[dict[str, Any], list[AnyEvent], RefusalCode | None]]] = [
    ({}, [], None),
    ({"access": "announcement"}, [], None),
    ({"access": "private"}, [], "needs_invitation"),
    ({"key": "secret"}, [], "wrong_key"),
    ({"member_limit": 2}, [], "room_full"),
    ({"member_limit": 3}, [], None),
    ({"history": "joined", "slow_seconds": 5, "is_moderated": True}, [], None),
    ({}, [Banned(OLGA, "olga", Target("pattern", "*", "*"))], "banned"),
    ({}, [Banned(OLGA, "olga", Target("pattern", "*", "*"), "", HOUR)], "banned"),
    ({}, [Banned(OLGA, "olga", Target("pattern", "*", "*"), "", PAST)], None),
    ({}, [Banned(OLGA, "olga", Target("pattern", "*", "*"), "", FUTURE)], None),
    ({}, [Banned(OLGA, "olga", Target("address", "192.0.2.0/24", ""))], "banned"),
    ({}, [Banned(OLGA, "olga", Target("address", "198.51.100.0/24", ""))], None),
    ({}, [Banned(OLGA, "olga", Target("pattern", "mia", "mia"))], None),
    ({}, [Banned(OLGA, "olga", Target("pattern", "*", "*"), is_silencing=True)], None),
    ({}, [Banned(OLGA, "olga", ALL), Excepted(OLGA, "olga", Target("address", "192.0.2.0/24", ""))], None),
    ({}, [Banned(OLGA, "olga", ALL), Excepted(OLGA, "olga", ALL, "invitations")], "banned"),
    ({"access": "private", "key": "secret"}, [Excepted(OLGA, "olga", ALL, "invitations")], None),
    ({"access": "private"}, [Excepted(OLGA, "olga", ALL)], "needs_invitation"),
    ({"member_limit": 2}, [Excepted(OLGA, "olga", ALL, "invitations")], "room_full"),
]
"""What holds in #Tea, and why whoever comes is refused, if he is."""


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize(("settings", "events", "code"), DOORS, ids=str)
def test_who_may_come_in(who: str, settings: dict[str, Any], events: list[AnyEvent], code: RefusalCode | None) -> None:
    """A moderator, and the server's people, come in past everything; others are told why they do not."""
    world, _ = tea(*events, **settings)
    before = world.state()
    if code is None or who in ANYHOW:
        ((_, event),) = world.decide(who, Join("#tea"), address="192.0.2.1").events
        assert event == Joined(person_id(who), who)
    else:
        with pytest.raises(Refused) as refused:
            world.decide(who, Join("#tea"), address="192.0.2.1")
        assert refused.value.refusal.code == code
    assert world.state() == before


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_comes_into_an_archived_room(who: str) -> None:
    """Whoever he is; those who are in stay, and may go."""
    world, _ = tea(is_archived=True)
    for command in (Join("#tea"), Join("#TEA", "key")):
        with pytest.raises(Refused) as refused:
            world.decide(who, command)
        assert refused.value.refusal.code == "archived"
    assert world.decide("mia", Join("#tea")).answer == DONE
    assert world.decide("mia", Leave("#tea")).events


def test_a_member_is_a_member() -> None:
    """Whatever holds now, whoever is in may turn to the room again."""
    world, room = tea(access="private", key="secret", member_limit=1)
    world.happen(room, Banned(OLGA, "olga", Target("pattern", "mia", "mia")))
    assert world.decide("mia", Join("#tea")).events == ()


def test_an_invitation_opens_the_room() -> None:
    """Past the list and the key; but not past a ban, and a full room is full."""
    world, room = tea(Invited(OLGA, "olga", ZOE, "zoe"), access="private", key="secret")
    assert world.decide("zoe", Join("#tea")).events
    world.happen(room, SettingsChanged(OLGA, "olga", Change(member_limit=2)))
    with pytest.raises(Refused) as refused:
        world.decide("zoe", Join("#tea"))
    assert refused.value.refusal.code == "room_full"
    world.happen(room, Banned(OLGA, "olga", Target("pattern", "z*", "z*")))
    with pytest.raises(Refused) as refused:
        world.decide("zoe", Join("#tea"))
    assert refused.value.refusal.code == "banned"


def test_a_room_for_accounts_takes_guests_in_who_are_invited() -> None:
    """Whoever has an account comes in; a guest learns how to open one, unless somebody has invited him."""
    world, room = tea(accounts_only=True)
    assert world.decide("zoe", Join("#tea")).events
    with pytest.raises(Refused) as refused:
        world.decide("gus", Join("#tea"))
    assert refused.value.refusal.code == "needs_account"
    assert "/register" in refused.value.refusal.sentence
    world.happen(room, Invited(OLGA, "olga", GUS, "gus"))
    assert world.decide("gus", Join("#tea")).events


@pytest.mark.parametrize(
    ("target", "kept_out"),
    [
        (Target("account", "*", "account:*"), {"zoe"}),
        (Target("mask", "*!*@*.guest", "*!*@*.guest"), {"gus"}),
        (Target("mask", "z*!~u@*", "z*!~u@*"), {"zoe"}),
    ],
)
def test_a_ban_may_be_about_accounts_and_hosts(target: Target, kept_out: set[str]) -> None:
    """It finds those who come, and those who are exempt from it come in."""
    world, room = tea(Banned(OLGA, "olga", target))
    for who in ("zoe", "gus"):
        if who in kept_out:
            with pytest.raises(Refused):
                world.decide(who, Join("#tea"), address="192.0.2.1")
            host = world.house.host_of(person_id(who), "192.0.2.1")
            mask = f"*!*@{host}"
            world.happen(room, Excepted(OLGA, "olga", Target("mask", mask, mask)))
        assert world.decide(who, Join("#tea"), address="192.0.2.1").events


def test_whoever_is_always_taken_in_knows_of_the_room() -> None:
    """As those who are invited do; nobody else does."""
    accounts = Target("account", "*", "account:*")
    world, room = tea(Excepted(OLGA, "olga", accounts, "invitations"), access="private")
    assert [is_visible(world.house, room, who) for who in (ZOE, GUS)] == [True, False]


def test_an_exception_keeps_who_is_in() -> None:
    """Whom a ban does not concern, it does not put out."""
    world, room = tea()
    pattern = Target("pattern", "m*", "m*")
    world.happen(room, Excepted(OLGA, "olga", Target("account", "mia", "account:mia")))
    assert world.decide("olga", Ban("#tea", "m*")).events[0] == (room, Banned(OLGA, "olga", pattern))


def test_a_hidden_room_is_open_to_whoever_knows_of_it() -> None:
    """For everything else, who is outside hears what he would hear of a room that does not exist."""
    world, room = tea(is_hidden=True)
    for command in (Say("#tea", "hi"), SetTopic("#tea", "hi"), Invite("#tea", "mia")):
        with pytest.raises(Refused) as refused:
            world.decide("zoe", command)
        assert refused.value.refusal.code == "no_such_room"
    assert [is_visible(world.house, room, who) for who in (ZOE, GUS, MIA, MOE, ADA)] == [False, False, True, True, True]
    assert world.decide("zoe", Join("#tea")).events


def test_the_key_opens_the_room() -> None:
    """The right one; whoever has none is told how to give it."""
    world, _ = tea(key="sécret")
    assert world.decide("zoe", Join("#tea", "sécret")).events
    for key, sentence in (("", "It needs a key."), ("secret", "That is not the key.")):
        with pytest.raises(Refused) as refused:
            world.decide("zoe", Join("#tea", key))
        assert refused.value.refusal.sentence == f"{sentence} Come in with /join #Tea KEY."


def test_a_ban_says_by_whom_and_until_when() -> None:
    """So that whoever meant no harm knows whom to ask, and when to come again."""
    world, _ = tea(Banned(OLGA, "olga", ZOES, "spam", HOUR))
    world.now_ms += 1_800_000
    with pytest.raises(Refused) as refused:
        world.decide("zoe", Join("#tea"))
    refusal = refused.value.refusal
    assert refusal.sentence == "You are banned from #Tea by olga for another 30 minutes (spam)."
    assert refusal.retry_seconds == 1_800


def test_a_guest_who_comes_again_is_known_by_his_name() -> None:
    """He is somebody else for the house, but not for a ban; an account of that name is somebody else indeed."""
    world, _ = tea(Banned(OLGA, "olga", Target("person", person_id("gone"), "gus", "gus")))
    with pytest.raises(Refused):
        world.decide("gus", Join("#tea"))
    world.account("gus")
    assert world.decide("gus", Join("#tea")).events


# Who owns a room


def test_who_makes_a_room_owns_it() -> None:
    """Guests too; the lobby is the server's."""
    world, _ = tea()
    fresh = world.channel("#fresh")
    assert world.decide("zoe", Join("#fresh")).events == ((fresh, Joined(ZOE, "zoe", founding=True)),)
    assert world.decide("gus", Join("#fresh")).events == ((fresh, Joined(GUS, "gus", founding=True)),)
    world.channel(LOBBY)
    assert world.decide("zoe", Join(LOBBY)).events[0][1] == Joined(ZOE, "zoe")


def test_only_the_first_owns_a_room() -> None:
    """Also when nobody is there any more, when the first was a guest, and when it is as old as an older version."""
    world, _ = tea()
    fresh = world.channel("#fresh")
    world.happen(fresh, Joined(GUS, "gus"))
    world.happen(fresh, Left(GUS, "gus"))
    assert world.decide("zoe", Join("#fresh")).events[0][1] == Joined(ZOE, "zoe")
    old = world.channel("#old")
    old.seq = Seq(1)
    assert world.decide("zoe", Join("#old")).events[0][1] == Joined(ZOE, "zoe")


def den(world: World) -> Room:
    """Return a room that Gus has made, who is a guest, and in which Mia is."""
    room = world.channel("#den")
    for who in ("gus", "mia"):
        ((_, joined),) = world.decide(who, Join("#den")).events
        world.happen(room, joined)
    return room


def test_a_guest_owns_what_he_makes() -> None:
    """He does there what every owner does; who has no account is made no owner, by him neither."""
    world, _ = tea()
    room = den(world)
    assert room.roles == {GUS: RoomRole.OWNER}
    assert world.decide("gus", Kick("#den", "mia")).events
    assert world.decide("gus", SetRole("#den", "mia", RoomRole.OWNER)).events
    world.happen(room, world.joining("zed"))
    world.welcome("zed")
    with pytest.raises(Refused, match="needs one"):
        world.decide("gus", SetRole("#den", "zed", RoomRole.OWNER))


def gone_out(world: World) -> AnyEvent:
    """Return how Gus goes out of the den alone."""
    ((_, left),) = world.decide("gus", Leave("#den")).events
    return left


ENDINGS: Final[dict[str, Callable[[World], AnyEvent]]] = {
    "going out": gone_out,
    "quitting": lambda world: quit_all([world.house.require_channel("#den")], GUS, Departure())[0][1],
    "a crash": lambda world: departures_of_absent(world.house.require_channel("#den"), {MIA})[0],
    "being put out": lambda _: Kicked(ADA, "ada", GUS, "gus"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_guest_owns_it_no_longer_than_he_is_in(ending: str) -> None:
    """It is nobody's then, and stays so: not the next one's who comes in, and not his who is called as he was."""
    world, _ = tea()
    room = den(world)
    world.happen(room, ENDINGS[ending](world))
    world.happen(room, Left(MIA, "mia"))
    assert room.roles == {}
    for who in ("gus", "zoe"):
        ((_, joined),) = world.decide(who, Join("#den")).events
        world.happen(room, joined)
    with pytest.raises(Refused, match="It has none: ask an administrator"):
        world.decide("gus", Kick("#den", "zoe"))
    assert world.decide("ada", SetRole("#den", "zoe", RoomRole.OWNER)).events


def test_those_whom_a_guest_has_named_look_after_his_room() -> None:
    """If they have accounts: what they are is theirs."""
    world, _ = tea()
    room = den(world)
    world.happen(room, RoleSet(GUS, "gus", MIA, "mia", RoomRole.MODERATOR))
    world.happen(room, Left(GUS, "gus", quitting=True))
    assert room.roles == {MIA: RoomRole.MODERATOR}


def test_a_guest_who_opens_an_account_keeps_his_room() -> None:
    """It is the same person, and an account stays what it is."""
    world, _ = tea()
    room = den(world)
    world.account("gus")
    ((_, left),) = world.decide("gus", Leave("#den")).events
    world.happen(room, left)
    assert room.roles == {GUS: RoomRole.OWNER}


def test_an_account_keeps_its_role_and_a_guest_does_not() -> None:
    """Whoever leaves and comes back is what he was; a guest is nobody in particular again."""
    world, room = tea()
    world.happen(room, Joined(GUS, "gus"))
    for person, name in ((GUS, "gus"), (MIA, "mia")):
        world.happen(room, RoleSet(OLGA, "olga", person, name, RoomRole.SPEAKER))
    assert world.decide("gus", Leave("#tea")).events == ((room, Left(GUS, "gus", resigning=True)),)
    assert world.decide("mia", Leave("#tea")).events == ((room, Left(MIA, "mia")),)


# Speaking

VOICES: Final[list[tuple[dict[str, Any], list[AnyEvent], RefusalCode | None, set[str]]]] = [
    ({}, [], None, set()),
    ({"access": "private"}, [], None, set()),
    ({"is_moderated": True}, [], "needs_voice", {"mia"}),
    ({"access": "announcement"}, [], "needs_voice", {"mia"}),
    ({"is_archived": True}, [], "archived", {"mia", "sue", "moe", "olga", "ada"}),
    ({}, [Muted(OLGA, "olga", MIA, "mia")], "muted", {"mia"}),
    ({}, [Muted(OLGA, "olga", MOE, "moe", "", HOUR)], "muted", {"moe"}),
    ({}, [Muted(OLGA, "olga", MIA, "mia", "", PAST)], None, set()),
    ({}, [Muted(OLGA, "olga", MIA, "mia", "", FUTURE)], None, set()),
    ({}, [Banned(OLGA, "olga", ALL, is_silencing=True)], "muted", {"mia"}),
    ({}, [Banned(OLGA, "olga", Target("account", "mia", ""), "", HOUR, is_silencing=True)], "muted", {"mia"}),
    ({}, [Banned(OLGA, "olga", ALL, "", PAST, is_silencing=True)], None, set()),
    ({}, [Banned(OLGA, "olga", ALL, is_silencing=True), Excepted(OLGA, "olga", ALL)], None, set()),
    ({}, [Banned(OLGA, "olga", Target("pattern", "zoe", ""), is_silencing=True)], None, set()),
]
"""What holds in #Tea, and who may not speak there, and why."""


def everybody_in(*events: AnyEvent, **settings: Any) -> tuple[World, Room]:  # noqa: ANN401 - as above
    """Let everybody into #Tea; Sue is a speaker there."""
    world, room = tea(**settings)
    world.welcome("sue")
    for name in ("moe", "ada", "sue"):
        world.happen(room, Joined(person_id(name), name))
    world.happen(room, RoleSet(OLGA, "olga", person_id("sue"), "sue", RoomRole.SPEAKER))
    for event in events:
        world.happen(room, event)
    return world, room


@pytest.mark.parametrize("who", ["mia", "sue", "moe", "olga", "ada"])
@pytest.mark.parametrize(("settings", "events", "code", "silent"), VOICES, ids=name_example)
def test_who_may_speak(
    who: str, settings: dict[str, Any], events: list[AnyEvent], code: RefusalCode | None, silent: set[str]
) -> None:
    """By role, and whoever is muted may not, whatever he is; the topic is a kind of speech."""
    world, _ = everybody_in(*events, **settings)
    for command in (Say("#tea", "hi"), SetTopic("#tea", "hi")):
        if who in silent:
            with pytest.raises(Refused) as refused:
                world.decide(who, command)
            assert refused.value.refusal.code == code
        else:
            assert world.decide(who, command).events


def test_guests_may_be_left_to_listen() -> None:
    """Until they are made speakers, or open an account; in a moderated room they hear of speakers, not of accounts."""
    world, room = everybody_in(Joined(GUS, "gus"), speakers_have_accounts=True)
    assert world.decide("mia", Say("#tea", "hi")).events
    with pytest.raises(Refused) as refused:
        world.decide("gus", Say("#tea", "hi"))
    assert refused.value.refusal.code == "needs_account"
    world.happen(room, SettingsChanged(OLGA, "olga", Change(is_moderated=True)))
    with pytest.raises(Refused) as refused:
        world.decide("gus", Say("#tea", "hi"))
    assert refused.value.refusal.code == "needs_voice"
    world.happen(room, RoleSet(OLGA, "olga", GUS, "gus", RoomRole.SPEAKER))
    assert world.decide("gus", Say("#tea", "hi")).events


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Muted(OLGA, "olga", MIA, "mia"), ""),
        (Muted(OLGA, "olga", MIA, "mia", "", PAST), "so long"),
        (Banned(OLGA, "olga", ALL, is_silencing=True), ""),
        (Muted(OLGA, "olga", MOE, "moe"), "so long"),
    ],
)
def test_who_is_muted_does_not_speak_in_going(event: AnyEvent, said: str) -> None:
    """Why somebody goes is read by all who are in; who may come back at once could say anything so."""
    world, room = everybody_in(event)
    assert world.decide("mia", Leave("#tea", "so long")).events == ((room, Left(MIA, "mia", said)),)


def test_who_is_muted_does_not_speak_in_quitting() -> None:
    """Nor does a guest who leaves the server, whichever way he is silenced, until that is over."""
    for event in (Muted(OLGA, "olga", GUS, "gus"), Banned(OLGA, "olga", ALL, is_silencing=True)):
        world, room = everybody_in(Joined(GUS, "gus"), event)
        muted_in = muted_among(Scene(world.house, world.person("gus"), DEFAULTS, NOW), [room])
        assert quit_all([room], GUS, Departure("so long"), muted_in) == [(room, Left(GUS, "gus", quitting=True))]
    world, room = everybody_in(Joined(GUS, "gus"), Muted(OLGA, "olga", GUS, "gus", "", PAST))
    assert muted_among(Scene(world.house, world.person("gus"), DEFAULTS, NOW), [room]) == frozenset()
    assert quit_all([room], GUS, Departure("so long")) == [(room, Left(GUS, "gus", "so long", quitting=True))]


def test_a_mute_says_by_whom_and_until_when() -> None:
    """As a ban does."""
    world, _ = everybody_in(Muted(OLGA, "olga", MIA, "mia", "too loud", HOUR))
    with pytest.raises(Refused) as refused:
        world.decide("mia", Say("#tea", "hi"))
    assert refused.value.refusal.sentence == "You are muted in #Tea by olga for another 1 hour (too loud)."
    assert refused.value.refusal.retry_seconds == 3_600


def test_a_silence_says_by_whom_and_until_when() -> None:
    """As a mute does: it is one."""
    world, _ = everybody_in(Banned(OLGA, "olga", ALL, "too loud", HOUR, is_silencing=True))
    with pytest.raises(Refused) as refused:
        world.decide("mia", Say("#tea", "hi"))
    assert refused.value.refusal.sentence == "You are muted in #Tea by olga for another 1 hour (too loud)."
    assert refused.value.refusal.retry_seconds == 3_600


def test_a_slow_room_is_slow_for_members() -> None:
    """One message in so many seconds; moderators may speak as fast as they like, and so may a clock that jumps."""
    world, room = everybody_in(slow_seconds=60)
    for person, name in ((MIA, "mia"), (MOE, "moe")):
        room.spoken[person] = NOW
        world.now_ms = NOW + 20_000
        if name == "moe":
            assert world.decide(name, Say("#tea", "hi")).events
            continue
        with pytest.raises(Refused) as refused:
            world.decide(name, Say("#tea", "hi"))
        assert refused.value.refusal.code == "slow_mode"
        assert refused.value.refusal.retry_seconds == 40
        assert refused.value.refusal.sentence == "#Tea is slow: one message in 1 minute. Wait another 40 seconds."
        for now_ms in (NOW + 60_000, NOW - 60_000, 0):
            world.now_ms = now_ms
            assert world.decide(name, Say("#tea", "hi")).events


def test_of_two_messages_in_one_breath_the_second_is_too_fast() -> None:
    """What is decided and not kept yet counts."""
    world, room = everybody_in(slow_seconds=60)
    ((_, said),) = world.decide("mia", Say("#tea", "one")).events
    world.now_ms = 0
    world.happen(room, said)
    assert isinstance(said, Said)
    with pytest.raises(Refused, match="slow"):
        world.decide("mia", Say("#tea", "two"))


def test_a_private_room_is_not_there_for_others() -> None:
    """Whoever may not know of it hears what he would hear of a room that does not exist."""
    world, _ = tea(access="private")
    for command in (Say("#tea", "hi"), SetTopic("#tea", "hi"), Invite("#tea", "mia")):
        with pytest.raises(Refused) as refused:
            world.decide("zoe", command)
        assert refused.value.refusal.code == "no_such_room"
        assert refused.value.refusal.sentence == "Nobody is in #tea now. Come in with /join #tea"


# Refusing people


def test_a_block_may_have_an_end() -> None:
    """Until then it holds; a wrong clock makes it no longer."""
    world, _ = tea()
    room = world.house.require_room(RoomKind.PERSONAL, MIA)
    decision = world.decide("mia", Block(("zoe",), seconds=3_600))
    assert decision.events == ((room, Blocked(MIA, "mia", ZOE, "zoe", term=HOUR)),)
    assert decision.answer == BlocksChanged(("zoe",), ())
    assert decision.signals == ((ZOE, Refusing("mia")),)
    world.happen(room, Blocked(MIA, "mia", ZOE, "zoe", term=HOUR))
    for now_ms, holds in ((NOW, True), (NOW + 3_599_999, True), (NOW + 3_600_000, False), (0, False)):
        assert (world.house.find_block(MIA, ZOE, now_ms) is not None) == holds
    assert world.decide("mia", Block(("zoe",))).events == ((room, Blocked(MIA, "mia", ZOE, "zoe")),)


def test_so_many_are_blocked_and_no_more() -> None:
    """Whoever is blocked may be blocked otherwise; whom a block was for a while that is over makes room."""
    world, _ = tea()
    room = world.house.require_room(RoomKind.PERSONAL, MIA)
    world.happen(room, Blocked(MIA, "mia", ZOE, "zoe"))
    for number in range(BLOCKS_LIMIT - 2):
        world.happen(room, Blocked(MIA, "mia", PersonId(f"p{number}"), f"p{number}"))
    assert len(world.decide("mia", Block(("olga",))).events) == 1
    world.happen(room, Blocked(MIA, "mia", PersonId("last"), "last", term=PAST))
    assert world.decide("mia", Block(("olga",))).events == (
        (room, Unblocked(MIA, "mia", PersonId("last"))),
        (room, Blocked(MIA, "mia", OLGA, "olga")),
    )
    world.happen(room, Blocked(MIA, "mia", PersonId("last"), "last"))
    with pytest.raises(Refused) as refused:
        world.decide("mia", Block(("olga",)))
    assert refused.value.refusal.code == "list_full"
    assert len(world.decide("mia", Block(("zoe",), silent=True)).events) == 1


def test_a_block_that_is_over_is_made_anew() -> None:
    """And one with an end begins anew whenever it is asked for."""
    world, _ = tea()
    room = world.house.require_room(RoomKind.PERSONAL, MIA)
    world.happen(room, Blocked(MIA, "mia", ZOE, "zoe", term=PAST))
    assert world.decide("mia", Block(("zoe",))).events
    world.happen(room, Blocked(MIA, "mia", ZOE, "zoe", term=HOUR))
    assert world.decide("mia", Block(("zoe",), seconds=60)).events


@pytest.mark.parametrize(
    ("privacy", "who", "status"),
    [
        ("anyone", "zoe", "delivered"),
        ("anyone", "olga", "delivered"),
        ("roommates", "zoe", "refused"),
        ("roommates", "olga", "delivered"),
        ("nobody", "zoe", "refused"),
        ("nobody", "olga", "refused"),
        ("nobody", "ada", "refused"),
        ("nobody", "mia", "delivered"),
    ],
)
def test_privacy_says_who_may_write(privacy: Any, who: str, status: Any) -> None:  # noqa: ANN401 - words of the table
    """Mia has said who may write to her alone; the others are told, and she may always write to herself."""
    world, _ = tea()
    world.direct(who, "mia")
    world.happen(world.house.require_room(RoomKind.DIRECTORY, DIRECTORY_KEY), PrivacySet(MIA, "mia", privacy))
    decision = world.decide(who, Tell(("mia",), "hi"))
    refusal: Any = "refused_by_recipient" if status == "refused" else None
    assert decision.answer == Told("hi", (Outcome("mia", status, refusal=refusal),))
    assert bool(decision.events) == (status == "delivered")

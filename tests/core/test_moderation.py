"""Moderation: who may do what in a channel, to whom, and what comes of it."""

from typing import Any, Final

import msgspec
import pytest

from hubbub.core.bans import BAN_LIMIT, Target
from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.effects import take_effect
from hubbub.core.features.auditing import Audited
from hubbub.core.features.inviting import INVITATION_LIMIT, INVITE_SECONDS, Invite, Invited, Uninvite, Uninvited
from hubbub.core.features.membership import Joined
from hubbub.core.features.moderation import (
    Ban,
    Banned,
    Except,
    Excepted,
    Kick,
    Kicked,
    Mute,
    Muted,
    Unban,
    Unbanned,
    Unexcept,
    Unexcepted,
    Unmute,
    Unmuted,
)
from hubbub.core.features.room_roles import RoleSet, SetRole
from hubbub.core.features.settings import ChangeSettings, RenameRoom, RetentionSet, RoomRenamed, SettingsChanged
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import RefusalCode, Refused, RoomId
from hubbub.core.permissions import LEAST, Act
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room import RoomKind
from hubbub.core.room_answers import Governed
from hubbub.core.room_settings import KEY_LIMIT, MOST, Change, Retention
from hubbub.core.scene import DONE
from hubbub.core.signals import Inviting
from hubbub.core.terms import Term
from tests.core.naming import name_example
from tests.core.world import World, person_id

ROLES: Final = {
    "sue": RoomRole.SPEAKER,
    "asa": RoomRole.ASSISTANT,
    "moe": RoomRole.MODERATOR,
    "max": RoomRole.MODERATOR,
    "dan": RoomRole.DEPUTY,
    "olga": RoomRole.OWNER,
    "otto": RoomRole.OWNER,
}
"""What those are in #Tea who are more than members there."""

SERVER_ROLES: Final = {"ada": ServerRole.ADMINISTRATOR, "adam": ServerRole.ADMINISTRATOR, "root": ServerRole.OWNER}
"""What those are on the server who are more than members; they are not in #Tea."""

EVERYBODY: Final = ("mia", "mel", *ROLES, *SERVER_ROLES, "gus", "zoe")
"""Mia and Mel are members, Gus is a guest who is a member, and Zoe is not in #Tea."""

NOBODY: Final[frozenset[str]] = frozenset()
SERVER: Final = frozenset({"ada", "adam", "root"})
OWNERS: Final = SERVER | {"olga", "otto"}
DEPUTIES: Final = OWNERS | {"dan"}
MODERATORS: Final = DEPUTIES | {"moe", "max"}
ASSISTANTS: Final = MODERATORS | {"asa"}
SPEAKERS: Final = ASSISTANTS | {"sue"}


def tea(**settings: Any) -> World:  # noqa: ANN401 - each setting has a type of its own
    """Everybody but Zoe and the server's people is in #Tea, where everybody has the role he is named after."""
    world = World(*EVERYBODY)
    world.now_ms = 1_000_000
    for name in EVERYBODY:
        if name != "gus":
            world.account(name, SERVER_ROLES.get(name, ServerRole.MEMBER))
    room = world.channel("#Tea", "mia", "mel", *ROLES, "gus")
    for name, role in ROLES.items():
        world.happen(room, RoleSet(person_id("olga"), "olga", person_id(name), name, role))
    if settings:
        world.happen(room, SettingsChanged(person_id("olga"), "olga", Change(**settings)))
    world.happen(room, Invited(person_id("olga"), "olga", person_id("mia"), "mia"))
    world.happen(room, Muted(person_id("olga"), "olga", person_id("mel"), "mel"))
    world.happen(room, Banned(person_id("olga"), "olga", Target("pattern", "spam*", "spam*")))
    loud, nice = Target("pattern", "loud*", "loud*"), Target("pattern", "nice*", "nice*")
    world.happen(room, Banned(person_id("olga"), "olga", loud, is_silencing=True))
    world.happen(room, Excepted(person_id("olga"), "olga", nice))
    return world


RIGHTS: Final[list[tuple[AnyCommand, frozenset[str]]]] = [
    (Kick("#tea", "mia"), ASSISTANTS),
    (Ban("#tea", "mia"), MODERATORS),
    (Ban("#tea", "x*"), MODERATORS),
    (Ban("#tea", "192.0.2.1"), MODERATORS),
    (Ban("#tea", "unknown"), MODERATORS),
    (Unban("#tea", "spam*"), MODERATORS),
    (Ban("#tea", "x*", is_silencing=True), MODERATORS),
    (Unban("#tea", "loud*", is_silencing=True), MODERATORS),
    (Except("#tea", "spam-not"), MODERATORS),
    (Except("#tea", "account:*", "invitations"), MODERATORS),
    (Unexcept("#tea", "nice*"), MODERATORS),
    (Mute("#tea", "mia"), ASSISTANTS),
    (Unmute("#tea", "mel"), ASSISTANTS),
    (Uninvite("#tea", "mia"), MODERATORS),
    (SetRole("#tea", "mia", RoomRole.SPEAKER), ASSISTANTS),
    (SetRole("#tea", "mia", RoomRole.MODERATOR), DEPUTIES),
    (SetRole("#tea", "mia", RoomRole.ASSISTANT), DEPUTIES),
    (SetRole("#tea", "mia", RoomRole.DEPUTY), DEPUTIES),
    (SetRole("#tea", "mia", RoomRole.OWNER), OWNERS),
    (SetRole("#tea", "asa", RoomRole.MEMBER), DEPUTIES | {"asa"}),
    (SetRole("#tea", "dan", RoomRole.MEMBER), OWNERS | {"dan"}),
    (SetRole("#tea", "moe", RoomRole.MEMBER), DEPUTIES | {"moe"}),
    (SetRole("#tea", "olga", RoomRole.MEMBER), SERVER | {"olga"}),
    (ChangeSettings("#tea", Change(is_moderated=True)), MODERATORS),
    (ChangeSettings("#tea", Change(slow_seconds=5)), MODERATORS),
    (ChangeSettings("#tea", Change(slow_seconds=5, key="x")), DEPUTIES),
    (ChangeSettings("#tea", Change(access="private")), DEPUTIES),
    (ChangeSettings("#tea", Change(member_limit=5)), DEPUTIES),
    (ChangeSettings("#tea", Change(key="x")), DEPUTIES),
    (ChangeSettings("#tea", Change(is_topic_locked=True)), DEPUTIES),
    (ChangeSettings("#tea", Change(history="joined")), DEPUTIES),
    (ChangeSettings("#tea", Change(keep_days=5)), DEPUTIES),
    (ChangeSettings("#tea", Change(keep_messages=5)), DEPUTIES),
    (ChangeSettings("#tea", Change(is_archived=True)), DEPUTIES),
    (ChangeSettings("#tea", Change(is_hidden=True)), DEPUTIES),
    (ChangeSettings("#tea", Change(accounts_only=True)), DEPUTIES),
    (ChangeSettings("#tea", Change(speakers_have_accounts=True)), MODERATORS),
    (ChangeSettings("#tea", Change(refuses_queries=True)), DEPUTIES),
    (ChangeSettings("#tea", Change(is_plain=True)), DEPUTIES),
    (RenameRoom("#tea", "#mate"), OWNERS),
]
"""What is asked in #Tea, and who may do it; everybody else is refused."""


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(("command", "allowed"), RIGHTS, ids=name_example)
def test_who_may_do_what(who: str, command: AnyCommand, allowed: frozenset[str]) -> None:
    """Every role, every command: it is done, or refused with a sentence, and then nothing has changed."""
    world = tea()
    before = world.state()
    if who in allowed:
        decision = world.decide(who, command)
        assert decision.events
        # Whoever is in the room hears it there; whoever is not is answered with it.
        assert (decision.answer == DONE) == (who not in SERVER)
    else:
        with pytest.raises(Refused) as refused:
            world.decide(who, command)
        assert refused.value.refusal.code == "not_allowed"
        assert refused.value.refusal.sentence.endswith(".")
    assert world.state() == before


ABOVE: Final = {
    "mia": {"sue", "asa", "moe", "max", "dan", "olga", "otto", *SERVER},
    "sue": {"asa", "moe", "max", "dan", "olga", "otto", *SERVER},
    "asa": {"moe", "max", "dan", "olga", "otto", *SERVER},
    "moe": {"dan", "olga", "otto", *SERVER},
    "dan": {"olga", "otto", *SERVER},
    "olga": {*SERVER},
    "ada": {"root"},
    "root": set[str](),
}
"""Who ranks above whom."""

WHO_MAY: Final = {Kick: ASSISTANTS, Ban: MODERATORS, Mute: ASSISTANTS}
"""Who may do it at all."""


@pytest.mark.parametrize("make", [Kick, Ban, Mute])
@pytest.mark.parametrize("whom", ABOVE)
@pytest.mark.parametrize("who", [*ROLES, *SERVER_ROLES])
def test_nobody_acts_on_his_equals_or_those_above(
    who: str, whom: str, make: type[Kick] | type[Ban] | type[Mute]
) -> None:
    """Also not on himself; the server's people rank above those of a room, and its owners above all."""
    world = tea()
    for name in SERVER:
        world.happen(world.house.require_channel("#tea"), world.joining(name))
    if who in ABOVE[whom] and who in WHO_MAY[make]:
        assert world.decide(who, make("#tea", whom)).events
        return
    with pytest.raises(Refused) as refused:
        world.decide(who, make("#tea", whom))
    assert refused.value.refusal.code == "not_allowed"


@pytest.mark.parametrize(
    ("who", "command", "sentence"),
    [
        ("moe", Kick("#tea", "olga"), "olga is an owner of #Tea, and you are a moderator of #Tea: only somebody above"),
        ("moe", Kick("#tea", "max"), "max is a moderator of #Tea, as you are: only somebody above may do that."),
        ("olga", Ban("#tea", "ada"), "ada is an administrator of this server, and you are an owner of #Tea"),
        ("moe", Kick("#tea", "moe"), "You cannot do that to yourself."),
        ("mia", Kick("#tea", "mel"), "Only an assistant of #Tea may do that. Ask one."),
        ("sue", Ban("#tea", "mel"), "Only a moderator of #Tea may do that. Ask one."),
        ("moe", ChangeSettings("#tea", Change(key="x")), "Only a deputy of #Tea may do that. Ask one."),
        ("dan", SetRole("#tea", "mia", RoomRole.OWNER), "Only an owner of #Tea makes others that."),
        ("moe", RenameRoom("#tea", "#x"), "Only an owner of #Tea may do that. Ask one."),
        ("moe", SetRole("#tea", "moe", RoomRole.OWNER), "You cannot raise yourself."),
    ],
)
def test_who_is_refused_is_told_why(who: str, command: AnyCommand, sentence: str) -> None:
    """In words that say who may."""
    with pytest.raises(Refused) as refused:
        tea().decide(who, command)
    assert refused.value.refusal.sentence.startswith(sentence)


def by(who: str) -> tuple[Any, str]:
    """Return how an event begins that somebody caused."""
    return person_id(who), who


MIA, MEL, GUS, ZOE, SUE = map(person_id, ("mia", "mel", "gus", "zoe", "sue"))
TEA_ID: Final = RoomId(tea().house.require_channel("#tea").id)
HOUR: Final = Term(1_000_000, 1_000_000 + 3_600_000)
MIAS: Final = Target("person", MIA, "mia")
GUSS: Final = Target("person", GUS, "gus", "gus")
SPAM: Final = Target("pattern", "spam*", "spam*")

COMES_OF_IT: Final[list[tuple[str, AnyCommand, list[AnyEvent], tuple[str, str, str] | None]]] = [
    ("moe", Kick("#tea", "MIA"), [Kicked(*by("moe"), MIA, "mia")], ("kick", "mia", "")),
    ("moe", Kick("#tea", "mia", "a\x1bb\n"), [Kicked(*by("moe"), MIA, "mia", "ab")], ("kick", "mia", "ab")),
    (
        "moe",
        Ban("#tea", "mia", "rude", 3_600),
        [
            Kicked(*by("moe"), MIA, "mia", "rude", is_banned=True, term=HOUR),
            Banned(*by("moe"), MIAS, "rude", HOUR),
        ],
        ("ban", "mia", "rude"),
    ),
    ("moe", Ban("#tea", "zoe"), [Banned(*by("moe"), Target("person", ZOE, "zoe"))], ("ban", "zoe", "")),
    (
        "moe",
        Ban("#tea", "gus"),
        [Kicked(*by("moe"), GUS, "gus", is_banned=True), Banned(*by("moe"), GUSS)],
        ("ban", "gus", ""),
    ),
    ("moe", Ban("#tea", "Gone"), [Banned(*by("moe"), Target("pattern", "gone", "Gone"))], ("ban", "Gone", "")),
    # Moe and Max rank as high as Moe, so they stay.
    (
        "moe",
        Ban("#tea", "M*"),
        [
            Kicked(*by("moe"), MIA, "mia", is_banned=True),
            Kicked(*by("moe"), MEL, "mel", is_banned=True),
            Banned(*by("moe"), Target("pattern", "m*", "M*")),
        ],
        ("ban", "M*", ""),
    ),
    (
        "moe",
        Ban("#tea", "192.0.2.0/24"),
        [
            Kicked(*by("moe"), SUE, "sue", is_banned=True),
            Banned(*by("moe"), Target("address", "192.0.2.0/24", "192.0.2.0/24")),
        ],
        ("ban", "192.0.2.0/24", ""),
    ),
    ("moe", Unban("#tea", "SPAM*"), [Unbanned(*by("moe"), SPAM)], ("unban", "spam*", "")),
    (
        "moe",
        Ban("#tea", "m*!*@*", "loud", 3_600, is_silencing=True),
        [Banned(*by("moe"), Target("mask", "m*!*@*", "m*!*@*"), "loud", HOUR, is_silencing=True)],
        ("silence", "m*!*@*", "loud"),
    ),
    (
        "moe",
        Ban("#tea", "account:MIA"),
        [
            Kicked(*by("moe"), MIA, "mia", is_banned=True),
            Banned(*by("moe"), Target("person", MIA, "account:MIA")),
        ],
        ("ban", "account:MIA", ""),
    ),
    (
        # Nobody has it yet, so whoever will be called so is meant.
        "moe",
        Ban("#tea", "account:nobody"),
        [Banned(*by("moe"), Target("account", "nobody", "account:nobody"))],
        ("ban", "account:nobody", ""),
    ),
    (
        "moe",
        Unban("#tea", "LOUD*", is_silencing=True),
        [Unbanned(*by("moe"), Target("pattern", "loud*", "loud*"), is_silencing=True)],
        ("unsilence", "loud*", ""),
    ),
    (
        "moe",
        Except("#tea", "mia"),
        [Excepted(*by("moe"), MIAS)],
        ("except", "mia", "from bans"),
    ),
    (
        "moe",
        Except("#tea", "account:*", "invitations"),
        [Excepted(*by("moe"), Target("account", "*", "account:*"), "invitations")],
        ("except", "account:*", "from invitations"),
    ),
    ("moe", Except("#tea", "Nice*"), [], None),
    (
        "moe",
        Unexcept("#tea", "Nice*"),
        [Unexcepted(*by("moe"), Target("pattern", "nice*", "nice*"))],
        ("unexcept", "nice*", "from bans"),
    ),
    ("moe", Mute("#tea", "mia", "loud", 3_600), [Muted(*by("moe"), MIA, "mia", "loud", HOUR)], ("mute", "mia", "loud")),
    ("moe", Mute("#tea", "zoe"), [Muted(*by("moe"), ZOE, "zoe")], ("mute", "zoe", "")),
    ("moe", Unmute("#tea", "Mel"), [Unmuted(*by("moe"), MEL, "mel")], ("unmute", "mel", "")),
    (
        "moe",
        SetRole("#tea", "mia", RoomRole.SPEAKER),
        [RoleSet(*by("moe"), MIA, "mia", RoomRole.SPEAKER, RoomRole.MEMBER)],
        ("role", "mia", "speaker"),
    ),
    (
        "moe",
        SetRole("#tea", "moe", RoomRole.MEMBER),
        [RoleSet(*by("moe"), person_id("moe"), "moe", RoomRole.MEMBER, RoomRole.MODERATOR)],
        ("role", "moe", "member"),
    ),
    ("moe", SetRole("#tea", "sue", RoomRole.SPEAKER), [], None),
    ("moe", Invite("#tea", "zoe"), [Invited(*by("moe"), ZOE, "zoe")], None),
    ("moe", Invite("#tea", "mia"), [], None),
    ("moe", Uninvite("#tea", "MIA"), [Uninvited(*by("moe"), MIA, "mia")], None),
    (
        "olga",
        ChangeSettings("#tea", Change(key="x", slow_seconds=5)),
        [SettingsChanged(*by("olga"), Change(key="x", slow_seconds=5))],
        ("settings", "slow_seconds 5, key", ""),
    ),
    ("olga", ChangeSettings("#tea", Change(key="", access="public")), [], None),
    (
        "olga",
        ChangeSettings("#tea", Change(keep_days=30)),
        [
            SettingsChanged(*by("olga"), Change(keep_days=30)),
            RetentionSet(*by("olga"), TEA_ID, Retention(30)),
        ],
        ("settings", "keep_days 30", ""),
    ),
    (
        "olga",
        RenameRoom("#tea", "#Mate", " we\nmoved "),
        [RoomRenamed(*by("olga"), "#Tea", "#Mate", "#mate", "we moved")],
        ("rename", "#Mate", "we moved"),
    ),
    ("olga", RenameRoom("#tea", "#Tea"), [], None),
    (
        "olga",
        RenameRoom("#tea", "TEA"),
        [RoomRenamed(*by("olga"), "#Tea", "#TEA", "#tea")],
        ("rename", "#TEA", ""),
    ),
]
"""Who does what in #Tea, what happens, and what is written down: the act, to whom, and why."""


@pytest.mark.parametrize(("who", "command", "events", "audit"), COMES_OF_IT, ids=lambda value: str(value)[:60])
def test_what_comes_of_it(
    who: str, command: AnyCommand, events: list[AnyEvent], audit: tuple[str, str, str] | None
) -> None:
    """These events happen in the room, and what takes a right is written down with them, in the same breath."""
    world = tea()
    world.person("sue").addresses.append("192.0.2.7")
    decision = world.decide(who, command)
    happened = [(room.kind, event) for room, event in decision.events]
    kinds = [RoomKind.HOUSE if isinstance(event, RetentionSet) else RoomKind.CHANNEL for event in events]
    expected: list[tuple[RoomKind, AnyEvent]] = list(zip(kinds, events, strict=True))
    if audit is not None:
        act, target, reason = audit
        expected.append((RoomKind.AUDIT, Audited(*by(who), act, target, TEA_ID, "#Tea", reason)))
    assert sorted(happened, key=str) == sorted(expected, key=str)
    assert [event for kind, event in happened if kind is RoomKind.CHANNEL] == [
        event for event in events if not isinstance(event, RetentionSet)
    ]
    assert decision.answer == (DONE if events else Governed("#Tea", ()))


def change_of(field: str, value: int) -> Change:
    """Return the change of one setting."""
    return msgspec.convert({field: value}, Change)


REFUSED: Final[list[tuple[str, AnyCommand, RefusalCode]]] = [
    ("moe", Kick("#tea", "zoe"), "unknown_person"),
    ("moe", Kick("#tea", "nobody-there"), "unknown_person"),
    ("moe", Kick("#gin", "mia"), "no_such_room"),
    ("moe", Kick("#a b", "mia"), "bad_room_name"),
    ("moe", Ban("#tea", ""), "bad_pattern"),
    ("moe", Ban("#tea", "*" * 65), "bad_pattern"),
    ("moe", Ban("#tea", "*" * 129 + "!*@*"), "bad_pattern"),
    ("moe", Ban("#tea", "account:"), "bad_pattern"),
    ("moe", Ban("#tea", "~q:m*"), "bad_pattern"),
    ("moe", Ban("#tea", "~q:mia!*@*"), "bad_pattern"),
    ("moe", Ban("#tea", "$a:mia"), "bad_pattern"),
    ("moe", Except("#tea", "a:m*"), "bad_pattern"),
    ("moe", Ban("#tea", "spam*\x1b[2J"), "bad_pattern"),
    ("moe", Ban("#tea", "a,b"), "unknown_person"),
    ("moe", Unban("#tea", "loud*"), "unknown_person"),
    ("moe", Unban("#tea", "spam*", is_silencing=True), "unknown_person"),
    ("moe", Except("#tea", ""), "bad_pattern"),
    ("moe", Unexcept("#tea", "nice*", "invitations"), "unknown_person"),
    ("moe", Unexcept("#tea", "mia"), "unknown_person"),
    ("moe", Unban("#tea", "mia"), "unknown_person"),
    ("moe", Mute("#tea", "unknown"), "unknown_person"),
    ("moe", Unmute("#tea", "mia"), "unknown_person"),
    ("moe", Invite("#tea", "unknown"), "unknown_person"),
    ("moe", Uninvite("#tea", "zoe"), "unknown_person"),
    ("olga", SetRole("#tea", "unknown", RoomRole.SPEAKER), "unknown_person"),
    ("olga", SetRole("#tea", "gus", RoomRole.OWNER), "needs_account"),
    ("olga", RenameRoom("#tea", "#a,b"), "bad_room_name"),
    *(("olga", ChangeSettings("#tea", change_of(field, most + 1)), "bad_setting") for field, most in MOST.items()),
    *(("olga", ChangeSettings("#tea", change_of(field, -1)), "bad_setting") for field in MOST),
    ("olga", ChangeSettings("#tea", Change(key="a b")), "bad_setting"),
    ("olga", ChangeSettings("#tea", Change(key="a\x1b")), "bad_setting"),
    ("olga", ChangeSettings("#tea", Change(key="x" * (KEY_LIMIT + 1))), "bad_setting"),
]
"""Who asks for what that makes no sense, and the code of the refusal."""


@pytest.mark.parametrize(("who", "command", "code"), REFUSED, ids=str)
def test_what_makes_no_sense_is_refused(who: str, command: AnyCommand, code: RefusalCode) -> None:
    """Whoever has the right to do it is told what is wrong with it."""
    with pytest.raises(Refused) as refused:
        tea().decide(who, command)
    assert refused.value.refusal.code == code


def test_the_only_owner_stays() -> None:
    """Whoever owns a room alone cannot step down; with another one he can, unless that is a guest, who goes."""
    world = tea()
    assert world.decide("olga", SetRole("#tea", "olga", RoomRole.MODERATOR)).events
    room = world.house.require_channel("#tea")
    world.happen(room, RoleSet(*by("olga"), person_id("otto"), "otto", RoomRole.MEMBER))
    for guests in ((), ("gus",)):
        room.roles |= {person_id(name): RoomRole.OWNER for name in guests}
        with pytest.raises(Refused, match="only owner"):
            world.decide("olga", SetRole("#tea", "olga", RoomRole.MODERATOR))


def test_a_guest_who_is_not_there_can_be_nothing() -> None:
    """His role would end before it began."""
    world = World("olga", "gus")
    world.account("olga", ServerRole.OWNER)
    world.channel("#tea", "olga")
    with pytest.raises(Refused, match="no account"):
        world.decide("olga", SetRole("#tea", "gus", RoomRole.SPEAKER))


def test_a_room_that_is_nobody_s_is_the_server_s() -> None:
    """Where whoever made a room is gone, and in the lobby, only the server's people may do anything."""
    world = tea()
    room = world.channel("#den", "mia", "zoe")
    assert not room.roles
    with pytest.raises(Refused, match="ask an administrator"):
        world.decide("mia", Kick("#den", "zoe"))
    assert world.decide("ada", Kick("#den", "zoe")).events


def test_lists_have_an_end() -> None:
    """So that nobody fills the server's memory; what is over does not count, and what is there may change."""
    world = tea()
    room = world.house.require_channel("#tea")
    for number in range(BAN_LIMIT - len(room.bans)):
        target = Target("pattern", f"x{number}*", "")
        world.happen(room, Banned(*by("moe"), target, term=Term(1, 2) if number == 0 else None))
    assert world.decide("moe", Ban("#tea", "y*")).events
    world.happen(room, Banned(*by("moe"), Target("pattern", "z*", "z*")))
    world.happen(room, Banned(*by("moe"), Target("pattern", "zz*", "zz*")))
    for pattern, is_full in (("y*", True), ("z*", False)):
        if is_full:
            with pytest.raises(Refused, match="the most"):
                world.decide("moe", Ban("#tea", pattern))
        else:
            assert world.decide("moe", Ban("#tea", pattern, "changed")).events
    for number in range(INVITATION_LIMIT):
        world.happen(room, Invited(*by("moe"), person_id(f"{number}"), f"{number}"))
    with pytest.raises(Refused, match="the most"):
        world.decide("moe", Invite("#tea", "zoe"))


@pytest.mark.parametrize("is_silencing", [False, True])
def test_a_ban_that_is_there_already_is_no_change(*, is_silencing: bool) -> None:
    """Whoever said so; with another reason or for another time it is one, and who is in all the same is put out."""
    world = tea()
    room = world.house.require_channel("#tea")
    world.happen(room, Banned(*by("max"), Target("pattern", "zo*", "zo*"), "rude", None, is_silencing))
    again = world.decide("moe", Ban("#tea", "ZO*", "rude", is_silencing=is_silencing))
    assert (again.events, again.answer) == ((), Governed("#Tea", ()))
    for other in (Ban("#tea", "zo*", "loud"), Ban("#tea", "zo*"), Ban("#tea", "zo*", "rude", 60)):
        changed = world.decide("moe", msgspec.structs.replace(other, is_silencing=is_silencing))
        assert [type(event) for _, event in changed.events] == [Banned, Audited]
    if not is_silencing:
        world.happen(room, Joined(*by("zoe")))
        put_out = world.decide("moe", Ban("#tea", "zo*", "rude"))
        assert [type(event) for _, event in put_out.events] == [Kicked, Audited]


def test_what_is_over_begins_anew() -> None:
    """A ban of which the time has passed bans nobody, though it is on the list."""
    world = tea()
    room = world.house.require_channel("#tea")
    world.happen(room, Banned(*by("moe"), Target("pattern", "zo*", "zo*"), term=Term(1, 2)))
    assert world.decide("moe", Ban("#tea", "zo*")).events


def test_a_ban_is_found_by_whom_it_concerns() -> None:
    """By his name when he was banned, by the one he has now, and by his address however it is written."""
    world = tea()
    room = world.house.require_channel("#tea")
    robert = Target("person", ZOE, "robert")
    network = Target("address", "2001:db8::/64", "2001:db8::/64")
    for target in (robert, network):
        world.happen(room, Banned(*by("moe"), target))
    for text, target in (("zoe", robert), ("ROBERT", robert), ("2001:db8::1", network), ("2001:db8::/64", network)):
        assert Unbanned(*by("moe"), target) in [event for _, event in world.decide("moe", Unban("#tea", text)).events]


def test_an_entry_that_is_written_so_comes_before_another() -> None:
    """Of several entries that concern one name, the one goes that was named; a mask is no other entry."""
    world = tea()
    room = world.house.require_channel("#tea")
    account, name = Target("account", "foo", "account:foo"), Target("pattern", "foo", "foo")
    somebody, robert = Target("person", MIA, "account:mia"), Target("person", ZOE, "robert")
    for target in (account, name, somebody, robert):
        world.happen(room, Banned(*by("moe"), target))
        world.happen(room, Excepted(*by("moe"), target))
    named = [("foo", name), ("FOO!*@*", name), ("account:foo", account), ("account:MIA", somebody), ("zoe", robert)]
    for text, target in named:
        assert Unbanned(*by("moe"), target) in [event for _, event in world.decide("moe", Unban("#tea", text)).events]
        events = [event for _, event in world.decide("moe", Unexcept("#tea", text)).events]
        assert Unexcepted(*by("moe"), target) in events
    for text in ("mia!*@*", "zoe!*@*", "foo!*@x", "account:zoe", "f?o"):
        for command in (Unban("#tea", text), Unexcept("#tea", text)):
            with pytest.raises(Refused) as refused:
                world.decide("moe", command)
            assert refused.value.refusal.code == "unknown_person"


def test_an_invitation_is_told_to_whoever_wants_to_hear_it() -> None:
    """Whoever blocks somebody is not invited by him either, and the inviter is told, unless the block is silent."""
    world = tea()
    assert world.decide("moe", Invite("#tea", "zoe")).signals == ((ZOE, Inviting("#Tea", "moe")),)
    world.block("zoe", "moe", silent=True)
    decision = world.decide("moe", Invite("#tea", "zoe"))
    assert decision.events
    assert not decision.signals
    world.block("zoe", "moe")
    with pytest.raises(Refused) as refused:
        world.decide("moe", Invite("#tea", "zoe"))
    assert refused.value.refusal.code == "refused_by_recipient"


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_let_others_in(who: str) -> None:
    """Only moderators where not everybody comes in."""
    world = tea(access="private")
    world.account("zed")
    if who in MODERATORS:
        assert [type(event) for _, event in world.decide(who, Invite("#tea", "zed")).events] == [Invited]
    else:
        with pytest.raises(Refused) as refused:
            world.decide(who, Invite("#tea", "zed"))
        assert refused.value.refusal.code == ("no_such_room" if who == "zoe" else "not_allowed")


def test_a_member_tells_of_an_open_room() -> None:
    """Where anybody may come in, he invites whoever wants to hear him, once a minute; nothing is kept of it."""
    world = tea()
    world.now_ms = 10_000_000
    command = Invite("#tea", "ZOE")
    told = world.decide("mia", command)
    assert told.signals == ((ZOE, Inviting("#Tea", "mia")),)
    assert (told.events, told.answer) == ((), Governed("#Tea", (Invited(*by("mia"), ZOE, "zoe"),)))
    assert world.decide("mia", Invite("#tea", "moe")).answer == Governed("#Tea", ())
    take_effect(world.person("mia"), command, world.now_ms)
    world.now_ms += INVITE_SECONDS * 1_000 - 1
    with pytest.raises(Refused, match="zoe has been invited") as refused:
        world.decide("mia", command)
    assert refused.value.refusal.code == "too_fast"
    world.now_ms += 1
    assert world.decide("mia", command).signals
    world.block("zoe", "mia", silent=True)
    assert not world.decide("mia", command).signals
    world.block("zoe", "mia")
    with pytest.raises(Refused) as refused:
        world.decide("mia", command)
    assert refused.value.refusal.code == "refused_by_recipient"


CLOSED: Final[list[tuple[dict[str, Any], str, RefusalCode]]] = [
    ({"access": "private"}, "mia", "not_allowed"),
    ({"key": "secret"}, "mia", "not_allowed"),
    ({"accounts_only": True}, "mia", "not_allowed"),
    ({"is_archived": True}, "mia", "archived"),
    ({}, "mel", "muted"),
    ({}, "zoe", "not_allowed"),
]


@pytest.mark.parametrize(("settings", "who", "code"), CLOSED, ids=str)
def test_who_tells_nobody_of_a_room(settings: dict[str, Any], who: str, code: RefusalCode) -> None:
    """A member of one where not everybody comes in, whoever is muted, and whoever is not there himself."""
    world = tea(**settings)
    with pytest.raises(Refused) as refused:
        world.decide(who, Invite("#tea", "adam"))
    assert refused.value.refusal.code == code


def test_the_lobby_stays_open() -> None:
    """Into it everybody comes: it cannot be closed in any way, nor renamed; all else is the server's."""
    world = tea()
    world.channel("#lobby", "mia")
    for change in (
        Change(access="private"),
        Change(key="x"),
        Change(member_limit=5),
        Change(is_archived=True),
        Change(is_hidden=True),
        Change(accounts_only=True),
    ):
        with pytest.raises(Refused) as refused:
            world.decide("root", ChangeSettings("#lobby", change))
        assert refused.value.refusal.code == "bad_setting"
    assert world.decide("root", ChangeSettings("#lobby", Change(access="announcement", slow_seconds=5))).events
    with pytest.raises(Refused, match="always called so"):
        world.decide("root", RenameRoom("#lobby", "#hall"))


def test_a_name_that_is_taken_is_refused() -> None:
    """Whoever is in the other room, and whatever it is called exactly."""
    world = tea()
    world.channel("#Mate")
    with pytest.raises(Refused) as refused:
        world.decide("olga", RenameRoom("#tea", "#MATE"))
    assert refused.value.refusal.code == "name_taken"


def test_a_renamed_room_is_found_by_its_new_name_only() -> None:
    """And its old one is free for another."""
    world = tea()
    room = world.house.require_channel("#tea")
    world.happen(room, RoomRenamed(*by("olga"), "#Tea", "#Mate", "#mate"))
    assert world.house.require_channel("#mate") is room
    assert world.house.find_room(RoomKind.CHANNEL, "#tea") is None
    other = world.channel("#tea")
    assert world.house.require_channel("#tea") is other
    world.house.remove_room(room)
    assert world.house.require_channel("#tea") is other


def test_who_is_put_out_is_in_no_list_any_more() -> None:
    """The house knows at once that he is not there."""
    world = tea()
    room = world.house.require_channel("#tea")
    assert room.id in world.person("mia").channels
    world.happen(room, Kicked(*by("moe"), MIA, "mia"))
    assert room.id not in world.person("mia").channels


def test_the_topic_may_be_locked() -> None:
    """Then moderators set it, and nobody else."""
    world = tea(is_topic_locked=True)
    for who in ("mia", "sue"):
        with pytest.raises(Refused) as refused:
            world.decide(who, SetTopic("#tea", "x"))
        assert refused.value.refusal.code == "not_allowed"
    assert world.decide("moe", SetTopic("#tea", "x")).events


def test_the_table_of_rights_is_complete() -> None:
    """Every act has a least role, and it is written in the order of what it takes."""
    assert LEAST.keys() == set(Act)
    assert list(LEAST.values()) == sorted(LEAST.values(), key=lambda role: role.rank)


def test_every_setting_is_in_the_table() -> None:
    """None can be changed of which this table does not say who may."""
    changed = {field for command, _ in RIGHTS if isinstance(command, ChangeSettings) for field in command.change.fields}
    assert changed == set(Change.__struct_fields__) - {"is_group"}, "which nobody changes"

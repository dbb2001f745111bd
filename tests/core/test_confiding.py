"""Confiding: what is said to those of a room who have a role there, who may say it, and what may become of it."""

from typing import Final

import pytest

from hubbub.core.catalog import AnyEvent, MessageCommand, Record, addressed
from hubbub.core.features.annotating import (
    Delete,
    Deleted,
    Edit,
    Edited,
    PinMessage,
    React,
    Reacted,
    Removed,
    Reply,
    Unreact,
)
from hubbub.core.features.auditing import Audited
from hubbub.core.features.messages import Confided, Said, Say
from hubbub.core.features.moderation import Muted
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.files import FileId
from hubbub.core.hooks import topic_of
from hubbub.core.kinds import PersonId, RefusalCode, Refused, RoomId, Seq
from hubbub.core.notes import MessageRef
from hubbub.core.permissions import hears
from hubbub.core.revising import revise
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room import Room
from hubbub.core.room_settings import Change
from tests.core.world import World, person_id

ANN, BOB, CAROL, DAVE = map(person_id, ("ann", "bob", "carol", "dave"))
ASIDE: Final = Confided(BOB, "bob", "help", RoomRole.MODERATOR)
REF: Final = MessageRef(RoomId(0), Seq(0))
"""Any message: what is decided about stands in the scene."""


def scene() -> tuple[World, Room]:
    """Ann owns #tea and Carol may speak there; Bob is a mere member, and Dave is elsewhere."""
    world = World("ann", "bob", "carol", "dave")
    tea = world.channel("#tea", "ann", "bob", "carol")
    for person, name, role in ((ANN, "ann", RoomRole.OWNER), (CAROL, "carol", RoomRole.SPEAKER)):
        world.happen(tea, RoleSet(ANN, "ann", person, name, role))
    return world, tea


def to(role: RoomRole, text: str = "help", **fields: object) -> Say:
    """Return what says something to those of #tea who have that role."""
    return Say("#tea", text, to=role, **fields)  # type: ignore[arg-type] # fields of any kind


def refusal(world: World, who: str, command: Say | MessageCommand, message: Record | None = None) -> RefusalCode:
    """Return with what a command is refused."""
    with pytest.raises(Refused) as refused:
        world.decide(who, command, message=message)
    return refused.value.refusal.code


def test_every_member_who_may_speak_can() -> None:
    """Whether he has the role or not; to everybody's role it is said to everybody."""
    world, tea = scene()
    assert world.decide("bob", to(RoomRole.MODERATOR)).events == ((tea, ASIDE),)
    assert world.decide("ann", to(RoomRole.SPEAKER, "hi", manner="notice", nonce="0123456789abcdef")).events == (
        (tea, Confided(ANN, "ann", "hi", RoomRole.SPEAKER, "notice", "0123456789abcdef")),
    )
    assert world.decide("bob", to(RoomRole.MEMBER)).events == ((tea, Said(BOB, "bob", "help")),)


def test_it_calls_nobody() -> None:
    """Who is called without the role would be told of what he may not read."""
    world, _ = scene()
    ((_, event),) = world.decide("bob", to(RoomRole.MODERATOR, "@carol @room")).events
    assert event == Confided(BOB, "bob", "@carol @room", RoomRole.MODERATOR)


@pytest.mark.parametrize(
    ("happened", "code"),
    [
        (Muted(ANN, "ann", BOB, "bob"), "muted"),
        (SettingsChanged(ANN, "ann", Change(is_moderated=True)), "needs_voice"),
        (SettingsChanged(ANN, "ann", Change(is_archived=True)), "archived"),
        (SettingsChanged(ANN, "ann", Change(speakers_have_accounts=True)), "needs_account"),
    ],
)
def test_whoever_may_not_speak_cannot(happened: AnyEvent, code: RefusalCode) -> None:
    """It is no way around a mute, and he is told why."""
    world, tea = scene()
    world.happen(tea, happened)
    assert refusal(world, "bob", to(RoomRole.MODERATOR)) == code


def test_it_counts_where_one_may_speak_seldom() -> None:
    """Both ways: after something said to all, and before."""
    world, tea = scene()
    world.happen(tea, SettingsChanged(ANN, "ann", Change(slow_seconds=60)))
    world.happen(tea, ASIDE)
    assert refusal(world, "bob", to(RoomRole.MODERATOR)) == "slow_mode"
    assert refusal(world, "bob", Say("#tea", "hi")) == "slow_mode"


def test_to_whom_it_cannot_be_said() -> None:
    """Not where one is not, nor to nobody, nor with files, which everybody in a room may fetch; nor nothing."""
    world, _ = scene()
    assert refusal(world, "dave", to(RoomRole.MODERATOR)) == "not_a_member"
    assert refusal(world, "ann", to(RoomRole.MODERATOR)) == "nobody"
    assert refusal(world, "bob", to(RoomRole.MODERATOR, files=(FileId("f"),))) == "not_allowed"
    assert refusal(world, "bob", to(RoomRole.MODERATOR, " ")) == "empty"


@pytest.mark.parametrize(
    ("event", "hearers"),
    [
        (ASIDE, "ann bob"),
        (Confided(BOB, "bob", "hi", RoomRole.SPEAKER), "ann bob carol"),
        (Confided(ANN, "ann", "hi", RoomRole.OWNER), "ann"),
        (Removed(BOB, "bob", to=RoomRole.MODERATOR), "ann bob"),
        (Deleted(ANN, "ann", Seq(3), BOB, "bob", to=RoomRole.MODERATOR), "ann bob"),
        (Deleted(ANN, "ann", Seq(3), BOB, "bob"), "ann bob carol"),
        (Said(ANN, "ann", "hi"), "ann bob carol"),
    ],
    ids=str,
)
def test_for_whom_it_is(event: AnyEvent, hearers: str) -> None:
    """For those with that role or a higher one, and for whoever said it; what becomes of it too."""
    world, tea = scene()
    assert [name for name in ("ann", "bob", "carol") if hears(world.house, tea, person_id(name), event)] == [
        *hearers.split()
    ]


def test_the_role_that_one_has_now() -> None:
    """Who was made a moderator may read it, and who is none any more may not; the server's administrators may."""
    world, tea = scene()
    world.happen(tea, RoleSet(ANN, "ann", CAROL, "carol", RoomRole.MODERATOR))
    assert hears(world.house, tea, CAROL, ASIDE)
    world.happen(tea, RoleSet(ANN, "ann", ANN, "ann", RoomRole.MEMBER))
    assert not hears(world.house, tea, ANN, ASIDE)
    world.account("ann", ServerRole.ADMINISTRATOR)
    assert hears(world.house, tea, ANN, ASIDE)
    assert hears(world.house, tea, BOB, ASIDE)


@pytest.mark.parametrize(
    "command", [Reply(REF, "?"), Edit(REF, "?"), React(REF, "👍"), Unreact(REF, "👍"), PinMessage(REF)]
)
def test_nothing_else_becomes_of_it(command: MessageCommand) -> None:
    """Whatever is said about a message is shown to all. Who may not read it does not learn that there is one."""
    world, tea = scene()
    message = Record(tea.id, Seq(10), 0, ASIDE)
    assert refusal(world, "bob", command, message) == "not_allowed"
    assert refusal(world, "ann", command, message) == "not_allowed"
    assert refusal(world, "carol", command, message) == "no_such_message"
    assert refusal(world, "carol", command, Record(tea.id, Seq(10), 0, Removed(BOB, "bob", to=RoomRole.OWNER))) == (
        "no_such_message"
    )


def test_it_is_deleted() -> None:
    """By whoever said it, or by those who look after the room; and then it is known to have been there to as few."""
    world, tea = scene()
    message = Record(tea.id, Seq(10), 0, ASIDE)
    deleted = Deleted(BOB, "bob", Seq(10), BOB, "bob", to=RoomRole.MODERATOR)
    assert world.decide("bob", Delete(REF), message=message).events == ((tea, deleted),)
    (_, by_ann), (_, audited) = world.decide("ann", Delete(REF, "why"), message=message).events
    assert by_ann == Deleted(ANN, "ann", Seq(10), BOB, "bob", Seq(0), "why", RoomRole.MODERATOR)
    assert isinstance(audited, Audited)
    after = revise(message, Record(tea.id, Seq(11), 0, by_ann))
    assert after.event == Removed(BOB, "bob", "ann", "why", RoomRole.MODERATOR)
    assert revise(message, Record(tea.id, Seq(11), 0, Edited(BOB, "bob", Seq(10), "?"))) == message
    assert revise(message, Record(tea.id, Seq(11), 0, Reacted(BOB, "bob", Seq(10), "👍"))) == message


def test_no_webhook_is_told() -> None:
    """Not of what is said to some, and not that it is deleted."""
    assert topic_of(ASIDE) is None
    assert topic_of(Deleted(BOB, "bob", Seq(10), BOB, "bob", to=RoomRole.MODERATOR)) is None
    assert topic_of(Deleted(BOB, "bob", Seq(10), BOB, "bob")) == "deletions"


def test_what_is_for_everybody() -> None:
    """All that happens otherwise."""
    assert addressed(Said(PersonId("x"), "x", "hi")) is RoomRole.MEMBER
    assert addressed(ASIDE) is RoomRole.MODERATOR

"""Webhooks: what they may say, who may have them, and what they are called."""

from typing import Final

import pytest

from hubbub.core.bans import Target
from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.deciding import decide
from hubbub.core.features.accounts import AccountClosed, AccountDisabled
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Removed
from hubbub.core.features.auditing import Audited
from hubbub.core.features.ejection import ServerBanned
from hubbub.core.features.hooks import GovernHook, Post
from hubbub.core.features.membership import Left
from hubbub.core.features.messages import Said
from hubbub.core.features.moderation import Banned, Kicked
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.features.topics import TopicSet
from hubbub.core.hooks import SIGNED, is_hook, signature, topic_of
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId, Refused, RoomId, Seq
from hubbub.core.limits import Limits
from hubbub.core.names import NAME_LIMIT, find_key
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room
from hubbub.core.room_settings import Change
from hubbub.core.scene import Decision, Scene
from hubbub.core.terms import Term
from tests.core.world import World, person_id

HOOK: Final = PersonId("hook:1")
ANN: Final = person_id("ann")
SPEAKER: Final = Person(HOOK, "ci(webhook)", "", is_present=False)


def hall() -> tuple[World, Room]:
    """Return a world with a room of Ann's; Bob is in it."""
    world = World("ann", "bob")
    world.account("ann")
    room = world.channel("#hall", "ann", "bob")
    world.happen(room, RoleSet(ANN, "ann", ANN, "ann", RoomRole.OWNER))
    return world, room


def post(world: World, command: Post, message: Record | None = None) -> Decision:
    """Return what comes of it when the hook says something."""
    return decide(Scene(world.house, SPEAKER, Limits(), world.now_ms, message=message), command)


def refusal(world: World, command: Post, message: Record | None = None) -> str:
    """Return the code with which the hook is refused."""
    with pytest.raises(Refused) as refused:
        post(world, command, message)
    return refused.value.refusal.code


def test_a_hook_speaks_for_itself() -> None:
    """Under its own id and name, whether it is a member or not; nothing tells who made it."""
    world, room = hall()
    decision = post(world, Post(room.id, ANN, "built\x07", "notice", nonce="n1"))
    assert decision.events == ((room, Said(HOOK, "ci(webhook)", "built", "notice", nonce="n1")),)


def test_what_keeps_members_silent_does_not_keep_a_hook() -> None:
    """An owner let it in, and its pace is its own; but it calls nobody all at once."""
    world, room = hall()
    world.happen(room, SettingsChanged(ANN, "ann", Change(is_moderated=True, slow_seconds=60)))
    world.happen(room, Said(HOOK, "ci(webhook)", "one"))
    ((_, said),) = post(world, Post(room.id, ANN, "two @bob @room")).events
    assert said == Said(HOOK, "ci(webhook)", "two @bob @room", mentions=(person_id("bob"),))


def test_a_hook_answers_what_was_said_in_its_room() -> None:
    """And nothing else: no other room's message, and none that was deleted."""
    world, room = hall()
    other = world.channel("#other", "bob")
    message = Record(room.id, Seq(9), 0, Said(person_id("bob"), "bob", "status?"))
    ((_, said),) = post(world, Post(room.id, ANN, "fine", reply_to="x"), message).events
    assert said == Said(HOOK, "ci(webhook)", "fine", reply_to=Seq(9), thread=Seq(9))
    elsewhere = Record(other.id, Seq(9), 0, Said(person_id("bob"), "bob", "status?"))
    deleted = Record(room.id, Seq(9), 0, Removed(PersonId(""), ""))
    for unfit in (None, elsewhere, deleted):
        assert refusal(world, Post(room.id, ANN, "fine", reply_to="x"), unfit) == "no_such_message"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Post(RoomId(99), ANN, "x"), "no_such_room"),
        (Post(RoomId(1), ANN, "x"), "no_such_room"),
        (Post(RoomId(6), ANN, " \n"), "empty"),
        (Post(RoomId(6), ANN, "x" * 20_000), "too_long"),
        (Post(RoomId(6), ANN, "x", nonce="two words"), "bad_nonce"),
    ],
)
def test_what_a_hook_cannot_say(command: Post, code: str) -> None:
    """It is refused as anybody is; and it speaks in channels only."""
    world, room = hall()
    assert room.id == RoomId(6)
    assert refusal(world, command) == code


def test_nothing_is_said_in_an_archive() -> None:
    """Also not by a hook."""
    world, room = hall()
    world.happen(room, SettingsChanged(ANN, "ann", Change(is_archived=True)))
    assert refusal(world, Post(room.id, ANN, "x")) == "archived"


def _disabled(world: World, _: Room) -> None:
    world.happen(world.house.require_directory(), AccountDisabled(person_id("bob"), "bob", ANN, "ann"))


def _banned(world: World, room: Room) -> None:
    world.happen(room, Banned(person_id("bob"), "bob", Target("person", ANN, "ann"), term=Term(0, 5_000)))


def _banned_here(world: World, _: Room) -> None:
    ban = ServerBanned(person_id("bob"), "bob", Target("pattern", "an*", "an*"))
    world.happen(world.house.require_directory(), ban)


@pytest.mark.parametrize("shut_out", [_disabled, _banned, _banned_here])
def test_who_is_shut_out_does_not_speak_by_a_hook(shut_out: object) -> None:
    """Whoever knows its secret could go on speaking otherwise. When the ban is over, so is that."""
    world, room = hall()
    assert callable(shut_out)
    shut_out(world, room)
    assert refusal(world, Post(room.id, ANN, "x")) == "not_allowed"
    if shut_out is _banned:
        world.now_ms = 5_000
        assert post(world, Post(room.id, ANN, "x")).events


def test_who_only_goes_leaves_his_hooks() -> None:
    """Neither his role nor his account is needed: the hooks are the room's."""
    world, room = hall()
    world.happen(room, Left(ANN, "ann"))
    world.happen(room, RoleSet(ANN, "ann", ANN, "ann", RoomRole.MEMBER))
    assert post(world, Post(room.id, ANN, "x")).events
    world.happen(world.house.require_directory(), AccountClosed(ANN, "ann", ANN))
    assert post(world, Post(room.id, ANN, "x")).events


def test_what_is_done_with_hooks_is_written_down() -> None:
    """Who made one stands in the audit, and nowhere else."""
    world, room = hall()
    ((where, audited),) = world.decide("ann", GovernHook("#hall", "add webhook", "7K (ci)")).events
    assert where.kind == "audit"
    assert audited == Audited(ANN, "ann", "add webhook", "7K (ci)", room.id, "#hall")
    with pytest.raises(Refused) as refused:
        world.decide("bob", GovernHook("#hall", "add webhook", "7K (ci)"))
    assert refused.value.refusal.code == "not_allowed"
    bob = person_id("bob")
    world.happen(room, RoleSet(ANN, "ann", bob, "bob", RoomRole.MODERATOR))
    assert world.decide("bob", GovernHook("#hall", "add webhook", "8M (cd)")).events


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("deploy", "deploy(webhook)"),
        ("GitHub Actions", "GitHub_Actions(webhook)"),
        ("", "ci(webhook)"),
        ("🚀", "ci(webhook)"),
        ("server", "ci(webhook)"),
        ("ann (webhook)", "ann_webhook(webhook)"),
        ("[SERVER] \x1b", "SERVER_(webhook)"),
        ("日本", "日本(webhook)"),
        ("a" * 99, "a" * 23 + "(webhook)"),
    ],
)
def test_a_hook_is_called_like_nobody(wanted: str, shown: str) -> None:
    """Its name can be no person's, whatever a program wants to be called, and is one word."""
    assert signature(wanted, "ci") == shown
    assert find_key(shown) == ""
    assert len(shown) <= NAME_LIMIT
    assert " " not in shown
    assert signature("", "") == f"program{SIGNED}"


@pytest.mark.parametrize(
    ("event", "topic"),
    [
        (Said(ANN, "ann", "hi"), "messages"),
        (Edited(ANN, "ann", Seq(1), "ho"), "edits"),
        (Deleted(ANN, "ann", Seq(1), ANN, "ann"), "deletions"),
        (Reacted(ANN, "ann", Seq(1), "👍"), "reactions"),
        (Left(ANN, "ann"), "members"),
        (Kicked(ANN, "ann", person_id("bob"), "bob"), "members"),
        (TopicSet(ANN, "ann", "tea"), "topic"),
        (SettingsChanged(ANN, "ann", Change(key="secret")), None),
        (Said(HOOK, "ci(webhook)", "hi"), None),
    ],
)
def test_what_a_hook_hears(event: AnyEvent, topic: str | None) -> None:
    """What was asked for; nothing of what hooks say, and nothing of settings, where keys stand."""
    assert topic_of(event) == topic
    assert is_hook(event.author) == (event.author == HOOK)

"""Confiding: what is said to some of a room is told them, and nobody else can find out by any way there is."""

import json
from typing import Final

import pytest

from hubbub.core.answers import Answer
from hubbub.core.attention_answers import UnreadList
from hubbub.core.attention_requests import FollowThread, ListUnread, MarkMessage
from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Delete, Deleted, Edit, Edited, Removed
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Confided, Said, Say
from hubbub.core.features.room_roles import RoleSet, SetRole
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refusal, RoomId, Seq
from hubbub.core.message_answers import Exported, Found, History, MessageFound
from hubbub.core.names import parse_room_name
from hubbub.core.notes import LastMessage, MessageRef
from hubbub.core.queries import (
    AnyQuery,
    FindExport,
    FindHistory,
    FindMessage,
    FindMessages,
    FindNear,
    FindThread,
)
from hubbub.core.roles import RoomRole
from hubbub.core.room import RoomKind
from hubbub.core.room_answers import Entered
from hubbub.service.addressees import is_for
from hubbub.service.exporting import export_messages
from hubbub.service.requests import Request
from tests.service.guests import Guest, RecordDialect
from tests.service.members import Member, log_in, sign_up
from tests.service.node import Node

TEA: Final = "#tea"
OPS: Final = Say(TEA, "secret", to=RoomRole.MODERATOR)


@pytest.fixture
async def people(node: Node) -> tuple[Member, Member, Guest]:
    """Ann owns #tea; Bob is a mere member with an account, and Cyd a guest. They have heard nothing yet."""
    ann, bob, cyd = await sign_up(node, "ann"), await sign_up(node, "bob"), Guest(node, "cyd")
    for one in (ann, bob, cyd):
        await one.ask(Join(TEA))
    for one in (ann, bob, cyd):
        one.forget()
    return ann, bob, cyd


def confided(guest: Guest) -> list[AnyEvent]:
    """Return what a guest heard that is for some only."""
    return guest.heard_of(Confided)


def texts(answer: Answer) -> list[str]:
    """Return what a page of history says; of anything else, what it is."""
    assert isinstance(answer, History)
    return [getattr(record.event, "text", type(record.event).__name__) for record in answer.records]


async def id_of(guest: Guest, request: Request) -> MessageRef:
    """Say something, and return which message it has become."""
    done = await guest.ask_with_ids(request)
    return MessageRef(*map(int, done.message.split("-")))  # type: ignore[union-attr,arg-type] # it was said


async def test_who_hears_it(people: tuple[Member, Member, Guest], node: Node) -> None:
    """Those with the role, on all their connections, and whoever said it on his others; all else is in its place."""
    ann, bob, cyd = people
    phone, laptop = await log_in(node, "ann"), await log_in(node, "bob")
    await bob.ask(Say(TEA, "one"))
    await bob.ask(OPS)
    await bob.ask(Say(TEA, "two"))
    for one in (ann, phone, laptop):
        assert [record.seq for record in one.heard] == [4, 5, 6]
        assert confided(one) == [Confided(bob.id, "bob", "secret", RoomRole.MODERATOR)]
    assert [record.seq for record in cyd.heard] == [4, 6]
    assert bob.heard == [], "he has been answered"


async def test_in_one_transaction(people: tuple[Member, Member, Guest], node: Node) -> None:
    """The role that somebody has at that very place counts, however much is kept together."""
    ann, bob, _ = people
    tea = (await node.open_channel(TEA)).settled
    aside = Confided(ann.id, "ann", "secret", RoomRole.MODERATOR)
    made, unmade = (RoleSet(ann.id, "ann", bob.id, "bob", role) for role in (RoomRole.MODERATOR, RoomRole.MEMBER))
    node.scribe.submit([(tea, event) for event in (aside, made, aside, unmade, aside)], None, lambda _: None)
    await node.settle()
    assert [record.event for record in bob.heard] == [made, aside, unmade]


async def test_a_moderator_may_block_him(people: tuple[Member, Member, Guest], node: Node) -> None:
    """As he does not hear what he says to all; also on a client that knows who is in the room."""
    ann, bob, _ = people
    keeper = await log_in(node, "ann", dialect=RecordDialect(folds=False))
    await ann.ask(Block(("bob",)))
    await bob.ask(OPS)
    assert confided(ann) == confided(keeper) == []
    assert texts(await ann.ask(FindHistory(TEA, 9))) == []
    assert "secret" not in texts(await ann.ask(FindHistory(TEA, 9, with_events=True)))


@pytest.mark.parametrize("query", [FindHistory(TEA, 9), FindHistory(TEA, 9, after=Seq(3)), FindHistory(TEA, 3)])
async def test_it_stands_in_the_history(people: tuple[Member, Member, Guest], query: FindHistory) -> None:
    """Of those for whom it is now, and of whoever said it."""
    ann, bob, cyd = people
    await bob.ask(Say(TEA, "one"))
    await bob.ask(OPS)
    await cyd.ask(Say(TEA, "two"))
    for one in (ann, bob):
        assert texts(await one.ask(query)) == ["one", "secret", "two"]
    assert texts(await cyd.ask(query)) == ["one", "two"]
    await ann.ask(SetRole(TEA, "cyd", RoomRole.MODERATOR))
    assert texts(await cyd.ask(query)) == ["one", "secret", "two"]
    await ann.ask(SetRole(TEA, "cyd", RoomRole.SPEAKER))
    assert texts(await cyd.ask(query)) == ["one", "two"]


async def test_a_page_of_others_is_full(people: tuple[Member, Member, Guest]) -> None:
    """Nobody takes a page for the beginning because much was said to others."""
    ann, _, cyd = people
    await cyd.ask(Say(TEA, "one"))
    await cyd.ask(Say(TEA, "two"))
    await ann.ask(SetRole(TEA, "bob", RoomRole.MODERATOR))
    for _ in range(60):
        await ann.ask(OPS)
    assert texts(await cyd.ask(FindHistory(TEA, 2))) == ["one", "two"]


async def test_newcomers_are_shown_what_is_for_them(people: tuple[Member, Member, Guest], node: Node) -> None:
    """What was said last to all, however much was said to some since."""
    ann, bob, _ = people
    await bob.ask(Say(TEA, "hello"))
    for _ in range(node.reading.history_on_arrival):
        await bob.ask(OPS)
    dan = Guest(node, "dan")
    entered = await dan.ask(Join(TEA))
    assert isinstance(entered, Entered)
    assert [record.event for record in entered.recent] == [Said(bob.id, "bob", "hello")]
    back = await log_in(node, "ann")
    (room,) = [room for room in back.welcome.rooms if room.room == TEA]
    assert {type(record.event) for record in room.recent} == {Confided}
    assert len(room.recent) == node.reading.history_on_arrival
    assert ann.id == back.id


async def test_with_what_happened_around_it(people: tuple[Member, Member, Guest]) -> None:
    """Neither it nor its deletion stands there for others."""
    ann, bob, cyd = people
    await bob.ask(Say(TEA, "one"))
    await bob.ask(OPS)
    await bob.ask(Say(TEA, "gone", to=RoomRole.MODERATOR))
    await bob.ask(Delete(LastMessage(TEA, "mine")))
    query = FindHistory(TEA, 9, with_events=True)
    both = ["Joined", "Joined", "Joined", "one"]
    assert texts(await ann.ask(query)) == [*both, "secret", "Removed", "Deleted"]
    assert texts(await cyd.ask(query)) == both


async def test_it_is_deleted(people: tuple[Member, Member, Guest]) -> None:
    """Those for whom it was learn so, and nobody else; after that its place says no more to others than before."""
    ann, bob, cyd = people
    message = await id_of(bob, OPS)
    refused = await cyd.ask(Delete(message))
    assert isinstance(refused, Refusal)
    assert refused.code == "no_such_message"
    assert not isinstance(await ann.ask(Delete(message, "why")), Refusal)
    assert len(bob.heard_of(Deleted)) == len(ann.heard_of(Deleted)) + 1 == 1
    assert cyd.heard == []
    assert texts(await bob.ask(FindHistory(TEA, 9))) == ["Removed"]
    assert texts(await cyd.ask(FindHistory(TEA, 9))) == []
    assert isinstance(await cyd.ask(Delete(message)), Refusal)


async def test_one_s_last_message_is_that(people: tuple[Member, Member, Guest]) -> None:
    """An edit that was meant for it changes no earlier message that all have read."""
    _, bob, cyd = people
    await bob.ask(Say(TEA, "one"))
    await bob.ask(OPS)
    refused = await bob.ask(Edit(LastMessage(TEA, "mine"), "two"))
    assert isinstance(refused, Refusal)
    assert refused.code == "not_allowed"
    assert cyd.heard_of(Edited) == []
    await bob.ask(Delete(LastMessage(TEA, "mine")))
    assert texts(await cyd.ask(FindHistory(TEA, 9))) == ["one"]


def about(message: MessageRef) -> list[AnyQuery | MarkMessage | FollowThread]:
    """Return everything that can be asked about one message."""
    return [
        FindMessage(message),
        FindThread(message, 9),
        *(FindNear(message, side, 9) for side in ("before", "after", "around")),
        MarkMessage(message),
        FollowThread(message),
    ]


async def test_nobody_else_can_ask_about_it(people: tuple[Member, Member, Guest]) -> None:
    """By its id, he is told the same as of none that there is; also when it is deleted."""
    ann, bob, _ = people
    message = await id_of(ann, Say(TEA, "hi"))
    secret = MessageRef(message.room, Seq(message.seq + 2))
    await ann.ask(SetRole(TEA, "cyd", RoomRole.MODERATOR))
    await ann.ask(OPS)
    nowhere = [await bob.ask(asked) for asked in about(MessageRef(message.room, Seq(99)))]
    assert {answer.code for answer in nowhere if isinstance(answer, Refusal)} == {"no_such_message"}
    assert [await bob.ask(asked) for asked in about(secret)] == nowhere
    assert isinstance(await ann.ask(FindMessage(secret)), MessageFound)
    await ann.ask(Delete(secret))
    assert [await bob.ask(asked) for asked in about(secret)] == nowhere


async def test_it_is_neither_found_nor_counted(people: tuple[Member, Member, Guest]) -> None:
    """By nobody: see the decision."""
    ann, bob, cyd = people
    await cyd.ask(OPS)
    await cyd.ask(Say(TEA, "no secret @bob"))
    for one in (ann, bob, cyd):
        found = await one.ask(FindMessages("secret", 9))
        assert isinstance(found, Found)
        assert [hit.record.event for hit in found.hits] == [
            Said(cyd.id, "cyd", "no secret @bob", mentions=(bob.id,)),
        ]
        assert (found.cursor, found.is_complete) == ("", True)
    for one in (ann, bob):
        unread = await one.ask(ListUnread())
        assert isinstance(unread, UnreadList)
        assert [(place.room, place.unread) for place in unread.places] == [(TEA, 1)]


async def test_said_twice_it_is_kept_once(people: tuple[Member, Member, Guest]) -> None:
    """As everything that is said."""
    ann, bob, _ = people
    request = Say(TEA, "secret", nonce="0123456789abcdef", to=RoomRole.MODERATOR)
    assert await id_of(bob, request) == await id_of(bob, request)
    assert len(confided(ann)) == 1


async def test_it_survives_a_restart(people: tuple[Member, Member, Guest], node: Node) -> None:
    """The history is the same when it is read from the store, for each of them."""
    ann, bob, cyd = people
    await bob.ask(OPS)
    await bob.ask(Say(TEA, "one"))
    live = await node.open_channel(TEA)
    live.recent.clear()
    assert texts(await ann.ask(FindHistory(TEA, 9))) == ["secret", "one"]
    assert texts(await cyd.ask(FindHistory(TEA, 9))) == ["one"]


async def test_what_is_exported(people: tuple[Member, Member, Guest], node: Node) -> None:
    """To a member what he may read; to those who run the server all of it, and for whom it was."""
    ann, bob, cyd = people
    await bob.ask(OPS)
    await bob.ask(Say(TEA, "gone", to=RoomRole.SPEAKER))
    await bob.ask(Delete(LastMessage(TEA, "mine")))
    await bob.ask(Say(TEA, "one"))
    for one, wanted in ((ann, ["secret", "one"]), (cyd, ["one"])):
        exported = await one.ask(FindExport(TEA))
        assert isinstance(exported, Exported)
        lines = [json.loads(line) for line in exported.lines]
        assert [line["text"] for line in lines if "text" in line and line["type"] == "message"] == wanted
        assert [line.get("to") for line in lines if line.get("text") == "secret"] == ["moderator"] * (one is ann)
    head = await node.store.find_room(RoomKind.CHANNEL, parse_room_name(TEA).key)
    assert head is not None
    things = [
        thing async for _, thing in export_messages(node.store, head, (), node.house.require_directory().directory)
    ]
    assert [(thing.text, thing.to) for thing in things] == [
        ("secret", RoomRole.MODERATOR),
        ("", RoomRole.SPEAKER),
        ("one", None),
    ]


def test_of_a_room_that_is_not_at_hand() -> None:
    """Whoever is not known to be meant is not."""
    record = Record(RoomId(1), Seq(1), 0, Removed(PersonId("bob"), "bob", to=RoomRole.SPEAKER))
    assert is_for(House(), None, PersonId("bob"), record)
    assert not is_for(House(), None, PersonId("ann"), record)

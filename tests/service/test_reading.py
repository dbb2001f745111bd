"""Reading: what somebody learns by asking, which is never more than what is kept."""

import pytest

from hubbub.core.features.accounts import OpenAccount
from hubbub.core.features.annotating import React, Reply
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Said, Say
from hubbub.core.features.moderation import Ban
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import Refusal, Seq
from hubbub.core.limits import Limits
from hubbub.core.message_answers import History
from hubbub.core.notes import LastMessage
from hubbub.core.queries import (
    HISTORY_LIMIT,
    AnyQuery,
    FindHistory,
    FindTopic,
    ListMembers,
    ListRooms,
)
from hubbub.core.roles import ServerRole
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import MEMBERS_LISTED, ROOMS_LISTED, Entered, Members, RoomList, RoomView, TopicFound
from hubbub.core.scene import DONE
from hubbub.phrasing.message_phrases import aftermath, answering
from hubbub.service.page_reading import FIRST_READ, LINE_BYTES, LOOKED_THROUGH
from hubbub.service.pages import HISTORY_BYTES, OUTBOX_SHARE
from hubbub.service.reading import SOME_MEMBERS
from hubbub.service.rooms import RECENT_MESSAGES
from hubbub.service.scribe import TRY_AGAIN
from tests.gateways.making import SPOKEN, make_conversation
from tests.service.guests import Guest, text_of
from tests.service.node import HISTORY_ON_ARRIVAL, Node, running
from tests.service.stores import ControlledStore
from tests.service.turns import turns

MESSAGE_BYTES, MESSAGE_LINES = Limits().message_bytes, Limits().message_lines

SAID = RECENT_MESSAGES + 40
"""More messages than are kept at hand."""


async def speaking(node: Node, count: int = SAID) -> Guest:
    """Let somebody say numbers in the lobby, with other things happening in between."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    for number in range(count):
        ann.send(Say(LOBBY, str(number)))
        if number % 10 == 0:
            ann.send(SetTopic(LOBBY, f"topic {number}"), Broadcast("elsewhere"))
    await ann.answers()
    return ann


def numbers(answer: object) -> list[int]:
    """Return which numbers a page of history has."""
    assert isinstance(answer, History)
    assert all(isinstance(record.event, Said) for record in answer.records), "messages only"
    return [int(text_of(record)) for record in answer.records]


@pytest.mark.parametrize("limit", [0, 1, RECENT_MESSAGES, RECENT_MESSAGES + 1, SAID, HISTORY_LIMIT, 10_000])
async def test_history_is_the_last_messages(node: Node, limit: int) -> None:
    """As many as were asked for, as far as there are and one query brings, oldest first; from memory or the store."""
    ann = await speaking(node)
    assert numbers(await ann.ask(FindHistory(LOBBY, limit))) == list(range(SAID))[max(0, SAID - limit) :]


async def test_one_query_brings_only_so_many(node: Node) -> None:
    """However many are asked for."""
    ann = await speaking(node, HISTORY_LIMIT + 1)
    assert numbers(await ann.ask(FindHistory(LOBBY, 10_000))) == list(range(1, HISTORY_LIMIT + 1))


async def test_one_answer_is_only_so_long(node: Node) -> None:
    """Of long messages one page has fewer: the newest, from memory or the store; the rest are on the pages before."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    fitting = HISTORY_BYTES // (MESSAGE_BYTES + LINE_BYTES + len("ann"))
    for number in range(fitting + 3):
        ann.send(Say(LOBBY, str(number).ljust(MESSAGE_BYTES - 2, "x") + "é"))
    newest = {str(3 + one) for one in range(fitting)}
    for limit in (fitting + 1, HISTORY_LIMIT):
        page = await ann.ask(FindHistory(LOBBY, limit))
        assert isinstance(page, History)
        assert {text_of(record).split("x")[0] for record in page.records} == newest
        before = await ann.ask(FindHistory(LOBBY, HISTORY_LIMIT, page.records[0].seq))
        assert isinstance(before, History)
        assert [text_of(record).split("x")[0] for record in before.records] == ["0", "1", "2"]


@pytest.mark.parametrize("text", ["x" * MESSAGE_BYTES, "\n".join('"' * MESSAGE_LINES), '"' * MESSAGE_BYTES, "x"])
async def test_a_page_fits_into_an_outbox_in_every_dialect(text: str) -> None:
    """However it is put into bytes, by a name of any length, it takes at most half of what may wait for a reader."""
    limits = Limits(outbox_bytes=200_000)
    name = "\U00020000" * 32
    async with running(Node(limits=limits)) as node:
        ann = Guest(node, name)
        await ann.ask(Join(LOBBY))
        ann.send(*(Say(LOBBY, text) for _ in range(HISTORY_LIMIT)))
        page = await ann.ask(FindHistory(LOBBY, HISTORY_LIMIT))
        assert isinstance(page, History)
        assert page.records
        for protocol in SPOKEN:
            dialect = make_conversation(protocol).dialect_in(node.house.require_channel(LOBBY))
            told = sum(len(dialect.encode(node.house.require_channel(LOBBY), record)) for record in page.records)
            assert told <= limits.outbox_bytes * 2 // OUTBOX_SHARE, protocol


async def test_reactions_and_quotes_count_as_well() -> None:
    """What stands behind and before messages takes its share of what may wait for a reader."""
    limits = Limits(outbox_bytes=40_000)
    async with running(Node(limits=limits)) as node:
        ann = Guest(node, "ann")
        await ann.ask(Join(LOBBY))
        for number in range(20):
            ann.send(Say(LOBBY, "\U0001f600" * 60 if number == 0 else str(number)))
            ann.send(*(React(LastMessage(LOBBY), f"{one}".rjust(32, "\U0001f600")) for one in range(20)))
            ann.send(Reply(LastMessage(LOBBY), "\U0001f600" * 60))
        page = await ann.ask(FindHistory(LOBBY, HISTORY_LIMIT))
        assert isinstance(page, History)
        assert page.records
        told = sum(len((answering(record) + aftermath(record)).encode()) for record in page.records)
        assert told <= limits.outbox_bytes // OUTBOX_SHARE


async def test_of_long_messages_only_so_many_are_read(node: Node, store: ControlledStore) -> None:
    """As many as one page can hold, and few more: not all there are, until as many as were asked for are found."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    ann.send(*(Say(LOBBY, "x" * MESSAGE_BYTES) for _ in range(3 * FIRST_READ)))
    await ann.answers()
    for query in (FindHistory(LOBBY, HISTORY_LIMIT), FindHistory(LOBBY, HISTORY_LIMIT, after=Seq(0))):
        before = store.read
        await ann.ask(query)
        assert store.read - before <= FIRST_READ


async def test_those_who_are_blocked_cannot_have_a_whole_room_read(node: Node, store: ControlledStore) -> None:
    """Who blocks them is shown what stands before what they said, in a few steps, or nothing if it is too far back."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for guest in (ann, bob):
        await guest.ask(Join(LOBBY))
    await ann.ask(Say(LOBBY, "1"))
    await ann.ask(Block(("bob",)))
    bob.send(*(Say(LOBBY, "2") for _ in range(LOOKED_THROUGH - HISTORY_LIMIT)))
    await bob.answers()
    asked = store.calls.count("load_messages")
    assert numbers(await ann.ask(FindHistory(LOBBY, 1))) == [1]
    assert store.calls.count("load_messages") - asked <= 20
    bob.send(*(Say(LOBBY, "2") for _ in range(2 * HISTORY_LIMIT)))
    await bob.answers()
    before = store.read
    assert numbers(await ann.ask(FindHistory(LOBBY, 1))) == []
    assert store.read - before <= LOOKED_THROUGH + HISTORY_LIMIT


async def test_what_no_page_can_hold_hides_nothing(node: Node) -> None:
    """A message of thousands of lines, as older versions kept them, is left out; what came before it is shown."""
    ann = await speaking(node, 2)
    live = await node.open_channel()
    monster = Said(ann.id, "ann", "a" + "\n" * (MESSAGE_BYTES - 2) + "b")
    node.scribe.submit([(live.ahead, monster)], None, lambda _: None)
    ann.send(Say(LOBBY, "2"))
    await ann.answers()
    assert numbers(await ann.ask(FindHistory(LOBBY, 5))) == [0, 1, 2]
    entered = await Guest(node, "bob").ask(Join(LOBBY))
    assert isinstance(entered, Entered)
    assert [text_of(record) for record in entered.recent] == ["0", "1", "2"]


async def test_history_can_be_turned_page_by_page(node: Node) -> None:
    """Asking for what was before the first record of a page gives the page before, down to the beginning."""
    ann = await speaking(node)
    found, before = list[int](), None
    while True:
        page = await ann.ask(FindHistory(LOBBY, 15, before))
        if not numbers(page):
            break
        assert isinstance(page, History)
        found = numbers(page) + found
        before = page.records[0].seq
    assert found == list(range(SAID))
    assert numbers(await ann.ask(FindHistory(LOBBY, 5, Seq(0)))) == []


async def test_history_that_cannot_be_read(node: Node, store: ControlledStore) -> None:
    """What is at hand is told though the store fails; for the rest it is `try_again`."""
    ann = await speaking(node)
    store.fails = "load_messages".__eq__
    assert numbers(await ann.ask(FindHistory(LOBBY, 5))) == list(range(SAID - 5, SAID))
    assert await ann.ask(FindHistory(LOBBY, SAID)) == TRY_AGAIN


async def test_who_is_in_the_lobby_is_no_secret(node: Node) -> None:
    """Whoever is on the server may ask without going in, which all would hear; not while it keeps anybody out."""
    await speaking(node, 1)
    bob = Guest(node, "bob")
    members = await bob.ask(ListMembers(LOBBY))
    assert isinstance(members, Members)
    assert [member.name for member in members.members] == ["ann"]
    ola = Guest(node, "ola")
    assert await ola.ask(OpenAccount(ServerRole.OWNER)) == DONE
    await ola.ask(Ban(LOBBY, "pest*"))
    refused = await bob.ask(ListMembers(LOBBY))
    assert isinstance(refused, Refusal)
    assert refused.code == "not_a_member"


@pytest.mark.parametrize("query", [ListMembers("#tea"), FindHistory("#tea", 5), FindHistory(LOBBY, 5)])
async def test_a_room_s_matters_are_its_members(node: Node, query: AnyQuery) -> None:
    """Who is in and what was said is for those who are in; a room that does not exist is another answer."""
    ann = await speaking(node, 1)
    await ann.ask(Join("#tea"))
    bob = Guest(node, "bob")
    refused = await bob.ask(query)
    assert isinstance(refused, Refusal)
    assert refused.code == "not_a_member"


async def test_a_welcome_tells_where_one_is(node: Node) -> None:
    """The topic, how many are there, a few of them by name, and the last messages; never a list that grows with all."""
    ann = await speaking(node)
    for number in range(SOME_MEMBERS + 5):
        await Guest(node, f"guest{number}").ask(Join(LOBBY))
    zoe = Guest(node, "zoe")
    entered = await zoe.ask(Join("LOBBY"))
    assert isinstance(entered, Entered)
    assert entered.room == LOBBY
    assert entered.topic is not None
    assert entered.topic.text == f"topic {SAID // 10 * 10}"
    assert entered.member_count == SOME_MEMBERS + 7
    assert len(entered.some_members) == SOME_MEMBERS
    assert "zoe" not in entered.some_members
    assert [text_of(record) for record in entered.recent] == list(map(str, range(SAID)))[-HISTORY_ON_ARRIVAL:]
    assert ann.name == "ann"


async def test_an_operator_may_want_no_history_on_arrival() -> None:
    """0 means none."""
    async with running(Node(history_on_arrival=0)) as node:
        await speaking(node, 5)
        entered = await Guest(node, "bob").ask(Join(LOBBY))
        assert isinstance(entered, Entered)
        assert entered.recent == ()


async def test_rooms_are_listed_with_those_that_have_most_members_first(node: Node) -> None:
    """Those with anybody in them, with what they are about, and whether one is in; by name where the numbers agree."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    assert await ann.ask(ListRooms()) == RoomList(())
    for guest, room in ((ann, "#tea"), (bob, "#tea"), (ann, "#milk"), (bob, "#Gin")):
        await guest.ask(Join(room))
    await ann.ask(SetTopic("#tea", "green"))
    assert await ann.ask(ListRooms()) == RoomList(
        (
            RoomView("#tea", 2, "green", joined=True),
            RoomView("#Gin", 1, "", joined=False),
            RoomView("#milk", 1, "", joined=True),
        )
    )
    await bob.ask(Leave("#gin"))
    found = await ann.ask(ListRooms())
    assert isinstance(found, RoomList)
    assert [room.name for room in found.rooms] == ["#tea", "#milk"]


async def test_lists_are_only_so_long(node: Node) -> None:
    """However many people and rooms there are: the largest rooms, the first names, and how many more; then the rest."""
    ann = Guest(node, "ann")
    await ann.ask(Join("#tea"))
    for number in range(MEMBERS_LISTED + 2):
        await Guest(node, f"guest{number}").ask(Join("#tea"))
    members = await ann.ask(ListMembers("#tea"))
    assert isinstance(members, Members)
    assert (len(members.members), members.members[0].name, members.more) == (MEMBERS_LISTED, "ann", 3)
    others = await ann.ask(ListMembers("#tea", MEMBERS_LISTED))
    assert isinstance(others, Members)
    names = [member.name for member in (*members.members, *others.members)]
    assert (names, others.more) == (sorted(names), 0)
    assert len(set(names)) == MEMBERS_LISTED + 3
    for number in range(ROOMS_LISTED + 2):
        await ann.ask(Join(f"#room{number}"))
    rooms = await ann.ask(ListRooms())
    assert isinstance(rooms, RoomList)
    assert (len(rooms.rooms), rooms.rooms[0].name, rooms.more) == (ROOMS_LISTED, "#tea", 3)
    smaller = await ann.ask(ListRooms(ROOMS_LISTED))
    assert isinstance(smaller, RoomList)
    assert (len({room.name for room in (*rooms.rooms, *smaller.rooms)}), smaller.more) == (ROOMS_LISTED + 3, 0)
    assert await ann.ask(ListRooms(ROOMS_LISTED + 3)) == RoomList(())


async def test_nobody_is_told_what_is_not_kept(node: Node, store: ControlledStore) -> None:
    """Law 1: a topic, a member or a room that the store has not committed is nobody's business yet."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for guest in (ann, bob):
        await guest.ask(Join(LOBBY))
    zoe = Guest(node, "zoe")
    await node.open_channel("#tea")
    store.hold()
    ann.send(SetTopic(LOBBY, "not kept yet"))
    zoe.send(Join(LOBBY))
    await turns(5)
    topic, members, rooms = [await bob.ask(query) for query in (FindTopic(LOBBY), ListMembers(LOBBY), ListRooms())]
    store.fails = "append".__eq__
    store.release()
    assert await ann.answers() == await zoe.answers() == [TRY_AGAIN]
    assert topic == TopicFound(LOBBY, None)
    assert isinstance(members, Members)
    assert [member.name for member in members.members] == ["ann", "bob"]
    assert rooms == RoomList((RoomView(LOBBY, 2, "", joined=True),))

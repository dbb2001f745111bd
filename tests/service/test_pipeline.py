"""The pipeline: answers in the order of the questions, however many are asked in one breath."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.answers import Answer
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Said, Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import History
from hubbub.core.people_answers import Called
from hubbub.core.queries import (
    FindHistory,
    FindTopic,
    ListBlocks,
    ListMembers,
    ListRooms,
)
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Members, TopicFound
from hubbub.core.scene import DONE
from hubbub.service.pace import Pace
from hubbub.service.pipeline import Pipeline
from hubbub.service.requests import Request
from tests.fuzz.budget import QUICK
from tests.service.guests import Guest
from tests.service.node import Node, running
from tests.service.stores import ControlledStore
from tests.service.turns import turns, until

ANYTHING = st.sampled_from(
    [
        *(Say(LOBBY, "hello"), Say(LOBBY, ""), Say("#tea", "tea?"), Say("#nowhere", "who is there?")),
        *(Tell(("bob", "zoe"), "psst"), Tell((), "psst"), Broadcast("all!"), Join("#tea"), Leave("#tea"), Join("#")),
        *(SetTopic(LOBBY, "green"), Rename("anna"), Rename("bob"), Block(("bob",)), GoAway("tea"), ComeBack()),
        *(ListMembers(LOBBY), ListRooms(), ListBlocks(), FindHistory(LOBBY, 5), FindHistory(LOBBY, 500)),
        *(FindTopic(LOBBY), FindTopic("#nowhere")),
    ]
)
"""Things to ask: some of them said at once, some loaded first, some refused, some looked up in the store."""


def codes(answers: list[Answer]) -> list[str]:
    """Return each answer's kind, or the code of a refusal."""
    return [answer.code if isinstance(answer, Refusal) else type(answer).__name__ for answer in answers]


async def in_lobby(node: Node, name: str, pace: Pace | None = None) -> Guest:
    """Let somebody into the lobby."""
    guest = Guest(node, name, pace=pace)
    await guest.ask(Join(LOBBY))
    return guest


@QUICK
@given(st.lists(ANYTHING, max_size=40), st.integers(0, 8), st.lists(st.booleans(), max_size=6))
async def test_answers_come_in_the_order_of_the_questions(
    requests: list[Request], a_turn: int, failing: list[bool]
) -> None:
    """Law 4, for any questions, asked in one breath or several, with a store that works or fails: one answer for each.

    Each `Guest` checks the order by itself.
    """
    store = ControlledStore()
    async with running(Node(store)) as node:
        ann, bob = await in_lobby(node, "ann"), await in_lobby(node, "bob")
        outcomes = iter(failing)
        store.fails = lambda method: method == "append" and next(outcomes, False)
        for place, request in enumerate(requests):
            ann.send(request)
            bob.send(request)
            if a_turn and place % a_turn == 0:
                await turns(2)
        assert len(await ann.answers()) == len(await bob.answers()) == len(requests)
        assert ann.pipeline.load == 0


async def test_thousands_of_messages_share_few_commits(node: Node, store: ControlledStore) -> None:
    """What is said is not waited for, so a thousand messages in one breath are one transaction."""
    ann = await in_lobby(node, "ann")
    store.batches.clear()
    ann.send(*(Say(LOBBY, str(number)) for number in range(1_000)))
    assert await ann.answers() == [DONE] * 1_000
    assert len(store.batches) == 1


async def test_an_answer_proves_what_was_said_before(node: Node, store: ControlledStore) -> None:
    """With thousands of messages and other questions between them, each question sees all that was said before it."""
    ann, bob = await in_lobby(node, "ann"), await in_lobby(node, "bob")
    asked: list[Request] = []
    for number in range(2_000):
        asked.append(Say(LOBBY, str(number)))
        if number % 100 == 99:
            asked.append(FindHistory(LOBBY, 1))
    ann.send(*asked)
    histories = [answer for answer in await ann.answers() if isinstance(answer, History)]
    last_words = [
        record.event.text for answer in histories for record in answer.records if isinstance(record.event, Said)
    ]
    assert last_words == [str(number) for number in range(2_000) if number % 100 == 99]
    assert bob.messages == [str(number) for number in range(2_000)]
    assert len(store.batches) <= 2 + len(histories)


async def test_one_thing_begins_when_the_one_before_is_done(node: Node) -> None:
    """What is said after a renaming is said under the new name; what is asked after a topic was set sees the topic."""
    ann, bob = await in_lobby(node, "ann"), await in_lobby(node, "bob")
    bob.forget()
    ann.send(Say(LOBBY, "one"), Rename("anna"), Say(LOBBY, "two"), SetTopic(LOBBY, "green"), FindTopic(LOBBY))
    ann.send(Leave(LOBBY), Say(LOBBY, "three"), ListRooms())
    *_, topic, left, refused, _rooms = await ann.answers()
    assert isinstance(topic, TopicFound)
    assert topic.topic is not None
    assert topic.topic.text == "green"
    assert codes([left, refused]) == ["Departed", "not_a_member"]
    said = [record.event for record in bob.heard if isinstance(record.event, Said)]
    assert [(event.name, event.text) for event in said] == [("ann", "one"), ("anna", "two")]


async def test_refusals_have_their_place(node: Node, store: ControlledStore) -> None:
    """A message that is refused is answered between those before and those after it, though it needs no store."""
    ann = await in_lobby(node, "ann")
    store.hold()
    ann.send(Say(LOBBY, "one"), Say(LOBBY, ""), Say("#nowhere", "x"), Say(LOBBY, "two"), Say(LOBBY, " "))
    await turns(10)
    assert ann.pipeline.load == 5, "nothing is answered before what was asked before it"
    store.release()
    assert codes(await ann.answers()) == ["Done", "empty", "no_such_room", "Done", "empty"]


async def test_one_who_waits_keeps_nobody_waiting(node: Node, store: ControlledStore) -> None:
    """While one connection's question waits for the store, another's is answered."""
    ann, bob = await in_lobby(node, "ann"), await in_lobby(node, "bob")
    store.hold()
    ann.send(Say(LOBBY, "one"), ListMembers(LOBBY))
    assert isinstance(await bob.ask(ListMembers(LOBBY)), Members)
    assert ann.pipeline.load == 2
    store.release()
    assert codes(await ann.answers()) == ["Done", "Members"]


async def test_whoever_is_too_fast_is_served_more_slowly(node: Node) -> None:
    """After its burst a connection goes on at its pace: nothing is refused, lost or answered out of turn."""
    ann = await in_lobby(node, "ann", Pace(3, 4))
    ann.send(*(Say(LOBBY, str(number)) for number in range(4)), ListRooms(), Say(LOBBY, "last"))
    await node.settle()
    assert ann.pipeline.throttled
    for waiting in (4, 3, 2, 1):
        assert ann.pipeline.load == waiting
        node.clock.advance(0.249)
        await node.settle()
        assert ann.pipeline.load == waiting, "not before its time"
        node.clock.advance(0.001)
        await node.settle()
    assert not ann.pipeline.throttled
    assert codes(await ann.answers()) == ["Done"] * 4 + ["RoomList", "Done"]


async def test_steps_of_the_gateway_cost_no_pace(node: Node) -> None:
    """What a gateway wants to do in its turn, such as sending a reply, waits for its turn and for nothing else."""
    ann = await in_lobby(node, "ann", Pace(1, 1))
    node.clock.advance(1)
    done: list[str] = []
    ann.pipeline.after_earlier(lambda: done.append("at once"))
    assert done == ["at once"]
    ann.send(Say(LOBBY, "one"))
    ann.pipeline.after_earlier(lambda: done.append("after one"))
    assert done == ["at once"], "not before the answer to what came before"
    ann.send(Say(LOBBY, "two"))
    for place in range(5):
        ann.pipeline.after_earlier(partial(done.append, f"after two, {place}"))
    await node.settle()
    assert done == ["at once", "after one"]
    node.clock.advance(1)
    await node.settle()
    assert done[2:] == [f"after two, {place}" for place in range(5)]


async def test_ten_thousand_steps_are_no_deep_well(node: Node, store: ControlledStore) -> None:
    """However much waits behind one message, it is walked, not climbed: Python's stack has room for a thousand."""
    ann = await in_lobby(node, "ann")
    store.hold()
    ann.send(Say(LOBBY, "first"))
    walked: list[int] = []
    for number in range(10_000):
        ann.send(ListBlocks() if number % 2 else FindTopic("#nowhere"))
        ann.pipeline.after_earlier(partial(walked.append, number))
    await turns(5)
    assert walked == []
    store.release()
    assert len(await ann.answers()) == 10_001
    assert walked == list(range(10_000))


async def test_a_step_may_add_steps(node: Node) -> None:
    """What a step asks is carried out after what was already waiting, again without any depth."""
    ann = await in_lobby(node, "ann")
    order: list[str] = []

    def ask_again(number: int) -> None:
        order.append(f"step {number}")
        if number < 3_000:
            ann.send(ListBlocks())
            ann.pipeline.after_earlier(lambda: ask_again(number + 1))

    ann.pipeline.after_earlier(lambda: ask_again(1))
    await until(lambda: len(order) == 3_000)
    assert order[-1] == "step 3000"
    assert len(await ann.answers()) == 2_999


async def test_who_is_gone_is_not_answered(node: Node, store: ControlledStore) -> None:
    """A closed connection's unbegun questions are forgotten; what had begun is finished, and heard by the others."""
    ann, bob = await in_lobby(node, "ann"), await in_lobby(node, "bob")
    bob.forget()
    store.hold()
    ann.send(Say(LOBBY, "begun"), Rename("anna"), Say(LOBBY, "never said"))
    await turns(5)
    ann.pipeline.close()
    store.release()
    await node.settle()
    assert bob.messages == ["begun"]
    assert ann.name == "ann"
    node.clock.advance(100)
    assert await bob.ask(Rename("bobby")) == Called("bobby")


async def test_what_follows_from_an_answer_comes_first(node: Node) -> None:
    """Before all that was asked in the meantime, which may build on it; several things in their order."""
    ann = await in_lobby(node, "ann")
    done: list[str] = []
    pipeline = Pipeline(ann.session, node.requests, node.clock, None, lambda request, _: follow(request), lambda: None)

    def follow(request: Request) -> None:
        done.append(type(request).__name__)
        if isinstance(request, Join):
            pipeline.ask_next(ListRooms())
            pipeline.ask_next(SetTopic("#tea", "green"))
            pipeline.ask_next(Say("#tea", "mine"))
            pipeline.ask_next(FindTopic("#tea"))
        elif isinstance(request, SetTopic):
            pipeline.ask_next(ListMembers("#tea"))
            pipeline.ask_next(FindHistory("#tea", 5))

    pipeline.ask(Join("#tea"))
    pipeline.ask(ListBlocks())
    pipeline.after_earlier(partial(done.append, "a step"))
    await until(lambda: "a step" in done)
    follows = ["ListRooms", "SetTopic", "ListMembers", "FindHistory", "Say", "FindTopic"]
    assert done == ["Join", *follows, "ListBlocks", "a step"]
    pipeline.close()
    pipeline.ask_next(ListRooms())
    assert pipeline.load == 0

"""History: by time, with what happened around the messages, and where something was said last."""

import pytest
from msgspec.structs import replace

from hubbub.core.attention_answers import Marked, MarkFound
from hubbub.core.attention_requests import FindMark, MarkRead
from hubbub.core.features.annotating import Edit
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Say, Tell
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import Refusal, Seq
from hubbub.core.message_answers import ActiveList, ActiveView, History
from hubbub.core.notes import LastMessage
from hubbub.core.queries import FindHistory, ListActive
from hubbub.core.room_settings import Change, Visibility
from hubbub.core.unread import NO_THREAD
from tests.service.guests import Guest, text_of
from tests.service.members import register
from tests.service.node import Node

TEA = "#tea"


async def here(node: Node, *names: str) -> list[Guest]:
    """Let people come into #tea."""
    people = [Guest(node, name) for name in names]
    for one in people:
        await one.ask(Join(TEA))
    return people


async def kinds(guest: Guest, query: FindHistory) -> list[str]:
    """Return what a page holds: texts, and the kinds of everything else."""
    page = await guest.ask(query)
    assert isinstance(page, History)
    return [text_of(record) or type(record.event).__name__ for record in page.records]


EVENTS = FindHistory(TEA, 100, with_events=True)


async def test_pages_by_time(node: Node) -> None:
    """What was said before a time, or after it; what was said at that very moment is neither."""
    [ann] = await here(node, "ann")
    times = []
    for text in ("one", "two", "three"):
        node.clock.advance(1)
        times.append(node.clock.time_ms())
        await ann.ask(Say(TEA, text))
    query = FindHistory(TEA, 100)
    assert await kinds(ann, replace(query, before_ms=times[1])) == ["one"]
    assert await kinds(ann, replace(query, before_ms=times[1] + 1)) == ["one", "two"]
    assert await kinds(ann, replace(query, after_ms=times[1])) == ["three"]
    assert await kinds(ann, replace(query, after_ms=times[1] - 1)) == ["two", "three"]
    assert await kinds(ann, replace(query, after_ms=times[2])) == []


async def test_what_happened_around_the_messages(node: Node) -> None:
    """It stands in its place and counts; what nobody is told of does not stand there."""
    ann, bob = await here(node, "ann", "bob")
    await ann.ask(Say(TEA, "one"))
    await bob.ask(SetTopic(TEA, "leaves"))
    await ann.ask(Say(TEA, "two"))
    await bob.ask(Leave(TEA))
    assert await kinds(ann, EVENTS) == ["Joined", "Joined", "one", "TopicSet", "two", "Left"]
    assert await kinds(ann, replace(EVENTS, limit=3)) == ["TopicSet", "two", "Left"]
    assert await kinds(ann, replace(EVENTS, limit=2, after=Seq(2))) == ["one", "TopicSet"]
    assert await kinds(ann, replace(EVENTS, limit=2, before=Seq(5))) == ["one", "TopicSet"]
    assert await kinds(ann, replace(EVENTS, limit=3, around=Seq(3))) == ["one", "TopicSet", "two"]


async def test_a_page_ends_before_the_next_message(node: Node) -> None:
    """What happened between two messages is not told where the second one is on the next page."""
    ann, bob = await here(node, "ann", "bob")
    for number in range(3):
        await ann.ask(Say(TEA, f"m{number}"))
        await bob.ask(SetTopic(TEA, f"t{number}"))
    assert await kinds(ann, replace(EVENTS, limit=2, after=Seq(3))) == ["TopicSet", "m1"]
    assert await kinds(ann, replace(EVENTS, limit=2, before=Seq(7))) == ["m1", "TopicSet"]


@pytest.mark.parametrize("history", ["joined", "everyone"])
async def test_newcomers(history: Visibility, node: Node) -> None:
    """They learn as little of what happened as of what was said before they came."""
    ann = Guest(node, "ann")
    await register(ann)
    await ann.ask(Join(TEA))
    assert not isinstance(await ann.ask(ChangeSettings(TEA, Change(history=history))), Refusal)
    await ann.ask(Say(TEA, "old"))
    zoe = Guest(node, "zoe")
    await zoe.ask(Join(TEA))
    await ann.ask(Edit(LastMessage(TEA), "older"))
    await ann.ask(Say(TEA, "new"))
    heard = await kinds(zoe, EVENTS)
    assert heard[-1] == "new"
    assert ("Edited" in heard or "older" in heard) is (history == "everyone")


async def test_edits_of_those_who_are_blocked(node: Node) -> None:
    """Are no more heard than their words; that they come and go is."""
    ann, bob = await here(node, "ann", "bob")
    await bob.ask(Say(TEA, "one"))
    await bob.ask(Edit(LastMessage(TEA), "two"))
    await ann.ask(Block(("bob",)))
    assert await kinds(ann, EVENTS) == ["Joined", "Joined"]


async def test_where_something_was_said(node: Node) -> None:
    """Rooms and conversations by their last messages, between two times and as many as are wanted."""
    ann, bob = await here(node, "ann", "bob")
    begin = node.clock.time_ms()
    node.clock.advance(1)
    await bob.ask(Tell(("ann",), "psst"))
    first = node.clock.time_ms()
    node.clock.advance(1)
    await bob.ask(Say(TEA, "hello"))
    second = node.clock.time_ms()
    both = (ActiveView("@bob", first), ActiveView(TEA, second))
    assert await ann.ask(ListActive(10, begin)) == ActiveList(both)
    assert await ann.ask(ListActive(1)) == ActiveList(both[:1])
    assert await ann.ask(ListActive(10, first)) == ActiveList(both[1:])
    assert await ann.ask(ListActive(10, begin, second)) == ActiveList(both[:1])
    await ann.ask(Block(("bob",)))
    assert await ann.ask(ListActive(10)) == ActiveList(())


async def test_marks_by_time(node: Node) -> None:
    """One can say up to which time one has read; such a mark only moves on."""
    ann, bob = await here(node, "ann", "bob")
    await register(ann)
    times, places = [], []
    for text in ("one", "two"):
        node.clock.advance(1)
        times.append(node.clock.time_ms())
        await bob.ask(Say(TEA, text))
        places.append((await node.open_channel(TEA)).settled.seq)
    assert await ann.ask(FindMark(TEA)) == MarkFound(TEA, Seq(0), 0)
    assert await ann.ask(MarkRead(TEA, at_ms=times[0] + 500)) == Marked(TEA, NO_THREAD, places[0])
    assert await ann.ask(FindMark(TEA)) == MarkFound(TEA, places[0], times[0])
    assert await ann.ask(MarkRead(TEA, at_ms=times[1] + 10**9)) == Marked(TEA, NO_THREAD, places[1])
    assert await ann.ask(MarkRead(TEA, at_ms=times[0])) == Marked(TEA, NO_THREAD, places[1])

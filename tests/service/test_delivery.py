"""Delivery: every listener hears every record of his room, once and in order, whatever the fabric did."""

import asyncio

import pytest

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.membership import Join, Joined, Leave, Left
from hubbub.core.features.messages import Said, Say
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.features.topics import SetTopic, TopicSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import LOBBY, Room
from hubbub.core.room_answers import Entered
from hubbub.core.scene import DONE
from hubbub.service.ports import Draft
from tests.service.guests import Guest, RecordDialect, text_of
from tests.service.node import Node, agree
from tests.service.stores import ANSWER_TURNS, ControlledStore
from tests.service.turns import turns, until

ELSEWHERE = PersonId("somebody on another node")


async def in_lobby(node: Node, *names: str) -> list[Guest]:
    """Let people into the lobby, and let them forget how they got there."""
    guests = [Guest(node, name) for name in names]
    for guest in guests:
        await guest.ask(Join(LOBBY))
    for guest in guests:
        guest.forget()
    return guests


async def write_elsewhere(node: Node, *texts: str, room: str = LOBBY) -> list[Record]:
    """Have another node write messages into a channel, of which nobody here has heard yet."""
    live = await node.open_channel(room)
    assert isinstance(node.store, ControlledStore)
    return await node.store.append_elsewhere([Draft(live.id, Said(ELSEWHERE, "zoe", text)) for text in texts])


async def test_everybody_hears_what_is_said_once_and_in_order(node: Node) -> None:
    """All members but the speaker, who is answered instead, hear all messages in the order the store gave them."""
    ann, bob, carol = await in_lobby(node, "ann", "bob", "carol")
    for text in ("one", "two", "three"):
        ann.send(Say(LOBBY, text))
        bob.send(Say(LOBBY, text.upper()))
    await node.settle()
    assert carol.messages == ["one", "ONE", "two", "TWO", "three", "THREE"]
    assert ann.messages == ["ONE", "TWO", "THREE"]
    assert bob.messages == ["one", "two", "three"]
    assert carol.heard == (await node.kept())[-6:]


async def test_a_dialect_may_want_its_own_words_back(node: Node) -> None:
    """Where a protocol has no local echo, the connection hears of these kinds of event what it caused itself."""
    ann = Guest(node, "ann", RecordDialect(Said))
    await ann.ask(Join(LOBBY))
    await ann.ask(Say(LOBBY, "hello"))
    await ann.ask(SetTopic(LOBBY, "green"))
    assert [type(record.event) for record in ann.heard] == [Said]
    (bob,) = await in_lobby(node, "bob")
    await bob.ask(SetTopic(LOBBY, "black"))
    assert bob.heard_of(TopicSet) == [TopicSet(bob.id, "bob", "black")]


async def test_whoever_leaves_hears_no_more(node: Node) -> None:
    """Leaving is announced to those who stay, and the room is silent for who left."""
    ann, bob = await in_lobby(node, "ann", "bob")
    await bob.ask(Leave(LOBBY, "tea time"))
    await ann.ask(Say(LOBBY, "alone at last"))
    assert ann.heard_of(Left) == [Left(bob.id, "bob", "tea time")]
    assert bob.heard == []


async def test_a_newcomer_misses_nothing_and_hears_nothing_twice(node: Node) -> None:
    """Whatever is said while somebody comes in, he learns on his arrival or hears afterwards: never both or neither."""
    (ann,) = await in_lobby(node, "ann")
    await ann.ask(Say(LOBBY, "earlier"))
    ann.send(Say(LOBBY, "in the same commit, before"))
    bob = Guest(node, "bob")
    bob.send(Join(LOBBY))
    ann.send(Say(LOBBY, "in the same commit, after"))
    (entered,) = await bob.answers()
    await ann.ask(Say(LOBBY, "later"))
    assert isinstance(entered, Entered)
    recalled = [record.event.text for record in entered.recent if isinstance(record.event, Said)]
    assert recalled + bob.messages == [
        "earlier",
        "in the same commit, before",
        "in the same commit, after",
        "later",
    ]
    assert [record.seq for record in bob.heard] == [entered.seq + 1]


async def test_a_renaming_is_heard_once_however_many_rooms_are_shared(node: Node) -> None:
    """A listener that folds hears of it in one room; another hears it in each."""
    (ann,) = await in_lobby(node, "ann")
    folding, counting, elsewhere = (
        Guest(node, "bob"),
        Guest(node, "carol", RecordDialect(folds=False)),
        Guest(node, "di"),
    )
    for guest in (ann, folding, counting):
        for room in (LOBBY, "#tea", "#milk"):
            await guest.ask(Join(room))
    await elsewhere.ask(Join("#milk"))
    await ann.ask(Rename("anna"))
    renamed = Renamed(ann.id, "ann", "anna")
    assert folding.heard_of(Renamed) == [renamed]
    assert counting.heard_of(Renamed) == [renamed] * 3
    assert elsewhere.heard_of(Renamed) == [renamed]
    ann.leave("bye")
    await node.settle()
    left = Left(ann.id, "anna", "bye", quitting=True)
    assert folding.heard_of(Left) == [left]
    assert counting.heard_of(Left) == [left] * 3
    assert elsewhere.heard_of(Left) == [left]


class OneRoomOnly(RecordDialect):
    """Speaks of one room and has no word for what happens in others."""

    def __init__(self, room: str) -> None:
        super().__init__()
        self.room = room

    def encode(self, room: Room, record: Record) -> bytes:
        """Return the record where it happened in the room."""
        return super().encode(room, record) if room.name == self.room else b""


@pytest.mark.parametrize("room", [LOBBY, "#tea"])
async def test_what_was_not_heard_is_not_folded_away(node: Node, room: str) -> None:
    """A dialect that keeps silent about one of the rooms hears of a departure in the other."""
    bob = Guest(node, "bob", OneRoomOnly(room))
    (ann,) = await in_lobby(node, "ann")
    for guest in (ann, bob):
        for name in (LOBBY, "#tea"):
            await guest.ask(Join(name))
    ann.leave()
    await node.settle()
    assert bob.heard_of(Left) == [Left(ann.id, "ann", quitting=True)]


async def test_who_comes_and_goes_in_one_breath_has_gone_everywhere(node: Node, store: ControlledStore) -> None:
    """Where he has come into a room since he was heard to go, one who folds hears it again: else he stayed there."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for room in ("#milk", "#tea"):
        await bob.ask(Join(room))
    await ann.ask(Join("#milk"))
    bob.forget()
    store.hold()
    bob.send(Say("#milk", "first"))
    await turns(ANSWER_TURNS)
    # The commit is under way: these make one of their own.
    bob.send(Say("#milk", "second"))
    ann.send(Join("#tea"))
    await turns(ANSWER_TURNS)
    ann.leave()
    store.release()
    await node.settle()
    left = Left(ann.id, "ann", quitting=True)
    assert bob.heard_of(Joined, Left) == [left, Joined(ann.id, "ann"), left]


async def test_what_another_node_says_is_heard(node: Node) -> None:
    """A record that the fabric brings in its turn is heard at once."""
    (ann,) = await in_lobby(node, "ann")
    node.delivery.receive(await write_elsewhere(node, "hello", "again"))
    assert ann.messages == ["hello", "again"]


async def test_repeated_and_late_records_are_heard_once(node: Node) -> None:
    """What was heard before is not heard again, however often and late the fabric brings it."""
    (ann,) = await in_lobby(node, "ann")
    one, two = await write_elsewhere(node, "one", "two")
    node.delivery.receive([one, one, two])
    node.delivery.receive([two, one])
    assert ann.messages == ["one", "two"]


async def test_a_gap_is_filled_from_the_store(node: Node) -> None:
    """When a record comes too early, what is missing before it is read, and everything is heard in order."""
    ann, bob = await in_lobby(node, "ann", "bob")
    missed = await write_elsewhere(node, *map(str, range(10)))
    node.delivery.receive([missed[4], missed[9], missed[2]])
    assert ann.messages == [], "not before its turn"
    await until(lambda: len(ann.messages) == 10)
    assert ann.messages == bob.messages == list(map(str, range(10)))


async def test_a_gap_of_many_pages_is_filled(node: Node) -> None:
    """What was missed may be more than is read at a time."""
    (ann,) = await in_lobby(node, "ann")
    missed = await write_elsewhere(node, *map(str, range(2_500)))
    node.delivery.receive(missed[-1:])
    await until(lambda: len(ann.messages) == 2_500)
    assert ann.messages == list(map(str, range(2_500)))


async def test_the_last_word_is_looked_for(node: Node) -> None:
    """A record that no later one gives away is found by asking the store now and then."""
    (ann,) = await in_lobby(node, "ann")
    await write_elsewhere(node, "lost by the fabric")
    await node.delivery.check()
    await until(lambda: ann.messages == ["lost by the fabric"])


async def test_rooms_without_news_are_not_read(node: Node, store: ControlledStore) -> None:
    """Asking for news costs one question for all rooms, and nothing more where there is none."""
    await in_lobby(node, "ann")
    store.calls.clear()
    await node.delivery.check()
    await asyncio.sleep(0)
    assert store.calls == ["load_heads"]


async def test_what_was_said_elsewhere_before_is_heard_before(node: Node) -> None:
    """One's own message waits for what other nodes have said in the room before it."""
    ann, bob = await in_lobby(node, "ann", "bob")
    missed = await write_elsewhere(node, "first")
    await ann.ask(Say(LOBBY, "second"))
    node.delivery.receive(missed)
    assert bob.messages == ["first", "second"]
    assert ann.messages == ["first"], "and the speaker is not given his own words for another's"


async def test_a_fabric_that_overtakes_the_commit(node: Node, store: ControlledStore) -> None:
    """News of what others said after us may come before we know that our own is kept: still all is heard in order."""
    ann, bob = await in_lobby(node, "ann", "bob")

    async def overtake(_own: list[Record]) -> None:
        node.delivery.receive(await write_elsewhere(node, "second"))
        await turns(20)
        assert bob.messages == [], "what came too early waits until we know"

    store.on_kept = overtake
    await ann.ask(Say(LOBBY, "first"))
    await until(lambda: len(bob.messages) == 2)
    assert bob.messages == ["first", "second"]
    assert ann.messages == ["second"]


@pytest.mark.usefixtures("at_once")
async def test_what_is_missed_is_read_when_the_store_can(node: Node, store: ControlledStore) -> None:
    """A repair that cannot read tries again until it can, and nothing is lost or changes places."""
    (ann,) = await in_lobby(node, "ann")
    missed = await write_elsewhere(node, "one", "two")
    store.fails = lambda method: method == "load_records"
    node.delivery.receive(missed[1:])
    await until(lambda: store.calls.count("load_records") > 3)
    assert ann.messages == []
    store.fails = lambda _: False
    await until(lambda: len(ann.messages) == 2)
    assert ann.messages == ["one", "two"]


async def test_decisions_see_what_others_did_in_between(node: Node, store: ControlledStore) -> None:
    """Records of other nodes that came between decision and commit leave the room as everybody else sees it."""
    ann, _ = await in_lobby(node, "ann", "bob")
    live = await node.open_channel()

    async def set_elsewhere(drafts: list[AnyEvent]) -> None:
        await store.append_elsewhere([Draft(live.id, event) for event in drafts])

    store.hold()
    ann.send(SetTopic(LOBBY, "ours"))
    await set_elsewhere([TopicSet(ELSEWHERE, "zoe", "theirs"), Joined(ELSEWHERE, "zoe")])
    store.release()
    assert await ann.answers() == [DONE]
    assert agree(live)
    assert live.ahead.topic is not None
    assert live.ahead.topic.text == "ours"
    assert ELSEWHERE in live.ahead.members
    assert node.house.require_channel(LOBBY) is live.ahead


async def test_a_commit_without_a_room_is_a_fault(node: Node) -> None:
    """Nothing can be delivered in a room that was never loaded: whoever tries has a bug, and is told."""
    with pytest.raises(LookupError):
        await node.delivery.deliver([Record(RoomId(99), Seq(1), 0, Said(ELSEWHERE, "zoe", "hi"))], [None])


async def test_what_comes_while_another_room_is_repaired_waits_its_turn(node: Node, store: ControlledStore) -> None:
    """A commit in two rooms, one of which has to catch up: in the other nothing overtakes what was committed."""
    ann, bob = await in_lobby(node, "ann", "bob")
    for guest in (ann, bob):
        await guest.ask(Join("#tea"))
    missed = await write_elsewhere(node, "missed", room="#tea")

    def overtake(method: str) -> bool:
        if method == "load_records" and bob.messages.count("missed") == 0:
            node.delivery.receive(later)
        return False

    async def go_on_elsewhere(_own: list[Record]) -> None:
        later.extend(await write_elsewhere(node, "after"))

    later: list[Record] = []
    store.on_kept, store.fails = go_on_elsewhere, overtake
    ann.send(Say(LOBBY, "before"), Say("#tea", "tea"))
    await ann.answers()
    node.delivery.receive(missed)
    lobby = (await node.open_channel()).id
    assert [text_of(record) for record in bob.heard if record.room == lobby] == ["before", "after"]
    assert [text_of(record) for record in bob.heard if record.room != lobby] == ["missed", "tea"]


async def test_what_happens_in_several_rooms_is_one_write(node: Node) -> None:
    """Whoever listens to several rooms of one commit is written to once, each room in its own order."""
    ann, bob = await in_lobby(node, "ann", "bob")
    for guest in (ann, bob):
        await guest.ask(Join("#tea"))
    bob.forget()
    ann.send(Say(LOBBY, "one"), Say("#tea", "two"), Say(LOBBY, "three"))
    await ann.answers()
    assert len(bob.pipe.writes) == 1
    lobby = (await node.open_channel()).id
    assert [text_of(record) for record in bob.heard if record.room == lobby] == ["one", "three"]
    assert [text_of(record) for record in bob.heard if record.room != lobby] == ["two"]


async def test_a_newcomer_hears_nothing_twice_while_another_room_is_repaired(
    node: Node, store: ControlledStore
) -> None:
    """What another node says between a newcomer's commit and his welcome he is told in the welcome, and only there."""
    (bob,) = await in_lobby(node, "bob")
    await bob.ask(Join("#tea"))
    await write_elsewhere(node, "missed", room="#tea")
    later: list[Record] = []

    async def go_on_elsewhere(_own: list[Record]) -> None:
        later.extend(await write_elsewhere(node, "between"))

    def overtake(method: str) -> bool:
        if method == "load_records":
            node.delivery.receive(later)
        return False

    store.on_kept, store.fails = go_on_elsewhere, overtake
    ann = Guest(node, "ann")
    ann.send(Join(LOBBY))
    bob.send(Say("#tea", "and so it has to be repaired"))
    (welcome,) = await ann.answers()
    assert isinstance(welcome, Entered)
    assert welcome.seq == later[0].seq
    assert [text_of(record) for record in welcome.recent] == ["between"]
    assert ann.messages == []

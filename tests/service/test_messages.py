"""Messages through a node: what is done with them, by several at once, far back, and again after a restart."""

import pytest
from msgspec.structs import replace

from hubbub.core.directory import DELETED
from hubbub.core.features.accounts import CloseAccount
from hubbub.core.features.annotating import Delete, Edit, Edited, PinMessage, React, Reacted, Removed, Reply
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Said, Say, Tell
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import ChangeSettings, SettingsChanged
from hubbub.core.kinds import Refusal, RoomId, Seq
from hubbub.core.message_answers import Done, History, MessageFound, Outcome, PinList, ThreadFound, Told
from hubbub.core.notes import LastMessage, MessageRef, Quote
from hubbub.core.queries import (
    FindHistory,
    FindMessage,
    FindNear,
    FindThread,
    ListPins,
    Side,
)
from hubbub.core.roles import RoomRole
from hubbub.core.room import LOBBY
from hubbub.core.room_settings import Change
from hubbub.service.consulting import LOOKED_THROUGH
from hubbub.service.rooms import RECENT_MESSAGES
from tests.service.guests import Guest
from tests.service.members import register, sign_up
from tests.service.node import Node, running
from tests.service.stores import ControlledStore


async def here(node: Node, *names: str) -> list[Guest]:
    """Let people come into the lobby."""
    guests = [Guest(node, name) for name in names]
    for guest in guests:
        await guest.ask(Join(LOBBY))
    return guests


async def said(guest: Guest, text: str, room: str = LOBBY) -> MessageRef:
    """Say something, and return what it is called."""
    assert await guest.ask(Say(room, text)) == Done()
    page = await guest.ask(FindHistory(room, 1))
    assert isinstance(page, History)
    return MessageRef(page.records[0].room, page.records[0].seq)


async def page(guest: Guest, **where: int) -> list[str]:
    """Return the texts of a page of the lobby."""
    found = await guest.ask(replace(FindHistory(LOBBY, 4), **where))
    assert isinstance(found, History)
    return [record.event.text for record in found.records if isinstance(record.event, Said)]


def code(answer: object) -> str:
    """Return why something was refused."""
    assert isinstance(answer, Refusal)
    return answer.code


async def test_two_who_edit_and_delete_at_once_agree(node: Node) -> None:
    """Each decides about the message as the other left it: one of them is told that it is deleted."""
    ann, again = Guest(node, "ann"), Guest(node, "bob")
    for guest in (ann, again):
        await guest.ask(Join(LOBBY))
    ref = await said(ann, "hello")
    ann.send(Delete(ref))
    again.send(React(ref, "👍"))
    assert await ann.answers() == [Done()]
    (late,) = await again.answers()
    assert code(late) == "no_such_message"
    (record,) = (await again.ask(FindHistory(LOBBY, 9))).records  # type: ignore[union-attr]
    assert record.event == Removed(record.event.author, "ann")
    assert record.note is None


async def test_what_happened_long_ago_can_be_answered(node: Node) -> None:
    """Those who hear the answer read how it begins, though it is not at hand any more; so it is in history."""
    ann, bob = await here(node, "ann", "bob")
    first = await said(ann, "the very first")
    for number in range(RECENT_MESSAGES + 5):
        ann.send(Say(LOBBY, str(number)))
    await ann.answers()
    await bob.ask(Reply(first, "indeed"))
    heard = [record for record in ann.heard if isinstance(record.event, Said) and record.event.text == "indeed"]
    assert [record.quote for record in heard] == [Quote("ann", "the very first")]
    found = await ann.ask(FindHistory(LOBBY, 1))
    assert isinstance(found, History)
    assert found.records[0].quote == Quote("ann", "the very first")
    await bob.ask(React(first, "👍"))
    shown = await ann.ask(FindMessage(first))
    assert isinstance(shown, MessageFound)
    assert shown.record.note is not None
    assert shown.record.note.replies == 1
    assert list(shown.record.note.reactions) == ["👍"]


async def test_the_last_message(node: Node) -> None:
    """One's own, another's, anybody's; where there is none, it is said whose is missing."""
    ann, bob = await here(node, "ann", "bob")
    nothing = await ann.ask(Edit(LastMessage(LOBBY, "mine"), "x"))
    assert isinstance(nothing, Refusal)
    assert (nothing.code, nothing.sentence) == ("no_such_message", f"You have said nothing in {LOBBY} lately.")
    await said(ann, "one")
    await said(bob, "two")
    await ann.ask(Edit(LastMessage(LOBBY, "mine"), "won"))
    await ann.ask(React(LastMessage(LOBBY, "others"), "👍"))
    await ann.ask(PinMessage(LastMessage(LOBBY)))
    assert await page(ann) == ["won", "two"]
    pins = await bob.ask(ListPins(LOBBY))
    assert isinstance(pins, PinList)
    assert [(pin.name, pin.record.note and [*pin.record.note.reactions]) for pin in pins.pins] == [("ann", ["👍"])]
    for number in range(LOOKED_THROUGH):
        bob.send(Say(LOBBY, str(number)))
    await bob.answers()
    refusal = await ann.ask(Edit(LastMessage(LOBBY, "mine"), "x"))
    assert code(refusal) == "no_such_message"


async def test_pages(node: Node) -> None:
    """Before a message, after it, around it, and around a time; nothing twice, nothing left out."""
    (ann,) = await here(node, "ann")
    refs = [await said(ann, str(number)) for number in range(10)]
    assert await page(ann) == ["6", "7", "8", "9"]
    assert await page(ann, before=refs[6].seq) == ["2", "3", "4", "5"]
    assert await page(ann, after=refs[2].seq) == ["3", "4", "5", "6"]
    assert await page(ann, around=refs[5].seq) == ["3", "4", "5", "6"]
    assert await page(ann, around=refs[0].seq) == ["0", "1", "2", "3"]
    assert await page(ann, around=refs[9].seq) == ["7", "8", "9"]
    assert await page(ann, after=refs[9].seq) == []
    assert await page(ann, before=1) == []


async def test_what_was_said_near_a_message_is_found_in_its_own_room(node: Node) -> None:
    """Wherever that is, a conversation of two included; nobody finds anything near what he may not read."""
    ann, bob = await here(node, "ann", "bob")
    for text in ("one", "two", "three"):
        await ann.ask(Tell(("bob",), text))
    first = await said(ann, "elsewhere")
    conversation = await bob.ask(FindHistory("@ann", 9))
    assert isinstance(conversation, History)
    two = MessageRef(conversation.records[1].room, conversation.records[1].seq)
    sides: list[tuple[Side, list[str]]] = [("before", ["one"]), ("after", ["three"]), ("around", ["one", "two"])]
    for side, texts in sides:
        found = await bob.ask(FindNear(two, side, 2))
        assert isinstance(found, History)
        assert [record.event.text for record in found.records if isinstance(record.event, Said)] == texts
    near = await bob.ask(FindNear(first, "around", 9))
    assert isinstance(near, History)
    assert (near.room, len(near.records)) == (LOBBY, 1)
    (carol,) = await here(node, "carol")
    assert code(await carol.ask(FindNear(two, "around", 2))) == "no_such_message"


async def test_a_thread(node: Node) -> None:
    """Whichever of its messages is named, all of it is found, but what one refuses to hear."""
    ann, bob = await here(node, "ann", "bob")
    question = await said(ann, "tea?")
    await bob.ask(Reply(question, "yes"))
    await said(ann, "something else")
    await ann.ask(Reply(LastMessage(LOBBY, "others"), "good"))
    for ref in (question, LastMessage(LOBBY, "mine")):
        thread = await ann.ask(FindThread(ref, 9))
        assert isinstance(thread, ThreadFound)
        texts = [record.event.text for record in thread.records if isinstance(record.event, Said)]
        assert texts == ["tea?", "yes", "good"]
    await ann.ask(Block(("bob",)))
    thread = await ann.ask(FindThread(question, 9))
    assert isinstance(thread, ThreadFound)
    assert [record.event.name for record in thread.records] == ["ann", "ann"]


async def test_newcomers_learn_nothing_of_what_they_may_not_read(node: Node) -> None:
    """Not by asking for it, nor from an answer to it."""
    ann, bob = await here(node, "ann", "bob")
    live = await node.open_channel()
    secret = await said(ann, "secret")
    hide = SettingsChanged(ann.session.person.id, "ann", Change(history="joined"))
    node.scribe.submit([(live.ahead, hide)], None, lambda _: None)
    await node.settle()
    (carol,) = await here(node, "carol")
    for request in (Reply(secret, "x"), React(secret, "x"), FindMessage(secret), FindThread(secret, 9)):
        assert code(await carol.ask(request)) == "no_such_message"
    assert await page(carol, around=secret.seq) == []
    await bob.ask(Reply(secret, "hush"))
    assert [record.quote for record in carol.heard] == [Quote("ann", "")]
    assert "secret" not in repr(await carol.ask(FindHistory(LOBBY, 9)))


async def test_strangers_learn_nothing(node: Node) -> None:
    """Whether there is such a message, in a room or between two, and whether there is such a room."""
    ann, _ = await here(node, "ann", "bob")
    await ann.ask(Tell(("bob",), "between us"))
    (carol,) = await here(node, "carol")
    answers = {repr(await carol.ask(FindMessage(MessageRef(RoomId(room), Seq(1))))) for room in range(1, 99)}
    lobby = (await node.open_channel()).id
    answers -= {repr(await carol.ask(FindMessage(MessageRef(lobby, Seq(1)))))}
    assert len(answers) <= 1
    assert "between us" not in repr(answers)


async def test_between_two(node: Node) -> None:
    """What one tells another alone is answered, edited and found; who refuses to hear is not reached that way."""
    ann, bob = await here(node, "ann", "bob")
    await ann.ask(Tell(("bob",), "hello"))
    found = await bob.ask(FindHistory("@ann", 9))
    assert isinstance(found, History)
    assert found.room == "@ann"
    (record,) = found.records
    ref = MessageRef(record.room, record.seq)
    assert await bob.ask(Reply(ref, "hi")) == Told("hi", (Outcome("ann", "delivered"),))
    assert [one.event.text for one in ann.heard if isinstance(one.event, Said)] == ["hi"]
    assert await ann.ask(Edit(ref, "hullo")) == Done()
    assert [one.event for one in bob.heard if isinstance(one.event, Edited)] != []
    assert await bob.ask(ListPins("@ann")) == PinList("@ann", ())
    await bob.ask(PinMessage(ref))
    pins = await ann.ask(ListPins("@bob"))
    assert isinstance(pins, PinList)
    assert [(pin.name, pin.record.seq) for pin in pins.pins] == [("bob", ref.seq)]
    await bob.ask(Block(("ann",)))
    assert code(await ann.ask(React(ref, "👍"))) == "refused_by_recipient"
    assert code(await ann.ask(Edit(ref, "hey"))) == "refused_by_recipient"
    assert not [one for one in bob.heard if isinstance(one.event, Reacted)]
    assert await ann.ask(FindHistory("@zoe", 9)) == Refusal("unknown_person", "User 'zoe' not found.")


async def test_nobody_keeps_what_was_deleted_while_he_looked_at_it(store: ControlledStore, node: Node) -> None:
    """Who asks for an old message in the moment in which it is deleted puts nothing of it back where it was."""
    ann, bob = await here(node, "ann", "bob")
    old = await said(ann, "a slip of the tongue")
    for number in range(RECENT_MESSAGES):
        ann.send(Say(LOBBY, str(number)))
    await ann.answers()

    async def delete_meanwhile() -> None:
        store.on_found = None
        assert await ann.ask(Delete(old)) == Done()

    store.on_found = delete_meanwhile
    await bob.ask(FindMessage(old))
    assert "slip" not in repr(await bob.ask(FindMessage(old)))
    assert code(await bob.ask(Reply(old, "ha"))) == "no_such_message"


async def test_nobody_learns_what_a_deleted_account_was_called(node: Node) -> None:
    """Not from an answer to what it said, nor by trying to edit that, nor from its deletion."""
    ann, bob, carol = await here(node, "ann", "bob", "carol")
    await register(bob)
    (ref, other) = await said(bob, "one"), await said(bob, "two")
    await node.requests.perform(bob.session, CloseAccount())
    await node.settle()
    begin = len(carol.heard)
    await ann.ask(Reply(ref, "indeed"))
    assert [record.quote for record in carol.heard[begin:]] == [Quote(DELETED, "one")]
    live = await node.open_channel()
    role = RoleSet(ann.id, "ann", ann.id, "ann", RoomRole.MODERATOR)
    node.scribe.submit([(live.ahead, role)], None, lambda _: None)
    refusal = await ann.ask(Edit(ref, "x"))
    assert await ann.ask(Delete(other)) == Done()
    await node.settle()
    assert "bob" not in repr((carol.heard[begin:], refusal))


async def test_after_a_restart_everything_is_as_it_was() -> None:
    """Edits, reactions, pins and tombstones are kept, and snapshots know of them."""
    node = Node()
    async with running(node):
        ann, bob = await here(node, "ann", "bob")
        first, second = await said(ann, "one"), await said(ann, "two")
        await ann.ask(Edit(first, "won"))
        await bob.ask(React(first, "👍"))
        await ann.ask(PinMessage(first))
        await ann.ask(Delete(second))
        before = await bob.ask(FindHistory(LOBBY, 9)), await bob.ask(ListPins(LOBBY))
        await node.rooms.save_all()
    async with running(again := Node(storage=node.storage)):
        (carol,) = await here(again, "carol")
        assert (await carol.ask(FindHistory(LOBBY, 9)), await carol.ask(ListPins(LOBBY))) == before


@pytest.mark.parametrize("count", [1, RECENT_MESSAGES + 9])
async def test_what_is_at_hand_is_what_is_kept(node: Node, count: int) -> None:
    """A room's last messages look as the store has them, whatever was done to them."""
    ann, bob = await here(node, "ann", "bob")
    refs = [await said(ann, str(number)) for number in range(count)]
    for number, ref in enumerate(refs):
        await ann.ask(Edit(ref, f"edited {number}"))
        await bob.ask(React(ref, "👍"))
        if number % 3 == 0:
            await ann.ask(Delete(ref))
        if number % 3 == 1:
            await bob.ask(Reply(ref, "answer"))
    live = await node.open_channel()
    kept = await node.store.load_messages(live.id, None, len(live.recent))
    assert [*live.recent] == kept


async def test_newcomers_who_may_not_read_a_message_hear_nothing_of_its_edits(node: Node) -> None:
    """What was said before they came is not told to them because it is said anew; where all may read it, it is."""
    ann = await sign_up(node, "ann")
    for room in ("#hidden", "#open"):
        await ann.ask(Join(room))
    assert await ann.ask(ChangeSettings("#hidden", Change(history="joined"))) == Done()
    heard = {}
    for room in ("#hidden", "#open"):
        ref = await said(ann, "secret", room)
        newcomer = Guest(node, f"bob-{room[1:]}")
        await newcomer.ask(Join(room))
        later = await said(ann, "later", room)
        await ann.ask(Edit(ref, "secret still"))
        await ann.ask(Edit(later, "later still"))
        heard[room] = [event.text for event in newcomer.heard_of(Edited) if isinstance(event, Edited)]
    assert heard == {"#hidden": ["later still"], "#open": ["secret still", "later still"]}


async def test_what_those_reacted_who_are_blocked_is_not_shown(node: Node) -> None:
    """To whoever blocks them; others see it."""
    ann, bob, eve = await here(node, "ann", "bob", "eve")
    ref = await said(ann, "hello")
    for guest, reaction in ((bob, "👍"), (eve, "👍"), (eve, "👎")):
        assert await guest.ask(React(ref, reaction)) == Done()
    await ann.ask(Block(("eve",)))
    shown = {}
    for guest in (ann, bob):
        found = await guest.ask(FindMessage(ref))
        assert isinstance(found, MessageFound)
        assert found.record.note is not None
        shown[guest.name] = {one: [*people.values()] for one, people in found.record.note.reactions.items()}
    assert shown == {"ann": {"👍": ["bob"]}, "bob": {"👍": ["bob", "eve"], "👎": ["eve"]}}

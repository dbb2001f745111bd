"""Attention: marks, drafts, threads, who is writing and who is there, on all connections of somebody."""

from collections.abc import Sequence
from typing import Final

import pytest

from hubbub.core.account_requests import DeleteAccount, LogIn
from hubbub.core.attention_answers import DraftFound, DraftList, Following, Marked, MarkFound, UnreadList, UnreadView
from hubbub.core.attention_requests import (
    AnyAttentionRequest,
    FindDraft,
    FindMark,
    FollowThread,
    ListDrafts,
    ListUnread,
    MarkMessage,
    MarkRead,
    SaveDraft,
    SetLevel,
    ShowTyping,
)
from hubbub.core.features.accounts import SetPrivacy
from hubbub.core.features.annotating import Reply
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Say, Tell
from hubbub.core.features.moderation import Mute
from hubbub.core.features.presence import GoAway
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.kinds import Seq
from hubbub.core.message_answers import History, ThreadFound
from hubbub.core.notes import LastMessage, MessageRef
from hubbub.core.people_answers import PersonFound
from hubbub.core.queries import FindHistory, FindPerson, FindThread
from hubbub.core.room import LOBBY, RoomKind
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.core.signals import PAUSED_SECONDS, TYPING_SECONDS, Drafting, Marking, Typing, TypingState
from hubbub.core.unread import NO_THREAD
from hubbub.service.drafts import DRAFTS_LIMIT
from hubbub.service.typing import REPEAT_SECONDS, TYPISTS_LIMIT
from tests.service.guests import Guest
from tests.service.members import PASSWORD, Member, code_of, log_in, register, sign_up
from tests.service.node import Node
from tests.service.stores import ControlledStore

TEA: Final = "#tea"


async def here(node: Node, *names: str, rooms: Sequence[str] = (TEA,)) -> list[Guest]:
    """Let people with accounts come into some rooms."""
    people = [Guest(node, name) for name in names]
    for one in people:
        await register(one)
        for room in rooms:
            await one.ask(Join(room))
    for one in people:
        one.forget()
    return people


async def unread(one: Guest) -> list[tuple[str, int, int]]:
    """Return where somebody has how much unread, and how much of it calls him."""
    answer = await one.ask(ListUnread())
    assert isinstance(answer, UnreadList)
    return [(it.room, it.unread, it.mentions) for it in answer.places]


NOTED: Final[list[AnyAttentionRequest]] = [
    MarkRead(TEA, thread=Seq(1)),
    ListUnread(),
    SaveDraft(TEA, "x"),
    FindDraft(TEA),
    ListDrafts(),
    FollowThread(LastMessage(TEA)),
    MarkMessage(LastMessage(TEA), is_thread=True),
]


@pytest.mark.parametrize("asked", NOTED)
async def test_only_for_an_account_is_anything_noted(node: Node, asked: AnyAttentionRequest) -> None:
    """A guest is told so."""
    guest = Guest(node, "zoe")
    await guest.ask(Join(TEA))
    assert await code_of(guest.ask(asked)) == "not_registered"


async def mark_of(one: Guest) -> int:
    """Return how far somebody has read in #tea."""
    found = await one.ask(FindMark(TEA))
    assert isinstance(found, MarkFound)
    return found.seq


async def test_a_guest_s_marks_are_his_while_he_is_here(node: Node) -> None:
    """They are kept in memory, told to his other connections, and his who opens an account; of the next nothing is."""
    ann, zoe = *await here(node, "ann"), Guest(node, "zoe")
    await zoe.ask(Join(TEA))
    for text in ("one", "two"):
        await ann.ask(Say(TEA, text))
    await zoe.ask(Tell(("ann",), "psst"))
    assert await zoe.ask(MarkMessage(LastMessage(TEA, "others"))) == Marked(TEA, NO_THREAD, Seq(4))
    assert await zoe.ask(MarkRead(TEA, seq=Seq(3))) == Marked(TEA, NO_THREAD, Seq(3))
    assert await mark_of(zoe) == 3
    assert await zoe.ask(MarkRead()) == Marked("", NO_THREAD, Seq(0))
    assert await zoe.ask(MarkRead("@ann")) == Marked("@ann", NO_THREAD, Seq(1))
    await register(zoe)
    assert await mark_of(zoe) == 4
    assert await node.notebook.load_marks(zoe.id) == {}
    gus = Guest(node, "gus")
    await gus.ask(Join(TEA))
    await gus.ask(MarkRead(TEA, seq=Seq(1)))
    gus.leave()
    await node.settle()
    again = Guest(node, "gus")
    await again.ask(Join(TEA))
    assert await mark_of(again) > 4


async def test_unread_is_the_same_on_all_connections(node: Node) -> None:
    """What is marked on one is marked on the others, which are told; who marked it is answered."""
    ann, bob = await here(node, "ann", "bob")
    phone = await log_in(node, "ann")
    for text in ("one", "@ann two", "three"):
        await bob.ask(Say(TEA, text))
    first = await ann.ask(ListUnread())
    assert first == await phone.ask(ListUnread())
    assert isinstance(first, UnreadList)
    (view,) = first.places
    assert view == UnreadView(TEA, NO_THREAD, 3, 1, view.first, view.mark, id=view.id)
    marked = await ann.ask(MarkRead(TEA, seq=view.first))
    assert marked == Marked(TEA, NO_THREAD, view.first)
    assert phone.signals == [Marking(TEA, NO_THREAD, view.first)]
    assert ann.signals == []
    assert await unread(phone) == [(TEA, 2, 1)]


async def test_a_mark_may_move_back_and_not_into_the_future(node: Node) -> None:
    """Unread from here; and what is not there yet is the newest there is."""
    ann, bob = await here(node, "ann", "bob")
    for text in ("one", "two"):
        await bob.ask(Say(TEA, text))
    head = node.house.channels[TEA].seq
    last = (await node.open_channel(TEA)).settled.seq
    assert await ann.ask(MarkRead(TEA, seq=Seq(2**40))) == Marked(TEA, NO_THREAD, last), head
    assert await unread(ann) == []
    await bob.ask(Say(TEA, "three"))
    assert await unread(ann) == [(TEA, 1, 0)]
    assert await ann.ask(MarkRead(TEA, seq=Seq(0))) == Marked(TEA, NO_THREAD, Seq(0))
    assert await unread(ann) == [(TEA, 3, 0)]
    assert await code_of(ann.ask(MarkRead(TEA, thread=Seq(last + 2)))) == "no_such_message"
    await ann.ask(MarkRead(TEA, seq=Seq(-5)))
    assert await unread(ann) == [(TEA, 3, 0)]


async def test_who_speaks_has_read(node: Node) -> None:
    """Up to what he said, and also after he had marked it as unread."""
    ann, bob = await here(node, "ann", "bob")
    await bob.ask(Say(TEA, "one"))
    await ann.ask(Say(TEA, "two"))
    assert await unread(ann) == []
    await ann.ask(MarkRead(TEA, seq=Seq(0)))
    assert await unread(ann) == [(TEA, 1, 0)]
    await ann.ask(Say(TEA, "three"))
    assert await unread(ann) == []


async def test_conversations_are_read_by_name(node: Node) -> None:
    """With an `@` or without; where nobody has talked there is none, and everything is marked at once."""
    ann, bob = await here(node, "ann", "bob")
    await bob.ask(Tell(("ann",), "psst"))
    await bob.ask(Say(TEA, "hello"))
    assert await unread(ann) == [(TEA, 1, 0), ("@bob", 1, 0)]
    assert await ann.ask(MarkRead("@Bob")) == Marked("@bob", NO_THREAD, Seq(1))
    assert await unread(ann) == [(TEA, 1, 0)]
    assert await code_of(ann.ask(MarkRead("@ann"))) == "no_such_room"
    assert await code_of(ann.ask(MarkRead("@zoe"))) == "unknown_person"
    assert await code_of(ann.ask(MarkRead("#den"))) == "no_such_room"
    await bob.ask(Join("#den"))
    assert await code_of(ann.ask(MarkRead("#den"))) == "not_a_member"
    assert await ann.ask(MarkRead()) == Marked("", NO_THREAD, Seq(0))
    assert await unread(ann) == []


async def test_whoever_comes_in_is_told_what_is_unread(node: Node) -> None:
    """On every connection, and when he logs in on one that he has."""
    ann, bob = await here(node, "ann", "bob")
    ann.leave()
    await bob.ask(Say(TEA, "@ann"))
    phone = await log_in(node, "ann")
    assert [(it.room, it.unread, it.mentions) for it in phone.welcome.unread] == [(TEA, 1, 1)]
    await phone.ask(MarkRead(TEA))
    assert (await log_in(node, "ann")).welcome.unread == ()


async def test_many_marks_are_kept_together(store: ControlledStore, node: Node) -> None:
    """While one commit is under way the next marks gather; each is kept when its answer comes."""
    ann, bob = await here(node, "ann", "bob")
    await bob.ask(Say(TEA, "one"))
    ann.send(*(MarkRead(TEA, seq=Seq(number)) for number in range(9)))
    bob.send(MarkRead(TEA))
    assert len(await ann.answers()) == 9
    await bob.answers()
    (mine,), (his,) = store.marks[ann.id].values(), store.marks[bob.id].values()
    assert mine.seq == mine.at == his.seq == his.at


async def test_a_draft_is_kept_for_all_connections(node: Node) -> None:
    """Room by room; an empty one is dropped, and the others are told."""
    ann, _ = await here(node, "ann", "bob")
    phone = await log_in(node, "ann")
    assert await ann.ask(FindDraft(TEA)) == DraftFound(TEA, "")
    assert await ann.ask(SaveDraft(TEA, "I think,\r\n\x07that")) == DraftFound(TEA, "I think,\nthat")
    assert phone.signals == [Drafting(TEA, "I think,\nthat")]
    await ann.ask(Tell(("bob",), "psst"))
    await phone.ask(SaveDraft("@bob", "you"))
    drafts = (DraftFound(TEA, "I think,\nthat"), DraftFound("@bob", "you"))
    assert await ann.ask(ListDrafts()) == DraftList(drafts)
    await ann.ask(Say(TEA, "something else"))
    assert await phone.ask(FindDraft(TEA)) == drafts[0]
    await ann.ask(Leave(TEA))
    assert await ann.ask(ListDrafts()) == DraftList(drafts)
    assert await code_of(ann.ask(FindDraft(TEA))) == "not_a_member"
    assert await ann.ask(SaveDraft("@bob", " \n")) == DraftFound("@bob", "")
    assert await ann.ask(ListDrafts()) == DraftList(drafts[:1])


async def test_drafts_are_limited(node: Node) -> None:
    """In size as messages are, and in number; an old one may always be changed."""
    ann, _ = await here(node, "ann", "bob")
    assert await code_of(ann.ask(SaveDraft(TEA, "x" * (node.limits.message_bytes + 1)))) == "too_long"
    for number in range(DRAFTS_LIMIT):
        room = await node.store.open_room(RoomKind.CHANNEL, f"#{number}", f"#{number}")
        await node.notebook.save_draft(ann.id, room.id, "x")
    assert await code_of(ann.ask(SaveDraft(TEA, "x"))) == "list_full"
    await node.notebook.save_draft(ann.id, (await node.store.list_rooms(RoomKind.CHANNEL))[0].id, "")
    for text in ("x", "y"):
        assert await ann.ask(SaveDraft(TEA, text)) == DraftFound(TEA, text)


async def test_threads_are_followed(node: Node) -> None:
    """By who takes part, until he says otherwise, and by who says so."""
    ann, bob, carol = await here(node, "ann", "bob", "carol")
    await ann.ask(Say(TEA, "one"))
    await bob.ask(Reply(LastMessage(TEA), "two"))
    answer = await ann.ask(ListUnread())
    assert isinstance(answer, UnreadList)
    room, thread = answer.places
    assert (room.thread, room.unread) == (0, 1)
    assert (thread.unread, thread.first) == (1, room.first)
    assert thread.beginning is not None
    found = await ann.ask(FindThread(thread.beginning, 9))
    assert isinstance(found, ThreadFound)
    assert len(found.records) == 2
    assert await ann.ask(MarkRead(TEA, thread.thread)) == Marked(TEA, thread.thread, room.first)
    assert await unread(ann) == [(TEA, 1, 0)]
    assert await carol.ask(FollowThread(LastMessage(TEA))) == Following(TEA, thread.thread, is_following=True)
    assert len(await unread(carol)) == 2
    assert await carol.ask(FollowThread(LastMessage(TEA), False)) == Following(TEA, thread.thread, False)
    assert len(await unread(carol)) == 1


async def test_a_message_says_how_far_one_has_read(node: Node) -> None:
    """In its room, wherever one is, and in a conversation; or all of its thread."""
    ann, bob, _ = await here(node, "ann", "bob", "carol")
    for text in ("one", "two", "three"):
        await bob.ask(Say(TEA, text))
    page = await ann.ask(FindHistory(TEA, 9))
    assert isinstance(page, History)
    one, two, _ = (MessageRef(record.room, record.seq) for record in page.records)
    assert await ann.ask(MarkMessage(two)) == Marked(TEA, NO_THREAD, two.seq)
    assert await unread(ann) == [(TEA, 1, 0)]
    await ann.ask(FollowThread(one))
    await bob.ask(Reply(one, "and another"))
    assert await unread(ann) == [(TEA, 2, 0), (TEA, 1, 0)]
    marked = await ann.ask(MarkMessage(one, is_thread=True))
    assert isinstance(marked, Marked)
    assert (marked.room, marked.thread) == (TEA, one.seq)
    assert await unread(ann) == [(TEA, 2, 0)]
    await bob.ask(Tell(("ann",), "psst"))
    page = await ann.ask(FindHistory("@bob", 9))
    assert isinstance(page, History)
    told = MessageRef(page.records[0].room, page.records[0].seq)
    assert await ann.ask(MarkMessage(told)) == Marked("@bob", NO_THREAD, told.seq)
    assert await code_of(ann.ask(MarkMessage(MessageRef(told.room, Seq(99))))) == "no_such_message"


async def test_nobody_follows_what_he_may_not_read(node: Node) -> None:
    """Nor learns by trying that it is there."""
    ann, _, _ = await here(node, "ann", "bob", "carol")
    await ann.ask(Say(TEA, "secret"))
    page = await ann.ask(FindHistory(TEA, 1))
    assert isinstance(page, History)
    secret = MessageRef(page.records[0].room, page.records[0].seq)
    await ann.ask(ChangeSettings(TEA, Change(history="joined")))
    late = await sign_up(node, "late")
    await late.ask(Join(TEA))
    assert await code_of(late.ask(FollowThread(secret))) == "no_such_message"
    assert await code_of(late.ask(MarkMessage(secret))) == "no_such_message"


async def test_nothing_is_left_of_an_account_that_is_gone(node: Node, store: ControlledStore) -> None:
    """Neither marks nor drafts nor levels."""
    ann, bob = await here(node, "ann", "bob")
    for one in (ann, bob):
        await one.ask(MarkRead(TEA))
        await one.ask(SaveDraft(TEA, "x"))
        await one.ask(SetLevel(TEA, "nothing"))
    ann.send(DeleteAccount(PASSWORD))
    await ann.gone.wait()
    await node.answer_all()
    for _ in range(9):
        await node.notebook.load_marks(bob.id)
    assert store.marks.keys() == store.drafts.keys() == store.levels.keys() == {bob.id}


async def test_who_is_writing_is_told_now_and_then(node: Node) -> None:
    """To the others in the room, once in some seconds; to nobody who blocks him, and not to himself."""
    ann, bob, carol = await here(node, "ann", "bob", "carol")
    zoe = Guest(node, "zoe")
    await carol.ask(Block(("ann",), silent=True))
    for one in (ann, bob, carol):
        one.signals.clear()
    for _ in range(3):
        assert await ann.ask(ShowTyping(TEA)) == DONE
    assert bob.signals == [Typing(TEA, "ann")]
    assert ann.signals == carol.signals == zoe.signals == []
    await bob.ask(ShowTyping(TEA))
    assert ann.signals == carol.signals == [Typing(TEA, "bob")]
    node.clock.advance(REPEAT_SECONDS)
    await ann.ask(ShowTyping(TEA))
    assert bob.signals == [Typing(TEA, "ann")] * 2


async def test_who_stops_writing_is_told_once(node: Node) -> None:
    """As waiting, and as done, if he was writing; nobody makes others hear more of him by changing his mind."""
    ann, bob = await here(node, "ann", "bob")

    async def told(*states: TypingState) -> list[str]:
        bob.signals.clear()
        for state in states:
            await ann.ask(ShowTyping(TEA, state))
        return [signal.state for signal in bob.signals if isinstance(signal, Typing)]

    assert await told("done") == []
    assert await told("active", "paused", "paused", "active", "done", "done", "paused", "active") == [
        "active",
        "paused",
        "done",
    ]
    node.clock.advance(REPEAT_SECONDS)
    assert await told("active", "paused") == ["active", "paused"]
    node.clock.advance(TYPING_SECONDS)
    assert await told("paused", "done") == ["done"]
    assert await told("active", "paused") == ["active", "paused"]
    node.clock.advance(PAUSED_SECONDS)
    assert await told("done", "paused") == ["paused"]


async def test_who_says_something_is_done(node: Node) -> None:
    """So what he writes next is told at once, there and nowhere else."""
    ann, bob = await here(node, "ann", "bob", rooms=(TEA, "#den"))
    for room in (TEA, "#den"):
        await ann.ask(ShowTyping(room))
    await ann.ask(Say(TEA, "hello"))
    bob.signals.clear()
    await ann.ask(ShowTyping(TEA, "done"))
    for room in (TEA, "#den"):
        await ann.ask(ShowTyping(room))
    assert bob.signals == [Typing(TEA, "ann")]


async def test_only_a_few_who_write_are_told_of(node: Node) -> None:
    """In a crowd nobody reads their names, and each would cost a look at everybody."""
    people = await here(node, *(f"ann{number}" for number in range(TYPISTS_LIMIT + 2)))
    for one in people:
        await one.ask(ShowTyping(TEA))
    assert [len(one.signals) for one in people] == [TYPISTS_LIMIT - 1] * TYPISTS_LIMIT + [TYPISTS_LIMIT] * 2


async def test_who_may_not_speak_is_not_seen_to_write(node: Node) -> None:
    """Nor is he in a room where he is not, or alone to somebody who does not hear him."""
    ann, bob = await here(node, "ann", "bob")
    await ann.ask(Mute(TEA, "bob"))
    assert await code_of(bob.ask(ShowTyping(TEA))) == "muted"
    assert await code_of(bob.ask(ShowTyping(LOBBY))) == "not_a_member"
    ann.signals.clear()
    assert await bob.ask(ShowTyping("@ann")) == DONE
    assert ann.signals == []
    await bob.ask(Tell(("ann",), "psst"))
    await bob.ask(ShowTyping("@ann"))
    assert ann.signals == [Typing("@bob", "bob")]
    await bob.ask(Block(("ann",)))
    bob.signals.clear()
    await ann.ask(ShowTyping("@bob"))
    assert bob.signals == []


async def test_a_client_without_a_place_for_it_hears_nothing_of_who_writes(node: Node) -> None:
    """Only those are told that show it, however the person's other connections are."""
    ann, bob = await here(node, "ann", "bob")

    class Plain(Member):
        @property
        def shows_typing(self) -> bool:
            return False

    terminal = Plain(node)
    await terminal.come_in("bob", LogIn("bob", PASSWORD))
    await ann.ask(ShowTyping(TEA))
    assert bob.signals == [Typing(TEA, "ann")]
    assert terminal.signals == []


async def test_who_somebody_is(node: Node) -> None:
    """Whether he is there, why not, and where one meets him."""
    ann, bob = await here(node, "ann", "bob", rooms=("#den", TEA))
    zoe = Guest(node, "zoe")
    assert await ann.ask(FindPerson("Bob")) == PersonFound("bob", True, True, None, None, ("#den", TEA))
    assert await ann.ask(FindPerson("zoe")) == PersonFound("zoe", False, True, None, None, ())
    assert await zoe.ask(FindPerson("bob")) == PersonFound("bob", True, True, None, None, ())
    await bob.ask(GoAway("lunch"))
    assert await ann.ask(FindPerson("bob")) == PersonFound("bob", True, True, "lunch", None, ("#den", TEA))
    assert await code_of(ann.ask(FindPerson("yan"))) == "unknown_person"


@pytest.mark.parametrize("shows", [False, True])
async def test_when_somebody_was_here_last(node: Node, shows: bool) -> None:
    """Only of those who let it be known."""
    ann, bob = await here(node, "ann", "bob")
    await bob.ask(SetPrivacy(shows_last_seen=shows))
    node.clock.advance(60)
    left_ms = node.clock.time_ms()
    bob.leave()
    await node.settle()
    seen_ms = left_ms if shows else None
    assert await ann.ask(FindPerson("bob")) == PersonFound("bob", True, False, None, seen_ms, (TEA,))

"""What is unread, against a plain recount: whatever people say, delete, block, mark, join and leave."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hubbub.core.attention_answers import Following, Marked, UnreadList
from hubbub.core.attention_requests import FollowThread, ListUnread, MarkRead
from hubbub.core.catalog import Record
from hubbub.core.features.accounts import SetAlerts
from hubbub.core.features.annotating import Delete, Deleted, Edit, Edited, Reply
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.membership import Join, Joined, Leave
from hubbub.core.features.messages import Said, Say, Tell
from hubbub.core.features.settings import ChangeSettings, SettingsChanged
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.notes import LastMessage, MessageRef
from hubbub.core.room import RoomHead, RoomKind, direct_people
from hubbub.core.room_settings import Change
from hubbub.service.requests import Request
from tests.service.guests import Guest
from tests.service.members import register
from tests.service.node import EVERYTHING, Node, running
from tests.stores.places import Place, database_place, memory_place

NAMES: Final = ("ann", "bob", "carol")
ROOMS: Final = ("#tea", "#den")
TEXTS: Final = ("hello", "@bob", "@ann, @carol", "@room", "cake!", "`@bob`")
WHAT: Final = st.sampled_from(TEXTS)
WHO: Final = st.integers(0, 2)
WHERE: Final = st.sampled_from(ROOMS)

T = TypeVar("T")


class Marking(NamedTuple):
    """A mark as somebody set it."""

    seq: int
    head: int


class Wish(NamedTuple):
    """Somebody has said that he follows a thread, or does not."""

    who: int
    room: RoomId
    thread: int
    is_following: bool
    after: int
    """The room's last record then."""


class Machine(RuleBasedStateMachine):
    """Three people with accounts in two rooms, and in conversations with each other."""

    def make_place(self) -> Place:
        """Return where everything is kept."""
        return memory_place()

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.marks: dict[tuple[int, RoomId, int], Marking] = {}
        self.blocks: dict[int, set[int]] = defaultdict(set)
        self.wishes: list[Wish] = []
        self.logs: defaultdict[RoomId, list[Record]] = defaultdict(list)

    @initialize()
    def begin(self) -> None:
        """Let them come, open accounts, and meet in both rooms, which are the first one's."""
        self.run(self._begin())

    async def _begin(self) -> None:
        storage = self.make_place().make_storage()
        await storage.store.open()
        self.stack.push_async_callback(storage.store.close)
        self.stack.callback(self.folder.cleanup)
        self.node = await self.stack.enter_async_context(running(Node(storage=storage)))
        self.people = [Guest(self.node, name) for name in NAMES]
        for person in self.people:
            await register(person)
            for room in ROOMS:
                await person.ask(Join(room))
                await person.ask(Say(room, "hello"))

    def teardown(self) -> None:
        """End."""
        self.run(self.stack.aclose())
        self.runner.close()

    def run(self, work: Awaitable[T]) -> T:
        """Do something on the loop, and all that follows from it."""

        async def done() -> T:
            return await work

        return self.runner.run(done())

    def ask(self, who: int, request: Request) -> object:
        """Return what somebody is answered, and note what came of it."""
        answer = self.run(self.people[who].ask(request))
        for head in self.heads(who):
            self.logs[head.id] += ()
        self.watch()
        return answer

    @rule(who=WHO, room=WHERE, text=WHAT)
    def say(self, who: int, room: str, text: str) -> None:
        """Say something where one may be."""
        self.ask(who, Say(room, text))

    @rule(who=WHO, other=WHO, text=WHAT)
    def tell(self, who: int, other: int, text: str) -> None:
        """Say something to somebody alone."""
        self.ask(who, Tell((NAMES[other],), text))

    @rule(who=WHO, room=WHERE, text=WHAT, back=st.integers(0, 4))
    def reply(self, who: int, room: str, text: str, back: int) -> None:
        """Answer a message."""
        if ref := self.ref(room, back):
            self.ask(who, Reply(ref, text))

    @rule(who=WHO, room=WHERE, text=WHAT)
    def edit(self, who: int, room: str, text: str) -> None:
        """Let one's last message say something else."""
        self.ask(who, Edit(LastMessage(room, "mine"), text))

    @rule(who=WHO, room=WHERE, back=st.integers(0, 4))
    def delete(self, who: int, room: str, back: int) -> None:
        """Delete a message, if one may."""
        if ref := self.ref(room, back):
            self.ask(who, Delete(ref))

    @rule(who=WHO, on=st.integers(1, 2), is_blocked=st.booleans())
    def block(self, who: int, on: int, is_blocked: bool) -> None:
        """Block somebody else, or hear him again."""
        other = (who + on) % len(NAMES)
        self.ask(who, (Block if is_blocked else Unblock)((NAMES[other],)))
        (self.blocks[who].add if is_blocked else self.blocks[who].discard)(other)

    @rule(who=WHO, room=WHERE, then=st.sampled_from(["stay out", "come in", "mark the past"]))
    def move(self, who: int, room: str, then: str) -> None:
        """Go out of a room, and perhaps come in again, and want to read what was said there first."""
        self.ask(who, Leave(room))
        if then != "stay out":
            self.ask(who, Join(room))
        if then == "mark the past":
            self._mark(who, MarkRead(room, seq=Seq(1)))

    @rule(who=WHO, words=st.sampled_from([(), ("cake",)]))
    def alert(self, who: int, words: tuple[str, ...]) -> None:
        """Be called at a word, or not."""
        self.ask(who, SetAlerts(words, () if words else ("cake",)))

    @rule(history=st.sampled_from(["everyone", "joined"]))
    def hide(self, history: str) -> None:
        """Let the first room's past be read by everybody, or by those who were there."""
        change = Change(history="joined") if history == "joined" else Change(history="everyone")
        self.ask(0, ChangeSettings("#tea", change))

    @rule(who=WHO, room=st.sampled_from((*ROOMS, *NAMES)), seq=st.none() | st.integers(0, 30))
    def mark(self, who: int, room: str, seq: int | None) -> None:
        """Set a mark, anywhere, also back and in the future."""
        self._mark(who, MarkRead(room, seq=None if seq is None else Seq(seq)))

    @rule(who=WHO, room=WHERE, seq=st.none() | st.integers(0, 30), back=st.integers(0, 4))
    def mark_thread(self, who: int, room: str, seq: int | None, back: int) -> None:
        """Set one in a thread."""
        if ref := self.ref(room, back):
            said = self.logs[ref.room][ref.seq - 1].event
            assert isinstance(said, Said)
            self._mark(who, MarkRead(room, said.thread or ref.seq, None if seq is None else Seq(seq)))

    def _mark(self, who: int, request: MarkRead) -> None:
        answer = self.ask(who, request)
        if isinstance(answer, Marked):
            (head,) = (one for one in self.heads(who) if self.name_of(who, one) == answer.room)
            self.marks[who, head.id, request.thread] = Marking(answer.seq, head.seq)

    @rule(who=WHO)
    def mark_all(self, who: int) -> None:
        """Have read everything."""
        self.ask(who, MarkRead())
        for head in self.heads(who):
            if head.seq:
                self.marks[who, head.id, 0] = Marking(head.seq, head.seq)

    @rule(who=WHO, room=WHERE, back=st.integers(0, 4), is_following=st.booleans())
    def follow(self, who: int, room: str, back: int, is_following: bool) -> None:
        """Follow a thread, or do not."""
        if (ref := self.ref(room, back)) is None:
            return
        answer = self.ask(who, FollowThread(ref, is_following))
        if isinstance(answer, Following):
            self.wishes.append(Wish(who, ref.room, answer.thread, is_following, len(self.logs[ref.room])))

    @invariant()
    def nothing_is_told_wrongly(self) -> None:
        """Everybody's answer is what the recount comes to."""
        for who, name in enumerate(NAMES):
            answer = self.ask(who, ListUnread())
            assert isinstance(answer, UnreadList)
            told = {(it.room, int(it.thread)): (it.unread, it.mentions, int(it.first)) for it in answer.places}
            assert told == self.recount(who), name

    # What happened, as it was when it happened: nothing of it is blanked when a message is deleted

    def watch(self) -> None:
        """Note what happened in all rooms since the last time."""
        for room, log in self.logs.items():
            log.extend(self.run(self.node.store.load_records(room, Seq(len(log)), EVERYTHING)))

    def heads(self, who: int) -> list[RoomHead]:
        """Return the rooms and conversations somebody is in."""
        return self.run(self.node.store.list_memberships(self.people[who].id))

    def name_of(self, who: int, head: RoomHead) -> str:
        """Return what somebody calls a room: by whom he talks with there, where it has no name."""
        people = [one.id for one in self.people]
        partner = [people.index(one) for one in direct_people(head.kind, head.key) if one != people[who]]
        return head.name or f"@{NAMES[partner[0] if partner else who]}"

    def ref(self, room: str, back: int) -> MessageRef | None:
        """Return a message of a room, so many before the last one."""
        found = self.node.house.channels.get(room)
        said = [] if found is None else [it for it in self.logs.get(found.id, ()) if isinstance(it.event, Said)]
        return MessageRef(said[-1 - back].room, said[-1 - back].seq) if back < len(said) else None

    # The recount

    def recount(self, who: int) -> dict[tuple[str, int], tuple[int, int, int]]:
        """Return what one person has not read, place by place: messages, those that call him, and the first."""
        found = {}
        for head in self.heads(who):
            for thread in (0, *self.followed(who, head.id)):
                if unread := self.unread(who, head, thread):
                    calls = [it for it in unread if self.is_called(who, it)]
                    found[self.name_of(who, head), thread] = (len(unread), len(calls), int(unread[0].seq))
        return found

    def unread(self, who: int, head: RoomHead, thread: int) -> list[Record]:
        """Return the messages of one place that count."""
        me, log = self.people[who].id, self.logs[head.id]
        comings = [it.seq - 1 for it in log if isinstance(it.event, Joined) and it.event.author == me]
        since = comings[-1] if comings else 0
        marks = [self.marks[key] for key in ((who, head.id, thread), (who, head.id, 0)) if key in self.marks]
        mark = max((it for it in marks if it.head > since), key=lambda it: it.head, default=Marking(since, since))
        hidden = since if head.kind is RoomKind.CHANNEL and self.hides_past(log) else 0
        deleted = {it.event.message for it in log if isinstance(it.event, Deleted)}
        place = [
            it for it in log if isinstance(it.event, Said) and it.seq not in deleted and thread in {0, it.event.thread}
        ]
        own = max((it.seq for it in place if it.event.author == me and it.seq > max(mark)), default=0)
        unheard = {me, *(self.people[one].id for one in self.blocks[who])}
        after = max(mark.seq, hidden, own)
        return [it for it in place if it.seq > after and it.event.author not in unheard]

    def is_called(self, who: int, message: Record) -> bool:
        """Say whether a message calls somebody, as it is now."""
        now = message.event
        for it in self.logs[message.room]:
            if isinstance(it.event, Edited) and it.event.message == message.seq:
                now = it.event
        assert isinstance(now, Said | Edited)
        return now.calls_all or self.people[who].id in now.mentions

    def hides_past(self, log: list[Record]) -> bool:
        """Say whether only those read a room's past who were there."""
        changes = [it.event.change.history for it in log if isinstance(it.event, SettingsChanged)]
        return [it for it in changes if it is not None][-1:] == ["joined"]

    def followed(self, who: int, room: RoomId) -> list[int]:  # noqa: C901 - three things may say so
        """Return the threads that somebody follows."""
        me, state, writers = self.people[who].id, dict[int, bool](), dict[int, str]()
        for it in self.logs[room]:
            if isinstance(it.event, Said):
                writers[it.seq] = it.event.author
                if it.event.thread:
                    takes_part = me in it.event.mentions or writers[it.event.thread] == me
                    if it.event.author == me:
                        state[it.event.thread] = True
                    elif takes_part:
                        state.setdefault(it.event.thread, True)
            elif isinstance(it.event, Deleted):
                writers[it.event.message] = ""
            for wish in self.wishes:
                if (wish.who, wish.room, wish.after) == (who, room, it.seq):
                    state[wish.thread] = wish.is_following
        return [thread for thread, is_following in state.items() if is_following]


class DatabaseMachine(Machine):
    """The same in a database."""

    def make_place(self) -> Place:
        """Return a place in a file."""
        return database_place(str(Path(self.folder.name) / "hubbub.db"))


Machine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
DatabaseMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=40, deadline=None)
TestInMemory = Machine.TestCase
TestInDatabase = DatabaseMachine.TestCase

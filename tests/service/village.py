"""A village: a node whose store may fail, and all who ever came to it, checked against the laws of the house."""

from collections import defaultdict
from contextlib import AsyncExitStack

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.features.membership import Joined
from hubbub.core.features.messages import Say
from hubbub.core.house import House
from hubbub.core.kinds import Seq
from hubbub.core.room import RoomKind
from hubbub.core.room_answers import Entered
from hubbub.core.scene import DONE
from hubbub.service.requests import Request
from hubbub.service.scribe import RETRY_SECONDS
from tests.service.guests import Guest, RecordDialect, text_of
from tests.service.node import Node, agree, running
from tests.service.stores import ControlledStore
from tests.service.turns import until


class Villager(Guest):
    """A guest who remembers what he asked, and what became of it."""

    def __init__(self, node: Node, name: str) -> None:
        super().__init__(node, name, RecordDialect(folds=False))
        self.asked: list[Request] = []
        self.welcomes: dict[str, list[Seq]] = defaultdict(list)
        self.said: set[str] = set()
        """What he was answered was said."""
        self.refused: set[str] = set()
        """What he was answered was not."""
        self.blocks = False
        """Whether he ever wanted to block anybody: then he may have heard less than was said."""

    def wish(self, request: Request) -> None:
        """Ask something without waiting for it."""
        self.asked.append(request)
        self.send(request)

    async def take_stock(self) -> None:
        """Wait for all answers, and note what they mean."""
        asked, self.asked = self.asked, []
        for request, answer in zip(asked, await self.answers(), strict=True):
            if isinstance(answer, Entered):
                self.welcomes[answer.room].append(answer.seq)
            elif isinstance(request, Say):
                (self.said if answer == DONE else self.refused).add(request.text)


class Village:
    """The node that runs at present, and everybody who is there."""

    def __init__(self) -> None:
        self.store = ControlledStore()
        self.people: list[Villager] = []
        self.gone: list[Villager] = []
        self.node = Node(self.store)
        self._stack = AsyncExitStack()

    async def open(self) -> None:
        """Let a node run, the first one or, after a crash, another."""
        self.node = Node(self.store)
        await self._stack.enter_async_context(running(self.node))

    async def crash(self) -> None:
        """End the node without a word to anybody."""
        await self._stack.aclose()
        self.gone += self.people
        self.people.clear()

    async def come_to_rest(self) -> None:
        """Let the store work again, and wait until nothing is under way any more."""
        self.store.release()
        self.store.fails = lambda _: False
        await until(lambda: not any(one.pipeline.load for one in self.people))
        for one in self.people:
            await one.take_stock()
        await self.node.settle()
        self.node.clock.advance(RETRY_SECONDS)
        await self.node.settle()

    # The laws, at any moment

    def check_what_was_heard(self) -> None:
        """Law 1 and 2: what anybody ever heard is in the store, and came once and in order."""
        kept = self.store.everything()
        for one in (*self.people, *self.gone):
            by_room = defaultdict(list)
            for record in one.heard:
                by_room[record.room].append(record)
            for room, heard in by_room.items():
                seqs = [record.seq for record in heard]
                assert seqs == sorted(set(seqs)), f"{one.name} heard {seqs}"
                assert heard == [kept[room][seq - 1] for seq in seqs]

    def check_what_was_answered(self) -> None:
        """Law 1: what was answered with yes is kept, once; what was refused is not."""
        texts = [text_of(record) for records in self.store.everything().values() for record in records]
        for one in (*self.people, *self.gone):
            assert all(texts.count(text) == 1 for text in one.said)
            assert not one.refused.intersection(texts)

    # The laws, at rest

    def check_what_was_missed(self) -> None:
        """Law 6: whoever is in a room has heard all that others said there since he was welcomed."""
        kept = self.store.everything()
        for live in self.node.rooms.all():
            for one in self.people:
                if live.settled.kind is not RoomKind.CHANNEL or one.id not in live.settled.members or one.blocks:
                    continue
                came = max(r.seq for r in kept[live.id] if isinstance(r.event, Joined) and r.event.author == one.id)
                welcome = min(seq for seq in one.welcomes[live.settled.name] if seq >= came)
                heard = [record for record in one.heard if record.room == live.id and record.seq > welcome]
                assert messages(heard) == [
                    record for record in messages(kept[live.id][welcome:]) if record.event.author != one.id
                ]

    def check_the_house(self) -> None:
        """Law 3: at rest decisions see what is kept, listeners are members, and names belong to those who are here."""
        house, here = self.node.house, {one.id: one for one in self.people}
        fresh = House()
        for one in self.people:
            fresh.welcome(one.session.person)
        for live in self.node.rooms.all():
            assert agree(live)
            assert not live.pending
            fresh.add_room(live.settled)
            if live.settled.kind is RoomKind.CHANNEL:
                listeners = {session.outbox for one in live.settled.members for session in self.node.sessions.of(one)}
                assert listeners == set(live.audience)
                assert {one: member.name for one, member in live.settled.members.items()} == {
                    one: here[one].name for one in live.settled.members
                }
        assert {one: set(fresh.refusers_of(one)) for one in here} == {one: set(house.refusers_of(one)) for one in here}
        assert set(house.people) == set(here)
        assert all(house.find_person(one.session.person.key) is one.session.person for one in self.people)
        assert len(self.node.sessions) == len(self.people)


def messages(records: list[Record]) -> list[Record]:
    """Return those in which somebody said something."""
    return [record for record in records if isinstance(record.event, MESSAGE_EVENTS)]

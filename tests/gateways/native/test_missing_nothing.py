"""Law 3 and law 6: whoever is cut off and comes back, again and again, knows what he knows who never left."""

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import Any, Final, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from hubbub.client.model import RECENT, KnownRoom, Model
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.kinds import RoomId
from hubbub.core.room import RoomKind
from hubbub.wire.native import (
    DepartedMessage,
    DoneMessage,
    EnteredMessage,
    FromServer,
    RecordMessage,
    Reset,
    Resumed,
    Welcome,
    YouMessage,
)
from tests.fuzz.budget import QUICK
from tests.gateways.native.clients import IDENTITY, Client, connect, place, record_of
from tests.service.members import PASSWORD

T = TypeVar("T")

ROOMS: Final = ("#lobby", "#tea", "#den")
WHERE: Final = st.sampled_from(ROOMS)
SPEAKERS: Final = ("ann", "bob", "carol")
WHO: Final = st.sampled_from(SPEAKERS)


class Follower:
    """A connection of Ann's, and what she knows by it."""

    def __init__(self) -> None:
        self.model = Model()
        self.client: Client | None = None
        self.bases: dict[RoomId, int] = {}
        """What it has of each room begins behind this record; what was said before it was told at once."""
        self._asked: set[RoomId] = set()

    def take(self, messages: list[FromServer]) -> None:
        """Take note of what it was told."""
        for message in messages:
            match message:
                case Welcome():
                    self.bases |= {room.id: room.seq for room in message.rooms if room.id not in self._asked}
                    self.model.welcome(message, self._asked)
                case RecordMessage():
                    assert self.model.apply(record_of(message), message.where), "nothing is heard twice"
                case EnteredMessage() | Reset():
                    self.bases[message.room.id] = message.room.seq
                    self.model.enter(message.room)
                case DepartedMessage():
                    self.model.depart(message.room)
                case Resumed():
                    self.model.resumed(message.room, message.seq)
                case YouMessage():
                    self.model.rename(message.you)
                case _:
                    pass

    async def come_back(self, client: Client) -> None:
        """Connect, say what is known, and take what was missed."""
        self.client = client
        since = self.model.since()
        self._asked = {RoomId(room) for room in since}
        known = {str(room): seq for room, seq in since.items()}
        await client.hello("ann", password=PASSWORD, since=known, server=IDENTITY)
        await self.settle()

    async def settle(self) -> None:
        """Take what has been told until now."""
        assert self.client is not None
        self.take(await self.client.settle())


def look_of(room: KnownRoom) -> tuple[object, ...]:
    """Return how a room looks."""
    return (room.name, room.topic and room.topic.text, room.member_count)


def said_in(room: KnownRoom, base: int = -1) -> list[tuple[int, object, object]]:
    """Return what was said there last, behind a record, as it looks now."""
    return [
        (one.seq, one.event, one.note and one.note.reactions)
        for one in room.recent
        if isinstance(one.event, Said | Announced | Confided) and one.seq > base
    ]


class Machine(RuleBasedStateMachine):
    """Ann is connected twice, once steadily; Bob, whose rooms they are, and Carol do what people do."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.steady, self.unlucky = Follower(), Follower()
        self.said: list[str] = []
        self.texts = iter(range(1_000_000))

    def run(self, work: Awaitable[T]) -> T:
        """Do something on the loop."""

        async def done() -> T:
            return await work

        return self.runner.run(done())

    @initialize(
        blocks=st.booleans(),
        history=st.sampled_from(["everyone", "joined"]),
        role=st.sampled_from(["member", "speaker", "moderator"]),
    )
    def begin(self, blocks: bool, history: str, role: str) -> None:
        """Let them come and meet in all rooms; perhaps Ann does not want to hear Carol, or has a role in #tea."""
        self.run(self._begin(blocks, history, role))

    async def _begin(self, blocks: bool, history: str, role: str) -> None:
        self.here = await self.stack.enter_async_context(place())
        self.talkers = {name: await connect(self.here) for name in ("bob", "ann", "carol")}
        await self.talkers["bob"].hello("bob", password=PASSWORD, register=True, rooms=ROOMS)
        await self.talkers["bob"].settle()
        for room in ROOMS[1:]:
            await self.talkers["bob"].ask("change_settings", room=room, change={"history": history})
        await self.talkers["ann"].hello("ann", password=PASSWORD, register=True, rooms=ROOMS)
        await self.talkers["carol"].hello("carol", rooms=ROOMS)
        await self.talkers["carol"].settle()
        await self.talkers["bob"].ask("set_role", room="#tea", name="ann", role=role)
        if blocks:
            await self.talkers["ann"].ask("block", names=["carol"])
        for follower in (self.steady, self.unlucky):
            await follower.come_back(await connect(self.here))
        await self._lose()

    def teardown(self) -> None:
        """Compare a last time, and end."""
        if self.steady.client is not None:
            self.come_back(stays=False)
        self.run(self.stack.aclose())
        self.runner.close()

    def ask(self, who: str, kind: str, **fields: Any) -> FromServer:  # noqa: ANN401 - whatever a request has
        """Ask something, and forget what else was heard."""
        talker = self.talkers[who]

        async def asked() -> FromServer:
            outcome = await talker.ask(kind, **fields)
            talker.heard.clear()
            return outcome

        return self.run(asked())

    @rule(who=WHO, room=WHERE, count=st.sampled_from([1, 1, 3, 25]))
    def say(self, who: str, room: str, count: int) -> None:
        """Say something, or a lot."""
        for _ in range(count):
            done = self.ask(who, "say", room=room, text=f"text {next(self.texts)}")
            if isinstance(done, DoneMessage):
                self.said.append(done.message)

    @rule(who=WHO, to=st.sampled_from(["speaker", "moderator", "owner"]))
    def confide(self, who: str, to: str) -> None:
        """Say something to some of a room only."""
        done = self.ask(who, "say", room="#tea", text=f"text {next(self.texts)}", to=to)
        if isinstance(done, DoneMessage):
            self.said.append(done.message)

    @rule(who=WHO, which=st.integers(0, 30), what=st.sampled_from(["edit", "delete", "react", "reply", "pin_message"]))
    def annotate(self, who: str, which: int, what: str) -> None:
        """Do something with a message."""
        if self.said:
            fields = {"edit": {"text": "better"}, "react": {"reaction": "👍"}, "reply": {"text": "indeed"}}
            message = self.said[-1 - which % len(self.said)]
            self.ask(who, what, message=message, **fields.get(what, {}))

    @rule(who=WHO, room=WHERE, comes=st.booleans())
    def move(self, who: str, room: str, comes: bool) -> None:
        """Come into a room or go out of it."""
        self.ask(who, "join" if comes else "leave", room=room)

    @rule(
        what=st.sampled_from(
            [
                ("bob", "kick", {"room": "#tea", "name": "ann"}),
                ("bob", "kick", {"room": "#tea", "name": "carol"}),
                ("bob", "set_topic", {"room": "#tea", "text": "tea"}),
                ("bob", "set_topic", {"room": "#tea", "text": "milk"}),
                ("bob", "tell", {"recipients": ["ann", "carol"], "text": "psst"}),
                ("carol", "tell", {"recipients": ["ann", "bob"], "text": "hm"}),
                ("ann", "tell", {"recipients": ["bob"], "text": "oh"}),
                ("carol", "rename", {"name": "caroline"}),
                ("carol", "rename", {"name": "carol"}),
                ("ann", "rename", {"name": "anna"}),
                ("ann", "rename", {"name": "ann"}),
                ("bob", "broadcast", {"text": "all"}),
                ("ann", "go_away", {"message": "tea"}),
            ]
        )
    )
    def do_something_else(self, what: tuple[str, str, dict[str, object]]) -> None:
        """Do anything else that people do."""
        who, kind, fields = what
        self.ask(who, kind, **fields)

    async def _lose(self) -> None:
        client, self.unlucky.client = self.unlucky.client, None
        if client is None:
            return
        # What had come until then was heard.
        self.unlucky.take(await client.settle())
        client.peer.sock.close()
        await self.here.settle(lambda: client.peer.was_closed)

    @rule()
    def sweep(self) -> None:
        """Forget the rooms that nobody needs at present."""
        self.run(self.here.node.rooms.sweep())

    @rule(stays=st.booleans())
    def come_back(self, stays: bool) -> None:
        """Come back, and know the same as if nothing had been; then stay for a while, or be lost again."""
        self.run(self._come_back())
        if not stays:
            self.run(self._lose())

    async def _come_back(self) -> None:
        await self._lose()
        await self.here.node.settle()
        await self.unlucky.come_back(await connect(self.here))
        await self.steady.settle()
        steady, unlucky = self.steady.model.rooms, self.unlucky.model.rooms
        assert {one for one, room in steady.items() if room.kind != "direct"} == {
            one for one, room in unlucky.items() if room.kind != "direct"
        }
        person = self.here.node.house.people[self.steady.model.you.id]
        for id_, room in steady.items():
            other = unlucky.get(id_)
            if other is None:
                assert room.kind == "direct"
                continue
            base = max(self.steady.bases.get(id_, 0), self.unlucky.bases.get(id_, 0))
            least = max((known.recent[0].seq for known in (room, other) if len(known.recent) == RECENT), default=0)
            assert said_in(room, max(base, least)) == said_in(other, max(base, least))
            both = min(len(said_in(room)), len(said_in(other)))
            assert said_in(room)[len(said_in(room)) - both :] == said_in(other)[len(said_in(other)) - both :]
            live = self.here.node.rooms.get(id_)
            if room.kind == "channel" and live is not None and live.settled.kind is RoomKind.CHANNEL:
                assert look_of(room) == look_of(other)
                fresh = self.here.node.reading.entered(person, id_)
                assert look_of(other) == (fresh.room, fresh.topic and fresh.topic.text, fresh.member_count)


TestNobodyMissesAnything = Machine.TestCase
TestNobodyMissesAnything.settings = settings(QUICK, max_examples=25, stateful_step_count=20)

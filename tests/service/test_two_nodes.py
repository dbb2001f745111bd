"""Two nodes over one store, and a network that loses, repeats and reorders: all hear everything once and in order."""

from contextlib import AsyncExitStack
from functools import partial
from typing import Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.features.membership import Join, Joined
from hubbub.core.features.messages import Said, Say
from hubbub.core.features.topics import SetTopic, TopicSet
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import LOBBY, RoomKind
from hubbub.core.room_answers import Entered
from hubbub.stores.memory import MemoryStore
from tests.fabrics.unreliable import UnreliableHub
from tests.fuzz.budget import QUICK
from tests.service.guests import Guest, RecordDialect
from tests.service.node import EVERYTHING, Node, agree, running
from tests.service.turns import turns, until

ROOMS: Final = (LOBBY, "#tea")
HEARS_ALL: Final = (Said, TopicSet, Joined)
"""What these guests hear though it comes from themselves, so that each of them hears every record."""


class Step(NamedTuple):
    """Somebody does something; then both nodes go on for some turns of their loop."""

    who: int
    what: str
    room: str
    turns: int


STEPS: Final = st.lists(
    st.builds(
        Step,
        who=st.integers(0, 3),
        what=st.sampled_from(["say", "say", "say", "join", "topic"]),
        room=st.sampled_from(ROOMS),
        turns=st.integers(0, 6),
    ),
    max_size=40,
)


class Cluster:
    """Two nodes, two guests on each, and what each guest learned on coming into a room."""

    def __init__(self, seed: int) -> None:
        self.hub = UnreliableHub(seed)
        self.store = MemoryStore()
        self.nodes = [Node(self.store, self.hub.join()) for _ in range(2)]
        self.guests: list[Guest] = []

    async def begin(self, stack: AsyncExitStack) -> None:
        """Let both nodes run, with everybody in the lobby."""
        for node in self.nodes:
            await stack.enter_async_context(running(node))
        self.guests = [Guest(self.nodes[place % 2], f"guest{place}", RecordDialect(*HEARS_ALL)) for place in range(4)]
        for guest in self.guests:
            guest.send(Join(LOBBY))

    async def come_to_rest(self) -> None:
        """Wait until everything is written, has arrived or is lost, and what was lost is found."""
        await until(self._has_answered)
        await self.hub.settle()
        for node in self.nodes:
            await node.settle()
            await node.delivery.check()
            await until(partial(self._is_up_to_date, node, await self.store.load_heads(list(heads_of(node)))))

    def _has_answered(self) -> bool:
        return all(not guest.pipeline.load for guest in self.guests)

    @staticmethod
    def _is_up_to_date(node: Node, heads: dict[RoomId, Seq]) -> bool:
        return heads_of(node) == heads


def heads_of(node: Node) -> dict[RoomId, Seq]:
    """Return what each room's listeners have heard last."""
    return {live.id: live.settled.seq for live in node.rooms.all()}


@QUICK
@given(st.integers(0, 2**32), STEPS)
async def test_everybody_hears_everything_once_and_in_order(seed: int, steps: list[Step]) -> None:
    """Law 2 and 6: from his coming in, each guest on each node hears each record of his rooms, once and in order.

    And after all that, what decisions see on both nodes is what the store has.
    """
    cluster = Cluster(seed)
    async with AsyncExitStack() as stack:
        await cluster.begin(stack)
        for place, step in enumerate(steps):
            guest = cluster.guests[step.who]
            match step.what:
                case "say":
                    guest.send(Say(step.room, str(place)))
                case "join":
                    guest.send(Join(step.room))
                case _:
                    guest.send(SetTopic(step.room, str(place)))
            await turns(step.turns)
        await cluster.come_to_rest()
        for guest in cluster.guests:
            await check_hearing(cluster, guest)
        for node in cluster.nodes:
            assert all(agree(live) and not live.pending for live in node.rooms.all())


async def check_hearing(cluster: Cluster, guest: Guest) -> None:
    """Compare what a guest heard in each room since he came in with what the store has."""
    welcomes: dict[str, Entered] = {}
    for answer in await guest.answers():
        if isinstance(answer, Entered):
            welcomes.setdefault(answer.room, answer)
    for room in ROOMS:
        head = await cluster.store.find_room(RoomKind.CHANNEL, room)
        if head is None or room not in welcomes:
            continue
        welcome = welcomes[room]
        kept = await cluster.store.load_records(head.id, welcome.seq, EVERYTHING)
        assert [record for record in guest.heard if record.room == head.id] == kept
        recalled = [record.seq for record in welcome.recent]
        assert recalled == sorted(recalled)
        assert all(seq <= welcome.seq for seq in recalled)

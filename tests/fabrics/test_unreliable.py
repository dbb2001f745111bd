"""The hub that tests are run on to find out whether they can bear a bad network is as bad as it says."""

from collections import Counter

from hubbub.core.catalog import Record
from hubbub.core.kinds import RoomId, Seq
from tests.fabrics.conftest import Node
from tests.fabrics.unreliable import UnreliableHub
from tests.stores.events import said

TEA = RoomId(1)


async def arrivals(seed: int) -> list[int]:
    """Return which of the records 1 to 200 arrive, in the order of their arrival."""
    hub = UnreliableHub(seed)
    ann, bob = hub.join(), Node(hub.join())
    await bob.fabric.open(bob.receive)
    bob.fabric.listen(TEA)
    ann.publish([Record(TEA, Seq(number), 1, said("")) for number in range(1, 201)])
    await hub.settle()
    return [record.seq for record in bob.received]


async def test_it_loses_repeats_and_reorders() -> None:
    """Of many records some never arrive, some arrive twice, and some arrive late."""
    seqs = await arrivals(seed=1)
    assert set(seqs) < set(range(1, 201))
    assert max(Counter(seqs).values()) > 1
    assert seqs != sorted(seqs)


async def test_its_faults_can_be_repeated() -> None:
    """The same seed gives the same faults, another one others."""
    assert await arrivals(seed=1) == await arrivals(seed=1)
    assert await arrivals(seed=1) != await arrivals(seed=2)

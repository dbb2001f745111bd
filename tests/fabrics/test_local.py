"""The fabric of a server that is alone."""

from hubbub.core.catalog import Record
from hubbub.core.kinds import RoomId, Seq
from hubbub.fabrics.local import LocalFabric
from tests.stores.events import said

TEA = RoomId(1)


async def test_it_reaches_nobody() -> None:
    """It says that there is nobody else, takes everything, and brings nothing."""
    received: list[object] = []
    fabric = LocalFabric()
    assert not fabric.reaches_others
    await fabric.open(received.append)
    fabric.listen(TEA)
    fabric.publish([Record(TEA, Seq(1), 1, said("hello"))])
    fabric.ignore(TEA)
    await fabric.close()
    await fabric.close()
    assert received == []

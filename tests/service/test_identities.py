"""Identities: those who share a room with somebody learn whether he has an account, and where he is seen."""

from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.room import LOBBY
from hubbub.core.signals import Identifying, Refusing, Relocating
from hubbub.service.entrance import ComeAgain
from hubbub.service.peers import Peer
from tests.service.guests import Guest
from tests.service.members import Member, log_in, register, sign_up
from tests.service.node import Node

ACCOUNT, GUEST = ".account", ".guest"


async def come_again(node: Node, guest: Guest, address: str) -> Member:
    """Let a guest hear his rooms on another connection."""
    connection = Member(node)
    connection.peer = Peer(f"{address}:1", address)
    await connection.come_in("", ComeAgain(node.passes.issue(guest.id)))
    return connection


async def test_who_opens_an_account_is_somebody_else_to_look_at(node: Node) -> None:
    """Whoever shares a room with him is told once, and he himself; also those who refuse to hear him."""
    ann, bob, carol, stranger = (Guest(node, name) for name in ("ann", "bob", "carol", "stranger"))
    for room in (LOBBY, "#tea"):
        for one in (ann, bob, carol):
            await one.ask(Join(room))
    await bob.ask(Block(("ann",)))
    before = node.house.host_of(ann.id)
    await register(ann)
    moved = Relocating("ann", before, node.house.host_of(ann.id))
    assert bob.signals == carol.signals == [Identifying("ann", "ann"), moved]
    assert ann.signals == [Refusing("bob"), Identifying("ann", "ann"), moved]
    assert stranger.signals == []
    assert moved.old_host.endswith(GUEST)
    assert moved.host.endswith(ACCOUNT)


async def test_an_account_is_called_as_its_owner(node: Node) -> None:
    """Its new name is told behind his; his host is what it was. A guest's name is nothing but his name."""
    ann, bob, carol = await sign_up(node, "ann"), Guest(node, "bob"), Guest(node, "carol")
    for one in (ann, bob, carol):
        await one.ask(Join(LOBBY))
    elsewhere = await log_in(node, "ann")
    await ann.ask(Rename("anna"))
    assert bob.heard_of(Renamed)
    assert bob.signals == elsewhere.signals == [Identifying("anna", "anna")]
    assert ann.signals == []
    await carol.ask(Rename("caro"))
    assert bob.signals == [Identifying("anna", "anna")]


async def test_a_guest_is_seen_where_his_first_connection_comes_from(node: Node) -> None:
    """When that has ended, where the next one does; if it is the same place, there is nothing to tell."""
    ann, bob = Guest(node, "ann", address="203.0.113.5"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    before = node.house.host_of(ann.id)
    same, other = [await come_again(node, ann, address) for address in ("203.0.113.5", "203.0.113.6")]
    ann.leave()
    assert bob.signals == []
    same.leave()
    moved = Relocating("ann", before, node.house.host_of(ann.id))
    assert moved.host not in {before, node.house.host_of(bob.id)}
    assert bob.signals == other.signals == [moved]
    other.leave()
    assert bob.signals == [moved]

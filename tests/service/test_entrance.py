"""The entrance: proving whose account one has without coming in."""

import pytest
from msgspec.structs import replace

from hubbub.core.account_requests import LogIn, Register
from hubbub.core.kinds import PersonId, Refused
from hubbub.service.entrance import CertificateProof, Registering
from hubbub.service.peers import Peer
from tests.service.node import Node, running

PASSWORD = "four words in a row"
HERE = Peer("127.0.0.1:1", "127.0.0.1")


async def open_account(node: Node, name: str) -> PersonId:
    """Open an account."""
    return await node.accounts.open(name, Register(PASSWORD), HERE)


async def test_who_has_proved_something_is_not_in() -> None:
    """Whoever only proves is nobody who is here: not in any list, and nobody is told."""
    async with running(Node()) as node:
        ann = await open_account(node, "ann")
        assert (await node.entrance.prove(LogIn("ann", PASSWORD), HERE)).account == ann
        bob = (await node.entrance.prove(Registering("bob", Register(PASSWORD)), HERE)).account
        assert node.house.account_of(bob) is not None
        assert not node.house.people


@pytest.mark.parametrize("name", ["", "ann", "ANN"])
async def test_a_certificate(name: str) -> None:
    """Whom it names comes in as himself, whether he says his name besides or not."""
    async with running(Node()) as node:
        ann = await open_account(node, "ann")
        proven = await node.entrance.prove(CertificateProof(name), replace(HERE, certified="Ann"))
        assert proven.account == ann


@pytest.mark.parametrize(("certified", "name"), [("", ""), ("", "ann"), ("bob", ""), ("bob", "ann"), ("ann", "bob")])
async def test_a_certificate_that_is_not_good_for_it(certified: str, name: str) -> None:
    """None at all, one that names nobody who has an account, and one that names another than is meant."""
    async with running(Node()) as node:
        await open_account(node, "ann")
        with pytest.raises(Refused) as caught:
            await node.entrance.prove(CertificateProof(name), replace(HERE, certified=certified))
        assert caught.value.refusal.code == "wrong_password"


async def test_a_certificate_for_a_disabled_account() -> None:
    """Who may not come in may not prove it, either."""
    async with running(Node()) as node:
        ann = await open_account(node, "ann")
        accounts = node.house.directory.accounts
        accounts[ann] = replace(accounts[ann], is_disabled=True)
        with pytest.raises(Refused) as caught:
            await node.entrance.prove(CertificateProof(), replace(HERE, certified="ann"))
        assert caught.value.refusal.code == "disabled"

"""SSH keys: they belong to accounts, one to each, and who is removed by them goes."""

import pytest

from hubbub.core.account_answers import SshKeyAdded, SshKeyList, SshKeyView
from hubbub.core.account_requests import AddSshKey, AnyAccountRequest, DeleteAccount, ListSshKeys, RemoveSshKey
from hubbub.core.kinds import Refusal, Refused
from hubbub.core.scene import DONE
from hubbub.service.entrance import Proven, SshKeyProof
from hubbub.service.revoking import REVOKED
from hubbub.service.ssh_keys import KEYS_PER_ACCOUNT, USE_MS
from hubbub.wire.ssh_keys import parse_ssh_key
from tests.service.guests import Guest
from tests.service.members import PASSWORD, Member, code_of, sign_up
from tests.service.node import Node
from tests.service.turns import turns
from tests.wire.test_ssh_keys import line_of


def key(number: int = 1, comment: str = "laptop") -> str:
    """Return the line of a key."""
    return line_of(b"ssh-ed25519", bytes([number]) * 32, comment=comment)


def data(number: int = 1) -> bytes:
    """Return the same as it is shown over SSH."""
    return parse_ssh_key(key(number)).data


async def list_keys(member: Member) -> tuple[SshKeyView, ...]:
    """Return somebody's keys."""
    answer = await member.ask(ListSshKeys())
    assert isinstance(answer, SshKeyList)
    return answer.keys


@pytest.mark.parametrize("request_", [AddSshKey(key()), ListSshKeys(), RemoveSshKey("laptop")])
async def test_guests_have_none(node: Node, request_: AnyAccountRequest) -> None:
    """They are an account's."""
    assert await code_of(Guest(node, "ann").ask(request_)) == "not_registered"


async def test_keys_are_added_listed_and_removed(node: Node) -> None:
    """Each is called by its comment, or by a number; no two of an account are called alike."""
    ann = await sign_up(node, "ann")
    added = await ann.ask(AddSshKey(key()))
    assert isinstance(added, SshKeyAdded)
    assert (added.key.name, added.key.kind, added.key.used_ms) == ("laptop", "ssh-ed25519", None)
    await ann.ask(AddSshKey(key(2)))
    await ann.ask(AddSshKey(key(3, "")))
    await ann.ask(AddSshKey(key(4, "")))
    assert sorted(one.name for one in await list_keys(ann)) == ["key", "key-2", "laptop", "laptop-2"]
    assert await ann.ask(RemoveSshKey(" laptop ")) == DONE
    assert added.key not in await list_keys(ann)
    refusal = await ann.ask(RemoveSshKey("laptop"))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, "no key laptop" in refusal.sentence) == ("bad_code", True)


async def test_a_key_belongs_to_one_account(node: Node) -> None:
    """Whoever added it first has it, until it is removed."""
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    await ann.ask(AddSshKey(key()))
    for member in (ann, bob):
        assert await code_of(member.ask(AddSshKey(key(comment="other")))) == "not_allowed"
    await ann.ask(RemoveSshKey("laptop"))
    await bob.ask(AddSshKey(key()))
    assert (await node.entrance.prove(SshKeyProof(data()), bob.peer)).account == bob.id


async def test_what_is_no_key_is_refused(node: Node) -> None:
    """With what is wrong with it."""
    ann = await sign_up(node, "ann")
    refusal = await ann.ask(AddSshKey("hello"))
    assert isinstance(refusal, Refusal)
    assert "no public key" in refusal.sentence


async def test_keys_are_counted(node: Node) -> None:
    """Nobody fills the server with them."""
    ann = await sign_up(node, "ann")
    for number in range(KEYS_PER_ACCOUNT):
        await ann.ask(AddSshKey(key(number)))
    assert len({one.name for one in await list_keys(ann)}) == KEYS_PER_ACCOUNT
    assert await code_of(ann.ask(AddSshKey(key(255)))) == "not_allowed"


async def test_a_key_proves_whose_account_it_is(node: Node) -> None:
    """When it was used last is known, about; one that nobody has added proves nothing."""
    ann = await sign_up(node, "ann")
    assert not await node.entrance.knows_ssh_key(data())
    await ann.ask(AddSshKey(key()))
    assert await node.entrance.knows_ssh_key(data())
    first_ms = node.clock.time_ms()
    for _ in range(2):
        proven = await node.entrance.prove(SshKeyProof(data()), ann.peer)
        assert proven == Proven(ann.id, parse_ssh_key(key()).fingerprint)
        assert [one.used_ms for one in await list_keys(ann)] == [first_ms]
        node.clock.advance(USE_MS / 2_000)
    node.clock.advance(USE_MS / 1_000)
    await node.entrance.prove(SshKeyProof(data()), ann.peer)
    assert [one.used_ms for one in await list_keys(ann)] == [node.clock.time_ms()]
    with pytest.raises(Refused, match="lets nobody in"):
        await node.entrance.prove(SshKeyProof(data(9)), ann.peer)


async def test_who_came_by_a_key_goes_with_it(node: Node) -> None:
    """As with tokens: but whoever removes it may still hear that it is done."""
    ann = await sign_up(node, "ann")
    await ann.ask(AddSshKey(key()))
    await ann.ask(AddSshKey(key(2)))
    by_key, by_other = Member(node), Member(node)
    for number, member in enumerate((by_key, by_other), 1):
        await member.come_in("", await node.entrance.prove(SshKeyProof(data(number)), member.peer))
    assert await ann.ask(RemoveSshKey("laptop")) == DONE
    assert by_key.dismissed == [REVOKED]
    assert by_other.dismissed == []


async def test_keys_go_with_their_account(node: Node) -> None:
    """Nobody is let into what is not there, and somebody else may use the key."""
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    await ann.ask(AddSshKey(key()))
    ann.send(DeleteAccount(PASSWORD))
    await ann.gone.wait()
    await node.settle()
    await turns(10)
    assert not await node.entrance.knows_ssh_key(data())
    await bob.ask(AddSshKey(key()))

"""The server's own secrets: made once, and the same for every node and after every start."""

import pytest

from hubbub.core.kinds import PersonId
from hubbub.service.own_secrets import OWN, load_own_secret
from hubbub.stores.memory_vault import MemoryVault
from tests.service.node import Node


@pytest.mark.parametrize("which", sorted(OWN))
async def test_a_secret_is_made_once(which: PersonId) -> None:
    """Whoever loads it again, with whatever cost, has the same."""
    vault = MemoryVault()
    made = await load_own_secret(vault, which, 4_096)
    assert await load_own_secret(vault, which, 5_000) == made


async def test_no_two_secrets_are_alike() -> None:
    """Neither those of one server, nor those of two."""
    first, second = MemoryVault(), MemoryVault()
    secrets = [await load_own_secret(vault, which) for vault in (first, second) for which in sorted(OWN)]
    assert len({secret.salt for secret in secrets}) == len(secrets)


async def test_hosts_outlast_a_restart() -> None:
    """A ban of a host holds after the server was stopped and started; another server knows nothing of it."""
    vault, hosts = MemoryVault(), list[str]()
    for kept in (vault, vault, MemoryVault()):
        node = Node(vault=kept)
        await node.open()
        hosts.append(node.house.host_of(PersonId("p1")))
        await node.close()
    assert hosts[0] == hosts[1] != hosts[2]

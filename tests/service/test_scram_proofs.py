"""SCRAM proofs: a password is proved without being sent, and nobody learns more than whether it was right."""

import pytest

from hubbub.core.kinds import Refused
from hubbub.server.node import Node as ServerNode
from hubbub.service.proofs import Proofs
from hubbub.service.scram_proofs import ScramProofs
from tests.service.guests import HERE
from tests.service.members import PASSWORD, refusal_of, sign_up
from tests.service.node import Node
from tests.service.scram_client import ScramClient


def scram_of(node: ServerNode) -> ScramProofs:
    """Return the node's own."""
    return node.entrance._scram  # noqa: SLF001 - as the entrance asks it


@pytest.mark.parametrize("header", ["n,,", "y,,", "n,a=ann,"])
async def test_who_knows_the_password_proves_it(node: Node, header: str) -> None:
    """And is shown that the server knows it; also where passwords may not be sent, for none is."""
    ann, scram = await sign_up(node, "ann"), scram_of(node)
    node.safe = False
    client = ScramClient("ann", PASSWORD, header)
    exchange = await scram.begin(client.first)
    account, answer = await scram.finish(exchange, client.prove(exchange.challenge), HERE)
    assert account == ann.id
    assert client.believes(answer)


async def test_nobody_learns_who_has_an_account(node: Node) -> None:
    """A name that nobody has is challenged like all others, always with the same salt, also after a restart."""
    await sign_up(node, "ann")
    scram, salts = scram_of(node), set()
    for name in ("ann", "zoe", "Zoe", "not a name"):
        client = ScramClient(name, "wrong horse")
        exchange = await scram.begin(client.first)
        assert (
            await refusal_of(scram.finish(exchange, client.prove(exchange.challenge), HERE))
        ).code == "wrong_password"
        fields = exchange.challenge.split(",")
        salts.add(fields[1])
        assert len(fields[1]) == len("s=") + 24
        proofs: Proofs = scram._proofs  # noqa: SLF001 - after a restart there is another one
        later = ScramProofs(node.house, node.vault, proofs, scram._iterations)  # noqa: SLF001 - as it has
        assert (await later.begin(client.first)).challenge.split(",")[1:] == fields[1:]
    assert len(salts) == 3, "but for the same name"


async def test_whoever_guesses_has_to_wait(node: Node) -> None:
    """As with passwords, at the same account, however the guess is made."""
    await sign_up(node, "ann")
    scram = scram_of(node)
    codes = []
    for _ in range(node.limits.failed_logins_per_minute + 1):
        client = ScramClient("ann", "wrong horse")
        exchange = await scram.begin(client.first)
        codes.append((await refusal_of(scram.finish(exchange, client.prove(exchange.challenge), HERE))).code)
    assert codes[-2:] == ["wrong_password", "too_fast"]


async def test_a_proof_belongs_to_its_challenge(node: Node) -> None:
    """One that was overheard proves nothing later; nor does one for another channel."""
    await sign_up(node, "ann")
    scram, client = scram_of(node), ScramClient("ann", PASSWORD)
    exchange = await scram.begin(client.first)
    overheard = client.prove(exchange.challenge)
    again = await scram.begin(client.first)
    assert (await refusal_of(scram.finish(again, overheard, HERE))).code == "bad_request"
    client.header = "y,,"
    assert (await refusal_of(scram.finish(exchange, client.prove(exchange.challenge), HERE))).code == "bad_request"
    for nonsense in ("", "p=x"):
        assert (await refusal_of(scram.finish(exchange, nonsense, HERE))).code == "bad_request"
        with pytest.raises(Refused):
            await scram.begin(nonsense)

"""Costs: nobody keeps the server busy with questions of a few bytes whose answers take long."""

import pytest
from msgspec.structs import replace

from hubbub.core.house import Person
from hubbub.core.limits import Limits
from hubbub.core.room import Room
from hubbub.gateways.irc import costs
from hubbub.gateways.irc.settings import IrcSettings
from tests.gateways.irc.clients import Client, Network, network

THROTTLED = "NOTICE ann :You send faster"


async def fresh(net: Network) -> Client:
    """Return a client that has all of its burst before it."""
    ann = await net.arrive("ann")
    await ann.ask("JOIN #tea")
    net.here.node.clock.advance(60)
    return ann


async def answers(ann: Client) -> list[str]:
    """Return the numerics of what is answered before the client is told that it sends too fast."""
    heard = []
    while THROTTLED not in (line := await ann.next()):
        heard.append(line.split()[1])
    return heard


async def test_an_answer_is_not_made_before_the_pace_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many commands come at once, only as many are carried out as may be; the clock stands still here."""
    made: list[Person] = []

    def list_rooms(person: Person) -> list[Room]:
        made.append(person)
        return []

    async with network(Limits(burst=10, commands_per_second=1)) as net:
        settings = net.irc.settings

        def counting(limits: Limits) -> IrcSettings:
            return replace(settings(limits), list_rooms=list_rooms)

        monkeypatch.setattr(net.irc, "settings", counting)
        ann = await fresh(net)
        ann.send(*["LIST"] * 20, "TIME")
        assert await answers(ann) == ["321", "323"] * 10
        assert len(made) == 10


async def test_what_looks_at_many_costs_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks about everybody may ask less often: here each of two people is worth one command more."""
    monkeypatch.setattr(costs, "AT_ONCE", 1)
    async with network(Limits(burst=10, commands_per_second=1)) as net:
        bob = await net.arrive("bob")
        await bob.ask("JOIN #tea")
        ann = await fresh(net)
        ann.send("WHO *", "WHO #tea", *["TIME"] * 5)
        assert await answers(ann) == ["352", "352", "315"] * 2 + ["391"] * 4


@pytest.mark.parametrize(("command", "answer"), [("NAMES #tea", "366"), ("STATS o", "219"), ("ADMIN", "423")])
async def test_other_dear_commands_cost_what_others_do(command: str, answer: str) -> None:
    """They are paid before they are answered, and not once more then; a list of names costs one more."""
    async with network(Limits(burst=10, commands_per_second=1)) as net:
        ann = await fresh(net)
        ann.send(*[command] * 11)
        assert (await answers(ann)).count(answer) == (5 if command.startswith("NAMES") else 10)


@pytest.mark.parametrize(("command", "left"), [("INVITE", 2), ("INVITE bob", 8)])
async def test_looking_for_invitations_costs_by_the_channels(
    command: str, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """INVITE by itself looks at all of them, here three, and is dear for that; with parameters it is like others."""
    monkeypatch.setattr(costs, "AT_ONCE", 1)
    async with network(Limits(burst=10, commands_per_second=1)) as net:
        bob = await net.arrive("bob")
        await bob.ask("JOIN #tea,#den")
        ann = await fresh(net)
        ann.send(*[command] * 2, *["TIME"] * 20)
        assert (await answers(ann)).count("391") == left


def test_few_cost_nothing_more() -> None:
    """One command pays for as many as are looked at in its time."""
    assert [len(list(costs.of(looks))) for looks in (0, 199, 200, 1_000)] == [0, 0, 1, 5]

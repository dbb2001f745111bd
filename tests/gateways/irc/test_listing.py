"""Listing: which channels there are, and the conditions of `ELIST`."""

import pytest

from hubbub.gateways.irc.commands import listing
from tests.gateways.irc.clients import Client, Network, plain


async def listed(client: Client, *params: str) -> list[str]:
    """Return what is listed, as names, numbers and topics."""
    first, *lines, last = plain(await client.ask(" ".join(["LIST", *params])))
    assert first == "321 ann Channel :Users  Name"
    assert last == "323 ann :End of the list"
    return [line.removeprefix("322 ann ") for line in lines]


async def pass_time(net: Network, client: Client, minutes: int) -> None:
    """Let time pass; who is heard every minute is not taken to be gone."""
    for _ in range(minutes):
        net.here.node.clock.advance(60)
        await client.settle()


@pytest.fixture
async def ann(net: Network) -> Client:
    """Ann owns #tea, where Bob is too, #den, which is hidden, and #old."""
    client = await net.found("ann", "#old")
    await pass_time(net, client, 40)
    await client.ask("JOIN #tea,#den", "TOPIC #old :dusty", "MODE #den +s")
    await pass_time(net, client, 10)
    bob = await net.arrive("bob")
    await bob.ask("JOIN #tea", "TOPIC #tea :green")
    await client.settle()
    return client


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["#tea 2 :green", "#den 1 :", "#old 1 :dusty"]),
        ("#tea", ["#tea 2 :green"]),
        ("#TEA,#none", ["#tea 2 :green"]),
        ("#*e*", ["#tea 2 :green", "#den 1 :"]),
        ("!#*e*", ["#old 1 :dusty"]),
        (">1", ["#tea 2 :green"]),
        ("<2,#o*", ["#old 1 :dusty"]),
        ("#tea,#old <2", ["#old 1 :dusty"]),
        ("#tea irc.example.org", ["#tea 2 :green"]),
        ("C>30", ["#old 1 :dusty"]),
        ("C<30", ["#tea 2 :green", "#den 1 :"]),
        ("T<5", ["#tea 2 :green"]),
        ("T>5", ["#old 1 :dusty"]),
        ("#none", []),
    ],
)
async def test_conditions(asked: str, names: list[str], ann: Client) -> None:
    """`C` and `T` are minutes since a channel was opened and its topic set, `U` how many are in; `M`, `N`: masks.

    Conditions may stand behind the names, or in a parameter of their own.
    """
    assert await listed(ann, asked) == names


async def test_what_is_none(ann: Client) -> None:
    """What looks like a condition and is none is told, and does not count."""
    heard = await listed(ann, "C>many,#tea")
    assert heard == ["#tea 2 :green", "NOTICE ann :Nobody knows what that asks for"]


async def test_what_others_may_not_know(ann: Client, net: Network) -> None:
    """A hidden channel is in the list of those who are in it only."""
    cyd = await net.arrive("cyd")
    assert [line.split()[2] for line in plain(await cyd.ask("LIST"))[1:-1]] == ["#tea", "#old"]
    await ann.settle()


async def test_a_long_list_ends(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """SAFELIST: the server ensures that a client will not be disconnected"; it says how many are left out."""
    monkeypatch.setattr(listing, "LISTED", 2)
    heard = await listed(ann)
    assert heard == [
        "#tea 2 :green",
        "#den 1 :",
        "NOTICE ann :There are 1 more. Ask for some of them: LIST #a*, or LIST >10",
    ]

"""WHOWAS: who was called so not long ago."""

import pytest

from hubbub.core.features.portraits import Describe
from tests.gateways.irc.clients import SERVER, Network, network
from tests.gateways.irc.company import act, open_account, plain


async def gone(place: Network, nick: str, about: str) -> None:
    """Let somebody be here for a moment."""
    client = await place.arrive(nick)
    await act(place, nick, Describe(about))
    client.send("QUIT")
    await client.hear_end()
    place.node.clock.advance(60)


async def test_guests() -> None:
    """314 and 312 with the time of each, the last one first; 369 ends the list."""
    async with network() as place:
        await gone(place, "bob", "the first")
        await gone(place, "Bob", "the second")
        ann = await place.arrive("ann")
        assert plain(await ann.ask("WHOWAS BOB")) == [
            "314 ann Bob ~u HOST * :the second",
            f"312 ann Bob {SERVER} :2026-01-01 12:01 UTC",
            "314 ann bob ~u HOST * :the first",
            f"312 ann bob {SERVER} :2026-01-01 12:00 UTC",
            "369 ann BOB :That is all",
        ]


@pytest.mark.parametrize(("count", "told"), [("1", 1), ("2", 2), ("0", 3), ("-1", 3), ("x", 3), ("9" * 400, 3)])
async def test_how_many(count: str, told: int) -> None:
    """The second parameter; "if a non-positive number is passed, a full search is done"."""
    async with network() as place:
        for about in ("one", "two", "three"):
            await gone(place, "bob", about)
        ann = await place.arrive("ann")
        assert len([line for line in await ann.ask(f"WHOWAS bob {count}") if " 314 " in line]) == told


async def test_other_names() -> None:
    """Whoever is called something else was called what he was; 330 where he has an account, which tells no time."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await open_account(place, "bob")
        await bob.ask("NICK rob")
        assert plain(await ann.ask("WHOWAS bob")) == [
            "314 ann bob ~u HOST * :Somebody",
            "330 ann bob rob :was logged in as",
            "369 ann bob :That is all",
        ]


async def test_nobody() -> None:
    """406, `ERR_WASNOSUCHNICK`, and 369 all the same; 431 without a name."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert plain(await ann.ask("WHOWAS nobody", "WHOWAS", "WHOWAS :,", "WHOWAS :a b")) == [
            "406 ann nobody :Nobody was called so lately",
            "369 ann nobody :That is all",
            "431 ann :Say about whom you ask: WHOWAS ann",
            "431 ann :Say about whom you ask: WHOWAS ann",
            "406 ann * :Nobody was called so lately",
            "369 ann * :That is all",
        ]


async def test_not_for_ever() -> None:
    """Of all who have gone, only so many are remembered."""
    async with network() as place:
        await gone(place, "bob", "the first")
        ann = await place.arrive("ann")
        person = place.node.house.find_named("ann")
        assert person is not None
        for _ in range(1_000):
            place.node.moves.renamed(person, "other", "other")
        assert " 406 " in (await ann.ask("WHOWAS bob"))[0]

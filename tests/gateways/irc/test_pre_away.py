"""Pre-away: https://ircv3.net/specs/extensions/pre-away (draft), whose words are quoted."""

from hubbub.gateways.irc.pre_away import UNATTENDED
from tests.gateways.irc.clients import PASSWORD, SERVER, Client, Network, network


async def come_in(place: Network, away: str = "", nick: str = "ann") -> Client:
    """Return a client that is in, and has said this before."""
    client = await place.connect()
    client.send("CAP REQ :draft/pre-away", f"PASS :{PASSWORD}", f"NICK {nick}", "USER u 0 * :Ann")
    if away:
        client.send(away)
    client.send("CAP END")
    await client.hear(f" 001 {nick} ")
    await client.settle()
    return client


def away_of(place: Network, key: str = "ann") -> str | None:
    """Return why somebody is away."""
    return next(person.away for person in place.node.house.people.values() if person.key == key)


async def test_away_before_one_is_in() -> None:
    """The rule: "servers MUST accept the AWAY command before connection registration has completed"."""
    async with network() as place:
        await place.register("ann")
        ann = await place.connect()
        ann.send("CAP REQ :draft/pre-away", "NICK ann", "USER u 0 * :Ann", "AWAY :Gone to lunch.")
        assert (await ann.hear(" 306 ")).startswith(f":{SERVER} 306 * :")
        ann.send(f"PASS :{PASSWORD}", "CAP END")
        await ann.hear(" 001 ")
        await ann.settle()
        assert away_of(place) == "Gone to lunch."


async def test_without_the_capability() -> None:
    """451: the command is for those who are in."""
    async with network() as place:
        ann = await place.connect()
        [line] = await ann.ask("AWAY :x")
        assert line.startswith(f":{SERVER} 451 * ")


async def test_a_client_at_which_nobody_sits() -> None:
    """`AWAY *` means that "the user is not present for an unspecified reason"; who comes later in person is there."""
    async with network() as place:
        await place.register("ann")
        await come_in(place, "AWAY *")
        assert away_of(place) == UNATTENDED
        await come_in(place)
        assert away_of(place) is None


async def test_somebody_who_is_there_already() -> None:
    """A connection with `*` "should be treated as though the connection did not exist at all"."""
    async with network() as place:
        await place.register("ann")
        first = await come_in(place)
        await come_in(place, "AWAY *")
        assert away_of(place) is None
        await first.ask("AWAY :lunch")
        await come_in(place, "AWAY *")
        await come_in(place)
        assert away_of(place) == "lunch"


async def test_somebody_who_says_that_he_is_there() -> None:
    """The rule: "AWAY with no parameters indicates that the user is present"."""
    async with network() as place:
        await place.register("ann")
        first = await come_in(place)
        await first.ask("AWAY :lunch")
        await come_in(place, "AWAY")
        assert away_of(place) is None


async def test_a_star_later() -> None:
    """When one is in, too; for who knows nothing of this it is a reason like any other."""
    async with network() as place:
        await place.register("ann")
        ann = await come_in(place)
        await ann.ask("AWAY *")
        assert away_of(place) == UNATTENDED
        bob = await place.arrive("bob")
        await bob.ask("AWAY *")
        assert away_of(place, "bob") == "*"

"""STS: https://ircv3.net/specs/extensions/sts, whose words are quoted."""

from msgspec.structs import replace

from hubbub.server.config import IrcSettings
from hubbub.service.peers import Peer
from tests.gateways.connections import PEER
from tests.gateways.irc.clients import SERVER, TOLD, Network, network

ENCRYPTED = Peer("192.0.2.1:5000", "192.0.2.1", is_encrypted=True)
TOLD_OF_STS: IrcSettings = replace(TOLD, sts_port=6697, sts_seconds=2_592_000)


async def offered(place: Network, peer: Peer, line: str = "CAP LS 302") -> list[str]:
    """Return what a client that is connected so is told of it."""
    client = await place.connect(peer)
    return [word for word in " ".join(await client.ask(line)).split() if word.startswith("sts")]


async def test_only_where_it_is_wanted() -> None:
    """It "MUST be made available as an optional configuration setting"."""
    async with network() as place:
        assert await offered(place, PEER) == await offered(place, ENCRYPTED) == []


async def test_in_clear_text() -> None:
    """The rule: "Servers MUST send this key to non-securely connected clients": `port`."""
    async with network() as place:
        place.use(TOLD_OF_STS)
        assert await offered(place, PEER) == ["sts=port=6697"]


async def test_over_tls() -> None:
    """The rule: "Servers MUST send this key to securely connected clients": `duration`."""
    async with network() as place:
        place.use(TOLD_OF_STS)
        assert await offered(place, ENCRYPTED) == ["sts=duration=2592000"]
        place.use(replace(TOLD_OF_STS, sts_seconds=0))
        assert await offered(place, ENCRYPTED) == ["sts=duration=0"]


async def test_old_clients_are_not_told() -> None:
    """The rule: "The capability has a REQUIRED value", which clients without version 302 do not know."""
    async with network() as place:
        place.use(TOLD_OF_STS)
        assert await offered(place, PEER, "CAP LS") == []


async def test_nobody_switches_it_on() -> None:
    """The rule: "Clients MUST NOT request this capability", and "servers MAY reply with a CAP NAK" if one does."""
    async with network() as place:
        place.use(TOLD_OF_STS)
        ann = await place.connect()
        assert await ann.ask("CAP REQ sts", "CAP REQ -sts") == [
            f":{SERVER} CAP * NAK :sts",
            f":{SERVER} CAP * NAK :-sts",
        ]


async def test_it_never_goes() -> None:
    """The rule: "Servers MUST NOT send CAP DEL to disable this capability"; a new duration is told."""
    async with network() as place:
        place.use(TOLD_OF_STS)
        ann = await place.connect(ENCRYPTED)
        await ann.ask("CAP LS 302")
        place.use(replace(TOLD_OF_STS, sts_seconds=0))
        assert await ann.ask() == [f":{SERVER} CAP * NEW :sts=duration=0"]
        place.use(TOLD)
        assert await ann.ask() == []

"""SASL: https://ircv3.net/specs/extensions/sasl-3.1 and sasl-3.2, whose words are quoted."""

import base64

import pytest
from msgspec.structs import replace

from hubbub.core.account_requests import Register
from hubbub.service.peers import Peer
from tests.gateways.connections import PEER
from tests.gateways.irc.clients import PASSWORD, SERVER, Client, Network, network
from tests.service.scram_client import ScramClient

FAR_AWAY = Peer("192.0.2.1:5000", "192.0.2.1")
ENCRYPTED = Peer("192.0.2.1:5000", "192.0.2.1", is_encrypted=True)


def plain(name: str, password: str = PASSWORD) -> str:
    """Return the message of PLAIN, RFC 4616."""
    return encoded(f"\0{name}\0{password}")


def encoded(text: str) -> str:
    """Return a text as base 64."""
    return base64.b64encode(text.encode()).decode()


def decoded(line: str) -> str:
    """Return what the server sends in an AUTHENTICATE."""
    return base64.b64decode(line.removeprefix("AUTHENTICATE ")).decode()


def numbers(lines: list[str]) -> list[str]:
    """Return the command of each line."""
    return [line.split()[1] if line.startswith(":") else line.split()[0] for line in lines]


async def asking(place: Network) -> Client:
    """Return a client that may authenticate."""
    ann = await place.connect()
    await ann.ask("CAP REQ :sasl")
    return ann


async def test_plain_before_one_is_in() -> None:
    """A 900 and 903 "will be sent" when it is successful, and the nick becomes the account's name."""
    async with network() as place:
        await place.register("ann")
        ann = await asking(place)
        heard = await ann.ask("NICK annie", "USER u 0 * :Ann", "AUTHENTICATE plain", f"AUTHENTICATE {plain('Ann')}")
        assert heard[0] == "AUTHENTICATE +"
        assert numbers(heard[1:]) == ["900", "903"]
        nick, source, account = heard[1].split(" :")[0].split()[2:]
        assert (nick, account) == ("*", "ann")
        assert source.startswith("annie!~u@")
        assert source.endswith(".account")
        ann.send("CAP END")
        assert (await ann.next()).startswith(f":{SERVER} 001 ann ")


async def test_all_at_once() -> None:
    """A client may send everything without waiting for answers."""
    async with network() as place:
        await place.register("ann")
        ann = await place.connect()
        heard = await ann.ask(
            *("CAP REQ :sasl", "NICK ann", "USER u 0 * :Ann", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}"),
            "CAP END",
        )
        assert numbers(heard[:5]) == ["CAP", "AUTHENTICATE", "900", "903", "001"]


async def test_scram_sha_256() -> None:
    """RFC 7677: the server proves that it knows the password too, and then the client ends with an empty message."""
    async with network() as place:
        await place.register("ann")
        ann, knower = await asking(place), ScramClient("ann", PASSWORD)
        ann.send("NICK ann", "USER u 0 * :Ann", "AUTHENTICATE SCRAM-SHA-256")
        assert await ann.next() == "AUTHENTICATE +"
        ann.send(f"AUTHENTICATE {encoded(knower.first)}")
        proof = knower.prove(decoded(await ann.next()))
        ann.send(f"AUTHENTICATE {encoded(proof)}")
        assert knower.believes(decoded(await ann.next()))
        assert numbers(await ann.ask("AUTHENTICATE +")) == ["900", "903"]
        ann.send("CAP END")
        assert (await ann.next()).startswith(f":{SERVER} 001 ann ")


async def test_a_wrong_scram_proof() -> None:
    """904, "invalid credentials"; nobody learns whether there is such an account."""
    async with network() as place:
        await place.register("ann")
        for name in ("ann", "nobody-has-this"):
            ann, guesser = await asking(place), ScramClient(name, "another password")
            ann.send("AUTHENTICATE SCRAM-SHA-256", f"AUTHENTICATE {encoded(guesser.first)}")
            assert await ann.next() == "AUTHENTICATE +"
            proof = guesser.prove(decoded(await ann.next()))
            assert numbers(await ann.ask(f"AUTHENTICATE {encoded(proof)}")) == ["904"]


@pytest.mark.parametrize(
    "message",
    [plain("ann", "wrong wrong wrong"), plain("bob"), encoded("bob\0ann\0" + PASSWORD), encoded("nothing"), "+", "!!"],
)
async def test_a_failure(message: str) -> None:
    """It says: "If authentication fails, a 904 or 905 numeric will be sent and the client MAY retry"."""
    async with network() as place:
        await place.register("ann")
        ann = await asking(place)
        heard = await ann.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {message}")
        assert numbers(heard) == ["AUTHENTICATE", "904"]
        heard = await ann.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
        assert numbers(heard) == ["AUTHENTICATE", "900", "903"]


async def test_nonsense_for_scram() -> None:
    """904 for what breaks the grammar, in either message."""
    async with network() as place:
        ann = await asking(place)
        assert numbers(await ann.ask("AUTHENTICATE SCRAM-SHA-256", "AUTHENTICATE YQ==")) == ["AUTHENTICATE", "904"]
        first = encoded(ScramClient("ann", PASSWORD).first)
        heard = await ann.ask("AUTHENTICATE SCRAM-SHA-256", f"AUTHENTICATE {first}", "AUTHENTICATE /w==")
        assert numbers(heard) == ["AUTHENTICATE", "AUTHENTICATE", "904"]


async def test_aborting() -> None:
    """It says: "The client can abort an authentication by sending an asterisk": 906."""
    async with network() as place:
        ann = await asking(place)
        heard = await ann.ask("AUTHENTICATE PLAIN", "AUTHENTICATE *", "AUTHENTICATE PLAIN", "AUTHENTICATE *")
        assert numbers(heard) == ["AUTHENTICATE", "906", "AUTHENTICATE", "906"]


async def test_too_long() -> None:
    """905: "the parameter longer than 400 bytes"; and whoever sends pieces without end is stopped."""
    async with network() as place:
        ann = await asking(place)
        assert numbers(await ann.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {'A' * 401}")) == ["AUTHENTICATE", "905"]
        heard = await ann.ask("AUTHENTICATE PLAIN", *[f"AUTHENTICATE {'A' * 400}"] * 21)
        assert numbers(heard) == ["AUTHENTICATE", "905"]


async def test_pieces() -> None:
    """It says: "If the last chunk was exactly 400 bytes long, it must also be followed by `AUTHENTICATE +`"."""
    async with network() as place:
        password = PASSWORD + "x" * (300 - len("\0ann\0" + PASSWORD))
        await place.node.accounts.open("ann", Register(password), PEER)
        ann = await asking(place)
        whole = plain("ann", password)
        assert len(whole) == 400
        assert numbers(await ann.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {whole}")) == ["AUTHENTICATE"]
        assert numbers(await ann.ask("AUTHENTICATE +")) == ["900", "903"]


async def test_an_unknown_mechanism() -> None:
    """908 lists "mechanisms supported by the server"; the attempt has failed with 904."""
    async with network() as place:
        ann = await asking(place)
        heard = await ann.ask("AUTHENTICATE DIGEST-MD5")
        assert numbers(heard) == ["908", "904"]
        assert heard[0].split()[3] == "SCRAM-SHA-256,PLAIN"


async def test_without_the_capability() -> None:
    """It says: "The client MUST enable the sasl capability before using the AUTHENTICATE command"."""
    async with network() as place:
        ann = await place.connect()
        assert numbers(await ann.ask("AUTHENTICATE PLAIN", "AUTHENTICATE")) == ["904", "461"]


async def test_coming_in_while_it_is_not_done() -> None:
    """The server "SHOULD abort it and send a 906 numeric, then register the client without authentication"."""
    async with network() as place:
        ann = await asking(place)
        heard = await ann.ask("NICK ann", "USER u 0 * :Ann", "AUTHENTICATE PLAIN", "CAP END")
        assert numbers(heard[:3]) == ["AUTHENTICATE", "906", "001"]


async def test_authenticating_later() -> None:
    """sasl-3.2: servers "SHOULD allow a client, authenticated or otherwise, to reauthenticate" "at any time"."""
    async with network() as place:
        await place.register("ann", "bob")
        guest = await place.arrive("guest", "sasl")
        for name, before in (("ann", "guest"), ("bob", "ann")):
            heard = await guest.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain(name)}")
            assert numbers(heard) == ["AUTHENTICATE", "NICK", "900", "903"]
            assert heard[1].startswith(f":{before}!~u@")
            assert heard[1].endswith(f" NICK {name}")
        heard = await guest.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('bob')}")
        assert numbers(heard) == ["AUTHENTICATE", "900", "903"]


async def test_a_labelled_proof() -> None:
    """IRCv3 labeled-response: what is found out first is a part of the answer, too."""
    async with network() as place:
        await place.register("ann", "bob")
        guest = await place.arrive("guest", "sasl", "batch", "labeled-response")
        for name, kinds in (("ann", ["BATCH", "NICK", "900", "903", "BATCH"]), ("x", ["904"])):
            await guest.ask("AUTHENTICATE PLAIN")
            heard = await guest.ask(f"@label=proof AUTHENTICATE {plain(name)}")
            assert heard[0].startswith("@label=proof ")
            assert [line.split()[2 if line.startswith("@") else 1] for line in heard] == kinds


async def test_what_is_asked_meanwhile_waits() -> None:
    """Whatever a client sends behind its proof, in one breath, is done as who it has become."""
    async with network() as place:
        await place.register("ann")
        bob = await place.arrive("bob")
        await bob.ask("JOIN #here")
        guest = await place.arrive("guest", "sasl")
        guest.send("PING :first", "WHOIS bob", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}", "JOIN #here")
        guest.send("PRIVMSG #here :hello", "PING :last")
        heard = (await guest.peer.hear(b" :last\r\n")).decode().split("\r\n")[:-2]
        order = [one for one in numbers(heard) if one in {"318", "AUTHENTICATE", "NICK", "900", "903", "JOIN"}]
        assert order == ["318", "AUTHENTICATE", "NICK", "900", "903", "JOIN"]
        assert (await bob.hear(" PRIVMSG ")).startswith(":ann!~u@")


async def test_who_becomes_somebody_else_stays_in_a_channel_where_both_are() -> None:
    """The client is told its new name, and not that it went out of where it is, or where only the guest was."""
    async with network() as place:
        await place.register("ann")
        first = await place.arrive("one", "sasl")
        await first.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}", "JOIN #both,#mine")
        guest = await place.arrive("guest", "sasl")
        await guest.ask("JOIN #both,#his")
        heard = await guest.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}", "PING :x")
        assert "NICK" in numbers(heard)
        assert [line.split()[1:3] for line in heard if line.split()[1] in {"JOIN", "PART"}] == [
            ["JOIN", "#mine"],
        ]


async def test_a_disabled_account() -> None:
    """902: "the account is currently locked out, held, or otherwise administratively made unavailable"."""
    async with network() as place:
        await place.register("ann")
        directory = place.node.house.directory
        account = directory.names["ann"].account
        directory.accounts[account] = replace(directory.accounts[account], is_disabled=True)
        ann = await asking(place)
        heard = await ann.ask("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
        assert numbers(heard) == ["AUTHENTICATE", "902"]


async def test_mechanisms_are_told() -> None:
    """sasl-3.2: servers "SHOULD advertise the available SASL authentication mechanisms in the value"."""
    async with network() as place:
        ann = await place.connect(ENCRYPTED)
        assert "sasl=SCRAM-SHA-256,PLAIN" in " ".join(await ann.ask("CAP LS 302")).split()


async def test_no_password_where_others_read_along() -> None:
    """PLAIN sends the password itself: it is neither told of nor taken from afar without TLS; SCRAM is."""
    async with network() as place:
        ann = await place.connect(FAR_AWAY)
        assert "sasl=SCRAM-SHA-256" in " ".join(await ann.ask("CAP LS 302", "CAP REQ sasl")).split()
        assert numbers(await ann.ask("AUTHENTICATE PLAIN")) == ["908", "904"]

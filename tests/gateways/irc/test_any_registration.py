"""Whatever a client says of itself, it is answered: nothing is a fault of ours, and no line is too long."""

import random
from collections.abc import Iterator
from typing import Final

import pytest

from tests.gateways.irc.clients import PASSWORD, network

COMMANDS: Final = (
    *("CAP", "AUTHENTICATE", "NICK", "USER", "PASS", "REGISTER", "VERIFY", "ISUPPORT", "NICKSERV", "PRIVMSG NickServ"),
    *("AWAY", "WEBIRC", "MOTD", "PING", "QUIT", "JOIN", "PART"),
)
WORDS: Final = (
    *("ann", "#x", "*", "+", "-", "=", ":", ",", "a,b", "@", "~", "@x", "0", "302", "\x01", "\x02\x03", "é" * 30),
    *("A" * 400, "A" * 401, "x" * 200, "YQ==", "AGFubgBmb3VyIHdvcmRzIGluIGEgcm93", "bixuPWFubixyPWFiYw==", "biws"),
    *("PLAIN", "SCRAM-SHA-256", "EXTERNAL", "LS", "LIST", "REQ", "END", "sasl", "-sasl", "batch"),
    *(
        "IDENTIFY",
        "REGISTER",
        "DROP",
        "LOGOUT",
        "SET",
        "PASSWORD",
        "GHOST",
        "INFO",
        "HELP",
        PASSWORD,
        f"ann:{PASSWORD}",
    ),
)
ASKING: Final = "CAP REQ :labeled-response batch sasl standard-replies draft/extended-isupport draft/pre-away"
COMING_IN: Final = ("NICK carol", "USER u 0 * :Carol", "CAP END")


def lines_of(chance: random.Random) -> Iterator[str]:
    """Yield some lines, of which a few make sense."""
    for _ in range(chance.randint(1, 25)):
        params = [chance.choice(WORDS) for _ in range(chance.randint(0, 4))]
        if params and chance.random() < 0.3:
            params[-1] = f":{params[-1]}"
        label = chance.choice(("", "", "@label=x "))
        yield label + " ".join((chance.choice(COMMANDS), *params))
        yield from chance.choice(((),) * 8 + ((ASKING,), COMING_IN))


@pytest.mark.parametrize("seed", range(3))
async def test_any_registration(seed: int) -> None:
    """Over and over, with words that mean something, in places where they may mean nothing."""
    chance = random.Random(seed)
    async with network() as place:
        await place.register("ann")
        for _ in range(100):
            client = await place.connect()
            lines = list(lines_of(chance))
            client.send(*lines, "QUIT")
            heard = await client.hear_end()
            assert heard[-1].startswith("ERROR :Closing link: "), lines
            assert "Something went wrong" not in heard[-1], lines
            assert all(
                len(line.encode().partition(b" ")[2] if line[0] == "@" else line.encode()) <= 510 for line in heard
            )

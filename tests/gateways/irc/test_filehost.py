"""Filehost: where files are sent, and what becomes of their links in messages.

https://codeberg.org/emersion/soju/src/branch/master/doc/ext/filehost.md
"""

import pytest
from msgspec.structs import replace

from hubbub.gateways.file_phrases import FileLinks
from hubbub.server.irc import Irc
from hubbub.service.links import UNKNOWN
from tests.gateways.connections import PEER
from tests.gateways.irc.clients import TOLD, Network, network
from tests.gateways.irc.talking import said, two


def linked(place: Network, server: str) -> None:
    """Let a server be found there."""
    place.irc = Irc(place.node, FileLinks(server))
    place.use(TOLD)


@pytest.mark.parametrize(
    ("server", "is_encrypted", "is_told"),
    [
        ("https://chat.example.org", False, True),
        ("https://chat.example.org", True, True),
        ("http://chat.example.org", False, True),
        ("http://chat.example.org", True, False),
        (UNKNOWN, False, False),
    ],
)
async def test_where(server: str, *, is_encrypted: bool, is_told: bool) -> None:
    """005 `soju.im/FILEHOST`; "unencrypted URI transports" are no use "if the IRC connection is encrypted"."""
    async with network() as place:
        linked(place, server)
        ann = await place.connect(replace(PEER, is_encrypted=is_encrypted))
        heard = " ".join(await ann.ask("NICK ann", "USER u 0 * :Ann"))
        assert (f" soju.im/FILEHOST={server}/filehost " in heard) is is_told


async def test_links_that_are_no_files_of_ones_own() -> None:
    """Stay what they are: words."""
    async with network() as place:
        linked(place, "https://chat.example.org")
        ann, bob = await two(place)
        link = "https://chat.example.org/f/abc123"
        assert await ann.ask(f"PRIVMSG #tea,bob :see {link}", f"PRIVMSG #none :{link}") != []
        assert [said(line)[1] for line in await bob.settle()] == [f"#tea :see {link}", f"bob :see {link}"]

"""Filehost: where files are sent, and what becomes of their links in messages.

https://codeberg.org/emersion/soju/src/branch/master/doc/ext/filehost.md
"""

from typing import Final

import pytest
from msgspec.structs import replace

from hubbub.phrasing.file_phrases import FileLinks
from hubbub.server.irc import Irc
from hubbub.service.peers import Peer
from hubbub.wire.links import UNKNOWN
from tests.gateways.connections import PEER
from tests.gateways.irc.clients import TOLD, Network, network
from tests.gateways.irc.talking import said, two

FAR: Final = replace(PEER, place="192.0.2.7:5000", group="192.0.2.7")


def linked(place: Network, server: str, *, speaks_tls: bool = False) -> None:
    """Let a server be found there."""
    place.irc = Irc(place.node, FileLinks(server), lambda: 0, speaks_tls=speaks_tls)
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


@pytest.mark.parametrize(
    ("peer", "speaks_tls", "told"),
    [
        (replace(FAR, is_encrypted=True), True, "https://192.0.2.1:4242"),
        (replace(PEER, is_encrypted=True), True, "https://192.0.2.1:4242"),
        (FAR, True, ""),
        (PEER, True, "http://192.0.2.1:4242"),
        (FAR, False, "http://192.0.2.1:4242"),
    ],
)
async def test_as_safe_as_it_can_be(peer: Peer, told: str, *, speaks_tls: bool) -> None:
    """One port speaks both: by TLS to those who do, and in clear text only where nobody can read along, or must."""
    async with network() as place:
        linked(place, "http://192.0.2.1:4242", speaks_tls=speaks_tls)
        ann = await place.connect(peer)
        heard = " ".join(await ann.ask("NICK ann", "USER u 0 * :Ann"))
        assert ("FILEHOST" in heard) is bool(told)
        assert f" soju.im/FILEHOST={told}/filehost " in heard or not told


def test_links_by_either_scheme() -> None:
    """Location is a path: who has sent a file by TLS has a link to it that begins with `https`."""
    links = FileLinks("http://192.0.2.1:4242")
    for scheme in ("http", "https"):
        assert links.find_in(f"see {scheme}://192.0.2.1:4242/f/abc/tea.txt") == ("see", ("abc",))
    assert links.find_in("ftp://192.0.2.1:4242/f/abc") == ("ftp://192.0.2.1:4242/f/abc", ())


async def test_links_that_are_no_files_of_ones_own() -> None:
    """Stay what they are: words."""
    async with network() as place:
        linked(place, "https://chat.example.org")
        ann, bob = await two(place)
        link = "https://chat.example.org/f/abc123"
        assert await ann.ask(f"PRIVMSG #tea,bob :see {link}", f"PRIVMSG #none :{link}") != []
        assert [said(line)[1] for line in await bob.settle()] == [f"#tea :see {link}", f"bob :see {link}"]

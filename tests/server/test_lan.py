"""`--lan`: the neighbours are let in, and nobody else unless that is said."""

from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from hubbub.server.addresses import Address
from hubbub.server.errors import StartError
from hubbub.server.lan import Reach, public_places, require_lan, widen
from hubbub.server.listen import ListenAddress


def machine(*texts: str) -> list[Address]:
    """Return the addresses of a machine, its own loopback among them."""
    return [ip_address(text) for text in ("127.0.0.1", "::1", *texts)]


HOME = machine("192.168.1.5", "fd00::5")
RENTED = machine("198.51.100.5", "2001:db8::5")
BOTH = machine("10.0.0.5", "198.51.100.5")
ALONE = machine()

DEFAULT = [ListenAddress("127.0.0.1", 4242)]
PINNED = ListenAddress("127.0.0.1", 8081, "text-frames")


@pytest.mark.parametrize(
    ("bound", "addresses", "reach", "others"),
    [
        (DEFAULT, HOME, "lan", ["[::1]:4242", "192.168.1.5:4242", "[fd00::5]:4242"]),
        (DEFAULT, BOTH, "lan", ["[::1]:4242", "10.0.0.5:4242"]),
        (DEFAULT, BOTH, "public", ["[::1]:4242", "10.0.0.5:4242", "198.51.100.5:4242"]),
        (DEFAULT, RENTED, "public", ["[::1]:4242", "198.51.100.5:4242", "[2001:db8::5]:4242"]),
        ([ListenAddress("0.0.0.0", 4242)], HOME, "lan", ["[::1]:4242", "[fd00::5]:4242"]),
        ([ListenAddress("192.168.1.5", 5000)], HOME, "lan", ["127.0.0.1:5000", "[::1]:5000", "[fd00::5]:5000"]),
        ([PINNED, ListenAddress("127.0.0.1", 5000)], BOTH, "lan", ["[::1]:5000", "10.0.0.5:5000"]),
        ([PINNED], BOTH, "lan", ["[::1]:8081", "10.0.0.5:8081"]),
    ],
)
def test_the_one_port_is_opened_on_every_address(
    bound: Sequence[ListenAddress], addresses: Sequence[Address], reach: Reach, others: Sequence[str]
) -> None:
    """On all private addresses, the public ones only when that was asked for, and none twice."""
    assert [str(one) for one in widen(bound, addresses, reach)] == others


@pytest.mark.parametrize(
    ("addresses", "words"), [(RENTED, r"only 198\.51\.100\.5, 2001:db8::5\. Add --public"), (ALONE, "is in no network")]
)
def test_where_no_neighbour_could_come_there_is_no_start(addresses: Sequence[Address], words: str) -> None:
    """The sentence says what would help."""
    with pytest.raises(StartError, match=words):
        widen(DEFAULT, addresses, "lan")


@pytest.mark.parametrize("host", ["0.0.0.0", "198.51.100.5"])
def test_a_public_address_is_refused(host: str) -> None:
    """It was listed, and is not what `--lan` promises."""
    with pytest.raises(StartError, match=r"198\.51\.100\.5:4242 can be reached by others.*--public"):
        require_lan([*DEFAULT, ListenAddress(host, 4242)], BOTH)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "fd00::5"])
def test_private_addresses_are_not_refused(host: str) -> None:
    """All addresses of a machine that has no public one are as good as each of them."""
    require_lan([*DEFAULT, ListenAddress(host, 4242)], HOME)


def test_everybody_may_come_to_public_places_alone() -> None:
    """Each is named, behind an address that means all of them as well."""
    listened = [ListenAddress("0.0.0.0", 1), ListenAddress("2001:db8::9", 2, "text"), ListenAddress("10.0.0.5", 3)]
    assert public_places(listened, BOTH) == ["198.51.100.5:1", "[2001:db8::9]:2"]
    assert not public_places(DEFAULT, BOTH)

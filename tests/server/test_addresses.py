"""Addresses: which are this machine's, and who can reach them."""

from ipaddress import ip_address

import pytest

from hubbub.server.addresses import is_lan, is_public, machine_addresses


@pytest.mark.parametrize(
    ("text", "lan", "public"),
    [
        ("127.0.0.1", False, False),
        ("::1", False, False),
        ("10.1.2.3", True, False),
        ("172.16.0.1", True, False),
        ("172.32.0.1", False, True),
        ("192.168.178.20", True, False),
        ("169.254.1.1", True, False),
        ("fd12::1", True, False),
        ("fe80::1", False, False),
        ("100.64.0.1", False, True),
        ("198.51.100.1", False, True),
        ("2001:db8::1", False, True),
        ("0.0.0.0", False, False),
    ],
)
def test_who_can_reach_an_address(text: str, lan: bool, public: bool) -> None:
    """Neighbours reach the private ones; whatever is neither private nor this machine itself counts as public."""
    address = ip_address(text)
    assert (is_lan(address), is_public(address)) == (lan, public)


def test_a_machine_reaches_itself() -> None:
    """Its addresses are found, each once, and none that would need an interface beside it."""
    found = machine_addresses()
    assert ip_address("127.0.0.1") in found
    assert len(set(found)) == len(found)
    assert not any(address.is_link_local and address.version == 6 for address in found)

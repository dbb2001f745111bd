"""Proxies: which addresses may speak for others."""

import pytest

from hubbub.server.proxies import Proxies, ProxyAddressError, require_proxies


def test_addresses_and_networks_are_known() -> None:
    """IPv4 and IPv6, single ones and whole networks; without any, there is none."""
    proxies = Proxies(("192.0.2.7", "10.0.0.0/8", "2001:db8::/32", "::1"))
    inside = ("192.0.2.7", "10.255.0.1", "2001:db8:1::5", "::1")
    outside = ("192.0.2.8", "11.0.0.1", "2001:db9::5", "fe80::1%eth0", "127.0.0.1")
    assert [host for host in (*inside, *outside) if host in proxies] == list(inside)
    assert not Proxies()
    assert proxies


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "expected an address"),
        ("proxy.example", "expected an address"),
        ("192.0.2", "expected an address"),
        ("192.0.2.7:80", "expected an address"),
        ("[::1]", "expected an address"),
        ("192.0.2.0/33", "expected an address"),
        ("192.0.2.7/24", "write 192.0.2.0/24, or the address alone"),
        ("2001:db8::1/32", "write 2001:db8::/32"),
        ("0.0.0.0/0", "is everybody"),
        ("::/0", "is everybody"),
    ],
)
def test_what_is_none_is_named(text: str, advice: str) -> None:
    """Whoever is listed can claim to come from anywhere: a slip here must not pass."""
    with pytest.raises(ProxyAddressError, match=advice) as caught:
        require_proxies(("192.0.2.7", text))
    assert f'"{text}"' in str(caught.value)

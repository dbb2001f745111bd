"""Proxies: from which addresses a connection comes for somebody else."""

from ipaddress import AddressValueError, IPv4Network, IPv6Network, NetmaskValueError, ip_address, ip_network
from typing import Final

Network = IPv4Network | IPv6Network

PROXIES: Final = "proxies"
"""Under this group connections are counted whose proxy has not told yet for whom it comes. They are trusted."""


class ProxyAddressError(ValueError):
    """A text is no address or network of a proxy; its message says what would be right."""


class Proxies:
    """The proxies that are believed. Whoever is one can claim to come from anywhere."""

    def __init__(self, texts: tuple[str, ...] = ()) -> None:
        """Read addresses and networks. Raises `ProxyAddressError`."""
        self._networks = [_parse(text) for text in texts]

    def __len__(self) -> int:
        return len(self._networks)

    def __contains__(self, host: str) -> bool:
        address = ip_address(host)
        return any(address in network for network in self._networks)


def require_proxies(texts: tuple[str, ...]) -> None:
    """Raise `ProxyAddressError`, naming the text, unless each one is an address or a network."""
    Proxies(texts)


def _parse(text: str) -> Network:
    try:
        network = ip_network(text)
    except (AddressValueError, NetmaskValueError, ValueError) as error:
        raise ProxyAddressError(f'in "{text}", {_advise(text)}') from error
    if network.prefixlen == 0:
        raise ProxyAddressError(f'"{text}" is everybody: whoever is listed can claim to come from anywhere')
    return network


def _advise(text: str) -> str:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return "expected an address such as 192.0.2.7, or a network such as 192.0.2.0/24 or 2001:db8::/32"
    return f"the address lies inside a network: write {network}, or the address alone"

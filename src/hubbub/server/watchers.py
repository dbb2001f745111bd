"""Watchers: from which addresses the server's figures may be read."""

from ipaddress import IPv6Address, ip_address, ip_network

from hubbub.server.proxies import Network
from hubbub.service.peers import Peer


class WatcherAddressError(ValueError):
    """A text is no address or network; its message says what would be right."""


class Watchers:
    """The addresses and networks that may watch."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        """Read them. Raises `WatcherAddressError`."""
        self._networks = [_parse(text) for text in texts]

    def __contains__(self, peer: Peer) -> bool:
        """Whether somebody comes from one of them."""
        address = ip_address(peer.place.rpartition(":")[0].strip("[]").partition("%")[0])
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return any(address in one for one in self._networks)


def require_watchers(texts: tuple[str, ...]) -> None:
    """Raise `WatcherAddressError`, naming the text, unless each one is an address or a network."""
    Watchers(texts)


def _parse(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise WatcherAddressError(
            f'"{text}" is no address such as 192.0.2.7, and no network such as 192.0.2.0/24 or 2001:db8::/32'
        ) from error

"""Which addresses a server may post to: the whole Internet, and nothing that only it can reach."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64: Final = IPv6Network("64:ff9b::/96")
"""Stands before an IPv4 address that is reached through a translator. RFC 6052 section 2.1."""

SPECIAL: Final = tuple(map(ip_network, ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""What Python takes for public. The first two are where Azure and Oracle Cloud tell a machine its secrets (most others
do so at link-local addresses); then relays that are no more (RFC 7526), and documentation (RFC 9637)."""

_LAST_32: Final = 2**32 - 1
_SIX_TO_FOUR_SHIFT: Final = 80


def parse_address(text: str) -> Address:
    """Read an address as a resolver gives it, with or without a zone. Raises `ValueError`."""
    return ip_address(text.partition("%")[0])


def may_reach(address: Address, allowed: Sequence[Network]) -> bool:
    """Return whether something may be posted to an address: it is public, or an operator allows it.

    An IPv6 address that only wraps one of IPv4 is that one: otherwise `::ffff:127.0.0.1` would be a way in.
    """
    inner = _unwrap(address)
    if any(one.version == network.version and one in network for one in (address, inner) for network in allowed):
        return True
    return _is_public(inner)


def _unwrap(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, or itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return IPv4Address(int(address) >> _SIX_TO_FOUR_SHIFT & _LAST_32)
    return IPv4Address(int(address) & _LAST_32) if address in NAT64 else address


def _is_public(address: Address) -> bool:
    special = (
        not address.is_global
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )
    return not special and not any(address.version == one.version and address in one for one in SPECIAL)

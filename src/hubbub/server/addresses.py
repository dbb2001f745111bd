"""Addresses of this machine, and who can reach them."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

Address = IPv4Address | IPv6Address

LAN: Final = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7")))
"""What only neighbours can reach: RFC 1918, IPv4 link-local (RFC 3927), and unique local addresses (RFC 4193).

Not the link-local addresses of IPv6: they need the name of an interface beside them, and no link can hold one.
"""


WILDCARDS: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is bound here
"""Addresses that mean all of a machine's, and one of those each, under which it can be reached from itself."""

IPV4: Final = 4


def machine_addresses() -> list[Address]:
    """Return the addresses of all interfaces, but for link-local ones of IPv6."""
    # Only here: a server that listens on its own machine does not need to know.
    import ifaddr  # noqa: PLC0415 - as above

    texts = [ip.ip if isinstance(ip.ip, str) else ip.ip[0] for adapter in ifaddr.get_adapters() for ip in adapter.ips]
    found = {ip_address(text) for text in texts}
    return sorted(
        (address for address in found if address.version == IPV4 or not address.is_link_local),
        key=lambda address: (address.version, int(address)),
    )


def outward_address() -> str | None:
    """Return this machine's address towards the rest of the world; None when there is no way there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only chooses the way. The address is nobody's (RFC 5737).
            probe.connect(("203.0.113.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def is_lan(address: Address) -> bool:
    """Return whether only this machine's neighbours can reach it."""
    return any(address in network for network in LAN)


def is_public(address: Address) -> bool:
    """Return whether others than this machine and its neighbours may reach it."""
    return not (is_lan(address) or address.is_loopback or address.is_link_local or address.is_unspecified)

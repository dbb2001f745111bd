"""Peers: where connections come from, and what counts as one place."""

from ipaddress import IPv6Address, IPv6Network

import msgspec


class Peer(msgspec.Struct, frozen=True):
    """The other end of a connection."""

    place: str
    """Address and port, for logs."""
    group: str
    """What counts as one address: see `group_of`."""
    is_encrypted: bool = False
    """Whether nobody on the way can read along."""
    certified: str = ""
    """Whom the certificate names that it has shown, and that an authority of ours vouches for; empty for nobody."""

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine."""
        return is_loopback(self.group)


def group_of(address: str) -> str:
    """Return what counts as one address: the whole /64 of an IPv6 address, for it is one customer's. RFC 6177."""
    if ":" not in address:
        return address
    found = IPv6Address(address.partition("%")[0])
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found) if found.is_loopback else str(IPv6Network((found, 64), strict=False))


def is_loopback(group: str) -> bool:
    """Return whether a group of addresses is this machine itself."""
    return group.startswith("127.") or group == "::1"

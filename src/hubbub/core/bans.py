"""Bans: whom a channel keeps out, by who he is, what he is called, or where he comes from."""

from ipaddress import IPv6Network, ip_network
from typing import Final, Literal

import msgspec

from hubbub.core.kinds import PersonId
from hubbub.core.patterns import matches
from hubbub.core.terms import Term

BAN_LIMIT: Final = 500
"""Most bans of one room: all of them are looked at whenever somebody wants to come in."""

CUSTOMER_PREFIX: Final = 64
"""Bits of an IPv6 address that tell one customer from another. RFC 6177."""


class Target(msgspec.Struct, frozen=True, gc=False):
    """Whom a ban is meant for."""

    kind: Literal["person", "pattern", "address"]
    mask: str
    """Somebody's id, a pattern of comparison forms, or a network."""
    shown: str
    """What is shown of it: what somebody was called, the pattern or the network as it was written."""
    key: str = ""
    """What a guest is called, who would otherwise only have to come back; empty for an account."""

    @property
    def id(self) -> str:
        """What tells it from others in the same room."""
        return f"{self.kind} {self.mask}"


class Ban(msgspec.Struct, frozen=True, gc=False):
    """Somebody, or a kind of people, kept out of a channel."""

    target: Target
    name: str
    """Who said so, as he was called then."""
    reason: str = ""
    term: Term | None = None
    """None is for ever."""


class Visitor(msgspec.Struct, frozen=True, gc=False):
    """Somebody as bans look at him."""

    id: PersonId
    key: str
    """The comparison form of what he is called."""
    is_guest: bool
    addresses: tuple[str, ...] = ()
    """Where he is known to come from: IPv4 addresses, IPv6 networks of one customer."""


def concerns(target: Target, visitor: Visitor) -> bool:
    """Return whether somebody is meant."""
    match target.kind:
        case "person":
            return target.mask == visitor.id or (visitor.is_guest and bool(target.key) and target.key == visitor.key)
        case "pattern":
            return matches(target.mask, visitor.key)
        case "address":
            return any(lies_in(address, target.mask) for address in visitor.addresses)


def parse_network(text: str) -> str | None:
    """Return the network that an address or a network in CIDR notation stands for; None for anything else.

    One IPv6 address stands for its customer's network: whoever has one has 2^64 of them.
    """
    try:
        network = ip_network(text, strict=False)
        if isinstance(network, IPv6Network) and network.prefixlen > CUSTOMER_PREFIX:
            if (mapped := network.network_address.ipv4_mapped) is not None:
                return str(mapped)
            if not network.is_loopback:
                network = network.supernet(new_prefix=CUSTOMER_PREFIX)
    except ValueError:
        return None
    return str(network.network_address) if network.num_addresses == 1 else str(network)


def lies_in(address: str, mask: str) -> bool:
    """Return whether an address, or the network that counts as one, is part of a network; what is neither never is."""
    try:
        place = ip_network(address, strict=False)
        network = ip_network(mask, strict=False)
    except ValueError:
        return False
    return place.version == network.version and place.network_address in network

"""Bans: whom a channel keeps out or silent, by who he is, what he is called, his account, or where he comes from."""

from ipaddress import IPv6Network, ip_network
from typing import Final, Literal

import msgspec

from hubbub.core.kinds import PersonId
from hubbub.core.names import find_pattern_key
from hubbub.core.patterns import is_pattern, matches
from hubbub.core.terms import Term

BAN_LIMIT: Final = 500
"""Most entries of one list of a room: all of them are looked at whenever somebody wants to come in."""

MASK_LIMIT: Final = 128
"""Longest mask, in characters: a name, a user and a host, with room for more `*` than anybody needs."""

ACCOUNT: Final = "account:"
"""Stands before the name of an account, or a pattern of such names, to tell it from what people are called."""

USER: Final = "~u"
"""Everybody's user in `NAME!USER@HOST`: what a client says of it proves nothing, and nobody's machine is asked.

RFC 2812 section 2.3, RFC 1413.
"""

TargetKind = Literal["person", "pattern", "address", "account", "mask"]
"""By what people are meant."""

CUSTOMER_PREFIX: Final = 64
"""Bits of an IPv6 address that tell one customer from another. RFC 6177."""


class Target(msgspec.Struct, frozen=True, gc=False):
    """Whom a ban is meant for."""

    kind: TargetKind
    mask: str
    """Somebody's id, a pattern of comparison forms, a network, a pattern of the comparison forms of accounts, or, as
    IRC has them, a pattern of `NAME!USER@HOST`: see `USER` and `House.host_of`."""
    shown: str
    """What is shown of it: what somebody was called, or the pattern, the network or the mask as it was written."""
    key: str = ""
    """What a guest is called, who would otherwise only have to come back; empty for an account."""

    @property
    def id(self) -> str:
        """What tells it from others in the same room."""
        return f"{self.kind} {self.mask}"


class Ban(msgspec.Struct, frozen=True, gc=False):
    """Somebody, or a kind of people, kept out of a channel, or silent there."""

    target: Target
    name: str
    """Who said so, as he was called then."""
    reason: str = ""
    term: Term | None = None
    """None is for ever."""
    since_ms: int = 0
    """When, in milliseconds since 1970 UTC; 0 where an older version did not write it down."""


class Exemption(msgspec.Struct, frozen=True, gc=False):
    """Somebody, or a kind of people, whom bans do not concern, or who come in as if they were invited."""

    target: Target
    name: str
    """Who said so, as he was called then."""
    since_ms: int = 0
    """As of a ban."""


class Visitor(msgspec.Struct, frozen=True, gc=False):
    """Somebody as bans look at him."""

    id: PersonId
    key: str
    """The comparison form of what he is called."""
    is_guest: bool
    addresses: tuple[str, ...] = ()
    """Where he is known to come from: IPv4 addresses, IPv6 networks of one customer."""
    account: str = ""
    """The comparison form of his account's name; empty for a guest."""
    host: str = ""
    """Where others see him: see `House.host_of`."""


def concerns(target: Target, visitor: Visitor) -> bool:
    """Return whether somebody is meant."""
    match target.kind:
        case "person":
            return target.mask == visitor.id or (visitor.is_guest and bool(target.key) and target.key == visitor.key)
        case "pattern":
            return matches(target.mask, visitor.key)
        case "address":
            return any(lies_in(address, target.mask) for address in visitor.addresses)
        case "account":
            return bool(visitor.account) and matches(target.mask, visitor.account)
        case "mask":
            return matches(target.mask, f"{visitor.key}!{USER}@{visitor.host}")


def parse_kind(text: str) -> Target | None:
    """Return which people a text means by anything else than somebody's name; None where it is no more than a name.

    An account is written `account:NAME`; what has a `!` or an `@` is a mask, and where only a network stands in one,
    the network.
    """
    if text.lower().startswith(ACCOUNT):
        name = text[len(ACCOUNT) :]
        return Target("account", find_pattern_key(name), ACCOUNT + name)
    if "!" in text or "@" in text:
        return _parse_mask(text)
    if is_pattern(text):
        return Target("pattern", find_pattern_key(text), text)
    network = parse_network(text)
    return None if network is None else Target("address", network, network)


def _parse_mask(text: str) -> Target:
    """Return whom a mask means: what is left out of it may be anything. RFC 2812 section 2.5."""
    who, _, host = text.rpartition("@") if "@" in text else (text, "", "")
    name, _, user = who.partition("!") if "!" in who else ("", "", who)
    name, user, host = name or "*", user or "*", host or "*"
    network = parse_network(host) if name == user == "*" else None
    if network is not None:
        return Target("address", network, network)
    return Target("mask", f"{find_pattern_key(name)}!{user.lower()}@{host.lower()}", f"{name}!{user}@{host}")


def parse_network(text: str) -> str | None:
    """Return the network that an address or a network in CIDR notation stands for; None for anything else.

    One IPv6 address stands for its customer's network: whoever has one has 2^64 of them.
    """
    if "%" in text:
        # A zone is an interface of some machine (RFC 4007 section 11), and may hold anything, spaces too.
        return None
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

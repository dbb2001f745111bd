"""Masks: `nick!user@host` with `*` and `?`, what clients leave out of them, and bans that are more than a mask.

RFC 2812 section 2.5. A ban may name an account instead (IRCv3 account-extban), and may silence instead of keeping out:
`account:ann`, `m:*!*@*.guest`, `m:account:ann`. There is no one way to write these. We write them as InspIRCd does, and
as Ergo does the second, which stand for themselves without a sign before them, and understand what clients learnt
elsewhere: `~account:ann` and `~quiet:` of UnrealIRCd, `R:ann` of InspIRCd, `$a:ann` of Solanum.
"""

import re
from ipaddress import ip_network
from typing import Final

import msgspec

ACCOUNT_NAMES: Final = ("account", "a")
"""Names of the ban for an account, the one that we write first. Value of `ACCOUNTEXTBAN`, joined by commas."""

MUTE_NAME: Final = "m"
"""Name of the ban that silences. Ergo, InspIRCd."""

EXTBAN: Final = f",{ACCOUNT_NAMES[1]}{MUTE_NAME}"
"""Value of the token `EXTBAN`: no sign stands before the letters. https://modern.ircdocs.horse/#extban-parameter."""

_ACCOUNT_KINDS: Final = frozenset([*ACCOUNT_NAMES, "R"])
_MUTE_KINDS: Final = frozenset([MUTE_NAME, "mute", "q", "quiet"])

_NOT_IN_NAMES: Final = frozenset("!@: ")

_NOT_IN_NICKS: Final = frozenset("!@*?:")
"""What tells a mask, or a ban that is more than one, from somebody's nick."""

_EXTENDED: Final = re.compile(r"[~$]?([A-Za-z]+):(.*)", re.DOTALL)
_MASK: Final = re.compile(r"([^!@]*)(?:!([^!@]*))?(?:@([^!@]*))?")
_UNSPEAKABLE: Final = re.compile("^:| ")
"""What no parameter may have before its end. RFC 2812 section 2.3.1."""

_ANYTHING: Final = re.compile(r"\*{2,}")


class Source(msgspec.Struct, frozen=True):
    """From whom a message comes, or a mask of such; "" where a part is missing."""

    nick: str = ""
    user: str = ""
    host: str = ""

    def __str__(self) -> str:
        return f"{self.nick or '*'}!{self.user or '*'}@{self.host or '*'}"


class BanMask(msgspec.Struct, frozen=True):
    """Whom a ban is for: an account, or whoever matches a mask."""

    account: str = ""
    """Name of an account, or a pattern of such names; "" where there is a mask."""

    mask: Source = Source()
    is_silencing: bool = False
    """Whether they may come in and not speak."""

    @property
    def target(self) -> str:
        """Return how hubbub writes whom it means: `account:ann`, `ann`, or a mask of three parts."""
        if self.account:
            return f"{ACCOUNT_NAMES[0]}:{self.account}"
        is_named = self.mask.user in {"", "*"} and self.mask.host in {"", "*"} and not is_network(self.mask.nick)
        return self.mask.nick or "*" if is_named else str(self.mask)

    def entry(self, text: str) -> str:
        """Return which entry of a list it names that a client wrote so: what is more than a nick names that alone."""
        return self.target if self.account or not set(text) & _NOT_IN_NICKS else str(self.mask)


def parse_source(source: str) -> Source:
    """Return the parts of `nick!user@host`; what has neither `!` nor `@` is a nick, or a server."""
    rest, _, host = source.partition("@")
    nick, _, user = rest.partition("!")
    return Source(nick, user, host)


def parse_ban(text: str) -> BanMask | None:
    """Return for whom a ban is meant that a client wrote, or None where nobody can say.

    One word is a nick, unless it is an address or a network of such; what is left out may be anything.
    """
    extended = None if is_network(text) else _EXTENDED.fullmatch(text)
    if extended is None:
        mask = _parse_mask(text)
        return None if mask is None else BanMask(mask=mask)
    kind, rest = extended.groups()
    if kind in _ACCOUNT_KINDS:
        return BanMask(account=rest) if rest and not set(rest) & _NOT_IN_NAMES else None
    inner = parse_ban(rest) if kind in _MUTE_KINDS else None
    return None if inner is None else msgspec.structs.replace(inner, is_silencing=True)


def encode_ban(target: str, *, is_silencing: bool = False) -> str:
    """Return a target as hubbub writes it, such as `BanMask.target`, as it stands in a list of bans on IRC."""
    ban = parse_ban(target)
    if ban is None:
        # Something that IRC has no word for can still be read.
        return _UNSPEAKABLE.sub("_", target)
    text = ban.target if ban.account else str(ban.mask)
    return f"{MUTE_NAME}:{text}" if is_silencing or ban.is_silencing else text


def is_network(text: str) -> bool:
    """Return whether this is an address, or a network in CIDR notation. RFC 4632 section 3.1, RFC 4291 section 2.3."""
    # To Python, a mere number would be one, and there may be anything behind a `%`: a zone of somebody's own machine.
    if ("." not in text and ":" not in text) or "%" in text:
        return False
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _parse_mask(text: str) -> Source | None:
    if is_network(text):
        return Source("*", "*", text)
    if not text or _UNSPEAKABLE.search(text):
        return None
    found = _MASK.fullmatch(_ANYTHING.sub("*", text))
    if found is None:
        return None
    nick, user, host = found.groups("")
    if host and found[2] is None:
        nick, user = "", nick  # `user@host`, as RFC 2812 section 3.3.1 has it
    return Source(nick or "*", user or "*", host or "*")

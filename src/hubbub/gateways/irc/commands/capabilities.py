"""CAP: which capabilities there are, and which a client wants.

https://ircv3.net/specs/extensions/capability-negotiation
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hubbub.gateways.conversation import Refocus
from hubbub.gateways.irc.capabilities import Capability, find_capability
from hubbub.gateways.irc.coming_in import try_to_come_in
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.filling import fill
from hubbub.gateways.irc.offering import Offer
from hubbub.gateways.irc.talk import Step, Talk, as_parameter
from hubbub.wire.irc.message import LINE_LIMIT, IrcMessage
from hubbub.wire.irc.numerics import Numeric

VERSION_WITH_VALUES: Final = 302
"""From which version on a client knows values, lists of several lines, and NEW and DEL."""

VERSION_DIGITS: Final = 9
"""How much is read of a version's number."""

MORE: Final = "*"
"""Says that the list goes on in the next line."""


def cap(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Negotiate. Subcommands are compared without regard to case, as commands are."""
    subcommand, rest = message.params[0].upper(), message.param(1)
    match subcommand:
        case "LS":
            yield from _list_all(talk, rest)
        case "LIST":
            yield from _list(talk, "LIST", sorted(talk.capabilities), is_split=_knows_values(talk))
        case "REQ" if len(message.params) == 1:
            yield talk.numeric(Numeric.ERR_NEEDMOREPARAMS, "CAP", text="That needs more parameters")
        case "REQ":
            yield from _request(talk, rest)
        case "END":
            talk.registration.is_negotiating = False
            if not talk.is_welcome:
                yield from try_to_come_in(talk)
        case _:
            wrong = as_parameter(message.params[0])
            yield talk.numeric(Numeric.ERR_INVALIDCAPCMD, wrong, text="CAP knows LS, LIST, REQ and END")


def _list_all(talk: Talk, version: str) -> Iterator[Step]:
    """List what there is, in the way of the version that this request names; the highest ever named is what counts."""
    registration = talk.registration
    registration.is_negotiating = not talk.is_welcome
    number = int(version[:VERSION_DIGITS]) if version.isascii() and version.isdecimal() else 0
    registration.version = max(registration.version, number)
    is_new = number >= VERSION_WITH_VALUES
    if is_new:
        # "This capability MUST be implicitly enabled."
        talk.capabilities.add(Capability.CAP_NOTIFY)
    offer = talk.offer
    # Without its value it would mean nothing: "the capability has a REQUIRED value". IRCv3 sts.
    names = _written(offer, offer) if is_new else [one for one in offer if one is not Capability.STS]
    yield from _list(talk, "LS", names, is_split=is_new)


def _written(names: Iterable[Capability], offer: Offer) -> list[str]:
    return [f"{one}={offer[one]}" if offer[one] else str(one) for one in names]


def _list(talk: Talk, subcommand: str, words: Iterable[str], *, is_split: bool) -> Iterator[bytes]:
    """List capabilities: over several lines for those who know that, and otherwise as many as go into one."""
    head = len(talk.line("CAP", talk.nick, subcommand, MORE, text=""))
    lines = list(fill(words, LINE_LIMIT - head)) or [""]
    for line in lines[:-1] if is_split else ():
        yield talk.line("CAP", talk.nick, subcommand, MORE, text=line)
    yield talk.line("CAP", talk.nick, subcommand, text=lines[-1 if is_split else 0])


def _request(talk: Talk, wanted: str) -> Iterator[Step]:
    """Switch capabilities on and off: all that are named, or none."""
    talk.registration.is_negotiating = not talk.is_welcome
    changes = [(find_capability(word.removeprefix("-")), word.startswith("-")) for word in wanted.split(" ") if word]
    if not all(_may_change(talk, capability, is_off=is_off) for capability, is_off in changes):
        yield from _acknowledge(talk, "NAK", wanted)
        return
    yield from _acknowledge(talk, "ACK", wanted)
    for capability, is_off in changes:
        if capability is not None:
            (talk.capabilities.discard if is_off else talk.capabilities.add)(capability)
    yield Refocus()


def _may_change(talk: Talk, capability: Capability | None, *, is_off: bool) -> bool:
    if capability is Capability.CAP_NOTIFY and is_off:
        # "Servers MUST NOT disable the cap-notify capability" of those who have named version 302.
        return not _knows_values(talk)
    return capability is not Capability.STS and capability in talk.offer


def _acknowledge(talk: Talk, subcommand: str, wanted: str) -> Iterator[bytes]:
    """Repeat what was wanted, over several lines if it is too long with us as its source."""
    head = len(talk.line("CAP", talk.nick, subcommand, text=""))
    for line in list(fill(wanted.split(), LINE_LIMIT - head)) or [""]:
        yield talk.line("CAP", talk.nick, subcommand, text=line)


def _knows_values(talk: Talk) -> bool:
    return talk.registration.version >= VERSION_WITH_VALUES


def tell_changes(talk: Talk) -> Iterator[Step]:
    """Tell what is offered that was not before, or has another value, and what is not any more."""
    offering = talk.settings.offering
    before, offer = talk.offer, offering.of(talk.peer)
    talk.offer, talk.offer_version = offer, offering.version
    # "Servers MUST NOT send `CAP DEL` to disable this capability". IRCv3 sts.
    gone = before.keys() - offer.keys() - {Capability.STS}
    talk.capabilities -= gone
    if not talk.has(Capability.CAP_NOTIFY):
        return
    if gone:
        yield from _acknowledge(talk, "DEL", " ".join(sorted(gone)))
    new = [one for one, value in offer.items() if before.get(one) != value]
    if new:
        yield from _acknowledge(talk, "NEW", " ".join(_written(new, offer) if _knows_values(talk) else new))


COMMANDS: Final[Mapping[str, Entry]] = {"CAP": Entry(cap, least=1, is_early=True)}

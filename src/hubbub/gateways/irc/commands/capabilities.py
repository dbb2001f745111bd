"""CAP: which capabilities there are, and which a client wants.

https://ircv3.net/specs/extensions/capability-negotiation
"""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.gateways.conversation import Refocus
from hubbub.gateways.irc.capabilities import VALUES, Capability, find_capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.registering import try_to_come_in
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

VERSION_WITH_VALUES: Final = 302


def cap(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Negotiate."""
    subcommand, rest = message.params[0].upper(), message.params[1] if len(message.params) > 1 else ""
    match subcommand:
        case "LS":
            yield from _list_all(talk, rest)
        case "LIST":
            yield talk.line("CAP", talk.nick, "LIST", text=" ".join(sorted(talk.capabilities)))
        case "REQ":
            yield from _request(talk, rest)
        case "END":
            talk.registration.is_negotiating = False
            if not talk.is_welcome:
                yield from try_to_come_in(talk)
        case _:
            yield talk.numeric(
                Numeric.ERR_INVALIDCAPCMD, message.params[0] or "*", text="CAP knows LS, LIST, REQ and END"
            )


def _list_all(talk: Talk, version: str) -> Iterator[Step]:
    registration = talk.registration
    registration.is_negotiating = not talk.is_welcome
    if version.isdecimal():
        registration.version = max(registration.version, int(version[:9]))
    shows_values = registration.version >= VERSION_WITH_VALUES
    told = [f"{one}={VALUES[one]}" if shows_values and one in VALUES else str(one) for one in Capability]
    yield talk.line("CAP", talk.nick, "LS", text=" ".join(told))


def _request(talk: Talk, wanted: str) -> Iterator[Step]:
    """Switch capabilities on and off: all that are named, or none."""
    talk.registration.is_negotiating = not talk.is_welcome
    changes = [(find_capability(word.removeprefix("-")), word.startswith("-")) for word in wanted.split()]
    if any(capability is None for capability, _ in changes):
        yield talk.line("CAP", talk.nick, "NAK", text=wanted)
        return
    for capability, is_off in changes:
        if capability is not None:
            (talk.capabilities.discard if is_off else talk.capabilities.add)(capability)
    yield talk.line("CAP", talk.nick, "ACK", text=wanted)
    yield Refocus()


COMMANDS: Final[Mapping[str, Entry]] = {"CAP": Entry(cap, least=1, is_early=True)}

"""Pre-away: being away before one is in. https://ircv3.net/specs/extensions/pre-away (draft).

A client that connects by itself, to fetch what was said, says `AWAY *`: nobody is there because of it. So it makes
nobody away who is there on another connection, and whoever really comes is there again.
"""

from typing import Final

from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.gateways.irc import refusals
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.talk import NOTHING, Question, Steps, Talk
from hubbub.wire.irc.numerics import Numeric

NOBODY: Final = "*"
"""What is said by a client at which nobody sits."""

UNATTENDED: Final = "not there at the moment"
"""What others read of who is here by such a client alone: "Servers MAY substitute a human-readable message"."""


def read_reason(talk: Talk, reason: str) -> str:
    """Return why somebody is away, given what his client says after AWAY."""
    return UNATTENDED if reason == NOBODY and talk.has(Capability.PRE_AWAY) else reason


def note(talk: Talk, reason: str) -> Steps:
    """Take note of what a client says before it is in."""
    if not talk.has(Capability.PRE_AWAY):
        return (refusals.not_registered(talk),)
    talk.registration.away = reason
    if reason:
        return (talk.numeric(Numeric.RPL_NOWAWAY, text="You will be marked as being away"),)
    return (talk.numeric(Numeric.RPL_UNAWAY, text="You will not be marked as being away"),)


def take_up(talk: Talk) -> Steps:
    """Be away, or there, now that one is in."""
    person, reason = talk.require_person(), talk.registration.away
    if reason == NOBODY:
        is_alone = len(person.addresses) == 1
        request: GoAway | ComeBack | None = GoAway(UNATTENDED) if is_alone and person.away is None else None
    elif reason:
        request = GoAway(reason)
    else:
        is_back = person.away is not None and (reason is not None or person.away == UNATTENDED)
        request = ComeBack() if is_back else None
    return NOTHING if request is None else (Question(request, lambda _: NOTHING),)

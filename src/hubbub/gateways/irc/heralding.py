"""Heralding: what has become of people, as those hear it who want to know.

Whoever has not switched it on finds out when he asks: that is how clients of IRC have always had it.
"""

from collections.abc import Iterator
from typing import Final, assert_never

from hubbub.core.bans import USER
from hubbub.core.signals import (
    Alerting,
    Appearing,
    Arriving,
    Auditing,
    Automating,
    Departing,
    Describing,
    Identifying,
    Idling,
    Knocking,
    Portraying,
    Relocating,
    Returning,
)
from hubbub.gateways.irc import metadata
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.people import BOT_MODE, WALLOPS_MODE
from hubbub.gateways.irc.talk import Talk
from hubbub.gateways.irc.telling import line_from, numeric_from
from hubbub.phrasing import people_phrases
from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.numerics import Numeric

OFFLINE: Final = "is not here; what is written to him waits"
"""Why somebody is away who stays in his channels."""

Heralded = (
    Idling
    | Returning
    | Appearing
    | Describing
    | Automating
    | Portraying
    | Identifying
    | Relocating
    | Knocking
    | Alerting
    | Auditing
    | Arriving
    | Departing
)
"""Signals about people."""


def tell(talk: Talk, signal: Heralded) -> Iterator[bytes]:  # noqa: C901 - a table
    """Tell of somebody."""
    source = talk.settings.names.named
    match signal:
        case Idling() | Returning() | Appearing():
            if talk.has(Capability.AWAY_NOTIFY):
                yield from _away(talk, signal)
        case Describing():
            if talk.has(Capability.SETNAME):
                yield line_from(talk, signal.name, "SETNAME", text=signal.text)
        case Automating():
            if signal.name == talk.nick:
                yield own_mode(talk, f"{'+' if signal.is_bot else '-'}{BOT_MODE}")
        case Identifying():
            if talk.has(Capability.ACCOUNT_NOTIFY):
                yield line_from(talk, signal.name, "ACCOUNT", signal.account)
        case Relocating():
            if talk.has(Capability.CHGHOST):
                yield encode_line("CHGHOST", USER, signal.host, source=f"{signal.name}!{USER}@{signal.old_host}")
        case Knocking():
            user = source(signal.name).partition("!")[2]
            text = f"wants to write to you: ACCEPT {signal.name} lets him"
            yield numeric_from(talk, signal.name, Numeric.RPL_UMODEGMSG, signal.name, user, text=text)
        case Alerting():
            if WALLOPS_MODE in talk.own_modes:
                yield line_from(talk, signal.name, "WALLOPS", text=signal.text)
        case Auditing():
            yield talk.notice(f"*** {people_phrases.signal(signal)}")
        case Arriving():
            yield talk.numeric(Numeric.RPL_MONONLINE, text=source(signal.name))
        case Departing():
            yield talk.numeric(Numeric.RPL_MONOFFLINE, text=signal.name)
        case Portraying():
            yield from metadata.changed(talk, signal)
        case _:
            assert_never(signal)


def own_mode(talk: Talk, modes: str) -> bytes:
    """Tell a client which of its own modes have changed."""
    return encode_line("MODE", talk.nick, text=modes, source=talk.source)


def _away(talk: Talk, signal: Idling | Returning | Appearing) -> Iterator[bytes]:
    """Tell who is away, and why, and who is back. IRCv3 away-notify."""
    match signal:
        case Idling():
            yield line_from(talk, signal.name, "AWAY", text=signal.message or "away")
        case Returning():
            yield line_from(talk, signal.name, "AWAY")
        case Appearing():
            for name in signal.arrived:
                yield arrived(talk, name)
            for name in signal.gone:
                yield line_from(talk, name, "AWAY", text=OFFLINE)
        case _:
            assert_never(signal)


def arrived(talk: Talk, name: str) -> bytes:
    """Tell that somebody is here who was offline; he may have said before that he is away."""
    person = talk.settings.house.find_named(name)
    away = None if person is None else person.away
    return line_from(talk, name, "AWAY", text=None if away is None else away or "away")

"""Channel signals: what happens to one in a channel, or is asked of one there."""

from collections.abc import Iterator
from typing import assert_never

from hubbub.core.kinds import Refusal
from hubbub.core.signals import AskingIn, Excluding, Inviting, Removing, Retitling
from hubbub.gateways.irc import joining, refusals
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.gateways.irc.telling import line_from, numeric_from
from hubbub.wire.irc.numerics import Numeric

ChannelSignal = Removing | Excluding | Inviting | AskingIn | Retitling
"""What is told here."""


def tell(talk: Talk, signal: ChannelSignal) -> Iterator[Step]:
    """Say it as IRC does."""
    match signal:
        case Removing():
            talk.departing.pop(signal.room, None)
            yield line_from(talk, signal.name, "KICK", signal.room, talk.nick, text=signal.reason or signal.name)
        case Excluding():
            yield from refusals.refused_in(talk, "JOIN", signal.room, Refusal(signal.code, signal.sentence))
            yield from joining.departed(talk, signal.room)
        case Inviting():
            yield line_from(talk, signal.name, "INVITE", talk.nick, signal.room)
        case AskingIn():
            source, why = talk.settings.names.named(signal.name), signal.text
            asks = f"would like to come in: {why}" if why else "would like to come in"
            yield numeric_from(talk, signal.name, Numeric.RPL_KNOCK, signal.room, source, text=asks)
        case Retitling():
            yield from joining.retitled(talk, signal)
        case _:
            assert_never(signal)

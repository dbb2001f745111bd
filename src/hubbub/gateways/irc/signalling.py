"""Signalling: what is true for a moment, as IRC says it."""

from collections.abc import Iterator

from hubbub.core.signals import AnySignal, Ejecting, Levelling, Marking, Querying, Typing
from hubbub.gateways.irc import channel_signals, heralding, muting, reading
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.channel_signals import ChannelSignal
from hubbub.gateways.irc.tagging import TYPING_TAG
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.gateways.irc.telling import line_from
from hubbub.phrasing import phrases
from hubbub.wire.irc.ctcp import encode_ctcp


def tell(talk: Talk, signal: AnySignal) -> Iterator[Step]:  # noqa: C901 - a table
    """Say a signal; where IRC has no word for it, in a sentence."""
    if not talk.is_welcome:
        return
    match signal:
        case _ if isinstance(signal, ChannelSignal):
            yield from channel_signals.tell(talk, signal)
        case Querying():
            command = "NOTICE" if signal.is_answer else "PRIVMSG"
            text = encode_ctcp(*signal.text.split(" ", 1))
            yield line_from(talk, signal.name, command, signal.room or talk.nick, text=text)
        case Typing():
            target = signal.room if signal.room.startswith("#") else talk.nick
            yield line_from(talk, signal.name, "TAGMSG", target, tags={TYPING_TAG: signal.state})
        case _ if isinstance(signal, heralding.Heralded):
            yield from heralding.tell(talk, signal)
        case Ejecting():
            yield line_from(talk, signal.name, "KILL", talk.nick, text=signal.reason)
        case Marking():
            yield from reading.follow(talk, signal)
        case Levelling():
            yield from muting.changed(talk, signal)
        case _:
            if sentence := phrases.signal(signal):
                yield talk.notice(sentence)


def shows_typing(talk: Talk) -> bool:
    """Return whether the client may show who is writing: whoever takes TAGMSG is told."""
    return talk.has(Capability.MESSAGE_TAGS)


def keeps_marks(talk: Talk) -> bool:
    """Return whether the client tells how far its user has read."""
    return talk.has(Capability.READ_MARKER)

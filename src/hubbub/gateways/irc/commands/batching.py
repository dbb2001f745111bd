"""Batching: BATCH, messages of several lines.

https://ircv3.net/specs/extensions/multiline
"""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.gateways.irc import multiline
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.commands.speaking import say_to
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.multiline import KIND, Incoming
from hubbub.gateways.irc.talk import Step, Talk, as_parameter
from hubbub.wire.irc.batch import BatchEnd, BatchStart, parse_batch
from hubbub.wire.irc.message import IrcMessage

INVALID: Final = "MULTILINE_INVALID"


def batch(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Begin a message, or say it."""
    match parse_batch(message.params):
        case BatchStart(reference, kind, params):
            yield from _begin(talk, Incoming(reference, params[0] if params else "", message.tags), kind)
        case BatchEnd(reference) if talk.incoming is not None and talk.incoming.reference == reference:
            incoming, talk.incoming = talk.incoming, None
            yield from _end(talk, incoming)
        case _:
            yield talk.fail("BATCH", INVALID, text="No such batch has begun")


def _begin(talk: Talk, incoming: Incoming, kind: str) -> Iterator[Step]:
    if kind != KIND or not talk.has(Capability.MULTILINE):
        yield talk.fail("BATCH", INVALID, text=f"Clients begin batches of the type {KIND}, if they have switched it on")
    elif not incoming.target or "," in incoming.target:
        yield talk.fail("BATCH", INVALID, text="Such a batch is for one channel or one person")
    elif talk.incoming is not None:
        talk.incoming.is_spoilt = True
        yield talk.fail("BATCH", INVALID, text="One batch ends before another begins")
    else:
        talk.incoming = incoming


def _end(talk: Talk, incoming: Incoming) -> Iterator[Step]:
    if incoming.is_spoilt:
        return
    if not incoming.text.strip():
        yield talk.fail("BATCH", INVALID, text="There is nothing to say in an empty message")
        return
    yield from say_to(talk, "PRIVMSG", [incoming.target], incoming.text, incoming.tags)


def collect(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Keep a line until its message is complete; of one with which something is wrong, that is told once."""
    incoming = multiline.part_of(talk, message)
    if incoming is None:
        yield talk.fail("BATCH", INVALID, text="No such batch has begun")
    elif not incoming.is_spoilt and (problem := incoming.add(message)) is not None:
        code, context, sentence = problem
        incoming.is_spoilt = True
        yield talk.fail("BATCH", code, *map(as_parameter, context), text=sentence)


COMMANDS: Final[Mapping[str, Entry]] = {"BATCH": Entry(batch, least=1, in_turn=False)}

"""Muting: whether somebody has muted a channel or a conversation, told to his own clients as metadata.

`soju.im/muted`, `0` or `1`, as soju's "Metadata keys" have it: the target is what is muted, everybody has a value of
his own there, and nobody else sees it. In the core that is a level of the room, which says more; a client that
only knows these two leaves the rest as it is.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.attention_answers import LevelFound, LevelList
from hubbub.core.attention_requests import FindLevel, ListLevels, SetLevel
from hubbub.core.conversations import CONVERSATION
from hubbub.core.kinds import Refusal
from hubbub.core.levels import Level
from hubbub.core.signals import Levelling
from hubbub.gateways.irc import metadata
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.numerics import Numeric

KEY: Final = "soju.im/muted"

PRIVATE: Final = "private"
"""Who may see it: a token of ours, for only `*` has a meaning, which is everybody."""

VALUES: Final = {"1": True, "0": False, None: False}
"""What may be sent, and whether it mutes."""


def find(talk: Talk, target: str, then: Callable[[bytes], Iterator[Step]]) -> Iterator[Step]:
    """Ask whether a target is muted, and go on with what tells it."""

    def found(answer: Answer) -> Iterator[Step]:
        level = answer.level if isinstance(answer, LevelFound) else "default"
        yield from then(_value(talk, target, level))

    yield Question(FindLevel(_room(target)), found)


def choose(talk: Talk, target: str, value: str | None) -> Iterator[Step]:
    """Mute a target, or no longer."""
    if value not in VALUES:
        yield talk.fail("METADATA", "INVALID_VALUE", KEY, text="Say 1 or 0")
    elif VALUES[value]:
        yield Question(SetLevel(_room(target), "nothing"), partial(_chosen, talk, target))
    else:
        yield Question(FindLevel(_room(target)), partial(_unmute, talk, target))


def _unmute(talk: Talk, target: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, LevelFound) and answer.level == "nothing":
        yield Question(SetLevel(_room(target), "default"), partial(_chosen, talk, target))
    else:
        yield from _chosen(talk, target, answer)


def _chosen(talk: Talk, target: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield metadata.refused(talk, as_parameter(target), KEY, answer)
    elif isinstance(answer, LevelFound):
        yield _value(talk, target, answer.level)


def tell_all(talk: Talk) -> Iterator[Step]:
    """Tell a client that wants to know it what is muted, in whichever rooms and conversations."""
    if talk.has(Capability.METADATA) and KEY in talk.subscriptions:
        yield Question(ListLevels(), partial(_all, talk))


def _all(talk: Talk, answer: Answer) -> Iterator[Step]:
    for one in answer.levels if isinstance(answer, LevelList) else ():
        if one.level == "nothing" and one.room:
            yield _value(talk, one.room.removeprefix(CONVERSATION), one.level)


def changed(talk: Talk, signal: Levelling) -> Iterator[bytes]:
    """Tell what somebody has muted, or not, on another connection."""
    if talk.has(Capability.METADATA) and KEY in talk.subscriptions:
        yield _value(talk, signal.room.removeprefix(CONVERSATION), signal.level)


def _value(talk: Talk, target: str, level: Level) -> bytes:
    value = "1" if level == "nothing" else "0"
    return talk.numeric(Numeric.RPL_KEYVALUE, as_parameter(target), KEY, PRIVATE, text=value)


def _room(target: str) -> str:
    return target if target.startswith("#") else CONVERSATION + target

"""Pre-metadata: what a client notes about its person before one is in. draft/metadata-3, `before-connect`.

"Clients that have not completed connection registration MUST use `*` to target themselves". What is noted is
remembered until one is in, and then noted in order; there is no more of it than one person may have.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.features.traits import TRAIT_LENGTH, TRAIT_LIMIT, SetTrait, is_key
from hubbub.core.kinds import Refusal
from hubbub.core.texts import clean_line
from hubbub.gateways.irc import metadata, muting
from hubbub.gateways.irc.talk import Question, Step, Talk

ONESELF: Final = "*"
"""Stands for whoever one will be."""


def note(talk: Talk, _target: str, rest: Sequence[str]) -> Iterator[bytes]:
    """Remember it, and answer as if it were noted. SET."""
    key, value = rest[0].lower(), clean_line(rest[1]) if len(rest) > 1 else None
    noted = talk.registration.traits
    if not is_key(key):
        yield metadata.invalid_key(talk, rest[0])
    elif value is not None and len(value) > TRAIT_LENGTH:
        text = f"That has {len(value)} characters, and {TRAIT_LENGTH} is the most"
        yield talk.fail("METADATA", "INVALID_VALUE", rest[0], text=text)
    elif key not in noted and len(noted) >= TRAIT_LIMIT:
        yield talk.fail("METADATA", "LIMIT_REACHED", ONESELF, text=f"{TRAIT_LIMIT} keys are the most")
    else:
        noted[key] = value
        yield metadata.key_value(talk, ONESELF, key, value)


def take_up(talk: Talk) -> Iterator[Step]:
    """Note it about whoever is in now, and tell what is noted about him when all of it is."""
    noted, talk.registration.traits = talk.registration.traits, {}
    for key, value in noted.items():
        yield Question(SetTrait(key, value), partial(_noted, talk, key, is_last=key == [*noted][-1]))
    if not noted:
        yield from metadata.introduce(talk)
    yield from muting.tell_all(talk)


def _noted(talk: Talk, key: str, answer: Answer, *, is_last: bool) -> Iterator[bytes]:
    # To take away what is not there is no error.
    if isinstance(answer, Refusal) and answer.code != "unchanged":
        yield metadata.refused(talk, talk.nick, key, answer)
    if is_last:
        yield from metadata.introduce(talk)

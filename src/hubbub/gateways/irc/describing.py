"""Describing: who somebody says he is, which IRC calls his real name."""

from collections.abc import Iterator

from hubbub.core.features.portraits import ABOUT_LIMIT, Describe
from hubbub.gateways.irc.talk import NOTHING, Question, Step, Talk


def introduce(talk: Talk) -> Iterator[Step]:
    """Say who somebody is as his client has with USER, unless that is only his name, or he has said it before."""
    text, person = talk.registration.realname.strip(), talk.require_person()
    if text and not person.about and text.casefold() not in {person.name.casefold(), "realname", "unknown"}:
        yield Question(Describe(text[:ABOUT_LIMIT]), lambda _: NOTHING)

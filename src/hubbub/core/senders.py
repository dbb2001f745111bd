"""Senders: why somebody does not take what another wants to tell him alone."""

from collections.abc import Mapping
from typing import Final, Literal

from hubbub.core.kinds import RefusalCode

WhyRefused = Literal["refused_by_recipient", "accounts_only", "asks_first"]
"""He blocks the sender or takes messages of few; he wants those without an account to open one; or he has to accept
each of those who write to him before they may."""

_SENTENCES: Final[Mapping[RefusalCode, str]] = {
    "accounts_only": "{} takes messages only from people with an account. Open one with /register PASSWORD.",
    "asks_first": "{} has to accept you before you can write to him.",
}


def explain_refusal(why: RefusalCode | None, name: str) -> str:
    """Return what a sender is told whom somebody of that name does not hear, for that reason or for one of his own."""
    sentence = None if why is None else _SENTENCES.get(why)
    return (sentence or "{} does not take messages from you.").format(name)

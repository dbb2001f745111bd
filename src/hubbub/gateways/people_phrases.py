"""What is said about people: who they say they are, and whom they let write to them."""

from typing import assert_never

from hubbub.core.catalog import PortraitCommand
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.signals import Automating, Describing, Identifying, Querying, Relocating

PeopleSignal = Describing | Automating | Identifying | Relocating | Querying
"""Signals about others, and about what they want."""

PeopleCommand = GoAway | ComeBack | PortraitCommand
"""What one asks about oneself, as far as its answer is nothing but that it was done."""


def signal(value: PeopleSignal) -> str:
    """Tell what is true of somebody at the moment; empty where nobody has to read it among what is said."""
    match value:
        case Describing() | Automating() | Identifying() | Relocating():
            # Whoever wants to know asks: /whois tells.
            return ""
        case Querying():
            # These clients have no answer to what another one asks.
            return ""
        case _:
            assert_never(value)


def done(request: PeopleCommand) -> str:
    """Confirm what was asked."""
    match request:
        case GoAway():
            return "You are away. Who writes to you is told. End it with /back."
        case ComeBack():
            return "Welcome back."
        case Describe():
            return "Who asks about you is told so." if request.text.strip() else "You say nothing about yourself."
        case MarkBot():
            return "Others see that you are a program." if request.is_bot else "Others see that you are no program."
        case _:
            assert_never(request)

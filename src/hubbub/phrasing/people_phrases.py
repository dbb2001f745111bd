"""What is said about people: who they say they are, and whom they let write to them."""

from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from hubbub.core.attention_requests import WATCHED_LIMIT, WatchAudit, WatchPeople
from hubbub.core.catalog import PortraitCommand
from hubbub.core.features.alerting import Alert
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.features.senders import Accept, LimitSenders
from hubbub.core.features.traits import SetTrait
from hubbub.core.people_answers import AcceptedChanged, AcceptedList, PeopleWatched, TraitList
from hubbub.core.room import Senders
from hubbub.core.signals import (
    Alerting,
    Arriving,
    Auditing,
    Automating,
    Departing,
    Describing,
    Identifying,
    Knocking,
    Portraying,
    Querying,
    Relocating,
)
from hubbub.core.texts import in_brackets, join_words
from hubbub.wire.native import Request

_WHO_MAY_WRITE: Final[Mapping[Senders, str]] = {
    "everyone": "Everybody may write to you alone.",
    "accounts": "Only people with an account may write to you alone, and whom you accept: /accept NAME.",
    "accepted": "Only whom you accept may write to you alone: /accept NAME. You are told who wants to.",
}

PeopleSignal = (
    Describing
    | Automating
    | Portraying
    | Identifying
    | Relocating
    | Knocking
    | Querying
    | Alerting
    | Auditing
    | Arriving
    | Departing
)
"""Signals about others, and about what they want."""

PeopleCommand = GoAway | ComeBack | PortraitCommand | LimitSenders | Alert | WatchAudit | ReloadSettings
"""What one asks about oneself, as far as its answer is nothing but that it was done."""


def signal(value: PeopleSignal) -> str:
    """Tell what is true of somebody at the moment; empty where nobody has to read it among what is said."""
    match value:
        case Describing() | Automating() | Portraying() | Identifying() | Relocating():
            # Whoever wants to know asks: /whois tells.
            return ""
        case Knocking():
            return f"{value.name} wants to write to you: /accept {value.name} lets him."
        case Alerting():
            # To the end of the line it is his own words.
            return f"{value.name} tells all administrators: {value.text}"
        case Auditing():
            where = f" in {value.room}" if value.room else ""
            return f"Audit: {value.name}: {value.act} {value.target}{where}{in_brackets(value.reason)}"
        case Arriving():
            return f"{value.name} is here now."
        case Departing():
            return f"{value.name} is not here any more."
        case Querying():
            # These clients have no answer to what another one asks.
            return ""
        case _:
            assert_never(value)


def watched(request: Request, answer: PeopleWatched) -> list[str]:
    """Tell who of those one looks out for is here."""
    if isinstance(request, WatchPeople) and not request.is_watching:
        return [f"You are not told any more when {join_words(request.names)} come and go."]
    sentences = [f"{join_words(answer.here)} {'is' if len(answer.here) == 1 else 'are'} here."] if answer.here else []
    if answer.absent:
        sentences.append(f"You are told when {join_words(answer.absent)} {_come(answer.absent)}.")
    if answer.left_over:
        sentences.append(f"{WATCHED_LIMIT} people are the most: you are not told of {join_words(answer.left_over)}.")
    return sentences


def _come(names: Sequence[str]) -> str:
    return "comes" if len(names) == 1 else "come"


def accepted(answer: AcceptedList) -> list[str]:
    """Tell who may write to one alone, and whom one has accepted."""
    names = f"You have accepted {join_words(answer.names)}." if answer.names else "You have accepted nobody."
    return [_WHO_MAY_WRITE[answer.whom], names]


def accepted_changed(request: Request, answer: AcceptedChanged) -> list[str]:
    """Tell whom one has accepted, or accepts no longer."""
    is_accepting = isinstance(request, Accept)
    missing = "User '{}' not found." if is_accepting else "You have not accepted '{}'."
    sentences = [missing.format(name) for name in answer.unknown]
    if answer.unchanged:
        sentences.append(f"You have accepted {join_words(answer.unchanged)} already.")
    if answer.names and is_accepting:
        sentences.append(f"{join_words(answer.names)} may write to you, whoever else may.")
    elif answer.names:
        sentences.append(f"You accept {join_words(answer.names)} no longer.")
    return sentences


def traits(answer: TraitList) -> list[str]:
    """List what is noted, a line each."""
    # To the end of the line it is somebody's own words.
    listed = [f"{answer.subject}: {key}: {value}" for key, value in answer.traits.items()]
    return listed or [f"Nothing is noted about {answer.subject}."]


def done(request: PeopleCommand) -> str:  # noqa: C901 - a table
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
        case SetTrait():
            return "It is noted." if request.value is not None else "It is noted no longer."
        case LimitSenders():
            return _WHO_MAY_WRITE[request.whom]
        case ReloadSettings():
            return "The server reads its settings again; its log tells what has changed, or what is wrong."
        case Alert():
            return "All administrators who are here have been told."
        case WatchAudit():
            return "You are told what is done." if request.is_watching else "You are told no longer what is done."
        case _:
            assert_never(request)

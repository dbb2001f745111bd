"""What is said about what wants somebody's attention: what he has not read, and whom and what he looks out for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from hubbub.core.account_answers import LoggedIn
from hubbub.core.attention_answers import (
    AlertList,
    DraftFound,
    DraftList,
    Following,
    LevelFound,
    LevelList,
    Marked,
    MarkFound,
    UnreadList,
    UnreadView,
)
from hubbub.core.attention_requests import MarkMessage, SaveDraft, SetLevel
from hubbub.core.levels import Level
from hubbub.core.message_answers import ActiveList, ActiveView
from hubbub.core.people_answers import AccountList, AccountView, PersonFound
from hubbub.core.roles import ServerRole
from hubbub.core.signals import Uncalled
from hubbub.core.texts import join_words
from hubbub.phrasing.stamps import day_and_minute
from hubbub.wire.native import Request

AttentionAnswer = (
    UnreadList
    | ActiveList
    | Marked
    | MarkFound
    | DraftFound
    | DraftList
    | LevelFound
    | LevelList
    | Following
    | AlertList
    | PersonFound
    | AccountList
)
"""Answers that are told in sentences and change nothing else."""


_TOLD: Final[Mapping[Level, str]] = {
    "default": "what is usual",
    "all": "everything",
    "mentions": "what calls you",
    "nothing": "nothing",
}
"""Of what somebody is told."""

ALL_AS_USUAL: Final = "All rooms tell you what is usual. /notify #room nothing mutes one; /help notify says more."


def answered(request: Request, answer: AttentionAnswer) -> list[str]:  # noqa: C901 - a table
    """Return what an answer comes to."""
    match answer:
        case UnreadList():
            return [unread(answer.places)]
        case ActiveList():
            return [active(answer.places)]
        case MarkFound():
            return [f"You have read {answer.room} up to its record {answer.seq}."]
        case Marked():
            return [_marked(request, answer)]
        case DraftFound():
            return [_kept(answer)] if isinstance(request, SaveDraft) else _draft(answer)
        case DraftList():
            return [line for draft in answer.drafts for line in _draft(draft)] or ["You have no drafts."]
        case LevelFound():
            return [_level(answer, is_new=isinstance(request, SetLevel))]
        case LevelList():
            return [_level(one, is_new=False) for one in answer.levels] or [ALL_AS_USUAL]
        case Following():
            follow = "follow" if answer.is_following else "no longer follow"
            return [f"You {follow} that thread in {answer.room}."]
        case AlertList():
            return [_alerts(answer)]
        case PersonFound():
            return _person(answer)
        case AccountList():
            return _accounts(answer)
        case _:
            assert_never(answer)


def unread(places: Sequence[UnreadView]) -> str:
    """Tell in one line where how much is unread, and how much of it calls one."""
    return f"Unread: {', '.join(map(_place, places))}" if places else "Nothing is unread."


def news(answer: LoggedIn) -> list[UnreadView]:
    """Return what is unread where somebody who has come in wants to be told of it, or is called."""
    # What was said to one alone has just been shown.
    rooms = (view for view in answer.unread if view.room.startswith("#"))
    return [view for view in rooms if view.mentions or answer.levels.get(view.id) != "nothing"]


def active(places: Sequence[ActiveView]) -> str:
    """Tell in one line where something was said, what was last first."""
    rooms = join_words(tuple(place.room for place in reversed(places)))
    return f"Something was said in {rooms}." if places else "Nothing was said."


def uncalled(signal: Uncalled) -> str:
    """Tell a speaker that he has called nobody."""
    return f"Only moderators of {signal.room} call everybody with @room. Your message was sent; nobody was called."


def _place(view: UnreadView) -> str:
    how = f" (/thread {view.beginning})" if view.beginning else ""
    where = f"a thread in {view.room}{how}" if view.thread else view.room
    more = "+" if view.is_more else ""
    return f"{where} {view.unread}{more}" + (f" ({view.mentions} for you)" if view.mentions else "")


def _marked(request: Request, answer: Marked) -> str:
    if not answer.room:
        return "Everything is marked as read."
    if isinstance(request, MarkMessage) and not request.is_thread:
        return f"{answer.room} is marked as read up to there."
    what = f"A thread in {answer.room}" if answer.thread else answer.room
    return f"{what} is marked as read."


def _kept(answer: DraftFound) -> str:
    if not answer.text:
        return f"You have no draft in {answer.room} any more."
    return f"Your draft in {answer.room} is kept, for all your connections. /draft shows it."


def _draft(answer: DraftFound) -> list[str]:
    if not answer.text:
        return [f"You have no draft in {answer.room}."]
    return [f"Your draft in {answer.room}:", *answer.text.splitlines()]


def _level(answer: LevelFound, *, is_new: bool) -> str:
    since = " from now on, on all your connections" if is_new else ""
    return f"{answer.room} tells you {_TOLD[answer.level]}{since}."


def _alerts(answer: AlertList) -> str:
    if not answer.words:
        return "You have no alerts. /alert WORD calls you when somebody says it."
    return f"You are called at: {', '.join(answer.words)}"


def _person(answer: PersonFound) -> list[str]:
    kind = "has an account" if answer.has_account else "is a guest"
    if answer.is_bot:
        kind += ", is a program"
    shared = f", and is in {join_words(answer.rooms)} with you" if answer.rooms else ""
    # To the end of each line behind the first it is his own words.
    about = [f"About: {answer.about}"] if answer.about else []
    away = [f"Away: {answer.away}"] if answer.away else []
    return [f"{answer.name} is {_state(answer)}, {kind}{shared}.", *about, *away]


def _accounts(answer: AccountList) -> list[str]:
    listed = [f"{view.name}: {', '.join(_traits(view))}" for view in answer.accounts]
    if answer.more:
        listed.append(f"There are {answer.more} more: /accounts NAME shows those whose names begin so.")
    return listed or ["There is no such account."]


def _traits(view: AccountView) -> Iterator[str]:
    if view.role is not ServerRole.MEMBER:
        yield f"{view.role} of the server"
    if view.is_disabled:
        yield "disabled"
    yield _state(view)


def _state(answer: PersonFound | AccountView) -> str:
    if answer.is_present:
        return "here" if answer.away is None else "away"
    if answer.last_seen_ms is None:
        return "offline"
    return f"offline since {day_and_minute(answer.last_seen_ms)}"

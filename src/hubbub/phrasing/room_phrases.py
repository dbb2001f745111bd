"""Room phrases: what is said in plain sentences about who looks after a room, and how."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, assert_never

from hubbub.core.bans import ACCOUNT
from hubbub.core.catalog import ModerationEvent, Record
from hubbub.core.durations import describe_duration
from hubbub.core.features.auditing import Audited
from hubbub.core.features.inviting import Invited, Uninvited
from hubbub.core.features.moderation import Banned, Excepted, Kicked, Muted, Unbanned, Unexcepted, Unmuted
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import RoomRenamed, SettingsChanged
from hubbub.core.roles import RoomRole
from hubbub.core.room_answers import AuditTrail, BanList, BanView, InvitedList, RoomFound
from hubbub.core.room_settings import Change
from hubbub.core.signals import Removing
from hubbub.core.terms import length_of
from hubbub.core.texts import in_brackets, with_article
from hubbub.phrasing.stamps import day_and_minute


def moderated(room: str, event: ModerationEvent) -> str:  # noqa: C901 - a table
    """Tell everyone in a room what those did who look after it."""
    match event:
        case Kicked():
            if event.is_banned:
                return f"User '{event.person_name}' has left {room}. (banned)"
            return f"{event.name} put {event.person_name} out of {room}{_why(event.reason)}"
        case Banned():
            done = f"muted {_whom(event)} in" if event.is_silencing else f"banned {_whom(event)} from"
            return f"{event.name} {done} {room}{length_of(event.term)}{_why(event.reason)}"
        case Unbanned():
            if event.is_silencing:
                return f"{event.name} lets {_whom(event)} speak in {room} again."
            return f"{event.name} lifted the ban of {_whom(event)} from {room}."
        case Excepted():
            if event.list == "bans":
                return f"{event.name} excepted {_whom(event)} from the bans of {room}."
            return f"{event.name} invited {_whom(event)} into {room} for ever."
        case Unexcepted():
            if event.list == "bans":
                return f"{event.name} excepts {_whom(event)} from the bans of {room} no longer."
            return f"{event.name} took the invitation of {_whom(event)} into {room} back."
        case Muted():
            return f"{event.name} muted {event.person_name} in {room}{length_of(event.term)}{_why(event.reason)}"
        case Unmuted():
            return f"{event.name} lets {event.person_name} speak in {room} again."
        case RoleSet():
            return f"{event.name} made {event.person_name} {with_article(event.role)} of {room}."
        case Invited():
            return f"{event.name} invited {event.person_name} into {room}."
        case Uninvited():
            return f"{event.name} took the invitation of {event.person_name} into {room} back."
        case SettingsChanged():
            return f"{event.name} changed {room}: {'; '.join(_changes(event.change))}."
        case RoomRenamed():
            return f"{event.name} renamed {event.old_name} to {event.new_name}{in_brackets(event.reason)}."
        case _:
            assert_never(event)


def removed(signal: Removing) -> str:
    """Tell somebody that he was put out of a room: by whom, why and for how long."""
    if signal.is_banned:
        return f"{signal.name} has banned you from {signal.room}{length_of(signal.term)}{in_brackets(signal.reason)}."
    return f"{signal.name} has put you out of {signal.room}{in_brackets(signal.reason)}."


def room(answer: RoomFound) -> list[str]:
    """List what holds in a room, and who looks after it."""
    settings = answer.settings
    key = "a secret one" if answer.has_key and not settings.key else settings.key
    values: Mapping[str, object] = {
        "access": settings.access,
        "moderated": settings.is_moderated,
        "slow": settings.slow_seconds and describe_duration(settings.slow_seconds),
        "limit": settings.member_limit,
        "key": key,
        "topic-lock": settings.is_topic_locked,
        "history": settings.history,
        "keep": _kept(settings.keep_days, settings.keep_messages),
        "archive": settings.is_archived,
        "hidden": settings.is_hidden,
        "accounts-only": settings.accounts_only,
        "quiet-guests": settings.speakers_have_accounts,
        "no-queries": settings.refuses_queries,
        "plain": settings.is_plain,
    }
    shown = [f"{word} {value if value is not True else 'on'}" for word, value in values.items() if value]
    return [f"{answer.room}: {', '.join(shown)}", *_ranks(answer)]


def room_in_words(answer: RoomFound) -> list[str]:
    """Tell the same to those who do not know the words by which it is changed."""
    fields = {field: getattr(answer.settings, field, None) for field in _TOLD} | {"key": answer.has_key}
    told = [_TOLD[field](value) for field, value in fields.items() if value]
    return [f"{answer.room}: {'; '.join(told)}.", *_ranks(answer)]


def _ranks(answer: RoomFound) -> Iterator[str]:
    for role in reversed(RoomRole):
        names = [name for its_role, name in answer.roles if its_role is role]
        if names:
            yield f"{_HEADS[role]}: {', '.join(names)}"


def bans(answer: BanList) -> list[str]:
    """List whom a room keeps out, and whom it keeps silent."""
    lists = (
        ("Banned", answer.bans),
        ("Muted", (*answer.mutes, *answer.silences)),
        ("Excepted from bans", answer.exceptions),
        ("Invited for ever", answer.invitations),
    )
    lines = [f"{word}: {_view(ban)}" for word, views in lists for ban in views]
    if not lines and not answer.room:
        return ["Nobody is banned from this server."]
    return lines or [f"Nobody is banned from {answer.room}, or muted there."]


def invited(answer: InvitedList) -> str:
    """List who may come into a room."""
    if not answer.names:
        return f"Nobody is invited into {answer.room}."
    return f"Invited into {answer.room}: {', '.join(answer.names)}"


def audit(answer: AuditTrail) -> list[str]:
    """List what moderators and administrators did, a line each, with the day and the server's local time."""
    return [_audited(record) for record in answer.records] or ["Nothing was written down yet."]


def _audited(record: Record) -> str:
    event = record.event
    if not isinstance(event, Audited):
        return ""
    when = day_and_minute(record.time_ms)
    where = f" in {event.room_name}" if event.room_name else ""
    return f"{when} {event.name}: {event.act} {event.target}{where}{in_brackets(event.reason)}"


def _view(ban: BanView) -> str:
    left = "" if ban.seconds_left is None else f" for another {describe_duration(ban.seconds_left)}"
    return f"{ban.shown}, by {ban.name}{left}{in_brackets(ban.reason)}"


def _why(reason: str) -> str:
    """End the sentence, with the reason if there is one."""
    return f": {reason}" if reason else "."


def _whom(event: Banned | Unbanned | Excepted | Unexcepted) -> str:
    target = event.target
    match target.kind:
        case "person":
            return target.shown
        case "pattern":
            return f"everybody called {target.shown}"
        case "address":
            # Where somebody lives is the moderators' business: /bans shows it.
            return "an address"
        case "account":
            return f"the account {target.shown.removeprefix(ACCOUNT)}"
        case "mask":
            return target.shown


def _kept(days: int, messages: int) -> str:
    kept = [f"{count} {word}" for count, word in ((days, "days"), (messages, "messages")) if count]
    return " and ".join(kept)


def _switch(on: str, off: str) -> Callable[[Any], str]:  # Any: each setting has values of its own
    return lambda value: on if value else off


def _number(some: str, none: str) -> Callable[[Any], str]:
    return lambda value: some.format(value) if value else none


_HEADS: Final = {
    RoomRole.MEMBER: "Members",
    RoomRole.SPEAKER: "Speakers",
    RoomRole.ASSISTANT: "Assistants",
    RoomRole.MODERATOR: "Moderators",
    RoomRole.DEPUTY: "Deputies",
    RoomRole.OWNER: "Owners",
}
"""Before whom they stand, where those are listed who look after a room."""

_ACCESS: Final = {
    "public": "anyone may come in and speak",
    "private": "only those who are invited come in",
    "announcement": "only speakers speak",
}

_TOLD: Final[Mapping[str, Callable[[Any], str]]] = {
    "access": _ACCESS.__getitem__,
    "is_moderated": _switch("only speakers speak", "every member may speak"),
    "slow_seconds": lambda value: f"one message in {describe_duration(value)}" if value else "no slow mode",
    "member_limit": _number("at most {} members", "no limit of members"),
    "key": _switch("it needs a key", "it needs no key"),
    "is_topic_locked": _switch("only moderators set the topic", "every member may set the topic"),
    "history": lambda value: f"history is for {'everyone' if value == 'everyone' else 'those who were there'}",
    "keep_days": _number("messages are kept {} days", "messages are kept however old"),
    "keep_messages": _number("the last {} messages are kept", "messages are kept however many"),
    "is_group": _switch("it is a group", "it is no group any more"),
    "is_archived": _switch("it is archived", "it is archived no longer"),
    "is_hidden": _switch("it is in no list", "it is in the list of rooms"),
    "accounts_only": _switch("guests come in when they are invited", "guests may come in"),
    "speakers_have_accounts": _switch("guests only listen", "guests may speak"),
    "refuses_queries": _switch("nobody's client may be asked anything here", "clients may be asked here"),
    "is_plain": _switch("texts are shown as they are written", "texts may be formatted"),
}
"""What is told of each setting."""


def _changes(change: Change) -> Iterator[str]:
    for field, value in change.fields.items():
        yield _TOLD[field](value)

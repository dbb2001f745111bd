"""Room commands: what holds in a room, who may come in, and what one lets others do to oneself."""

from collections.abc import Callable, Mapping
from typing import Final, get_args

import msgspec

from hubbub.core.directory import Privacy
from hubbub.core.durations import UnfitDurationError, parse_duration
from hubbub.core.features.accounts import SetPrivacy
from hubbub.core.features.inviting import AskIn, Invite, Uninvite
from hubbub.core.features.settings import ChangeSettings, RenameRoom
from hubbub.core.queries import FindRoom, ListInvited
from hubbub.core.room_settings import Change
from hubbub.wire.slash.arguments import OFF, in_room, parse_number, read_switch
from hubbub.wire.slash.meanings import NO_ROOM, Meaning, Misuse, SlashCommand

FOREVER: Final = frozenset({"everything", "forever", "all"})
LAST_SEEN: Final = "lastseen"
"""The word after `/privacy` that says whether others may know when one was here last."""


def _mean_room(rest: str, room: str) -> Meaning | None:
    if rest.startswith("#"):
        room, _, rest = rest.partition(" ")
    word, _, value = rest.strip().partition(" ")
    value = value.strip()
    if not room:
        return NO_ROOM
    if not word:
        return FindRoom(room)
    if word.lower() == "name":
        return RenameRoom(room, value) if value else None
    setting = SETTINGS.get(word.lower())
    if setting is None:
        return None
    change = setting(value)
    return change if isinstance(change, Misuse) else ChangeSettings(room, change)


def _one_of(field: str, *words: str) -> Callable[[str], Change | Misuse]:
    def read(value: str) -> Change | Misuse:
        near = [word for word in words if value and word.startswith(value.lower())]
        return _change(field, near[0]) if len(near) == 1 else Misuse(f"That is one of: {', '.join(words)}.")

    return read


def _switch(field: str) -> Callable[[str], Change | Misuse]:
    def read(value: str) -> Change | Misuse:
        is_on = read_switch(value)
        return Misuse("That is on or off.") if is_on is None else _change(field, is_on)

    return read


def _read_slow(value: str) -> Change | Misuse:
    if value.lower() in OFF:
        return Change(slow_seconds=0)
    number = parse_number(value)
    try:
        return Change(slow_seconds=parse_duration(value) if number is None else number)
    except UnfitDurationError:
        return Misuse("Write how many seconds lie between two messages, as in  /room slow 10 , or off.")


def _read_limit(value: str) -> Change | Misuse:
    number = 0 if value.lower() in OFF else parse_number(value)
    if number is None:
        return Misuse("Write how many may be in, as in  /room limit 50 , or off.")
    return Change(member_limit=number)


def _read_key(value: str) -> Change | Misuse:
    if not value or " " in value:
        return Misuse("A key is one word; - takes it away.")
    return Change(key="" if value == "-" else value)


def _read_keep(value: str) -> Change | Misuse:
    words = value.lower().split()
    if len(words) == 1 and words[0] in FOREVER:
        return Change(keep_days=0, keep_messages=0)
    number = parse_number(words[0]) if words else None
    unit = words[1] if len(words) == 2 else ""  # noqa: PLR2004 - a number and its unit
    if number and "days".startswith(unit) and unit:
        return Change(keep_days=number)
    if number and "messages".startswith(unit) and unit:
        return Change(keep_messages=number)
    return Misuse("Write /room keep 30 days, /room keep 500 messages or /room keep everything.")


def _change(field: str, value: object) -> Change:
    return msgspec.convert({field: value}, Change)


SETTINGS: Final[Mapping[str, Callable[[str], Change | Misuse]]] = {
    "access": _one_of("access", "public", "private", "announcement"),
    "moderated": _switch("is_moderated"),
    "slow": _read_slow,
    "limit": _read_limit,
    "key": _read_key,
    "topic-lock": _switch("is_topic_locked"),
    "history": _one_of("history", "everyone", "joined"),
    "keep": _read_keep,
    "archive": _switch("is_archived"),
    "hidden": _switch("is_hidden"),
    "accounts-only": _switch("accounts_only"),
    "quiet-guests": _switch("speakers_have_accounts"),
    "no-queries": _switch("refuses_queries"),
    "plain": _switch("is_plain"),
}
"""What may follow `/room`, and how its value is read."""


def _mean_invite(rest: str, room: str) -> Meaning | None:
    name, _, where = rest.partition(" ")
    where = where.strip() or room
    if name and not where:
        return NO_ROOM
    return Invite(where, name) if name and " " not in where else None


def _mean_ask_in(rest: str, _room: str) -> Meaning | None:
    room, _, text = rest.partition(" ")
    return AskIn(room, text.strip()) if room else None


def _mean_uninvite(rest: str, room: str) -> Meaning | None:
    return Uninvite(room, rest) if rest and " " not in rest else None


def _mean_privacy(rest: str, _room: str) -> Meaning | None:
    word, _, value = rest.partition(" ")
    if word.lower() == LAST_SEEN:
        shows = read_switch(value)
        return None if shows is None else SetPrivacy(shows_last_seen=shows)
    near = [word for word in get_args(Privacy) if rest and word.startswith(rest.lower())]
    return SetPrivacy(near[0]) if len(near) == 1 else None


ROOMS: Final = (
    SlashCommand(
        ("room",),
        "[#room] [setting value]",
        "what holds, or change it",
        _mean_room,
        "rooms",
        more=(
            "/room access public | private | announcement",
            "/room moderated on | off: only speakers may speak",
            "/room slow 10 | off: seconds between two messages",
            "/room limit 50 | off: members",
            "/room key SECRET | -",
            "/room topic-lock on | off: only moderators set the topic",
            "/room history everyone | joined: who may read the past",
            "/room keep 30 days | 500 messages | everything",
            "/room name #NEW",
            "/room archive on | off: it can only be read",
            "/room hidden on | off: it is in no list",
            "/room accounts-only on | off: guests stay out",
            "/room quiet-guests on | off: guests only listen",
            "/room no-queries on | off: no CTCP",
            "/room plain on | off: nothing is formatted",
        ),
    ),
    SlashCommand(("invite",), "NAME [#room]", "let somebody come in, and tell him", _mean_invite, "rooms"),
    SlashCommand(("knock",), "#room [text]", "ask those in it to let you in", _mean_ask_in, "rooms"),
    SlashCommand(("uninvite",), "NAME", "take that back", in_room(_mean_uninvite), "rooms"),
    SlashCommand(
        ("invited",), "", "who is invited", in_room(lambda rest, room: None if rest else ListInvited(room)), "rooms"
    ),
    SlashCommand(
        ("privacy",),
        "anyone|roommates|nobody",
        "who may write to you alone",
        _mean_privacy,
        "rooms",
        more=("/privacy lastseen on | off: whether others see when you were here last.",),
    ),
)
"""What one needs to have a room of one's own."""

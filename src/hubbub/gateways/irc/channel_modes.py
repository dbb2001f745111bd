"""Channel modes: what holds in a room, as letters.

https://modern.ircdocs.horse/#channel-modes
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hubbub.core.bans import BAN_LIMIT
from hubbub.core.roles import RoomRole
from hubbub.core.room_settings import KEY_LIMIT, Access, Change, RoomSettings
from hubbub.gateways.irc.names import PREFIXES, RANKS
from hubbub.wire.irc import masks
from hubbub.wire.irc.message import LINE_LIMIT
from hubbub.wire.irc.modes import ModeChange, ModeKind, ModeTable, encode_modes

PREFIX: Final = f"({''.join(RANKS.values())}){''.join(PREFIXES.values())}"
"""The modes that give somebody a role, from the highest, and what stands before his name then."""

FLAGS: Final[Mapping[str, str]] = {
    "C": "refuses_queries",
    "M": "speakers_have_accounts",
    "R": "accounts_only",
    "c": "is_plain",
    "s": "is_hidden",
    "t": "is_topic_locked",
}
"""Letters that are one setting each."""

LISTS: Final = "beI"
"""Whom a room keeps out or silent, whom that does not concern, and who comes in as if he were invited."""

TABLE: Final = ModeTable(f"{LISTS},k,l,{''.join(sorted({*FLAGS, 'i', 'm', 'n'}))}", PREFIX)
"""`k` is the key, `l` the limit of members.

`i` is a private room, `m` one where only speakers speak; in every room only those speak who are in it, which is `n`.
"""

MODES_AT_ONCE: Final = 10
"""Most changes with a parameter in one command: each is asked of the house as one request."""

LETTERS: Final = "".join(sorted({*TABLE.chanmodes, *TABLE.ranks} - {","}))
"""All of them. 004, https://modern.ircdocs.horse/#rplmyinfo-004"""

LETTERS_WITH_PARAMETER: Final = "".join(letter for letter in LETTERS if TABLE.kind_of(letter) is not ModeKind.FLAG)
"""Those that somebody or something is named with, to set them at least. 004."""

ISUPPORT: Final[Mapping[str, str]] = {
    "PREFIX": TABLE.prefix,
    "CHANMODES": TABLE.chanmodes,
    "MODES": str(MODES_AT_ONCE),
    "EXCEPTS": "",
    "INVEX": "",
    "EXTBAN": masks.EXTBAN,
    "ACCOUNTEXTBAN": ",".join(masks.ACCOUNT_NAMES),
    "MAXLIST": f"{LISTS}:{BAN_LIMIT}",
    "KEYLEN": str(KEY_LIMIT),
    "KNOCK": "",
}
"""What clients are told of them. 005."""

ROOM_FOR_MODES: Final = LINE_LIMIT - 200
"""How many bytes of a line are for modes: the names of people and rooms have the rest."""

UNTOLD: Final = "*"
"""Stands for a key that not every member may see."""

NUMBER_DIGITS: Final = 9
"""Longest number that is read."""


class UnfitError(ValueError):
    """A change that cannot be; the text says why."""


def modes_of(settings: RoomSettings, *, has_key: bool) -> list[ModeChange]:
    """Return what holds in a room.

    324, https://modern.ircdocs.horse/#rplchannelmodeis-324
    """
    letters = {letter for letter, field in FLAGS.items() if getattr(settings, field)} | {"n"}
    if settings.access == "private":
        letters.add("i")
    if _is_moderated(settings):
        letters.add("m")
    modes = [ModeChange(is_set=True, letter=letter) for letter in sorted(letters, key=str.swapcase)]
    if settings.member_limit:
        modes.append(ModeChange(is_set=True, letter="l", param=str(settings.member_limit)))
    if has_key:
        modes.append(ModeChange(is_set=True, letter="k", param=settings.key or UNTOLD))
    return modes


def ranked(role: RoomRole, name: str, *, is_set: bool = True) -> ModeChange:
    """Return that somebody is given a role, or has it taken from him."""
    return ModeChange(is_set, RANKS[role], name)


def told(change: Change, settings: RoomSettings, before: Access | None) -> Iterator[ModeChange]:
    """Yield what of a change IRC has letters for; the settings are what came of it.

    `before` is the access that was changed; where it is not known, all is told that may have changed.
    """
    fields = change.fields
    if change.access is not None and (before is None or "private" in {before, change.access}):
        yield ModeChange(change.access == "private", "i")
    if _changes_moderation(change, settings, before):
        yield ModeChange(_is_moderated(settings), "m")
    for letter, field in FLAGS.items():
        if field in fields:
            yield ModeChange(bool(fields[field]), letter)
    if change.member_limit is not None:
        yield ModeChange(bool(change.member_limit), "l", str(change.member_limit) if change.member_limit else "")
    if change.key is not None:
        yield ModeChange(bool(change.key), "k", UNTOLD)


def untold(change: Change) -> Change:
    """Return what of a change IRC has no letters for."""
    return Change(
        slow_seconds=change.slow_seconds,
        history=change.history,
        keep_days=change.keep_days,
        keep_messages=change.keep_messages,
        is_archived=change.is_archived,
        is_group=change.is_group,
    )


def wanted(mode: ModeChange, settings: RoomSettings) -> Mapping[str, object]:
    """Return the settings that a client wants changed, where there are such now; raises `UnfitError`."""
    if mode.letter in FLAGS:
        return {FLAGS[mode.letter]: mode.is_set}
    match mode.letter:
        case "i":
            return _private(settings, is_set=mode.is_set)
        case "m":
            return _moderated(settings, is_set=mode.is_set)
        case "k":
            return {"key": _key(mode.param) if mode.is_set else ""}
        case "l":
            return {"member_limit": _number(mode.param) if mode.is_set else 0}
        case _ if not mode.is_set:
            raise UnfitError("Nobody speaks in a channel from outside: that stays so")
        case _:
            return {}


def _private(settings: RoomSettings, *, is_set: bool) -> Mapping[str, object]:
    if not is_set:
        return {"access": "public"} if settings.access == "private" else {}
    # Who might not speak in an announcement room may not in a private one either.
    return {"access": "private"} | ({"is_moderated": True} if settings.access == "announcement" else {})


def _moderated(settings: RoomSettings, *, is_set: bool) -> Mapping[str, object]:
    if is_set:
        return {} if settings.access == "announcement" else {"is_moderated": True}
    return {"is_moderated": False} | ({"access": "public"} if settings.access == "announcement" else {})


def _key(word: str) -> str:
    """Return it, if JOIN can name it: there, a comma begins the key of another channel. RFC 2812 section 3.2.1."""
    if "," in word:
        raise UnfitError("A key cannot have commas in it")
    return word


def encode_all(modes: Iterable[ModeChange]) -> list[tuple[str, ...]]:
    """Return the changes as parameters of as few lines as possible."""
    return encode_modes(modes, MODES_AT_ONCE, ROOM_FOR_MODES)


def _changes_moderation(change: Change, settings: RoomSettings, before: Access | None) -> bool:
    if change.access is None and change.is_moderated is None:
        return False
    if change.access is not None and before is None:
        return True
    # What is changed was not so before.
    moderated_before = settings.is_moderated if change.is_moderated is None else not change.is_moderated
    access_before = settings.access if before is None else before
    return _is_moderated(settings) != (moderated_before or access_before == "announcement")


def _is_moderated(settings: RoomSettings) -> bool:
    return settings.is_moderated or settings.access == "announcement"


def _number(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) <= NUMBER_DIGITS and int(text)):
        raise UnfitError("The limit is a number of people, from 1")
    return int(text)

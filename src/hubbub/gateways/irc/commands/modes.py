"""MODE: what holds in a channel, who is what there, and whom it keeps out.

https://modern.ircdocs.horse/#mode-message
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from msgspec import convert
from msgspec.structs import replace

from hubbub.core.answers import Answer
from hubbub.core.decisions.settings import why_unfit
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.kinds import Refusal
from hubbub.core.queries import FindRoom
from hubbub.core.room_answers import Governed, RoomFound
from hubbub.core.room_settings import Change, RoomSettings
from hubbub.gateways.irc import afar, channel_modes, ranking, refusals
from hubbub.gateways.irc.commands import mode_lists, own_modes
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.names import RANKS
from hubbub.gateways.irc.talk import NOTHING, Question, Step, Steps, Talk, as_parameter, room_key
from hubbub.gateways.irc.telling import own_line
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.modes import (
    BadParameter,
    ListAsked,
    ModeChange,
    ModeItem,
    ModeKind,
    TooManyModes,
    UnknownMode,
    parse_modes,
)
from hubbub.wire.irc.numerics import Numeric

Wish = tuple[ModeChange, Mapping[str, object]]
"""A mode that a client wants changed, and the settings that it stands for."""

ROLES: Final = {letter: role for role, letter in RANKS.items()}


def mode(talk: Talk, message: IrcMessage) -> Steps:
    """Show or change the modes of a channel, or one's own."""
    target, *words = message.params
    if not target.startswith("#"):
        return own_modes.of_somebody(talk, target, words)
    if not words:
        return (Question(FindRoom(target), partial(_shown, talk, target)),)
    return _change(talk, target, words)


def _shown(talk: Talk, channel: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, RoomFound):
        settings = _with_own_key(talk, answer)
        modes = channel_modes.modes_of(settings, has_key=answer.has_key)
        for words in channel_modes.encode_all(modes):
            yield talk.numeric(Numeric.RPL_CHANNELMODEIS, answer.room, *words)
        room = talk.settings.house.channels.get(room_key(answer.room))
        if room is not None and room.founded_ms:
            yield talk.numeric(Numeric.RPL_CREATIONTIME, answer.room, str(room.founded_ms // 1_000))
    elif isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "MODE", channel, answer)


def _with_own_key(talk: Talk, found: RoomFound) -> RoomSettings:
    """Return what holds in a channel, with its key where the client has named just that.

    Clients keep the key that 324 and MODE tell them, and come back with it: HexChat would with the asterisk.
    """
    room = talk.find_room(found.room)
    key = "" if room is None else talk.keys.get(room.id, "")
    is_known = bool(key) and room is not None and room.settings.key == key
    return replace(found.settings, key=key) if is_known else found.settings


def _change(talk: Talk, channel: str, words: Sequence[str]) -> Iterator[Step]:
    room = talk.settings.house.channels.get(room_key(channel))
    settings = RoomSettings() if room is None else room.settings
    wishes: list[Wish] = []
    changes: list[ModeChange] = []
    for item in parse_modes(words, channel_modes.TABLE, channel_modes.MODES_AT_ONCE):
        if not isinstance(item, ModeChange):
            yield from _misread(talk, channel, item)
        elif channel_modes.TABLE.kind_of(item.letter) in {ModeKind.LIST, ModeKind.RANK}:
            changes.append(item)
        else:
            try:
                wishes.append((item, channel_modes.wanted(item, settings)))
            except channel_modes.UnfitError as unfit:
                yield _unfit(talk, channel, item, str(unfit))
    fields = {field: value for _, wanted in wishes for field, value in wanted.items()}
    if fields:
        yield Question(ChangeSettings(channel, convert(fields, Change)), partial(_set, talk, channel, wishes))
    for item in changes:
        if item.letter in ROLES:
            yield from _rank(talk, channel, item)
        else:
            yield from mode_lists.change(talk, channel, item)


def _unfit(talk: Talk, channel: str, item: ModeChange, why: str) -> bytes:
    if item.param:
        return refusals.unfit_mode(talk, channel, item.letter, item.param, why)
    # 696 is about a parameter, and there is none.
    return talk.fail("MODE", "FIXED_MODE", as_parameter(channel), item.letter, text=why)


def _set(talk: Talk, channel: str, wishes: Sequence[Wish], answer: Answer) -> Steps:
    """Say which of the modes cannot be so, or else what came of all."""
    if isinstance(answer, Refusal) and answer.code == "bad_setting":
        key = room_key(channel)
        cannot = (item for item, wanted in wishes if any(why_unfit(key, *one) for one in wanted.items()))
        item = next(cannot, wishes[0][0])
        return (refusals.unfit_mode(talk, channel, item.letter, item.param, answer.sentence),)
    return chain(_changed(talk, channel, None, answer), _own_key(talk, channel, wishes, answer))


def _own_key(talk: Talk, channel: str, wishes: Sequence[Wish], answer: Answer) -> Iterator[Step]:
    """Tell the client the key that it has set; everybody is told only that there is one, and it would keep that."""
    last = next((item for item, _ in reversed(wishes) if item.letter == "k"), None)
    key = last.param if last is not None and last.is_set else ""
    room = talk.find_room(channel)
    if key and room is not None and not isinstance(answer, Refusal):
        talk.keys[room.id] = key
        yield own_line(talk, "MODE", room.name, "+k", key)


def _rank(talk: Talk, channel: str, item: ModeChange) -> Iterator[Step]:
    asked = ranking.wish(talk, channel, item.param, ROLES[item.letter], is_set=item.is_set)
    if asked is not None:
        yield Question(asked, partial(_changed, talk, channel, item))


def _changed(talk: Talk, channel: str, item: ModeChange | None, answer: Answer) -> Steps:
    """Say why not, or what was done where one does not hear it."""
    if isinstance(answer, Governed):
        return afar.tell(talk, answer)
    if not isinstance(answer, Refusal):
        return NOTHING
    if answer.code == "unknown_person" and item is not None:
        return (refusals.unknown_person(talk, channel, item.param),)
    return refusals.refused_in(talk, "MODE", channel, answer)


def _misread(talk: Talk, channel: str, item: ModeItem) -> Iterator[Step]:
    """Say what was wrong with a change, or show the list that was asked for."""
    match item:
        case ListAsked():
            yield from mode_lists.show(talk, channel, item.letter)
        case UnknownMode():
            yield talk.numeric(Numeric.ERR_UNKNOWNMODE, item.letter, text="There is no such channel mode here")
        case BadParameter():
            yield refusals.unfit_mode(talk, channel, item.letter, "", "This mode needs a parameter")
        case ModeChange():
            pass
        case TooManyModes():
            yield talk.fail("MODE", "TOO_MANY_MODES", as_parameter(channel), text=f"{item.limit} at once are the most")


COMMANDS: Final[Mapping[str, Entry]] = {"MODE": Entry(mode, least=1)}

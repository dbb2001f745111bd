"""The lists of a channel: `b` keeps out or silent, `e` excepts from that, `I` lets in as if invited.

https://modern.ircdocs.horse/#ban-channel-mode
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from hubbub.core.answers import Answer
from hubbub.core.catalog import RoomCommand
from hubbub.core.features.moderation import Ban, Except, Unban, Unexcept, Unmute
from hubbub.core.kinds import Refusal
from hubbub.core.queries import ListBans
from hubbub.core.room_answers import BanList, BanView, Governed
from hubbub.gateways.irc import afar, refusals
from hubbub.gateways.irc.talk import NOTHING, Question, Step, Steps, Talk, as_parameter
from hubbub.wire.irc.masks import BanMask, encode_ban, parse_ban
from hubbub.wire.irc.modes import ModeChange
from hubbub.wire.irc.numerics import Numeric


class _List(NamedTuple):
    entry: Numeric
    end: Numeric


LISTS: Final = {
    "b": _List(Numeric.RPL_BANLIST, Numeric.RPL_ENDOFBANLIST),
    "e": _List(Numeric.RPL_EXCEPTLIST, Numeric.RPL_ENDOFEXCEPTLIST),
    "I": _List(Numeric.RPL_INVEXLIST, Numeric.RPL_ENDOFINVEXLIST),
}


def show(talk: Talk, channel: str, letter: str) -> Iterator[Step]:
    """Show one of them."""
    yield Question(ListBans(channel), partial(_listed, talk, channel, letter))


def _listed(talk: Talk, channel: str, letter: str, answer: Answer) -> Iterator[Step]:
    numerics = LISTS[letter]
    if isinstance(answer, Refusal) and answer.code == "not_allowed" and talk.find_room(channel) is not None:
        # Not 482: irssi asks for `b` whenever it comes in, by itself, and waits for the end of the list, which it
        # does not show; anything else it shows to somebody who has asked for nothing.
        yield talk.numeric(numerics.end, as_parameter(channel), text=answer.sentence)
    elif isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "MODE", channel, answer)
    elif isinstance(answer, BanList):
        for mask, *by in _entries(answer, letter):
            yield talk.numeric(numerics.entry, answer.room, mask, *by)
        yield talk.numeric(numerics.end, answer.room, text="End of the list")


def _entries(answer: BanList, letter: str) -> Iterator[tuple[str, ...]]:
    """Yield masks, and by whom and since when they are there, if that is known."""
    match letter:
        case "b":
            yield from _masks(answer.bans)
            yield from _masks((*answer.silences, *answer.mutes), is_silencing=True)
        case "e":
            yield from _masks(answer.exceptions)
        case _:
            yield from _masks(answer.invitations)


def _masks(views: Iterable[BanView], *, is_silencing: bool = False) -> Iterator[tuple[str, ...]]:
    for view in views:
        by = (view.name, str(view.since_ms // 1_000)) if view.since_ms else ()
        yield encode_ban(view.shown, is_silencing=is_silencing), *by


def change(talk: Talk, channel: str, item: ModeChange) -> Iterator[Step]:
    """Put somebody on a list, or take him off it."""
    mask = parse_ban(item.param)
    if mask is None or (mask.is_silencing and item.letter != "b"):
        yield refusals.unfit_mode(
            talk, channel, item.letter, item.param, "That is not a mask: write nick!user@host, or account:NAME"
        )
    else:
        yield Question(_command(channel, item, mask), partial(_changed, talk, channel, item, mask))


def _command(channel: str, item: ModeChange, mask: BanMask) -> RoomCommand:
    target = mask.target if item.is_set else mask.entry(item.param)
    match item.letter, item.is_set:
        case "b", True:
            return Ban(channel, target, is_silencing=mask.is_silencing)
        case "b", False:
            return Unban(channel, target, is_silencing=mask.is_silencing)
        case letter, is_set:
            return (Except if is_set else Unexcept)(channel, target, "bans" if letter == "e" else "invitations")


def _changed(talk: Talk, channel: str, item: ModeChange, mask: BanMask, answer: Answer) -> Steps:
    if isinstance(answer, Governed):
        return afar.tell(talk, answer)
    if not isinstance(answer, Refusal):
        return NOTHING
    match answer.code:
        case "unknown_person" if mask.is_silencing and not item.is_set:
            # Who is on no list may still be muted as one person.
            return (Question(Unmute(channel, mask.target), partial(_unmuted, talk, channel, item)),)
        case "unknown_person" | "bad_pattern":
            return (refusals.unfit_mode(talk, channel, item.letter, item.param, answer.sentence),)
        case "list_full":
            full = Numeric.ERR_BANLISTFULL
            return (talk.numeric(full, as_parameter(channel), item.letter, text=answer.sentence),)
        case _:
            return refusals.refused_in(talk, "MODE", channel, answer)


def _unmuted(talk: Talk, channel: str, item: ModeChange, answer: Answer) -> Steps:
    return _changed(talk, channel, item, BanMask(), answer)

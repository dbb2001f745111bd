"""MODE of somebody himself: what he is, and whom he lets write to him. https://modern.ircdocs.horse/#user-modes.

`B` a program, `R` only people with an account write to him, `g` only those whom he accepts, `s` he is told what
moderators and administrators do, `w` what administrators tell each other. `i`, `o` and `r` say what is so: everybody is
invisible to those who share no channel with him, an administrator is one, and an account is one.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.attention_requests import WatchAudit
from hubbub.core.features.portraits import MarkBot
from hubbub.core.features.senders import LimitSenders
from hubbub.core.kinds import Refusal
from hubbub.core.room import RoomKind, Senders
from hubbub.gateways.irc import refusals
from hubbub.gateways.irc.heralding import own_mode
from hubbub.gateways.irc.people import BOT_MODE, NOTICES_MODE, WALLOPS_MODE, is_operator
from hubbub.gateways.irc.talk import NOTHING, Question, Step, Steps, Talk
from hubbub.service.requests import Request
from hubbub.wire.irc.modes import ModeChange, ModeTable, UnknownMode, parse_modes
from hubbub.wire.irc.numerics import Numeric

TABLE: Final = ModeTable(",,,BRgiorsw")
"""Every mode of a user; none has a parameter."""

LIMITED: Final[dict[str, Senders]] = {"R": "accounts", "g": "accepted"}
"""Whom one lets write to one, by mode."""


def of_somebody(talk: Talk, name: str, words: Sequence[str]) -> Iterator[Step]:
    """Show or change the modes of somebody: one's own only."""
    found = talk.settings.house.find_named(name)
    if found is None:
        yield refusals.nobody(talk, name)
    elif found.id != talk.require_person().id:
        yield talk.numeric(Numeric.ERR_USERSDONTMATCH, text="The modes of others are their own")
    elif words:
        yield from _change(talk, words)
    else:
        yield talk.numeric(Numeric.RPL_UMODEIS, f"+{modes_of(talk)}")


def modes_of(talk: Talk) -> str:
    """Return which modes the client's person has, in the order of the alphabet, capitals first."""
    house, person = talk.settings.house, talk.require_person()
    modes = {"i", *talk.own_modes}
    if person.is_bot:
        modes.add(BOT_MODE)
    if house.account_of(person.id) is not None:
        modes.add("r")
    if is_operator(house, person.id):
        modes.add("o")
    else:
        modes.discard(NOTICES_MODE)
    modes.update(letter for letter, whom in LIMITED.items() if whom == _senders(talk))
    return "".join(sorted(modes))


def _senders(talk: Talk) -> Senders:
    room = talk.settings.house.find_room(RoomKind.PERSONAL, talk.require_person().id)
    return "everyone" if room is None else room.senders


def _change(talk: Talk, words: Sequence[str]) -> Iterator[Step]:
    items = list(parse_modes(words, TABLE, 0))
    for item in items:
        if isinstance(item, ModeChange):
            yield from _set(talk, item)
    # "the server MUST apply the modes that are implemented, and then send the ERR_UMODEUNKNOWNFLAG".
    for item in items:
        if isinstance(item, UnknownMode):
            yield talk.numeric(Numeric.ERR_UMODEUNKNOWNFLAG, text=f"There is no user mode {item.letter}")


def _set(talk: Talk, change: ModeChange) -> Steps:
    """Change one mode; what is so already, and what nobody can choose, stays as it is without a word."""
    letter = change.letter
    if change.is_set == (letter in modes_of(talk)):
        return NOTHING
    match letter:
        case "B":
            return _ask(talk, MarkBot(change.is_set), change)
        case "R" | "g":
            return _ask(talk, LimitSenders(LIMITED[letter] if change.is_set else "everyone"), change)
        case "s":
            return _ask(talk, WatchAudit(change.is_set), change)
        case "w":
            return _done(talk, change)
        case _:
            return NOTHING


def _ask(talk: Talk, request: Request, change: ModeChange) -> Steps:
    return (Question(request, partial(_answered, talk, change, modes_of(talk))),)


def _answered(talk: Talk, change: ModeChange, before: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        if change.letter == NOTICES_MODE:
            yield talk.numeric(Numeric.ERR_NOPRIVILEGES, text="Only administrators of this server are told that")
        else:
            yield talk.refuse("MODE", answer)
        return
    # Of the two that say who may write to one, only one holds.
    other = next((letter for letter in LIMITED if change.letter in LIMITED and letter != change.letter), "")
    yield from _done(talk, change, f"-{other}" if change.is_set and other and other in before else "")


def _done(talk: Talk, change: ModeChange, besides: str = "") -> Iterator[Step]:
    if change.letter in {NOTICES_MODE, WALLOPS_MODE}:
        (talk.own_modes.add if change.is_set else talk.own_modes.discard)(change.letter)
    yield own_mode(talk, f"{'+' if change.is_set else '-'}{change.letter}{besides}")

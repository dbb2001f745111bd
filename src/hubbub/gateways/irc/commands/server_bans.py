"""Whom the server keeps out: KLINE and UNKLINE, as Solanum and Ergo have them, and STATS k.

A mask is what a channel's bans take: `nick!user@host`, `account:NAME`, an address or a network.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.durations import LONGEST_SECONDS, UnfitDurationError, parse_duration
from hubbub.core.features.ejection import BanFromServer, UnbanFromServer
from hubbub.core.kinds import Refusal, Seconds
from hubbub.core.queries import ListServerBans
from hubbub.core.room_answers import BanList
from hubbub.gateways.irc import refusals
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Question, Step, Steps, Talk, as_parameter
from hubbub.service.requests import Request
from hubbub.wire.irc.masks import BanMask, encode_ban, parse_ban
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

SECONDS_OF_A_MINUTE: Final = 60

MINUTE_DIGITS: Final = 9
"""How much is read of a number of minutes."""


def kline(talk: Talk, message: IrcMessage) -> Steps:
    """Keep people off the server: `KLINE [MINUTES] MASK [:REASON]`; how long is also understood as `2h` or `7d`."""
    seconds, words = _take_duration(message.params)
    if not words:
        return (talk.numeric(Numeric.ERR_NEEDMOREPARAMS, "KLINE", text="Say whom: KLINE 60 *!*@192.0.2.* :spam"),)
    mask, reason = words[0], " ".join(words[1:])
    return _ask(talk, "KLINE", mask, lambda ban: BanFromServer(ban.target, reason, seconds))


def unkline(talk: Talk, message: IrcMessage) -> Steps:
    """Keep them off it no longer."""
    mask = message.params[0]
    return _ask(talk, "UNKLINE", mask, lambda ban: UnbanFromServer(ban.entry(mask)))


def _take_duration(words: Sequence[str]) -> tuple[Seconds | None, Sequence[str]]:
    """Return how long a ban is to last, if the first word says so, and the others; 0 is for ever."""
    first, rest = words[0], words[1:]
    if first.isascii() and first.isdecimal():
        return min(int(first[:MINUTE_DIGITS]) * SECONDS_OF_A_MINUTE, LONGEST_SECONDS) or None, rest
    try:
        return (parse_duration(first), rest) if rest else (None, words)
    except UnfitDurationError:
        return None, words


def _ask(talk: Talk, command: str, mask: str, make: Callable[[BanMask], Request]) -> Steps:
    parsed = parse_ban(mask)
    if parsed is None or parsed.is_silencing:
        why = "That is not a mask: write nick!user@host, or account:NAME"
        return (talk.numeric(Numeric.ERR_BADMASK, as_parameter(mask), text=why),)
    return (Question(make(parsed), partial(_done, talk, command, encode_ban(parsed.target))),)


def _done(talk: Talk, command: str, mask: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield refusals.refused_operator(talk, command, answer)
    else:
        no_longer = "" if command == "KLINE" else " no longer"
        yield talk.notice(f"{mask} is kept off this server{no_longer}.")


def show(talk: Talk, letter: str) -> Iterator[Step]:
    """List whom it keeps out: 216, RFC 2812 section 5.1."""
    yield Question(ListServerBans(), partial(_listed, talk, letter))


def _listed(talk: Talk, letter: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield refusals.refused_operator(talk, "STATS", answer)
    elif isinstance(answer, BanList):
        for ban in answer.bans:
            yield talk.numeric(Numeric.RPL_STATSKLINE, "K", encode_ban(ban.shown), "*", "*", text=ban.reason)
    yield talk.numeric(Numeric.RPL_ENDOFSTATS, letter, text="That is all")


COMMANDS: Final[Mapping[str, Entry]] = {"KLINE": Entry(kline, least=1), "UNKLINE": Entry(unkline, least=1)}

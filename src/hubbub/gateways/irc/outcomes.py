"""Outcomes: what became of something that was said, for each to whom it was."""

from collections.abc import Iterator, Sequence
from typing import Final

from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.core.message_answers import Outcome
from hubbub.core.senders import explain_refusal
from hubbub.gateways.conversation import Reply
from hubbub.gateways.irc import refusals
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.echoing import Own
from hubbub.gateways.irc.places import TARGETS_LIMIT
from hubbub.gateways.irc.talk import NOTHING, Step, Steps, Talk, as_parameter
from hubbub.wire.irc.numerics import Numeric

UNANSWERED: Final = frozenset({"NOTICE"})
"""Commands that no error may answer, so that two programs do not keep each other busy. RFC 2812 section 3.3.2."""


def unless_unanswered(command: str, *lines: bytes) -> Steps:
    """Return what is wrong with a command, or nothing where no error may answer it."""
    return NOTHING if command in UNANSWERED else lines


def outcome(talk: Talk, command: str, value: Outcome) -> Iterator[bytes]:
    """Say what became of a message for one of its recipients; nothing where it simply arrived."""
    if command in UNANSWERED:
        return
    match value.status:
        case "unknown":
            yield refusals.nobody(talk, value.name)
        case "refused":
            yield from does_not_listen(talk, value.name, value.refusal, is_knocking=value.is_knocking)
        case "delivered" if value.away is not None:
            yield talk.numeric(Numeric.RPL_AWAY, value.name, text=value.away or "away")
        case "waiting":
            yield talk.numeric(Numeric.RPL_AWAY, value.name, text="is not here and will see it later")
        case _:
            pass


def does_not_listen(talk: Talk, name: str, why: RefusalCode | None, *, is_knocking: bool = False) -> Iterator[bytes]:
    """Say that somebody takes no messages from the client; who knows no standard replies may not know 716 either.

    https://modern.ircdocs.horse/#errtargumodeg-716 and 717; 477 where it is only that he has no account.
    """
    sentence = explain_refusal(why, name)
    number = Numeric.ERR_NEEDREGGEDNICK if why == "accounts_only" else Numeric.ERR_TARGUMODEG
    # Clients show the name that stands before a sentence: it need not begin with it.
    yield talk.numeric(number, as_parameter(name), text=sentence.removeprefix(f"{name} "))
    if is_knocking:
        yield talk.numeric(Numeric.RPL_TARGNOTIFY, as_parameter(name), text="has been told that you want to write")
    if not talk.has(Capability.STANDARD_REPLIES):
        yield talk.notice(sentence)


def too_many(talk: Talk, targets: Sequence[str]) -> bytes:
    """Say that one line is not for so many."""
    sentence = f"Those are {len(targets)} targets, and {TARGETS_LIMIT} are the most at once"
    return talk.numeric(Numeric.ERR_TOOMANYTARGETS, as_parameter(targets[TARGETS_LIMIT]), text=sentence)


def refused(talk: Talk, command: str, target: str, refusal: Refusal) -> Iterator[bytes]:
    """Say why something was not said."""
    if command in UNANSWERED:
        return
    target = as_parameter(target)
    match refusal.code:
        case "empty":
            yield talk.numeric(Numeric.ERR_NOTEXTTOSEND, text=refusal.sentence)
        case "unknown_person":
            yield talk.numeric(Numeric.ERR_NOSUCHNICK, target, text=refusal.sentence)
        case "refused_by_recipient" | "asks_first" | "accounts_only":
            yield from does_not_listen(talk, target, refusal.code)
        case "too_many_recipients":
            yield talk.numeric(Numeric.ERR_TOOMANYTARGETS, target, text=refusal.sentence)
        case "not_a_member" | "not_allowed" | "banned" | "needs_account" | "nobody":
            # https://modern.ircdocs.horse/#errcannotsendtochan-404
            yield talk.numeric(Numeric.ERR_CANNOTSENDTOCHAN, target, text=refusal.sentence)
        case _:
            yield from refusals.refused_in(talk, command, target, refusal)


def echo(talk: Talk, own: list[Own]) -> Iterator[Step]:
    """Tell the client what it has said, if it wants to hear that; and what it has told its own person, anyhow."""
    wants_echo = talk.wants_echo
    for room, record in own:
        is_told_oneself = room.key == talk.require_person().id
        if not (wants_echo or is_told_oneself):
            continue
        lines = talk.settings.dialects.variant(talk.capabilities).lines(room, record)
        if wants_echo:
            yield from lines
        if is_told_oneself:
            # Not the answer, but what was said: it has no label. IRCv3 labeled-response, echo-message.
            yield Reply(b"".join(lines))

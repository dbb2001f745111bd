"""What is done with a message, or about one that is being written: TAGMSG, REDACT.

IRCv3 message-tags, client-tags/react, client-tags/typing, message-redaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.attention_requests import ShowTyping
from hubbub.core.features.annotating import Delete, React, Unreact
from hubbub.core.features.membership import require_member
from hubbub.core.kinds import Refusal, Refused
from hubbub.core.permissions import require_visible
from hubbub.core.room import Room
from hubbub.core.signals import TypingState
from hubbub.gateways.irc import outcomes, places, refusals, status_messages, znc_playback
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.commands.services import find_service
from hubbub.gateways.irc.commands.speaking import EVERYBODY_MASKS
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.tagging import REACT_TAGS, REPLY_TAGS, TYPING_TAG, UNREACT_TAGS
from hubbub.gateways.irc.talk import Question, Step, Steps, Talk, as_parameter
from hubbub.gateways.irc.telling import own_line
from hubbub.wire.irc.message import IrcMessage

STATES: Final[Mapping[str, TypingState]] = {"active": "active", "paused": "paused", "done": "done"}
"""The values of `+typing`. client-tags/typing."""

UNTOLD: Final = frozenset({"slow_mode", "muted", "needs_voice", "archived"})
"""Why somebody is not shown to be writing: he will be told when he says it."""


def tagmsg(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Do what the tags say that we know; others are nobody's business here, as `CLIENTTAGDENY` tells."""
    targets = places.targets_of(message)
    if len(targets) > places.TARGETS_LIMIT:
        yield outcomes.too_many(talk, targets)
        return
    tags = message.tags
    reply_to, reaction, unreaction = (_first(tags, known) for known in (REPLY_TAGS, REACT_TAGS, UNREACT_TAGS))
    for target in targets:
        if reply_to and (reaction or unreaction):
            asked = React(reply_to, reaction) if reaction else Unreact(reply_to, unreaction)
            yield from places.look(talk, target, partial(_annotate, talk, target, asked))
        elif out_of_reach := _why_out_of_reach(talk, target):
            yield from out_of_reach
        elif (state := STATES.get(tags.get(TYPING_TAG, ""))) and _shows_typing(talk, target):
            yield Question(ShowTyping(target, state), partial(_shown, talk, target, state))


def _first(tags: Mapping[str, str], known: tuple[str, ...]) -> str:
    return next((tags[tag] for tag in known if tags.get(tag)), "")


def _why_out_of_reach(talk: Talk, target: str) -> Sequence[bytes]:
    """Say why PRIVMSG would not get there; nothing where it would."""
    house, channel = talk.settings.house, status_messages.channel_of(target)
    if not channel.startswith("#"):
        is_known = _is_nobodys(talk, target) or house.find_named(target) is not None
        return () if is_known else (refusals.nobody(talk, target),)
    person = talk.require_person().id
    try:
        require_member(require_visible(house, channel, person), person)
    except Refused as refused:
        return [*outcomes.refused(talk, "TAGMSG", target, refused.refusal)]
    return ()


def _is_nobodys(talk: Talk, target: str) -> bool:
    """Return whether one writes to something there that is no person: to everybody, or to a program of the server."""
    return target in EVERYBODY_MASKS or target.lower() == znc_playback.NAME or find_service(talk, target) is not None


def _shows_typing(talk: Talk, target: str) -> bool:
    return not _is_nobodys(talk, target) and not status_messages.is_status(target)


def _annotate(talk: Talk, target: str, asked: React | Unreact, place: Room | None) -> Iterator[Step]:
    if places.holds(place, str(asked.message)):
        yield Question(asked, partial(_annotated, talk, target))
    elif place is None and (out_of_reach := _why_out_of_reach(talk, target)):
        yield from out_of_reach
    else:
        yield talk.fail("TAGMSG", "NO_SUCH_MESSAGE", as_parameter(target), text="There is no such message there.")


def _annotated(talk: Talk, target: str, answer: Answer) -> Steps:
    if isinstance(answer, Refusal):
        return (talk.fail("TAGMSG", answer.code.upper(), as_parameter(target), text=answer.sentence),)
    return outcomes.echo(talk, talk.echoes.take_all())


def _shown(talk: Talk, target: str, state: TypingState, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        if answer.code not in UNTOLD:
            yield from outcomes.refused(talk, "TAGMSG", target, answer)
    elif talk.has(Capability.ECHO_MESSAGE) and talk.has(Capability.MESSAGE_TAGS):
        yield own_line(talk, "TAGMSG", target, tags={TYPING_TAG: state})


def redact(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Let a message say nothing any more."""
    target, ref = message.params[:2]
    asked = Delete(ref, message.param(2))
    yield from places.look(talk, target, partial(_redact, talk, target, asked))


def _redact(talk: Talk, target: str, asked: Delete, place: Room | None) -> Iterator[Step]:
    context = (as_parameter(target), as_parameter(str(asked.message)))
    if place is None:
        yield talk.fail("REDACT", "INVALID_TARGET", context[0], text="You cannot delete messages there.")
    elif not places.holds(place, str(asked.message)):
        yield talk.fail("REDACT", "UNKNOWN_MSGID", *context, text="There is no such message there.")
    else:
        yield Question(asked, partial(_redacted, talk, context))


def _redacted(talk: Talk, context: tuple[str, str], answer: Answer) -> Steps:
    if isinstance(answer, Refusal):
        code = "UNKNOWN_MSGID" if answer.code == "no_such_message" else "REDACT_FORBIDDEN"
        return (talk.fail("REDACT", code, *context, text=answer.sentence),)
    return outcomes.echo(talk, talk.echoes.take_all())


COMMANDS: Final[Mapping[str, Entry]] = {
    "TAGMSG": Entry(tagmsg, least=1),
    "REDACT": Entry(redact, least=2),
}

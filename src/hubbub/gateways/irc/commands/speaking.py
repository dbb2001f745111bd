"""Speaking: PRIVMSG and NOTICE, to channels, to people and to everyone.

https://modern.ircdocs.horse/#privmsg-message
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from hubbub.core.answers import Answer
from hubbub.core.features.annotating import Edit, Reply
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.querying import QueryClient
from hubbub.core.files import FileId
from hubbub.core.kinds import Manner, Refusal
from hubbub.core.message_answers import Done, Told
from hubbub.core.room import Room
from hubbub.gateways.irc import outcomes, places, refusals, status_messages, znc_playback
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.commands.services import find_service
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.tagging import EDIT_TAG, REPLY_TAGS
from hubbub.gateways.irc.talk import NOTHING, Question, Step, Steps, Talk
from hubbub.gateways.irc.telling import own_line
from hubbub.wire.irc.ctcp import ACTION, encode_ctcp, parse_ctcp
from hubbub.wire.irc.formatting import strip_formatting, to_markdown
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric
from hubbub.wire.links import FILE_PATH

EVERYBODY_MASKS: Final = frozenset({"$*", "$$*"})
"""Stand for everybody on the server. RFC 2812 section 3.3.1."""


class Words(NamedTuple):
    """What somebody wants to say."""

    command: str
    text: str
    """With the control characters of IRC in it."""
    manner: Manner
    reply_to: str
    """The message that it answers, by its id; empty where it answers none."""
    edits: str
    """The message that it is to say instead, alike."""


def say(talk: Talk, message: IrcMessage) -> Steps:
    """Say something to channels and people."""
    params = message.params
    if not params or not params[0]:
        text = f"Say to whom: {message.command} #lobby :hello"
        return outcomes.unless_unanswered(message.command, talk.numeric(Numeric.ERR_NORECIPIENT, text=text))
    if len(params) < 2 or not params[1]:  # noqa: PLR2004 - a target and a text
        text = "There is nothing to say in an empty message"
        return outcomes.unless_unanswered(message.command, talk.numeric(Numeric.ERR_NOTEXTTOSEND, text=text))
    if params[0].lower() == znc_playback.NAME:
        return znc_playback.hear(talk, params[1])
    if (service := find_service(talk, params[0])) is not None:
        return service.hear(talk, params[1]) if message.command == "PRIVMSG" else NOTHING
    return say_to(talk, message.command, places.targets_of(message), params[1], message.tags)


def tell_bouncer(talk: Talk, message: IrcMessage) -> Steps:
    """Do what a bouncer would: `ZNC *playback PLAY #tea 0`, as The Lounge says it, is what is said to `*playback`.

    https://wiki.znc.in/Using_commands
    """
    module, *words = message.params
    if module.lower() == znc_playback.NAME:
        return znc_playback.hear(talk, " ".join(words))
    return refusals.unknown_command(talk, message)


def say_to(talk: Talk, command: str, named: list[str], text: str, tags: Mapping[str, str]) -> Steps:
    """Say a text to all who are named."""
    if len(named) > places.TARGETS_LIMIT:
        return outcomes.unless_unanswered(command, outcomes.too_many(talk, named))
    ctcp = parse_ctcp(text)
    if ctcp is not None and ctcp.command != ACTION:
        return _ask_clients(talk, command, named, f"{ctcp.command} {ctcp.params}".rstrip())
    words = _understand(command, text if ctcp is None else ctcp.params, tags, is_action=ctcp is not None)
    if len(named) == 1 and (words.reply_to or words.edits):
        return places.look(talk, named[0], partial(_say_about, talk, named[0], words))
    if FILE_PATH in text and (found := talk.settings.dialects.links.find_in(words.text))[1]:
        return _show_files(talk, named, words, *found)
    return _say_plainly(talk, named, words)


def _understand(command: str, text: str, tags: Mapping[str, str], *, is_action: bool) -> Words:
    reply_to = next((tags[tag] for tag in REPLY_TAGS if tag in tags), "") if tags else ""
    manner: Manner = "action" if is_action else "notice" if command == "NOTICE" else "text"
    return Words(command, text, manner, reply_to, tags.get(EDIT_TAG, ""))


def _ask_clients(talk: Talk, command: str, named: list[str], text: str) -> Iterator[Step]:
    """Pass on what a client asks others, or answers them."""
    for target in named:
        request = QueryClient(target, text, is_answer=command == "NOTICE")
        yield Question(request, partial(_asked, talk, command, target, text))


def _asked(talk: Talk, command: str, target: str, text: str, answer: Answer) -> Steps:
    """Tell what became of a question, which nobody keeps: its echo is what was sent. IRCv3 echo-message."""
    if isinstance(answer, Refusal) or not talk.has(Capability.ECHO_MESSAGE):
        return said(talk, command, target, answer)
    return (own_line(talk, command, target, text=encode_ctcp(*text.split(" ", 1))),)


def _say_plainly(talk: Talk, named: list[str], words: Words) -> Iterator[Step]:
    people, text = [], to_markdown(words.text)
    for target in named:
        if target.startswith("#"):
            spoken = Say(target, _as_shown(talk, target, words, text), words.manner)
            yield Question(spoken, partial(said, talk, words.command, target))
        elif status_messages.is_status(target):
            spoken = status_messages.asked(target, text, words.manner)
            yield Question(spoken, partial(said, talk, words.command, target))
        elif target in EVERYBODY_MASKS:
            yield Question(Broadcast(text), partial(said, talk, words.command, target))
        else:
            people.append(target)
    if people:
        yield Question(Tell(tuple(people), text, words.manner), partial(said, talk, words.command, ",".join(people)))


def _show_files(talk: Talk, named: list[str], words: Words, text: str, files: tuple[FileId, ...]) -> Iterator[Step]:
    """Show files of one's own where their links were said; others cannot be shown, and stay links."""
    text = to_markdown(text)
    for target in named:
        if status_messages.is_status(target):
            # Files are for everybody in a channel: here their links stay links.
            yield from _say_plainly(talk, [target], words)
            continue
        shown = Say(target, text, words.manner, files=files) if target.startswith("#") else None
        request = shown or Tell((target,), text, words.manner, files=files)
        yield Question(request, partial(_shown_or_said, talk, target, words))


def _shown_or_said(talk: Talk, target: str, words: Words, answer: Answer) -> Steps:
    if isinstance(answer, Refusal) and answer.code in {"no_such_file", "too_many_files"}:
        return _say_plainly(talk, [target], words)
    return said(talk, words.command, target, answer)


def _as_shown(talk: Talk, channel: str, words: Words, text: str) -> str:
    """Return a text without marks where nothing is a mark."""
    if text is words.text:
        return text
    room = talk.find_room(channel)
    return strip_formatting(words.text) if room is not None and room.settings.is_plain else text


def _say_about(talk: Talk, target: str, words: Words, place: Room | None) -> Iterator[Step]:
    """Answer a message, or edit it, if it was said there; else say it all the same."""
    if words.edits and places.holds(place, words.edits):
        yield Question(Edit(words.edits, to_markdown(words.text)), partial(said, talk, words.command, target))
    elif words.reply_to and places.holds(place, words.reply_to):
        spoken = Reply(words.reply_to, to_markdown(words.text), words.manner)
        yield Question(spoken, partial(_said_about, talk, target, words))
    else:
        yield from _say_plainly(talk, [target], words)


def _said_about(talk: Talk, target: str, words: Words, answer: Answer) -> Steps:
    if isinstance(answer, Refusal) and answer.code == "no_such_message":
        return _say_plainly(talk, [target], words)
    return said(talk, words.command, target, answer)


def said(talk: Talk, command: str, target: str, answer: Answer) -> Steps:
    """Tell what became of something that was said; where it was simply said, only who wants an echo hears of it."""
    if type(answer) is Done and talk.echoes.are_told:
        return NOTHING
    return _tell_outcome(talk, command, target, answer)


def _tell_outcome(talk: Talk, command: str, target: str, answer: Answer) -> Iterator[Step]:
    match answer:
        case Refusal():
            yield from outcomes.refused(talk, command, target, answer)
        case Told():
            yield from outcomes.echo(talk, talk.echoes.take(*(one.message for one in answer.outcomes)))
            for one in answer.outcomes:
                yield from outcomes.outcome(talk, command, one)
        case Done(message) if message:
            yield from outcomes.echo(talk, talk.echoes.take(message))
        case _:
            yield from outcomes.echo(talk, talk.echoes.take_all())


COMMANDS: Final[Mapping[str, Entry]] = {
    "PRIVMSG": Entry(say, in_turn=False),
    "NOTICE": Entry(say, in_turn=False),
    "ZNC": Entry(tell_bouncer, least=1),
}

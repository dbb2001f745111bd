"""Phrases: what the server says in plain sentences, to every client that only has lines of text."""

from collections.abc import Sequence
from typing import Final, assert_never

from hubbub.core.durations import describe_duration
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Outcome
from hubbub.core.people_answers import BlockList
from hubbub.core.room import LOBBY, Room
from hubbub.core.room_answers import Entered, Members, MemberView, RoomList, RoomView, TopicFound
from hubbub.core.senders import explain_refusal
from hubbub.core.signals import (
    Accepting,
    AnySignal,
    Appearing,
    AskingIn,
    Drafting,
    Ejecting,
    Excluding,
    Gathering,
    Hiding,
    Idling,
    Inviting,
    Levelling,
    Marking,
    Reconfiguring,
    Refusing,
    Removing,
    Retitling,
    Returning,
    Telling,
    Typing,
    Uncalled,
)
from hubbub.core.texts import in_brackets, join_words
from hubbub.phrasing import attention_phrases, people_phrases, room_phrases
from hubbub.phrasing.people_phrases import PeopleSignal

NAMES_SHOWN: Final = 10
"""How many of those who come or go at the same time are named."""


def joined(room: Room, event: Joined) -> str:
    """Tell the others who came in."""
    where = "the chat" if room.key == LOBBY else room.name
    if event.by:
        return f"{event.by} has taken {event.name} into {where}."
    return f"User '{event.name}' has joined {where}."


def left(room: Room, event: Left) -> str:
    """Tell the others who went out, or was sent off the server."""
    if event.by:
        return f"{event.by} has sent {event.name} off this server" + (f": {event.reason}" if event.reason else ".")
    where = "the chat" if event.quitting else room.name
    # To the end of the line it is his own words: behind a bracket that closes it, he could write more in our name.
    reason = f" Reason: {event.reason}" if event.reason else ""
    return f"User '{event.name}' has left {where}.{reason}"


def renamed(event: Renamed) -> str:
    """Tell the others who is called something else."""
    return f"User '{event.name}' is now known as '{event.new_name}'."


def topic_set(room: Room, event: TopicSet) -> str:
    """Tell everyone what the room is about."""
    if not event.text:
        return f"{event.name} took the topic of {room.name} away."
    return f"{event.name} set the topic of {room.name}: {event.text}"


def refused(refusal: Refusal) -> str:
    """Tell why not, and what would do instead."""
    hint = f" How about '{refusal.suggestion}'?" if refusal.suggestion else ""
    return f"{refusal.sentence}{hint}"


def signal(value: AnySignal) -> str:  # noqa: C901 - a table
    """Tell what is true at the moment."""
    match value:
        case Idling():
            return f"{value.name} is away" + (f": {value.message}" if value.message else ".")
        case Returning():
            return f"{value.name} is back."
        case Refusing():
            return f"{value.name} no longer takes messages from you."
        case Accepting():
            return f"{value.name} takes messages from you now."
        case Hiding():
            verb = "does" if len(value.names) == 1 else "do"
            where = f"in {value.room}" if value.room else "to everyone"
            return f"{join_words(value.names)} {verb} not see what you say {where}."
        case Uncalled():
            return attention_phrases.uncalled(value)
        case Appearing():
            return _appearing(value)
        case Telling():
            return f"You told {join_words(value.names)} from elsewhere: {value.text}"
        case Removing():
            return room_phrases.removed(value)
        case Excluding():
            return f"You are in {value.room} no longer: {value.sentence}"
        case Inviting():
            return f"{value.name} invites you into {value.room}: /join {value.room}"
        case AskingIn():
            why = f": {value.text}" if value.text else "."
            return f"{value.name} asks to come into {value.room} (/invite {value.name} {value.room} lets him in){why}"
        case Gathering():
            return f"{value.name} has taken you into {value.room}: /join {value.room} turns to it, /leave goes out."
        case _ if isinstance(value, PeopleSignal):
            return people_phrases.signal(value)
        case Retitling() | Marking() | Drafting() | Levelling() | Typing() | Reconfiguring() | Ejecting():
            # What everybody in the room hears says it, or the last words do, or nothing has to.
            return ""
        case _:
            assert_never(value)


def _appearing(value: Appearing) -> str:
    came = f"{_some(value.arrived)} {_be(value.arrived)} here again." if value.arrived else ""
    went = f"{_some(value.gone)} {_be(value.gone)} offline." if value.gone else ""
    return f"{came} {went}".strip()


def _some(names: Sequence[str]) -> str:
    """Return the names in a sentence, a few of them where they are many."""
    if len(names) <= NAMES_SHOWN:
        return join_words(names)
    return f"{', '.join(names[:NAMES_SHOWN])} and {len(names) - NAMES_SHOWN} more"


def _be(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def entered(answer: Entered) -> list[str]:
    """Tell a newcomer where he is."""
    others = answer.member_count - 1
    if not others:
        company = "nobody else is here yet"
    elif others > len(answer.some_members):
        rest = others - len(answer.some_members)
        company = f"with {', '.join(answer.some_members)} and {rest} more"
    else:
        company = f"with {join_words(answer.some_members)}"
    lines = [f"You are in {answer.room}, {company}."]
    if answer.topic is not None:
        lines.append(f"Topic: {answer.topic.text}")
    return lines


def outcome(value: Outcome) -> str:
    """Tell the sender what became of his message for one recipient; empty where it simply arrived."""
    match value.status:
        case "unknown":
            return f"User '{value.name}' not found."
        case "refused":
            knocked = " He has just been told that you want to." if value.is_knocking else ""
            return explain_refusal(value.refusal, value.name) + knocked
        case "waiting":
            return f"{value.name} is not here and will see it later."
        case "delivered":
            if value.away is None:
                return ""
            return f"{value.name} is away" + (f": {value.away}" if value.away else ".")
        case _:
            assert_never(value.status)


def gathering_outcome(value: Outcome) -> str:
    """Tell who could not be taken into a group; empty for who was."""
    match value.status:
        case "unknown":
            return f"User '{value.name}' not found."
        case "refused":
            return f"{value.name} cannot be taken in: he does not take messages from you, or is in too many rooms."
        case "delivered" | "waiting":
            return ""
        case _:
            assert_never(value.status)


def members(answer: Members) -> list[str]:
    """List who is in a room."""
    names = [member.name + _marks(member) for member in answer.members]
    more = f" and {answer.more} more" if answer.more else ""
    return [f"In {answer.room} ({len(names) + answer.more}): {', '.join(names)}{more}"]


def _marks(member: MemberView) -> str:
    marks = ["bot"] if member.is_bot else []
    if not member.is_present:
        marks.append("offline")
    elif member.away is not None:
        marks.append("away")
    return in_brackets(", ".join(marks))


def rooms(answer: RoomList) -> list[str]:
    """List the rooms, a line each, and how many more there are."""
    if not answer.rooms:
        return ["There are no rooms with anybody in them."]
    width = max(len(room.name) for room in answer.rooms)
    listed = [
        f"{room.name:<{width}}  {room.member_count} here{' (you too)' if room.joined else ''}{_room_marks(room)}"
        + (f"  {room.topic}" if room.topic else "")
        for room in answer.rooms
    ]
    return [*listed, f"and {answer.more} more"] if answer.more else listed


def _room_marks(room: RoomView) -> str:
    marks: list[str] = [room.access] if room.access != "public" else []
    if room.is_hidden:
        marks.append("hidden")
    if room.is_archived:
        marks.append("archived")
    return in_brackets(", ".join(marks))


def topic(answer: TopicFound) -> str:
    """Say what a room's topic is."""
    if answer.topic is None:
        return f"{answer.room} has no topic. /topic TEXT gives it one."
    return f"Topic of {answer.room}: {answer.topic.text} (set by {answer.topic.name})"


def blocks(answer: BlockList) -> str:
    """List whom one blocks."""
    return f"You block {join_words(answer.names)}." if answer.names else "You block nobody."


def blocked(names: Sequence[str], *, silent: bool, seconds: int | None = None) -> str:
    """Confirm a block."""
    told = "They are not told." if silent else "They have been told."
    until = "" if seconds is None else f" for {describe_duration(seconds)}"
    return f"You no longer hear {join_words(names)}{until}. {told}"

"""Topics: what a channel is about."""

from typing import Final

from hubbub.core.features.membership import require_member
from hubbub.core.features.messages import clean_text
from hubbub.core.kinds import Command, Event, PersonId, Refused
from hubbub.core.room import Room, Topic

TOPIC_LIMIT: Final = 390
"""Longest topic, in characters. What IRC networks offer as TOPICLEN, so that a topic fits into one IRC line."""


class SetTopic(Command, frozen=True):
    """Say what a channel is about; an empty text takes the topic away."""

    room: str
    text: str


class TopicSet(Event, frozen=True):
    """The room's topic was set, or taken away."""

    text: str


def decide_set_topic(room: Room, author: PersonId, name: str, command: SetTopic) -> tuple[TopicSet, ...]:
    """Let a member set the topic; raises `Refused` with `not_a_member` or `too_long`."""
    require_member(room, author)
    text = clean_text(command.text).replace("\n", " ") if command.text.strip() else ""
    if len(text) > TOPIC_LIMIT:
        raise Refused("too_long", f"That topic has {len(text)} characters, and {TOPIC_LIMIT} is the most.")
    if text == (room.topic.text if room.topic else ""):
        return ()
    return (TopicSet(author, name, text),)


def apply_topic_set(room: Room, event: TopicSet, time_ms: int) -> None:
    """Put the topic up, or take it down."""
    room.topic = Topic(event.text, event.name, time_ms) if event.text else None

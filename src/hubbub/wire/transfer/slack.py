"""Slack's messages and channels, as the things that hubbub's own exports consist of."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from hubbub.core.kinds import Manner
from hubbub.core.roles import RoomRole
from hubbub.core.room_settings import Change
from hubbub.core.texts import clean_line
from hubbub.wire.transfer.slack_attachments import describe_attachment
from hubbub.wire.transfer.slack_emoji import emoji_of
from hubbub.wire.transfer.slack_shapes import (
    SlackChannel,
    SlackFile,
    SlackMessage,
    SlackProfile,
    SlackUser,
)
from hubbub.wire.transfer.slack_text import SlackText
from hubbub.wire.transfer.things import Gone, MessageThing, Officer, Person, PlaceKind, RoomThing, TopicThing, to_time

NOT_SAID: Final = frozenset(
    [
        *("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive"),
        *("channel_unarchive", "channel_convert_to_private", "channel_posting_permissions"),
        *("group_join", "group_leave", "group_topic", "group_purpose", "group_name", "group_archive"),
        *("group_unarchive", "bot_add", "bot_remove", "bot_enable", "bot_disable", "pinned_item", "unpinned_item"),
        *("message_changed", "message_replied", "reply_broadcast", "joiner_notification", "app_conversation_join"),
        *("huddle_thread", "reminder_add", "sh_room_created", "ekm_access_denied"),
    ]
)
"""Subtypes of what happened rather than was said: https://docs.slack.dev/reference/events/message."""

TOMBSTONES: Final = frozenset(["tombstone", "message_deleted"])
"""Subtypes of what stands in the place of a message that was deleted."""

_TS: Final = re.compile(r"([0-9]{1,11})\.([0-9]{6})")
"""A moment in Slack, and the name of a message within its channel: seconds since 1970, and a number."""


class UnfitTime(ValueError):  # noqa: N818 - named by what is wrong
    """What should be a moment is none; the text says so."""


class Slack:
    """Reads one archive's messages and channels."""

    def __init__(self, people: Mapping[str, str], rooms: Mapping[str, str]) -> None:
        """Know what people are called, and rooms, with their `#`, by their ids."""
        self._people = people
        self._text = SlackText(people, rooms)

    def room(
        self, channel: SlackChannel, kind: PlaceKind = "channel", *, is_private: bool = False, is_group: bool = False
    ) -> RoomThing:
        """Return a channel, or a direct conversation, without its messages."""
        settings = Change(
            access="private" if is_private or is_group else None,
            is_group=is_group or None,
            is_archived=channel.is_archived or None,
        )
        return RoomThing(
            channel.id,
            f"#{channel.name or channel.id}" if kind == "channel" else "",
            kind,
            self._topic(channel),
            settings,
            tuple(map(self._person, channel.members or ())),
            self._officers(channel),
        )

    def message(self, message: SlackMessage) -> MessageThing | None:
        """Return a message; None where nothing was said. Raises `UnfitTime`."""
        time = read_ts(message.ts)
        if message.type != "message" or message.subtype in NOT_SAID:
            return None
        author = self._author(message)
        if message.subtype in TOMBSTONES:
            return _answering(message, MessageThing(message.ts, time, author.name, author.id, deleted=Gone()))
        text = self._whole_text(message)
        if not text:
            return None
        manner: Manner = "action" if message.subtype == "me_message" else "text"
        thing = MessageThing(
            message.ts,
            time,
            author.name,
            author.id,
            text,
            manner,
            edited=None if message.edited is None else read_ts(message.edited.ts),
            reactions=self._reactions(message),
            is_pinned=bool(message.pinned_to),
        )
        return _answering(message, thing)

    def knows(self, message: SlackMessage) -> bool:
        """Return whether whoever said it stands in the archive, if anybody did."""
        return not message.user or message.user in self._people or message.user_profile is not None

    def _topic(self, channel: SlackChannel) -> TopicThing | None:
        topic, purpose = channel.topic, channel.purpose
        texts = [self._text.read(note.value) for note in (topic, purpose) if note is not None and note.value]
        if not texts:
            return None
        note = topic if topic is not None and topic.value else purpose
        last_set, creator = (note.last_set, note.creator or "") if note is not None else (0, "")
        time = to_time((last_set or channel.created) * 1_000)
        return TopicThing(clean_line(" · ".join(dict.fromkeys(texts))), self._people.get(creator, ""), time)

    def _officers(self, channel: SlackChannel) -> tuple[Officer, ...]:
        if not channel.creator:
            return ()
        person = self._person(channel.creator)
        return (Officer(person.id, person.name, RoomRole.OWNER),)

    def _author(self, message: SlackMessage) -> Person:
        if message.user and message.user in self._people:
            return self._person(message.user)
        profile = message.user_profile or message.bot_profile
        name = message.username or (_name_in(profile) if profile else "")
        person = message.user or message.bot_id or ""
        return Person(name or person or "unknown", person)

    def _person(self, person: str) -> Person:
        return Person(self._people.get(person, person), person)

    def _whole_text(self, message: SlackMessage) -> str:
        texts = [self._text.read(message.text or "")]
        texts += [_describe(file) for file in message.files or () if file is not None]
        if not any(texts):
            texts += [self._text.read(describe_attachment(one)) for one in message.attachments or ()]
        return "\n".join(filter(None, texts))

    def _reactions(self, message: SlackMessage) -> dict[str, tuple[Person, ...]]:
        return {
            emoji_of(reaction.name): tuple(map(self._person, reaction.users or ()))
            for reaction in message.reactions or ()
        }


def answers_later(message: SlackMessage) -> bool:
    """Return whether a message is said to answer one that was said after it, which none can; raises `UnfitTime`."""
    return bool(message.thread_ts) and read_ts(message.thread_ts or "") > read_ts(message.ts)


def read_ts(ts: str) -> datetime:
    """Return a moment; raises `UnfitTime`."""
    found = _TS.fullmatch(ts)
    if not found:
        raise UnfitTime(f"{ts[:40]!r} is no time of Slack's, such as 1700000000.000100.")
    return to_time(int(found[1]) * 1_000 + int(found[2]) // 1_000)


def name_of(user: SlackUser) -> str:
    """Return what a person is called."""
    return (_name_in(user.profile) if user.profile and user.profile.display_name else "") or user.name or user.id


def _name_in(profile: SlackProfile) -> str:
    return profile.display_name or profile.name or profile.real_name or ""


def _answering(message: SlackMessage, thing: MessageThing) -> MessageThing:
    """Return the thing with what it answers, if that stands before it."""
    parent = message.thread_ts
    if not parent or parent == message.ts or answers_later(message):
        return thing
    return replace(thing, reply_to=parent, thread=parent)


def _describe(file: SlackFile) -> str:
    """Return a file by its title and where it is."""
    title, link = clean_line(file.title or file.name or "a file"), file.permalink or file.url_private or ""
    if file.mode in {"tombstone", "hidden_by_limit"}:
        return f"({title}: not kept by Slack)"
    return f"{title}: {link}" if link else f"({title})"

"""What stands in Slack's export: https://slack.com/help/articles/220556107. Other fields are ignored."""

import msgspec


class SlackProfile(msgspec.Struct, frozen=True):
    """What a person is called."""

    display_name: str | None = None
    real_name: str | None = None
    name: str | None = None


class SlackUser(msgspec.Struct, frozen=True):
    """A row of users.json."""

    id: str
    name: str | None = None
    profile: SlackProfile | None = None


class SlackNote(msgspec.Struct, frozen=True):
    """A topic or a purpose."""

    value: str | None = None
    creator: str | None = None
    last_set: int = 0


class SlackChannel(msgspec.Struct, frozen=True):
    """A row of channels.json, groups.json, mpims.json or dms.json."""

    id: str
    name: str | None = None
    created: int = 0
    creator: str | None = None
    is_archived: bool | None = False
    members: list[str] | None = None
    topic: SlackNote | None = None
    purpose: SlackNote | None = None


class SlackEdit(msgspec.Struct, frozen=True):
    """When a message was edited last."""

    ts: str


class SlackReaction(msgspec.Struct, frozen=True):
    """Who reacted with an emoji."""

    name: str
    users: list[str] | None = None


class SlackFile(msgspec.Struct, frozen=True):
    """A file that was shared."""

    title: str | None = None
    name: str | None = None
    permalink: str | None = None
    url_private: str | None = None
    mode: str | None = None


class SlackField(msgspec.Struct, frozen=True):
    """A row of a table that a program added."""

    title: str | None = None
    value: str | int | float | bool | None = None


class SlackAttachment(msgspec.Struct, frozen=True):
    """What a program added to a message."""

    fallback: str | None = None
    pretext: str | None = None
    title: str | None = None
    title_link: str | None = None
    text: str | None = None
    fields: list[SlackField | None] | None = None


class SlackMessage(msgspec.Struct, frozen=True):
    """An element of a day's file."""

    ts: str
    type: str = "message"
    subtype: str | None = None
    user: str | None = None
    bot_id: str | None = None
    username: str | None = None
    text: str | None = None
    thread_ts: str | None = None
    edited: SlackEdit | None = None
    reactions: list[SlackReaction] | None = None
    files: list[SlackFile | None] | None = None
    attachments: list[SlackAttachment] | None = None
    user_profile: SlackProfile | None = None
    bot_profile: SlackProfile | None = None
    pinned_to: list[str] | None = None

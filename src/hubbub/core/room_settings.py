"""Room settings: how a channel may be used, and by whom."""

from typing import Final, Literal

import msgspec

Access = Literal["public", "private", "announcement"]
"""Whether anyone may come in and speak, only those who are invited come in, or only speakers speak."""

Visibility = Literal["everyone", "joined"]
"""Whether a member may read everything that was said, or only what was said since he came in."""


class RoomSettings(msgspec.Struct, frozen=True, gc=False):
    """What holds in a channel. Numbers that limit something mean no limit at 0."""

    access: Access = "public"
    is_moderated: bool = False
    """Whether only speakers, and those above them, may speak."""
    slow_seconds: int = 0
    """Least time between two messages of one member."""
    member_limit: int = 0
    key: str = ""
    """What one has to know to come in; empty where nothing."""
    is_topic_locked: bool = False
    """Whether only assistants, and those above them, set the topic."""
    history: Visibility = "everyone"
    keep_days: int = 0
    """After how many days what was said is erased."""
    keep_messages: int = 0
    """How many messages are kept; older ones are erased."""
    is_archived: bool = False
    """Whether it is only there to be read: nobody speaks, and nobody comes in anew."""

    is_group: bool = False
    """Whether it is a conversation of some people, each of whom may take others in."""
    is_hidden: bool = False
    """Whether those who are not in are told nothing of it, neither that it is there nor who is in; they may come in."""
    accounts_only: bool = False
    """Whether a guest comes in only when he is invited."""
    speakers_have_accounts: bool = False
    """Whether a guest may speak only when he is made a speaker."""
    refuses_queries: bool = False
    """Whether nobody's client may be asked anything in front of everybody, as IRC's CTCP does."""
    is_plain: bool = False
    """Whether texts are shown as they are written, without colours, marks or anything clients make of them."""

    @property
    def is_open(self) -> bool:
        """Whether anyone may come in, so that an invitation gives him nothing but the thought."""
        return self.access != "private" and not (self.key or self.accounts_only)

    @property
    def restricts_speech(self) -> bool:
        """Whether a member has to be looked at before he speaks. Asked for every message."""
        return (
            self.is_moderated
            or self.slow_seconds > 0
            or self.is_archived
            or self.speakers_have_accounts
            or self.access == "announcement"
        )


class Change(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Settings that are changed; None leaves one as it is."""

    access: Access | None = None
    is_moderated: bool | None = None
    slow_seconds: int | None = None
    member_limit: int | None = None
    key: str | None = None
    is_topic_locked: bool | None = None
    history: Visibility | None = None
    keep_days: int | None = None
    keep_messages: int | None = None
    is_archived: bool | None = None
    is_group: bool | None = None
    is_hidden: bool | None = None
    accounts_only: bool | None = None
    speakers_have_accounts: bool | None = None
    refuses_queries: bool | None = None
    is_plain: bool | None = None

    @property
    def fields(self) -> dict[str, object]:
        """What is changed, by the names of the settings."""
        return {field: value for field in self.__struct_fields__ if (value := getattr(self, field)) is not None}

    def beyond(self, settings: RoomSettings) -> "Change":
        """Return what of it is not so already."""
        is_so = {field: None for field, value in self.fields.items() if getattr(settings, field) == value}
        return msgspec.structs.replace(self, **is_so)

    def onto(self, settings: RoomSettings) -> RoomSettings:
        """Return the settings with this changed."""
        return msgspec.structs.replace(settings, **self.fields)


MOST: Final = {"slow_seconds": 21_600, "member_limit": 1_000_000, "keep_days": 36_500, "keep_messages": 10_000_000}
"""The largest number that a setting may have: six hours, as Discord's slow mode; the others are beyond any use."""

KEY_LIMIT: Final = 64
"""Longest key of a room, in characters."""


class Retention(msgspec.Struct, frozen=True, gc=False):
    """How long what is said in a room is kept; 0 is for ever."""

    keep_days: int = 0
    keep_messages: int = 0

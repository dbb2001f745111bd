"""Shapes: what the API is sent. The words are those of the native protocol, whose answers are its answers."""

from typing import Final

import msgspec

from hubbub.core.files import FileId
from hubbub.core.hooks import HookTopic
from hubbub.core.kinds import Manner, PageSize, Place, Skipped, TimeMs
from hubbub.core.levels import Level
from hubbub.core.roles import RoomRole
from hubbub.core.search.query import Order
from hubbub.core.unread import NO_THREAD
from hubbub.wire.native import You

PAGE: Final = 50
"""How many messages one answer brings that does not say how many it wants."""


class Credentials(msgspec.Struct, frozen=True):
    """A name and its password, or a token in its place."""

    name: str
    password: str

    def __repr__(self) -> str:
        """Show nothing that is secret."""
        return f"<{type(self).__name__}>"


class BrowserSession(You, frozen=True, omit_defaults=True):
    """Who one is, and by what."""

    token: str = ""
    """What that is called in the list of tokens; empty for a guest."""


class DeviceLink(msgspec.Struct, frozen=True):
    """A code that somebody who is logged in had made for another device of his."""

    code: str

    def __repr__(self) -> str:
        """Show nothing that is secret."""
        return f"<{type(self).__name__}>"


class NewToken(msgspec.Struct, frozen=True):
    """What a token is for."""

    label: str


class NewSshKey(msgspec.Struct, frozen=True):
    """The public half of a key."""

    key: str
    """Its line, as it stands in a file that ends with `.pub`; its comment becomes its name."""


class Onward(msgspec.Struct, frozen=True):
    """How much of a list is known."""

    skip: Skipped = 0


class Entry(msgspec.Struct, frozen=True):
    """What it takes to come into a room."""

    key: str = ""


class NewMessage(msgspec.Struct, frozen=True):
    """What is to be said; with files, it may be without words."""

    text: str = ""
    manner: Manner = "text"
    files: tuple[FileId, ...] = ()


class NewRoomMessage(NewMessage, frozen=True):
    """What is to be said in a room, to everybody there or to those only who have at least that role."""

    to: RoomRole = RoomRole.MEMBER


class NewDirectMessage(msgspec.Struct, frozen=True):
    """What is to be said to each of these people alone."""

    recipients: tuple[str, ...]
    text: str = ""
    manner: Manner = "text"
    files: tuple[FileId, ...] = ()


class NewHook(msgspec.Struct, frozen=True):
    """A webhook: one that is posted to has a `url`."""

    label: str = ""
    url: str = ""
    topics: tuple[HookTopic, ...] = ("messages",)


class NewText(msgspec.Struct, frozen=True):
    """What a message, or a topic, is to say from now on."""

    text: str


class NewMark(msgspec.Struct, frozen=True):
    """Up to where something was read; without `seq`, all of it."""

    seq: Place | None = None
    thread: Place = NO_THREAD


class NewLevel(msgspec.Struct, frozen=True):
    """Of what in a room one is told from now on."""

    level: Level


class Nothing(msgspec.Struct, frozen=True):
    """No question."""


class HistoryQuery(msgspec.Struct, frozen=True):
    """Which messages of a room; at most one of the four places."""

    limit: PageSize = PAGE
    before: Place | None = None
    after: Place | None = None
    around: Place | None = None
    at_ms: TimeMs | None = None


class ThreadQuery(msgspec.Struct, frozen=True):
    """Which answers of a thread."""

    limit: PageSize = PAGE
    before: Place | None = None


class SearchQuery(msgspec.Struct, frozen=True):
    """What is looked for."""

    q: str
    limit: PageSize = PAGE
    order: Order = "newest"
    cursor: str = ""


class NewFile(msgspec.Struct, frozen=True):
    """What a file that is sent is called."""

    name: str = ""


class Reason(msgspec.Struct, frozen=True):
    """Why."""

    reason: str = ""

"""Queries: everything that can be asked, and changes nothing."""

from typing import Literal

from hubbub.core.kinds import MOST, PageSize, Place, Query, Skipped, TimeMs
from hubbub.core.notes import AnyRef
from hubbub.core.search.query import Order

HISTORY_LIMIT = 500
"""Most records one query brings; more are fetched in pages."""


class ListMembers(Query, frozen=True):
    """Who is in this channel?"""

    room: str
    skip: Skipped = 0


class ListRooms(Query, frozen=True):
    """Which channels are there?"""

    skip: Skipped = 0


class ListBlocks(Query, frozen=True):
    """Whom do I block?"""


class ListTraits(Query, frozen=True):
    """What have programs noted about a person, or about a channel?"""

    subject: str


class ListAccepted(Query, frozen=True):
    """Who may write to me alone, and whom have I accepted?"""


class ListAlerts(Query, frozen=True):
    """At which words am I called?"""


class FindHistory(Query, frozen=True):
    """What was said in a room: last, before or after a message or a time, or around one?

    At most one of them is given; an answer never has more than `limit` messages.
    """

    room: str
    """A channel, or as `@NAME` the conversation with somebody."""
    limit: PageSize
    before: Place | None = None
    after: Place | None = None
    around: Place | None = None
    at_ms: TimeMs | None = None
    """Around which time, in milliseconds since 1970 UTC."""
    before_ms: TimeMs | None = None
    """Before which time, alike."""
    after_ms: TimeMs | None = None
    """Or after which."""
    with_events: bool = False
    """Whether what happened around the messages is wanted as well, as who came and went; each counts as a message."""

    @property
    def is_latest(self) -> bool:
        """Whether it is about what was said last."""
        places = (self.before, self.after, self.around, self.at_ms, self.before_ms, self.after_ms)
        return all(place is None for place in places)


class ListActive(Query, frozen=True):
    """In which of my rooms and conversations was something said last between these times, both of them left out?"""

    limit: PageSize
    """The first so many, by when that was."""
    after_ms: TimeMs = 0
    before_ms: TimeMs = MOST
    """In milliseconds since 1970 UTC."""


Side = Literal["before", "after", "around"]
"""On which side of a message something was said."""


class FindNear(Query, frozen=True):
    """What was said before a message, after it, or on both sides, in its own room?"""

    message: AnyRef
    side: Side
    limit: PageSize


class FindThread(Query, frozen=True):
    """Which messages answer each other, of which this is one? The first, and the last ones before a record."""

    message: AnyRef
    limit: PageSize
    before: Place | None = None


class FindMessage(Query, frozen=True):
    """What did this message say before it was edited, and who reacted to it?"""

    message: AnyRef


ExportFormat = Literal["jsonl", "markdown", "html"]
"""In which formats a room can be printed."""


class FindExport(Query, frozen=True):
    """What was said in a room last, as lines to be kept?"""

    room: str
    """A channel, or as `@NAME` the conversation with somebody."""
    format: ExportFormat = "jsonl"
    before: Place | None = None
    """Before which message; None for the last ones."""


class ListPins(Query, frozen=True):
    """Which messages are pinned in a room?"""

    room: str
    """A channel, or as `@NAME` the conversation with somebody."""


class FindPerson(Query, frozen=True):
    """Who is called so, and is he there?"""

    name: str


class FindTopic(Query, frozen=True):
    """What is this channel about?"""

    room: str


class FindRoom(Query, frozen=True):
    """What holds in this channel, and who looks after it?"""

    room: str


class ListBans(Query, frozen=True):
    """Whom does this channel keep out, or keep silent?"""

    room: str


class ListInvited(Query, frozen=True):
    """Who may come into this channel?"""

    room: str


class FindAudit(Query, frozen=True):
    """What did moderators and administrators do last?"""

    limit: PageSize


class FindMessages(Query, frozen=True):
    """What was said, in all my rooms and conversations, that is like this? `search.query` says how to ask."""

    text: str
    limit: PageSize
    order: Order = "newest"
    """What comes first, where the text does not say."""
    cursor: str = ""
    """Where to go on: see `Found.cursor`."""
    since_ms: TimeMs | None = None
    """Only what was said then or later, in milliseconds since 1970 UTC, whatever the text says of days."""
    before_ms: TimeMs | None = None
    """Only what was said earlier than that."""


class ListServerBans(Query, frozen=True):
    """Who is kept off the server?"""


class ListAccounts(Query, frozen=True):
    """Who has an account on this server? Its administrators may ask; the answer is in the order of the names."""

    prefix: str = ""
    """How the names begin that are wanted, however it is written."""
    skip: Skipped = 0


AnyQuery = (
    ListMembers
    | ListRooms
    | ListBlocks
    | ListTraits
    | ListAccepted
    | ListAlerts
    | FindHistory
    | ListActive
    | FindMessages
    | FindNear
    | FindThread
    | FindMessage
    | ListPins
    | FindExport
    | FindTopic
    | FindPerson
    | FindRoom
    | ListBans
    | ListInvited
    | FindAudit
    | ListServerBans
    | ListAccounts
)
"""Every query there is."""

"""The table of contents: everything that can be asked and can happen."""

import msgspec

from hubbub.core.features.accounts import (
    AccountClosed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    AlertsSet,
    ClaimServer,
    CloseAccount,
    DisableAccount,
    EnableAccount,
    OpenAccount,
    PrivacySet,
    ServerRoleSet,
    SetAlerts,
    SetPrivacy,
    SetServerRole,
)
from hubbub.core.features.alerting import Alert
from hubbub.core.features.annotating import (
    Delete,
    Deleted,
    Edit,
    Edited,
    PinMessage,
    Pinned,
    React,
    Reacted,
    Removed,
    Reply,
    UnpinMessage,
    Unpinned,
    Unreact,
    Unreacted,
)
from hubbub.core.features.auditing import Audited
from hubbub.core.features.blocking import Block, Blocked, Unblock, Unblocked
from hubbub.core.features.ejection import (
    BanFromServer,
    Eject,
    Ejected,
    ServerBanned,
    ServerUnbanned,
    UnbanFromServer,
)
from hubbub.core.features.gathering import Gather
from hubbub.core.features.hooks import GovernHook, Post
from hubbub.core.features.importing import Imported
from hubbub.core.features.inviting import (
    AskIn,
    Invite,
    Invited,
    Uninvite,
    Uninvited,
)
from hubbub.core.features.membership import Join, Joined, Leave, Left
from hubbub.core.features.messages import Announced, Broadcast, Confided, Erased, Said, Say, Tell
from hubbub.core.features.moderation import (
    Ban,
    Banned,
    Except,
    Excepted,
    Kick,
    Kicked,
    Mute,
    Muted,
    Unban,
    Unbanned,
    Unexcept,
    Unexcepted,
    Unmute,
    Unmuted,
)
from hubbub.core.features.portraits import (
    BotMarked,
    Describe,
    Described,
    MarkBot,
)
from hubbub.core.features.presence import (
    CameBack,
    ComeBack,
    Disconnected,
    GoAway,
    WentAway,
)
from hubbub.core.features.querying import QueryClient
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.features.room_roles import RoleSet, SetRole
from hubbub.core.features.senders import (
    Accept,
    Accepted,
    LimitSenders,
    SendersLimited,
    Unaccept,
    Unaccepted,
)
from hubbub.core.features.settings import (
    ChangeSettings,
    RenameRoom,
    RetentionSet,
    RoomRenamed,
    SettingsChanged,
)
from hubbub.core.features.topics import SetTopic, TopicSet
from hubbub.core.features.traits import SetTrait, TraitSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import Note, Quote
from hubbub.core.roles import RoomRole

AccountCommand = (
    OpenAccount
    | CloseAccount
    | ClaimServer
    | SetPrivacy
    | SetAlerts
    | SetServerRole
    | DisableAccount
    | EnableAccount
    | Eject
    | BanFromServer
    | UnbanFromServer
)
"""What is asked about accounts, and about who may be on the server."""

RoomCommand = (
    Kick | Ban | Unban | Except | Unexcept | Mute | Unmute | SetRole | Invite | Uninvite | ChangeSettings | RenameRoom
)
"""What is asked by those who look after a channel."""

MessageCommand = Reply | Edit | Delete | React | Unreact | PinMessage | UnpinMessage
"""What is asked about a message that was said."""

HookCommand = Post | GovernHook
"""What is done by webhooks, and with them."""

PortraitCommand = Describe | MarkBot | SetTrait
"""What people say of themselves."""

SendersCommand = LimitSenders | Accept | Unaccept
"""What people say of those who may write to them alone."""

AnyCommand = (
    Say
    | Tell
    | Broadcast
    | Gather
    | Join
    | AskIn
    | Leave
    | SetTopic
    | Rename
    | Block
    | Unblock
    | GoAway
    | ComeBack
    | QueryClient
    | Alert
    | ReloadSettings
    | PortraitCommand
    | SendersCommand
    | AccountCommand
    | RoomCommand
    | MessageCommand
    | HookCommand
)
"""Every command there is; `deciding.decide` says what comes of it."""

DirectoryEvent = (
    AccountOpened
    | AccountRenamed
    | AccountClosed
    | PrivacySet
    | AlertsSet
    | ServerRoleSet
    | AccountDisabled
    | AccountEnabled
    | Ejected
    | ServerBanned
    | ServerUnbanned
)
"""What happens in the directory, where nobody listens."""

ModerationEvent = (
    Kicked
    | Banned
    | Unbanned
    | Excepted
    | Unexcepted
    | Muted
    | Unmuted
    | RoleSet
    | Invited
    | Uninvited
    | SettingsChanged
    | RoomRenamed
)
"""What those do who look after a channel; every member hears of it, whomever he blocks."""

PersonalEvent = (
    Blocked
    | Unblocked
    | WentAway
    | CameBack
    | Disconnected
    | Described
    | BotMarked
    | SendersLimited
    | Accepted
    | Unaccepted
)
"""What happens in a personal room, where nobody but its person listens."""

AnnotatingEvent = Edited | Deleted | Reacted | Unreacted
"""What changes how a message looks."""

PinningEvent = Pinned | Unpinned
"""What changes which messages stand where everybody finds them."""

QuietEvent = PersonalEvent | TraitSet | Erased | Removed | RetentionSet | Audited
"""What nobody is told of when it happens."""

AnyEvent = (
    Said
    | Confided
    | Joined
    | Left
    | TopicSet
    | Renamed
    | Announced
    | AnnotatingEvent
    | PinningEvent
    | Imported
    | ModerationEvent
    | QuietEvent
    | DirectoryEvent
)
"""Every event there is."""


MESSAGE_EVENTS = (Said, Announced)
"""What people said, as opposed to what happened around it."""

SPOKEN_EVENTS = (*MESSAGE_EVENTS, Confided)
"""The same with what was said to some of a room only: it stands in the history, and is neither found nor counted."""


class Record(msgspec.Struct, frozen=True, gc=False):
    """An event with its stamp: the one thing that is stored, published and shown."""

    room: RoomId
    seq: Seq
    time_ms: int
    """When the store was asked to keep it, in milliseconds since 1970 UTC. Order is by `seq`, never by time."""
    event: AnyEvent
    note: Note | None = None
    """What became of a message until it was asked for; what was said since is in its event already."""
    quote: Quote | None = None
    """What stands for the message that this is about, where it could be found."""

    @property
    def id(self) -> str:
        """The record's name for clients and links, unique on this server."""
        return f"{self.room}-{self.seq}"


def addressed(event: AnyEvent) -> RoomRole:
    """Return the lowest role of those who are told of an event: everybody's, but for what is said to some of a room."""
    if type(event) is Said:
        return RoomRole.MEMBER  # first, and in the quickest way: most of what happens is said to everybody
    return event.to if isinstance(event, Confided | Deleted | Removed) else RoomRole.MEMBER


def membership_of(event: AnyEvent) -> tuple[PersonId, bool] | None:
    """Return who is in the room (True) or is not (False) any more because of the event; None where nobody is."""
    if type(event) is Said:
        # First, and in the quickest way: most of what happens is said.
        return None
    match event:
        case Joined():
            return event.author, True
        case Left():
            return event.author, False
        case Kicked():
            return event.person, False
        case _:
            return None

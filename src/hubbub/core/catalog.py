"""The table of contents: everything that can be asked and can happen, and the one place that applies it."""

from typing import assert_never

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
    apply_account_closed,
    apply_account_disabled,
    apply_account_enabled,
    apply_account_opened,
    apply_account_renamed,
    apply_alerts_set,
    apply_privacy_set,
    apply_server_role_set,
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
    apply_deleted,
    apply_pinned,
    apply_unpinned,
)
from hubbub.core.features.auditing import Audited
from hubbub.core.features.blocking import Block, Blocked, Unblock, Unblocked, apply_blocked, apply_unblocked
from hubbub.core.features.ejection import (
    BanFromServer,
    Eject,
    Ejected,
    ServerBanned,
    ServerUnbanned,
    UnbanFromServer,
    apply_server_banned,
    apply_server_unbanned,
)
from hubbub.core.features.gathering import Gather
from hubbub.core.features.hooks import GovernHook, Post
from hubbub.core.features.importing import Imported, apply_imported
from hubbub.core.features.inviting import (
    AskIn,
    Invite,
    Invited,
    Uninvite,
    Uninvited,
    apply_invited,
    apply_uninvited,
)
from hubbub.core.features.membership import Join, Joined, Leave, Left, apply_joined, apply_left
from hubbub.core.features.messages import Announced, Broadcast, Erased, Said, Say, Tell, apply_said
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
    apply_banned,
    apply_excepted,
    apply_kicked,
    apply_muted,
    apply_unbanned,
    apply_unexcepted,
    apply_unmuted,
)
from hubbub.core.features.portraits import (
    BotMarked,
    Describe,
    Described,
    MarkBot,
    apply_bot_marked,
    apply_described,
)
from hubbub.core.features.presence import (
    CameBack,
    ComeBack,
    Disconnected,
    GoAway,
    WentAway,
    apply_came_back,
    apply_disconnected,
    apply_went_away,
)
from hubbub.core.features.querying import QueryClient
from hubbub.core.features.renaming import Rename, Renamed, apply_renamed
from hubbub.core.features.room_roles import RoleSet, SetRole, apply_role_set
from hubbub.core.features.senders import (
    Accept,
    Accepted,
    LimitSenders,
    SendersLimited,
    Unaccept,
    Unaccepted,
    apply_accepted,
    apply_senders_limited,
    apply_unaccepted,
)
from hubbub.core.features.settings import (
    ChangeSettings,
    RenameRoom,
    RetentionSet,
    RoomRenamed,
    SettingsChanged,
    apply_retention_set,
    apply_room_renamed,
    apply_settings_changed,
)
from hubbub.core.features.topics import SetTopic, TopicSet, apply_topic_set
from hubbub.core.features.traits import SetTrait, TraitSet, apply_trait_set
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import Note, Quote
from hubbub.core.room import Room

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


def apply(room: Room, event: AnyEvent, time_ms: int) -> None:  # noqa: C901 - a table
    """Change the room as the event says. Never fails, whatever the order of events."""
    match event:
        case Said():
            if room.settings.slow_seconds:
                apply_said(room, event, time_ms)
        case Announced() | Erased() | Audited() | Removed() | Edited() | Reacted() | Unreacted():
            pass
        case Deleted():
            apply_deleted(room, event)
        case Pinned():
            apply_pinned(room, event, time_ms)
        case Unpinned():
            apply_unpinned(room, event)
        case Joined():
            apply_joined(room, event)
        case Left():
            apply_left(room, event)
        case TopicSet():
            apply_topic_set(room, event, time_ms)
        case Renamed():
            apply_renamed(room, event)
        case RetentionSet():
            apply_retention_set(room, event)
        case Imported():
            apply_imported(room, event)
        case TraitSet():
            apply_trait_set(room, event)
        case _ if isinstance(event, PersonalEvent):
            _apply_personal(room, event, time_ms)
        case _ if isinstance(event, ModerationEvent):
            _apply_moderation(room, event, time_ms)
        case _ if isinstance(event, DirectoryEvent):
            _apply_to_directory(room, event, time_ms)
        case _:
            assert_never(event)


def _apply_personal(room: Room, event: PersonalEvent, time_ms: int) -> None:  # noqa: C901 - a table
    match event:
        case Blocked():
            apply_blocked(room, event)
        case Unblocked():
            apply_unblocked(room, event)
        case WentAway():
            apply_went_away(room, event)
        case CameBack():
            apply_came_back(room)
        case Disconnected():
            apply_disconnected(room, time_ms)
        case Described():
            apply_described(room, event)
        case BotMarked():
            apply_bot_marked(room, event)
        case SendersLimited():
            apply_senders_limited(room, event)
        case Accepted():
            apply_accepted(room, event)
        case Unaccepted():
            apply_unaccepted(room, event)
        case _:
            assert_never(event)


def _apply_moderation(room: Room, event: ModerationEvent, time_ms: int) -> None:  # noqa: C901 - a table
    match event:
        case Kicked():
            apply_kicked(room, event)
        case Banned():
            apply_banned(room, event, time_ms)
        case Unbanned():
            apply_unbanned(room, event)
        case Excepted():
            apply_excepted(room, event)
        case Unexcepted():
            apply_unexcepted(room, event)
        case Muted():
            apply_muted(room, event)
        case Unmuted():
            apply_unmuted(room, event)
        case RoleSet():
            apply_role_set(room, event)
        case Invited():
            apply_invited(room, event)
        case Uninvited():
            apply_uninvited(room, event)
        case SettingsChanged():
            apply_settings_changed(room, event)
        case RoomRenamed():
            apply_room_renamed(room, event)
        case _:
            assert_never(event)


def _apply_to_directory(room: Room, event: DirectoryEvent, time_ms: int) -> None:  # noqa: C901 - a table
    match event:
        case AccountOpened():
            apply_account_opened(room, event, time_ms)
        case AccountRenamed():
            apply_account_renamed(room, event, time_ms)
        case AccountClosed():
            apply_account_closed(room, event, time_ms)
        case PrivacySet():
            apply_privacy_set(room, event)
        case AlertsSet():
            apply_alerts_set(room, event)
        case ServerRoleSet():
            apply_server_role_set(room, event)
        case AccountDisabled():
            apply_account_disabled(room, event)
        case AccountEnabled():
            apply_account_enabled(room, event)
        case ServerBanned():
            apply_server_banned(room, event, time_ms)
        case ServerUnbanned():
            apply_server_unbanned(room, event)
        case Ejected():
            pass
        case _:
            assert_never(event)


def membership_of(event: AnyEvent) -> tuple[PersonId, bool] | None:
    """Return who is in the room (True) or is not (False) any more because of the event; None where nobody is."""
    match event:
        case Joined():
            return event.author, True
        case Left():
            return event.author, False
        case Kicked():
            return event.person, False
        case _:
            return None

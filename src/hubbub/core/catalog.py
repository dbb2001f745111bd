"""The table of contents: everything that can be asked and can happen, and the one place that applies it."""

from typing import assert_never

import msgspec

from hubbub.core.features.accounts import (
    AccountClosed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    ClaimServer,
    CloseAccount,
    DisableAccount,
    EnableAccount,
    OpenAccount,
    PrivacySet,
    ServerRoleSet,
    SetPrivacy,
    SetServerRole,
    apply_account_closed,
    apply_account_disabled,
    apply_account_enabled,
    apply_account_opened,
    apply_account_renamed,
    apply_privacy_set,
    apply_server_role_set,
)
from hubbub.core.features.blocking import Block, Blocked, Unblock, Unblocked, apply_blocked, apply_unblocked
from hubbub.core.features.membership import Join, Joined, Leave, Left, apply_joined, apply_left
from hubbub.core.features.messages import Announced, Broadcast, Said, Say, Tell
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
from hubbub.core.features.renaming import Rename, Renamed, apply_renamed
from hubbub.core.features.topics import SetTopic, TopicSet, apply_topic_set
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import Room

AccountCommand = OpenAccount | CloseAccount | ClaimServer | SetPrivacy | SetServerRole | DisableAccount | EnableAccount
"""What is asked about accounts."""

AnyCommand = (
    Say | Tell | Broadcast | Join | Leave | SetTopic | Rename | Block | Unblock | GoAway | ComeBack | AccountCommand
)
"""Every command there is; `deciding.decide` says what comes of it."""

DirectoryEvent = (
    AccountOpened | AccountRenamed | AccountClosed | PrivacySet | ServerRoleSet | AccountDisabled | AccountEnabled
)
"""What happens in the directory, where nobody listens."""

PersonalEvent = Blocked | Unblocked | WentAway | CameBack | Disconnected
"""What happens in a personal room, where nobody but its person listens."""

AnyEvent = Said | Joined | Left | TopicSet | Renamed | Announced | PersonalEvent | DirectoryEvent
"""Every event there is."""


def membership_of(event: AnyEvent) -> tuple[PersonId, bool] | None:
    """Return who came into the room by the event (True) or went out of it (False), or None where nobody did."""
    match event:
        case Joined():
            return event.author, True
        case Left():
            return event.author, False
        case _:
            return None


MESSAGE_EVENTS = (Said, Announced)
"""What people said, as opposed to what happened around it."""


class Record(msgspec.Struct, frozen=True, gc=False):
    """An event with its stamp: the one thing that is stored, published and shown."""

    room: RoomId
    seq: Seq
    time_ms: int
    """When the store was asked to keep it, in milliseconds since 1970 UTC. Order is by `seq`, never by time."""
    event: AnyEvent

    @property
    def id(self) -> str:
        """The record's name for clients and links, unique on this server."""
        return f"{self.room}-{self.seq}"


def apply(room: Room, event: AnyEvent, time_ms: int) -> None:  # noqa: C901 - a table
    """Change the room as the event says. Never fails, whatever the order of events."""
    match event:
        case Said() | Announced():
            pass
        case Joined():
            apply_joined(room, event)
        case Left():
            apply_left(room, event)
        case TopicSet():
            apply_topic_set(room, event, time_ms)
        case Renamed():
            apply_renamed(room, event)
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
        case AccountOpened():
            apply_account_opened(room, event, time_ms)
        case AccountRenamed():
            apply_account_renamed(room, event, time_ms)
        case AccountClosed():
            apply_account_closed(room, event, time_ms)
        case PrivacySet():
            apply_privacy_set(room, event)
        case ServerRoleSet():
            apply_server_role_set(room, event)
        case AccountDisabled():
            apply_account_disabled(room, event)
        case AccountEnabled():
            apply_account_enabled(room, event)
        case _:
            assert_never(event)

"""Applying: the one place that changes a room, as an event says."""

from typing import assert_never

from hubbub.core.catalog import AnyEvent, DirectoryEvent, ModerationEvent, PersonalEvent
from hubbub.core.features.accounts import (
    AccountClosed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    AlertsSet,
    PrivacySet,
    ServerRoleSet,
    apply_account_closed,
    apply_account_disabled,
    apply_account_enabled,
    apply_account_opened,
    apply_account_renamed,
    apply_alerts_set,
    apply_privacy_set,
    apply_server_role_set,
)
from hubbub.core.features.annotating import (
    Deleted,
    Edited,
    Pinned,
    Reacted,
    Removed,
    Unpinned,
    Unreacted,
    apply_deleted,
    apply_pinned,
    apply_unpinned,
)
from hubbub.core.features.auditing import Audited
from hubbub.core.features.blocking import Blocked, Unblocked, apply_blocked, apply_unblocked
from hubbub.core.features.ejection import (
    Ejected,
    ServerBanned,
    ServerUnbanned,
    apply_server_banned,
    apply_server_unbanned,
)
from hubbub.core.features.importing import Imported, apply_imported
from hubbub.core.features.inviting import Invited, Uninvited, apply_invited, apply_uninvited
from hubbub.core.features.membership import Joined, Left, apply_joined, apply_left
from hubbub.core.features.messages import Announced, Confided, Erased, Said, apply_said
from hubbub.core.features.moderation import (
    Banned,
    Excepted,
    Kicked,
    Muted,
    Unbanned,
    Unexcepted,
    Unmuted,
    apply_banned,
    apply_excepted,
    apply_kicked,
    apply_muted,
    apply_unbanned,
    apply_unexcepted,
    apply_unmuted,
)
from hubbub.core.features.portraits import BotMarked, Described, apply_bot_marked, apply_described
from hubbub.core.features.presence import (
    CameBack,
    Disconnected,
    WentAway,
    apply_came_back,
    apply_disconnected,
    apply_went_away,
)
from hubbub.core.features.renaming import Renamed, apply_renamed
from hubbub.core.features.room_roles import RoleSet, apply_role_set
from hubbub.core.features.senders import (
    Accepted,
    SendersLimited,
    Unaccepted,
    apply_accepted,
    apply_senders_limited,
    apply_unaccepted,
)
from hubbub.core.features.settings import (
    RetentionSet,
    RoomRenamed,
    SettingsChanged,
    apply_retention_set,
    apply_room_renamed,
    apply_settings_changed,
)
from hubbub.core.features.topics import TopicSet, apply_topic_set
from hubbub.core.features.traits import TraitSet, apply_trait_set
from hubbub.core.room import Room


def apply(room: Room, event: AnyEvent, time_ms: int) -> None:  # noqa: C901 - a table
    """Change the room as the event says. Never fails, whatever the order of events."""
    match event:
        case Said():
            if room.settings.slow_seconds:
                apply_said(room, event, time_ms)
        case Confided():
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
            apply_joined(room, event, time_ms)
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
            apply_excepted(room, event, time_ms)
        case Unexcepted():
            apply_unexcepted(room, event)
        case Muted():
            apply_muted(room, event, time_ms)
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

"""Deciding: what comes of a command, seen from the rules alone."""

from typing import assert_never

from hubbub.core.catalog import AccountCommand, AnyCommand, MessageCommand, PortraitCommand, RoomCommand, SendersCommand
from hubbub.core.decisions.accounts import (
    claim_server,
    close_account,
    disable_account,
    enable_account,
    open_account,
    set_alerts,
    set_privacy,
    set_server_role,
)
from hubbub.core.decisions.alerting import alert
from hubbub.core.decisions.annotating import annotate
from hubbub.core.decisions.blocking import block, unblock
from hubbub.core.decisions.ejection import ban_from_server, eject, unban_from_server
from hubbub.core.decisions.exempting import except_, unexcept
from hubbub.core.decisions.gathering import gather
from hubbub.core.decisions.hooks import govern_hook, post
from hubbub.core.decisions.inviting import ask_in, invite, uninvite
from hubbub.core.decisions.membership import join, leave
from hubbub.core.decisions.moderation import ban, kick, mute, unban, unmute
from hubbub.core.decisions.naming import rename
from hubbub.core.decisions.portraits import describe, mark_bot
from hubbub.core.decisions.presence import come_back, go_away
from hubbub.core.decisions.querying import query_client
from hubbub.core.decisions.reloading import reload_settings
from hubbub.core.decisions.room_roles import set_role
from hubbub.core.decisions.senders import accept, limit_senders, unaccept
from hubbub.core.decisions.settings import change_settings, rename_room
from hubbub.core.decisions.speaking import broadcast, require_few, say, tell
from hubbub.core.decisions.topics import set_topic
from hubbub.core.decisions.traits import set_trait
from hubbub.core.features.accounts import (
    ClaimServer,
    CloseAccount,
    DisableAccount,
    EnableAccount,
    OpenAccount,
    SetAlerts,
    SetPrivacy,
    SetServerRole,
)
from hubbub.core.features.alerting import Alert
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.ejection import BanFromServer, Eject, UnbanFromServer
from hubbub.core.features.gathering import Gather
from hubbub.core.features.hooks import GovernHook, Post
from hubbub.core.features.inviting import AskIn, Invite, Uninvite
from hubbub.core.features.membership import Join, Leave, require_room_left
from hubbub.core.features.messages import Broadcast, Say, Tell, decide_tell
from hubbub.core.features.moderation import Ban, Except, Kick, Mute, Unban, Unexcept, Unmute
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.querying import QueryClient
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.features.renaming import Rename
from hubbub.core.features.room_roles import SetRole
from hubbub.core.features.senders import Accept, LimitSenders, Unaccept
from hubbub.core.features.settings import ChangeSettings, RenameRoom
from hubbub.core.features.topics import SetTopic
from hubbub.core.features.traits import SetTrait
from hubbub.core.house import Person
from hubbub.core.limits import Limits
from hubbub.core.names import parse_room_name
from hubbub.core.scene import Decision, Scene


def decide(scene: Scene, command: AnyCommand) -> Decision:  # noqa: C901 - a table
    """Return what comes of the command; raises `Refused` where a rule says no. Changes nothing.

    The rooms the command is about have been loaded: see `service.room_needs.rooms_needed`.
    """
    match command:
        case Say():
            return say(scene, command)
        case Tell():
            return tell(scene, command)
        case Broadcast():
            return broadcast(scene, command)
        case Gather():
            return gather(scene, command)
        case Join():
            return join(scene, command)
        case AskIn():
            return ask_in(scene, command)
        case Leave():
            return leave(scene, command)
        case SetTopic():
            return set_topic(scene, command)
        case Rename():
            return rename(scene, command)
        case Block():
            return block(scene, command)
        case Unblock():
            return unblock(scene, command)
        case Alert():
            return alert(scene, command)
        case ReloadSettings():
            return reload_settings(scene, command)
        case QueryClient():
            return query_client(scene, command)
        case GoAway():
            return go_away(scene, command)
        case ComeBack():
            return come_back(scene, command)
        case _ if isinstance(command, PortraitCommand):
            return _portray(scene, command)
        case _ if isinstance(command, SendersCommand):
            return _choose_senders(scene, command)
        case _ if isinstance(command, AccountCommand):
            return _see_to_accounts(scene, command)
        case _ if isinstance(command, RoomCommand):
            return _govern(scene, command)
        case _ if isinstance(command, MessageCommand):
            return annotate(scene, command)
        case Post():
            return post(scene, command)
        case GovernHook():
            return govern_hook(scene, command)
        case _:
            assert_never(command)


def _portray(scene: Scene, command: PortraitCommand) -> Decision:
    match command:
        case Describe():
            return describe(scene, command)
        case MarkBot():
            return mark_bot(scene, command)
        case SetTrait():
            return set_trait(scene, command)
        case _:
            assert_never(command)


def _choose_senders(scene: Scene, command: SendersCommand) -> Decision:
    match command:
        case LimitSenders():
            return limit_senders(scene, command)
        case Accept():
            return accept(scene, command)
        case Unaccept():
            return unaccept(scene, command)
        case _:
            assert_never(command)


def _see_to_accounts(scene: Scene, command: AccountCommand) -> Decision:  # noqa: C901 - a table
    match command:
        case OpenAccount():
            return open_account(scene, command)
        case CloseAccount():
            return close_account(scene, command)
        case ClaimServer():
            return claim_server(scene, command)
        case SetPrivacy():
            return set_privacy(scene, command)
        case SetAlerts():
            return set_alerts(scene, command)
        case SetServerRole():
            return set_server_role(scene, command)
        case DisableAccount():
            return disable_account(scene, command)
        case EnableAccount():
            return enable_account(scene, command)
        case Eject():
            return eject(scene, command)
        case BanFromServer():
            return ban_from_server(scene, command)
        case UnbanFromServer():
            return unban_from_server(scene, command)
        case _:
            assert_never(command)


def _govern(scene: Scene, command: RoomCommand) -> Decision:  # noqa: C901 - a table
    match command:
        case Kick():
            return kick(scene, command)
        case Ban():
            return ban(scene, command)
        case Unban():
            return unban(scene, command)
        case Except():
            return except_(scene, command)
        case Unexcept():
            return unexcept(scene, command)
        case Mute():
            return mute(scene, command)
        case Unmute():
            return unmute(scene, command)
        case SetRole():
            return set_role(scene, command)
        case Invite():
            return invite(scene, command)
        case Uninvite():
            return uninvite(scene, command)
        case ChangeSettings():
            return change_settings(scene, command)
        case RenameRoom():
            return rename_room(scene, command)
        case _:
            assert_never(command)


def require_modest(person: Person, command: AnyCommand, limits: Limits) -> None:
    """Raise `Refused` for what asks too much, before anything is looked up, loaded or made for it."""
    match command:
        case Gather():
            require_few(command.names, limits)
        case Tell():
            require_few(command.recipients, limits)
            decide_tell(person.id, person.name, command, limits)
        case Block() | Unblock() | Accept() | Unaccept():
            require_few(command.names, limits)
        case Join():
            key = parse_room_name(command.room).key
            if all(room.key != key for room in person.channels.values()):
                require_room_left(len(person.channels), limits.rooms_per_person)
        case _:
            pass

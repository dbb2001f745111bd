"""Governing: what those do who look after a channel, as lines of IRC."""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol, assert_never

from hubbub.core.bans import Target
from hubbub.core.catalog import AnyEvent, ModerationEvent
from hubbub.core.features.inviting import Invited, Uninvited
from hubbub.core.features.moderation import (
    Banned,
    Excepted,
    Kicked,
    Muted,
    Unbanned,
    Unexcepted,
    Unmuted,
)
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import RoomRenamed, SettingsChanged
from hubbub.core.features.topics import TopicSet
from hubbub.core.room import Room
from hubbub.core.room_settings import Change
from hubbub.gateways.irc import channel_modes
from hubbub.gateways.irc.names import RANKS
from hubbub.phrasing import room_phrases
from hubbub.wire.irc.masks import encode_ban
from hubbub.wire.irc.modes import ModeChange

ECHOED: Final[frozenset[type[AnyEvent]]] = frozenset(
    {
        Kicked,
        Banned,
        Unbanned,
        Excepted,
        Unexcepted,
        Muted,
        Unmuted,
        RoleSet,
        SettingsChanged,
        RoomRenamed,
        TopicSet,
    }
)
"""What a client hears even where it comes from itself: that is how IRC says that it was done."""

EXEMPTING: Final = {"bans": "e", "invitations": "I"}
"""The lists of those who are exempt from something."""


SOMEWHERE: Final = "*!*@address.hidden"
"""Stands for an address or a network, which is the moderators' business: their list of bans shows it."""


class Line(Protocol):
    """Says something in a channel: `encode_line` with a source."""

    def __call__(self, command: str, *params: str, text: str | None = None) -> bytes:
        """Return the line."""


def told(room: Room, event: ModerationEvent, line: Line) -> Iterator[bytes]:
    """Yield what every client hears; of invitations and new names, only some do."""
    match event:
        case Kicked():
            yield line("KICK", room.name, event.person_name, text=event.reason or event.name)
        case SettingsChanged():
            yield from _settings_changed(room, event, line)
        case RoomRenamed() | Invited() | Uninvited():
            pass
        case _:
            yield from modes(room.name, _modes(event), line)


def modes(channel: str, changes: Iterable[ModeChange], line: Line) -> Iterator[bytes]:
    """Yield changes of modes, in as few lines as they go into."""
    for words in channel_modes.encode_all(changes):
        yield line("MODE", channel, *words)


def _modes(event: Banned | Unbanned | Excepted | Unexcepted | Muted | Unmuted | RoleSet) -> list[ModeChange]:
    match event:
        case Banned() | Unbanned():
            mask = _mask(event.target, is_silencing=event.is_silencing)
            return [ModeChange(isinstance(event, Banned), "b", mask)]
        case Excepted() | Unexcepted():
            return [ModeChange(isinstance(event, Excepted), EXEMPTING[event.list], _mask(event.target))]
        case Muted() | Unmuted():
            return [ModeChange(isinstance(event, Muted), "b", encode_ban(event.person_name, is_silencing=True))]
        case RoleSet():
            return _role_set(event)
        case _:
            assert_never(event)


def _mask(target: Target, *, is_silencing: bool = False) -> str:
    return encode_ban(SOMEWHERE if target.kind == "address" else target.shown, is_silencing=is_silencing)


def _role_set(event: RoleSet) -> list[ModeChange]:
    """Take from somebody what he was, and give him what he is; where that is not told, all he may have been."""
    others = [
        channel_modes.ranked(role, event.person_name, is_set=False)
        for role in RANKS
        if role is not event.role and event.before in {role, None}
    ]
    mine = [channel_modes.ranked(event.role, event.person_name)] if event.role in RANKS else []
    return [*others, *mine]


def _settings_changed(room: Room, event: SettingsChanged, line: Line) -> Iterator[bytes]:
    yield from modes(room.name, channel_modes.told(event.change, room.settings, event.access_before), line)
    rest = channel_modes.untold(event.change)
    if rest != Change():
        sentence = room_phrases.moderated(room.name, SettingsChanged(event.author, event.name, rest))
        yield line("NOTICE", room.name, text=sentence)

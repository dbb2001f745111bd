"""Moderation: whom a channel puts out, keeps out, or keeps silent."""

from hubbub.core.bans import Ban as BanState
from hubbub.core.bans import Target
from hubbub.core.kinds import Command, Event, PersonId, Seconds
from hubbub.core.room import Mute as MuteState
from hubbub.core.room import Room
from hubbub.core.terms import Term, is_over


class Kick(Command, frozen=True):
    """Put somebody out of a channel; nothing keeps him from coming back."""

    room: str
    name: str
    reason: str = ""


class Ban(Command, frozen=True):
    """Keep people out of a channel: somebody, whoever is called like a pattern, or whoever comes from a network."""

    room: str
    target: str
    reason: str = ""
    seconds: Seconds | None = None
    """How long; None is for ever."""


class Unban(Command, frozen=True):
    """Keep them out no longer."""

    room: str
    target: str


class Mute(Command, frozen=True):
    """Let somebody speak no longer in a channel."""

    room: str
    name: str
    reason: str = ""
    seconds: Seconds | None = None
    """How long; None is for ever."""


class Unmute(Command, frozen=True):
    """Let him speak again."""

    room: str
    name: str


class Kicked(Event, frozen=True):
    """Somebody was put out of the room."""

    person: PersonId
    person_name: str
    reason: str = ""
    is_banned: bool = False
    """Whether a ban that was just made kept him from staying."""
    term: Term | None = None
    """How long that ban holds; None is for ever."""


class Banned(Event, frozen=True):
    """Somebody, or a kind of people, is kept out of the room from now on."""

    target: Target
    reason: str = ""
    term: Term | None = None


class Unbanned(Event, frozen=True):
    """They are kept out no longer."""

    target: Target


class Muted(Event, frozen=True):
    """Somebody may not speak in the room from now on."""

    person: PersonId
    person_name: str
    reason: str = ""
    term: Term | None = None


class Unmuted(Event, frozen=True):
    """He may speak again."""

    person: PersonId
    person_name: str


def apply_kicked(room: Room, event: Kicked) -> None:
    """Take the member out, with what he was there; an invitation that let him in lets him in no more."""
    room.members.pop(event.person, None)
    _take_rights(room, event.person)


def apply_banned(room: Room, event: Banned, time_ms: int) -> None:
    """Add the ban in place of an older one, and forget those that are over."""
    for target in [target for target, ban in room.bans.items() if is_over(ban.term, time_ms)]:
        del room.bans[target]
    room.bans[event.target.id] = BanState(event.target, event.name, event.reason, event.term)
    if event.target.kind == "person":
        _take_rights(room, PersonId(event.target.mask))


def apply_unbanned(room: Room, event: Unbanned) -> None:
    """Take the ban away, if there is one."""
    room.bans.pop(event.target.id, None)


def apply_muted(room: Room, event: Muted) -> None:
    """Keep somebody silent, in place of an older term."""
    room.mutes[event.person] = MuteState(event.person_name, event.name, event.reason, event.term)


def apply_unmuted(room: Room, event: Unmuted) -> None:
    """Let him speak, if he was kept from it."""
    room.mutes.pop(event.person, None)


def _take_rights(room: Room, person: PersonId) -> None:
    room.roles.pop(person, None)
    room.invited.pop(person, None)

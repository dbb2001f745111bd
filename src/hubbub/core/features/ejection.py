"""Ejection: sending people off the server, and keeping them off it."""

from hubbub.core.bans import Ban, Target
from hubbub.core.kinds import Command, Event, PersonId, Seconds
from hubbub.core.room import Room
from hubbub.core.terms import Term, is_over


class Eject(Command, frozen=True):
    """End all connections of somebody; nothing keeps him from coming back."""

    name: str
    reason: str = ""


class BanFromServer(Command, frozen=True):
    """Keep people off the server: somebody, whoever is called like a pattern, or whoever comes from a network."""

    target: str
    reason: str = ""
    seconds: Seconds | None = None
    """How long; None is for ever."""


class UnbanFromServer(Command, frozen=True):
    """Keep them off it no longer."""

    target: str


class Ejected(Event, frozen=True):
    """Whoever is called so at this moment is sent away."""

    key: str
    """The comparison form of his name: whoever writes this down need not know who is here."""
    shown: str
    reason: str = ""


class ServerBanned(Event, frozen=True):
    """Somebody, or a kind of people, is kept off the server from now on."""

    target: Target
    reason: str = ""
    term: Term | None = None


class ServerUnbanned(Event, frozen=True):
    """They are kept off it no longer."""

    target: Target


def apply_server_banned(room: Room, event: ServerBanned, time_ms: int) -> None:
    """Add the ban in place of an older one, and forget those that are over."""
    bans = room.directory.bans
    for target in [target for target, ban in bans.items() if is_over(ban.term, time_ms)]:
        del bans[target]
    bans[event.target.id] = Ban(event.target, event.name, event.reason, event.term, time_ms)


def apply_server_unbanned(room: Room, event: ServerUnbanned) -> None:
    """Take the ban away, if there is one."""
    room.directory.bans.pop(event.target.id, None)


def is_about(target: Target, account: PersonId) -> bool:
    """Return whether a ban names an account."""
    return target.kind == "person" and target.mask == account

"""Moderation: whom a channel puts out, keeps out, or keeps silent."""

from typing import Literal

from hubbub.core.bans import Ban as BanState
from hubbub.core.bans import Exemption, Target
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
    """Keep people out of a channel, or silent there.

    Somebody by his name, whoever is called like a pattern (`spam*`), whoever has such an account (`account:NAME`),
    whoever fits a mask (`*!*@mz2kd7wq3xpa.guest`), or whoever comes from an address or a network.
    """

    room: str
    target: str
    reason: str = ""
    seconds: Seconds | None = None
    """How long; None is for ever."""
    is_silencing: bool = False
    """Whether they may come in, and not speak unless they are speakers."""


class Unban(Command, frozen=True):
    """Keep them out no longer, or let them speak again."""

    room: str
    target: str
    is_silencing: bool = False


ExemptionList = Literal["bans", "invitations"]
"""From what people are exempt: from being kept out or silent, or from having to be invited and knowing the key."""


class Except(Command, frozen=True):
    """Let no ban of a channel concern people, or let them in as if they were invited; written as for a ban."""

    room: str
    target: str
    list: ExemptionList = "bans"


class Unexcept(Command, frozen=True):
    """Let it be with them as with all others."""

    room: str
    target: str
    list: ExemptionList = "bans"


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
    """Somebody, or a kind of people, is kept out of the room from now on, or silent there."""

    target: Target
    reason: str = ""
    term: Term | None = None
    is_silencing: bool = False


class Unbanned(Event, frozen=True):
    """They are kept out, or silent, no longer."""

    target: Target
    is_silencing: bool = False


class Excepted(Event, frozen=True):
    """No ban of the room concerns them from now on, or they come in as if they were invited."""

    target: Target
    list: ExemptionList = "bans"


class Unexcepted(Event, frozen=True):
    """It is with them as with all others."""

    target: Target
    list: ExemptionList = "bans"


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
    bans = bans_in(room, is_silencing=event.is_silencing)
    for target in [target for target, ban in bans.items() if is_over(ban.term, time_ms)]:
        del bans[target]
    bans[event.target.id] = BanState(event.target, event.name, event.reason, event.term, time_ms)
    if event.target.kind == "person" and not event.is_silencing:
        _take_rights(room, PersonId(event.target.mask))


def apply_unbanned(room: Room, event: Unbanned) -> None:
    """Take the ban away, if there is one."""
    bans_in(room, is_silencing=event.is_silencing).pop(event.target.id, None)


def apply_excepted(room: Room, event: Excepted, time_ms: int) -> None:
    """Put them on the list."""
    exemptions_in(room, event.list)[event.target.id] = Exemption(event.target, event.name, time_ms)


def apply_unexcepted(room: Room, event: Unexcepted) -> None:
    """Take them off it, if they are there."""
    exemptions_in(room, event.list).pop(event.target.id, None)


def bans_in(room: Room, *, is_silencing: bool) -> dict[str, BanState]:
    """Return a room's own list of those who are silent there, or kept out."""
    return room.silences if is_silencing else room.bans


def exemptions_in(room: Room, which: ExemptionList) -> dict[str, Exemption]:
    """Return a room's own list of those who are exempt."""
    return room.exceptions if which == "bans" else room.awaited


def apply_muted(room: Room, event: Muted, time_ms: int) -> None:
    """Keep somebody silent, in place of an older term."""
    room.mutes[event.person] = MuteState(event.person_name, event.name, event.reason, event.term, time_ms)


def apply_unmuted(room: Room, event: Unmuted) -> None:
    """Let him speak, if he was kept from it."""
    room.mutes.pop(event.person, None)


def _take_rights(room: Room, person: PersonId) -> None:
    room.roles.pop(person, None)
    room.invited.pop(person, None)

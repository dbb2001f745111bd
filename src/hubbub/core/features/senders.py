"""Senders: whom one lets write to one alone. Kept in one's own personal room; a guest's ends with him."""

from typing import Final

from hubbub.core.kinds import Command, Event, PersonId
from hubbub.core.room import Room, Senders

ACCEPTED_LIMIT: Final = 500
"""Most people whom one may have accepted, so that a state that is always loaded stays small: some 30 kB."""

KNOCK_SECONDS: Final = 60
"""How often one is told of the same person who wants to write to one, at most. As IRC servers with user mode `g` do."""


class LimitSenders(Command, frozen=True):
    """Say who may write to one alone: everyone, people with an account, or those whom one has accepted."""

    whom: Senders


class Accept(Command, frozen=True):
    """Let these people write to one alone, whoever else may."""

    names: tuple[str, ...]


class Unaccept(Command, frozen=True):
    """Accept these people no longer."""

    names: tuple[str, ...]


class SendersLimited(Event, frozen=True):
    """`author` has said who may write to him alone."""

    whom: Senders


class Accepted(Event, frozen=True):
    """`author` lets `person` write to him from now on."""

    person: PersonId
    person_name: str


class Unaccepted(Event, frozen=True):
    """`author` has accepted `person` no longer."""

    person: PersonId


def apply_senders_limited(room: Room, event: SendersLimited) -> None:
    """Note who may write to the room's person."""
    room.senders = event.whom


def apply_accepted(room: Room, event: Accepted) -> None:
    """Add somebody to those whom the room's person has accepted."""
    room.accepted[event.person] = event.person_name


def apply_unaccepted(room: Room, event: Unaccepted) -> None:
    """Take somebody away from them, if he was one."""
    room.accepted.pop(event.person, None)

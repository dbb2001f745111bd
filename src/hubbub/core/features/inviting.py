"""Inviting: who may come into a private channel, and who would like to."""

from typing import Final

from hubbub.core.kinds import Command, Event, PersonId
from hubbub.core.room import Room

INVITATION_LIMIT: Final = 1_000
"""Most people who are invited into a room and not in it."""

ASK_IN_SECONDS: Final = 60
"""How long somebody has to wait before he asks to be let into the same room again."""

INVITE_SECONDS: Final = 60
"""How long a member has to wait before he tells the same person again that he might come in."""


class Invite(Command, frozen=True):
    """Let somebody come into a channel, and tell him so.

    Where anybody may come in, each member may tell him, and no more comes of it.
    """

    room: str
    name: str


class Uninvite(Command, frozen=True):
    """Let him come in no longer; who is in stays."""

    room: str
    name: str


class AskIn(Command, frozen=True):
    """Ask those who may invite into a channel to let one in; where one may simply come in, it is refused."""

    room: str
    text: str = ""
    """Why, in a line of one's own."""


class Invited(Event, frozen=True):
    """Somebody may come into the room."""

    person: PersonId
    person_name: str


class Uninvited(Event, frozen=True):
    """He may come in no longer."""

    person: PersonId
    person_name: str


def apply_invited(room: Room, event: Invited) -> None:
    """Put somebody on the list."""
    room.invited[event.person] = event.person_name


def apply_uninvited(room: Room, event: Uninvited) -> None:
    """Take him off it, if he is there."""
    room.invited.pop(event.person, None)

"""Auditing: who did what to whom, when and why. Kept in a room of its own, to which records are only ever added."""

from hubbub.core.kinds import Event, RoomId


class Audited(Event, frozen=True):
    """`author` did something that takes a right to do it."""

    act: str
    """What, in a word: `kick`, `ban`, `settings`, `disable` …"""
    target: str
    """To whom or what, as it was called then."""
    room: RoomId | None = None
    """In which room; None where it concerns the server."""
    room_name: str = ""
    reason: str = ""

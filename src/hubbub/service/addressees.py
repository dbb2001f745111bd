"""Addressees: for whom something in a room is, of those who are there. Whoever is not known to be meant is not."""

from collections.abc import Iterator

from hubbub.core.catalog import AnyEvent, Record, addressed
from hubbub.core.features.annotating import Edited
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.permissions import hears
from hubbub.core.roles import RoomRole
from hubbub.service.outbox import Outbox
from hubbub.service.rooms import LiveRoom
from hubbub.service.sessions import Sessions


def is_for(house: House, live: LiveRoom | None, person: PersonId, record: Record) -> bool:
    """Return whether somebody in a room may see a record there; where the room is not at hand, only what is his own."""
    if addressed(record.event) is RoomRole.MEMBER:
        return True
    return record.event.author == person if live is None else hears(house, live.settled, person, record.event)


def outsiders(house: House, sessions: Sessions, live: LiveRoom, event: AnyEvent) -> Iterator[Outbox]:
    """Yield those who listen to a channel and may not read this.

    What is for some there only is not for the others; what a message says now not for those who came after it was said.
    """
    if addressed(event) is not RoomRole.MEMBER:
        yield from _others(house, sessions, live, event)
    elif isinstance(event, Edited) and live.settled.settings.history != "everyone":
        for person, member in live.settled.members.items():
            if event.message <= member.since:
                yield from (session.outbox for session in sessions.of(person))


def _others(house: House, sessions: Sessions, live: LiveRoom, event: AnyEvent) -> Iterator[Outbox]:
    hearers = [one for one in live.settled.members if hears(house, live.settled, one, event)]
    hearing = {session.outbox for one in hearers for session in sessions.of(one)}
    return (outbox for outbox in live.audience if outbox not in hearing)

"""Identities: who somebody is for those who share a room with him, told when it has changed."""

from hubbub.core.decisions.presence import roommates_of
from hubbub.core.house import House, Person
from hubbub.core.signals import AnySignal, Identifying, Relocating
from hubbub.service.sessions import Sessions


def tell_account(house: House, sessions: Sessions, person: Person) -> None:
    """Tell that somebody who was here as a guest has an account now, and is seen at its host."""
    _tell(sessions, person, Identifying(person.name, person.name))
    tell_host(house, sessions, person, house.guest_host_of(person.id))


def tell_host(house: House, sessions: Sessions, person: Person, old_host: str) -> None:
    """Tell that somebody is seen at another host than before, if he is."""
    host = house.host_of(person.id)
    if host != old_host:
        _tell(sessions, person, Relocating(person.name, old_host, host))


def _tell(sessions: Sessions, person: Person, signal: AnySignal) -> None:
    """Tell also those who refuse to hear him: they see him all the same."""
    sessions.notice([(one, signal) for one in (*roommates_of(person), person.id)])
    sessions.lookout.tell(person, signal)

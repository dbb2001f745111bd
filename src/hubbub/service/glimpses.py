"""Glimpses: what may be known of how somebody is here, besides that he is."""

import msgspec

from hubbub.core.house import House, Person
from hubbub.core.roles import ServerRole
from hubbub.service.ports import Clock
from hubbub.service.sessions import Sessions


class Glimpse(msgspec.Struct, frozen=True):
    """How somebody is here, as far as whoever asks may know it."""

    addresses: tuple[str, ...] = ()
    """Where he comes from; empty for those who may not know."""
    is_encrypted: bool = False
    """Whether nobody can read along on any of his connections."""
    since_ms: int | None = None
    """When the first of them began, in milliseconds since 1970 UTC; None where that is his own business."""
    idle_seconds: int = 0
    """For how long nothing has come from any of them; 0 where that is his own business."""


class Glimpses:
    """Looks at those who are connected to this node."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._clock = clock

    def look(self, asker: Person, person: Person) -> Glimpse | None:
        """Return how somebody is here, or None where he is not.

        Addresses are for administrators and for oneself; times also for others, where he is a guest or has said that
        they may know when he was here last.
        """
        sessions = self._sessions.of(person.id)
        if not sessions:
            return None
        is_near = asker.id == person.id or self._house.role_of(asker.id) is not ServerRole.MEMBER
        account = self._house.account_of(person.id)
        addresses = tuple(dict.fromkeys(filter(None, person.addresses))) if is_near else ()
        is_encrypted = all(session.peer.is_encrypted for session in sessions)
        if not is_near and account is not None and not account.shows_last_seen:
            return Glimpse(addresses, is_encrypted)
        since_ms = min(session.since_ms for session in sessions)
        heard_ms = max(max(session.since_ms, session.typed_ms) for session in sessions)
        return Glimpse(addresses, is_encrypted, since_ms, max(0, self._clock.time_ms() - heard_ms) // 1_000)

"""Taking along: who was a guest and logs in stays in his channels, as who he is now, wherever that one may be."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from hubbub.core.decisions.accounts import require_enabled
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.room_roles import SetRole
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refused, RoomId
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room
from hubbub.core.signals import Excluding
from hubbub.service.requests import Requests
from hubbub.service.sessions import Applicant, Session, Sessions
from hubbub.service.visiting import Visiting


class TakingAlong:
    """Lets accounts into channels."""

    def __init__(self, house: House, sessions: Sessions, requests: Requests, visiting: Visiting) -> None:
        self._house = house
        self._sessions = sessions
        self._requests = requests
        self._visiting = visiting

    async def take(self, session: Session, account: PersonId) -> Sequence[Excluding]:
        """Let an account into the channels where a guest is who has proved to have it; return where it may not be.

        Who is somebody with an account already stays there as that one, and takes nothing along. Raises
        `StoreUnavailable`, and `Refused` where the account may not even be on the server.
        """
        guest = session.person
        if not guest.channels or self._house.account_of(guest.id) is not None:
            return ()
        visitor = await self._visiting.visit(account, session.peer)
        # He hears nothing of his coming in: for him, he never went out.
        asker = Applicant(visitor.person, session.peer, session.outbox)
        outcomes = await asyncio.gather(*(self._enter(session, asker, room) for room in list(guest.channels)))
        return [outcome for outcome in outcomes if outcome is not None]

    async def _enter(self, session: Session, asker: Applicant, id_: RoomId) -> Excluding | None:
        await self._hand_over(session, asker, id_)
        # While that was kept the account may have been closed, and he put out of the room or sent off the server.
        require_enabled(self._house, asker.person.id)
        room = self._find(session, id_)
        if room is None:
            return None
        # Who is in has known the key, or was in before there was one.
        join = Join(room.name, room.settings.key)
        try:
            try:
                await self._requests.perform(asker, join)
            except Refused as refused:
                if refused.refusal.code != "room_full" or not self._is_going(session):
                    raise
                # The guest, whose place it was, makes room: both are decided one after the other in a turn of the loop.
                leave = self._requests.perform(Applicant(session.person, session.peer), Leave(room.name))
                await asyncio.gather(leave, self._requests.perform(asker, join))
        except Refused as refused:
            return Excluding(room.name, refused.refusal.code, refused.refusal.sentence)
        return None

    async def _hand_over(self, session: Session, asker: Applicant, id_: RoomId) -> None:
        """Let the account be what the guest is there, who goes for good, as far as he may make anybody that."""
        room = self._find(session, id_)
        if room is None or not self._is_going(session):
            return
        role, before = (room.roles.get(one.person.id, RoomRole.MEMBER) for one in (session, asker))
        if role.rank > before.rank:
            guest = Applicant(session.person, session.peer)
            with suppress(Refused):
                await self._requests.perform(guest, SetRole(room.name, asker.person.name, role))

    def _find(self, session: Session, id_: RoomId) -> Room | None:
        """Return a room as it is now, if the guest is still there."""
        guest = session.person
        return guest.channels.get(id_) if session in self._sessions.of(guest.id) else None

    def _is_going(self, session: Session) -> bool:
        """Return whether the guest goes for good when this one has become somebody else."""
        of_his = self._sessions.of(session.person.id)
        return len(of_his) == 1 and session in of_his

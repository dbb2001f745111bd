"""Visiting: acting as somebody for the length of one request, without a connection on which he would be here.

Whoever has an account and is not here does not appear to be: others see him offline, as he is. A guest is here anyway.
"""

import asyncio
from typing import Final

from hubbub.core.account_requests import (
    AddSshKey,
    AnyAccountRequest,
    ListSshKeys,
    ListTokens,
    MakeToken,
    RemoveSshKey,
    RevokeToken,
)
from hubbub.core.answers import Answer
from hubbub.core.decisions.accounts import require_enabled
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refusal, Refused
from hubbub.core.limits import Limits
from hubbub.core.visitors import visitor_from
from hubbub.service.keys import Keys
from hubbub.service.pace import Pace
from hubbub.service.peers import Peer
from hubbub.service.people import People
from hubbub.service.ports import Clock
from hubbub.service.recent import Recent
from hubbub.service.requests import Request, Requests
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.sessions import Applicant
from hubbub.service.ssh_keys import SshKeys

REMEMBERED: Final = 4_096
"""Most visitors whose pace and rooms are remembered: some 4 MB."""

VISIT_SECONDS: Final = 60.0
"""How long a visitor is remembered after his last request."""


class _Visit:
    """Somebody who is not here, as the rules see him, and the rooms that tell about him, his personal one first."""

    __slots__ = ("lives", "person")

    def __init__(self, person: Person, lives: list[LiveRoom]) -> None:
        self.person = person
        self.lives = lives


class Visiting:
    """Lets people act, each at his pace."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        rooms: Rooms,
        people: People,
        requests: Requests,
        keys: Keys,
        ssh_keys: SshKeys,
        clock: Clock,
        limits: Limits,
    ) -> None:
        self._house = house
        self._rooms = rooms
        self._people = people
        self._requests = requests
        self._keys = keys
        self._ssh_keys = ssh_keys
        self._clock = clock
        self.limits = limits
        """What holds for the next request; may be replaced at any time."""
        self._paces: Recent[PersonId, Pace] = Recent(REMEMBERED, VISIT_SECONDS)
        self._visits: Recent[PersonId, _Visit] = Recent(REMEMBERED, VISIT_SECONDS)

    async def visit(self, who: PersonId, peer: Peer) -> Applicant:
        """Return somebody who has proved who he is, as one who may ask.

        Raises `StoreUnavailable`, and `Refused` where he may not be on the server, or is a guest who has gone.
        """
        present = self._house.people.get(who)
        is_guest = self._house.account_of(who) is None
        if is_guest and present is None:
            raise Refused("wrong_password", "Whoever that was has gone. Log in again.")
        account = present if is_guest and present is not None else require_enabled(self._house, who)
        self._people.require_welcome(visitor_from(self._house, who, account.key, peer.group))
        return Applicant(present or await self._find_absent(who), peer)

    async def ask(self, asker: Applicant, request: Request) -> Answer:
        """Return the answer. Raises `Refused` and `StoreUnavailable`."""
        self.keep_pace(asker.person.id)
        if isinstance(request, AnyAccountRequest):
            return await self._see_to_account(asker, request)
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def settle(answer: Answer | Exception) -> None:
            if answered.done():
                return
            if isinstance(answer, Exception):
                answered.set_exception(answer)
            else:
                answered.set_result(answer)

        self._requests.start(asker, request, settle)
        answer = await answered
        if isinstance(answer, Refusal):
            raise Refused.again(answer)
        return answer

    async def _see_to_account(self, asker: Applicant, request: AnyAccountRequest) -> Answer:
        """Answer what can be asked about an account without being on a connection as its person."""
        match request:
            case MakeToken():
                return await self._keys.make_token(asker, request)
            case ListTokens():
                return await self._keys.list_tokens(asker)
            case RevokeToken():
                return await self._keys.revoke_token(asker, request)
            case AddSshKey():
                return await self._ssh_keys.add(asker, request)
            case ListSshKeys():
                return await self._ssh_keys.list_all(asker)
            case RemoveSshKey():
                return await self._ssh_keys.remove(asker, request)
            case _:
                raise Refused("not_allowed", "That can only be asked on a connection.")

    def keep_pace(self, who: PersonId) -> None:
        """Count something that somebody asks. Raises `Refused` with `too_fast`."""
        burst, per_second = self.limits.burst, self.limits.commands_per_second
        if not (burst and per_second):
            return
        now = self._clock.monotonic()
        pace = self._paces.find(who, now) or Pace(burst, per_second)
        self._paces.keep(who, pace, now)
        if delay := pace.delay(now):
            raise Refused("too_fast", "You ask too fast. Wait a moment.", retry_seconds=delay)

    async def _find_absent(self, who: PersonId) -> Person:
        """Return somebody who has an account and is not here, with the rooms he is in, which are loaded."""
        now = self._clock.monotonic()
        visit = self._visits.find(who, now)
        if visit is None or not all(self._rooms.get(live.id) is live for live in visit.lives):
            visit = await self._begin_visit(who)
        self._visits.keep(who, visit, now)
        if (present := self._house.people.get(who)) is not None:
            # He came while his rooms were read.
            return present
        account, person = require_enabled(self._house, who), visit.person
        person.name, person.key = account.name, account.key
        channels = filter(None, map(self._rooms.get, person.channels))
        visit.lives = [visit.lives[0], *channels]
        for live in visit.lives:
            # So that they stay loaded, and he in them, from one request to the next.
            live.touched = True
        personal = visit.lives[0].settled
        person.away, person.about, person.is_bot = personal.away, personal.about, personal.is_bot
        return person

    async def _begin_visit(self, who: PersonId) -> _Visit:
        lives = await self._people.load_rooms(who)
        channels = {live.id: live.ahead for live in lives if who in live.ahead.members}
        person = Person(who, "", "", channels=channels)
        self._house.accompany(person)
        return _Visit(person, lives)

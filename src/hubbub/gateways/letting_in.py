"""Letting in: who says who he is becomes somebody, perhaps after a proof, and is brought what he missed."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from hubbub.core.account_answers import LoggedIn
from hubbub.core.kinds import Refusal, Refused
from hubbub.gateways.bringing import bring_all
from hubbub.gateways.conversation import Become, BeginScram, Conversation, Intents, Prove, Resume
from hubbub.gateways.pausing import Conclusion, Work
from hubbub.gateways.surroundings import Services
from hubbub.service.entrance import Credential, Proven
from hubbub.service.outbox import Outbox
from hubbub.service.peers import Peer
from hubbub.service.ports import StoreUnavailable
from hubbub.service.scram_proofs import Exchange
from hubbub.service.scribe import TRY_AGAIN
from hubbub.service.sessions import Listener, Session


class Threshold(Listener, Protocol):
    """What somebody comes in over: his connection."""

    def seat(self, session: Session) -> None:
        """Take what comes from now on as his."""

    def welcome_back(self, session: Session, answer: LoggedIn) -> None:
        """Do so, and tell him what comes before anything he hears; see him off where the connection has gone."""

    def carry_out(self, step: Callable[..., Intents], *values: object) -> None:
        """Do what the conversation makes of these values, at once."""


class LettingIn:
    """Lets the client of one connection in."""

    __slots__ = ("_conversation", "_outbox", "_peer", "_services", "_threshold")

    def __init__(
        self, services: Services, conversation: Conversation, outbox: Outbox, peer: Peer, threshold: Threshold
    ) -> None:
        self._services = services
        self._conversation = conversation
        self._outbox = outbox
        self._peer = peer
        self._threshold = threshold

    def enter_guest(self, name: str) -> Intents:
        """Let a guest in, and return what the conversation says to that, or to why he may not."""
        try:
            session = self._services.people.enter(name, self._outbox, self._threshold, self._peer)
        except Refused as refused:
            self._count(refused)
            return self._conversation.not_introduced(refused.refusal)
        self._threshold.seat(session)
        return self._conversation.introduced(session.person.name)

    async def enter_account(self, name: str, proof: Credential) -> Conclusion:
        """Let somebody in who proves who he is."""
        try:
            session, answer = await self._services.entrance.enter(
                name, proof, self._outbox, self._threshold, self._peer
            )
        except Refused as refused:
            self._count(refused)
            return self._turn_away(refused)
        return partial(self._threshold.welcome_back, session, answer)

    async def challenge(self, intent: BeginScram) -> Conclusion:
        """Let the client be told what it has to prove."""
        try:
            outcome: Exchange | Refusal = await self._services.entrance.begin_scram(intent.message)
        except Refused as refused:
            outcome = refused.refusal
        return partial(self._threshold.carry_out, intent.resume, outcome)

    async def prove(self, intent: Prove) -> Conclusion:
        """Let the client know whether it has proved whose account it has."""
        try:
            outcome: Proven | Refusal = await self._services.entrance.prove(intent.proof, self._peer)
        except Refused as refused:
            self._count(refused)
            outcome = refused.refusal
        return partial(self._threshold.carry_out, intent.resume, outcome)

    async def become(self, session: Session, intent: Become) -> Conclusion:
        """Let somebody who is in be who he has proved to be."""
        try:
            outcome: LoggedIn | Refusal = await self._services.entrance.become(session, intent.proven.account)
        except Refused as refused:
            self._count(refused)
            outcome = refused.refusal
        except StoreUnavailable:
            outcome = TRY_AGAIN
        return partial(self._threshold.carry_out, intent.resume, outcome)

    def bring(self, session: Session, intent: Resume) -> Work:
        """Bring what was missed until this moment, and hold back what is new until then."""
        pieces = self._services.resuming.bring(session, intent.since)
        self._outbox.hold()
        return bring_all(pieces, self._conversation.brought, self._outbox, self._services.clock)

    def _turn_away(self, refused: Refused) -> Conclusion:
        return partial(self._threshold.carry_out, self._conversation.not_introduced, refused.refusal)

    def _count(self, refused: Refused) -> None:
        self._services.tally.refusals[refused.refusal.code] += 1

"""The connection: joins a transport, a conversation and the service, and holds the error policy."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final, cast

import structlog

from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.features.membership import Departure
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal
from hubbub.core.room import Room
from hubbub.core.signals import AnySignal
from hubbub.gateways.bringing import Stalled
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import (
    Conversation,
    Intents,
)
from hubbub.gateways.intake import READ_BYTES, Intake
from hubbub.gateways.letting_in import LettingIn
from hubbub.gateways.parting import Parting
from hubbub.gateways.pausing import Conclusion, Pause
from hubbub.gateways.performing import Performing
from hubbub.gateways.surroundings import Host, Services
from hubbub.service.audience import Dialect
from hubbub.service.outbox import Outbox, Pipe
from hubbub.service.packets import Fragility, Packets
from hubbub.service.peers import Peer
from hubbub.service.pipeline import Pipeline
from hubbub.service.ports import StoreUnavailable, Timer
from hubbub.service.requests import Request
from hubbub.service.sessions import Session
from hubbub.wire.errors import WireError

LOSSES: Final = frozenset({Closing.GONE, Closing.TOO_SLOW, Closing.SILENT, Closing.TRY_AGAIN, Closing.INTERNAL})
"""Ends that nobody may have wanted, after which a client may come back."""

_READ_BUFFER: Final = memoryview(bytearray(READ_BYTES))
"""Where every read goes first: one after the other, and each is taken out before the next one."""

OpenPipe = Callable[[asyncio.Transport], Pipe]
"""How the outbox of a connection writes to its transport."""

log = structlog.get_logger(__name__)


class Connection(asyncio.BufferedProtocol):
    """One client, from its first byte to its last."""

    __slots__ = (
        "_closing",
        "_conversation",
        "_departure",
        "_fragility",
        "_host",
        "_intake",
        "_naming_timer",
        "_open_pipe",
        "_outbox",
        "_parting",
        "_pause",
        "_peer",
        "_performing",
        "_pipe",
        "_pipeline",
        "_quiet_timer",
        "_services",
        "_session",
        "_told_throttled",
        "_transport",
    )

    def __init__(
        self,
        conversation: Conversation,
        services: Services,
        open_pipe: OpenPipe,
        peer: Peer,
        host: Host,
    ) -> None:
        self._conversation = conversation
        self._services = services
        self._open_pipe = open_pipe
        self._peer = peer
        self._host = host
        self._session: Session | None = None
        self._pipeline: Pipeline | None = None
        self._naming_timer: Timer | None = None
        self._quiet_timer: Timer | None = None
        self._fragility: Fragility | None = None
        self._closing: Closing | None = None
        self._departure = ""
        self._told_throttled = False
        self._pause = Pause(self._end_pause, self.judge)

    @property
    def protocol(self) -> str:
        """What is spoken, as it is called in logs."""
        return self._conversation.protocol

    @property
    def is_named(self) -> bool:
        """Whether the client has said who it is."""
        return self._session is not None

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin the conversation."""
        limits, clock = self._services.limits, self._services.clock
        # A cast, for uvloop's transports are asyncio's by behaviour and not by class.
        self._transport = cast("asyncio.Transport", transport)
        self._pipe = self._open_pipe(self._transport)
        self._outbox = Outbox(self._pipe, limits.outbox_bytes, self._overflow)
        if self._outbox.waiting_bytes():
            # What TLS itself has to say may wait already, and it was not we who were told.
            self._outbox.congest()
        self._parting = Parting(self._conversation, self._transport, self._outbox, clock, self._peer)
        letting_in = LettingIn(self._services, self._conversation, self._outbox, self._peer, self)
        tries = self._conversation.early_tries if limits.burst else 0
        self._performing = Performing(self, letting_in, self._pause, self._outbox, clock, tries)
        self._intake = Intake(self._transport, self._hear, self._hear_end, self._is_laden)
        if self._conversation.naming_seconds:
            self._wait_for_name()
        try:
            self._performing.perform(self._conversation.begin())
        except Exception as error:  # noqa: BLE001 - the error policy
            self.judge(error)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's own argument
        """Return where the next read may put so much and no more."""
        return _READ_BUFFER

    def buffer_updated(self, nbytes: int) -> None:
        """Take what came."""
        self.receive(bytes(_READ_BUFFER[:nbytes]))

    def eof_received(self) -> bool:
        """Finish what was asked, then close: the peer may only have closed its sending side.

        Over TLS it cannot: there both sides close together.
        """
        if self._closing is not None:
            return False
        self._cancel_quiet()
        self._intake.receive_end()
        return self._transport.can_write_eof()

    def connection_lost(self, exc: Exception | None) -> None:
        """See the client off."""
        self._stop_bringing()
        self._outbox.seal()
        self._intake.drop()
        closing = self._closing = self._closing or Closing.GONE
        for timer in (self._naming_timer, self._quiet_timer):
            if timer is not None:
                timer.cancel()
        self._parting.stop_waiting()
        self._performing.stop_waiting()
        self._forget_requests()
        if self._session is not None:
            self._see_off(self._session, closing)
        log.info(
            "connection.closed",
            peer=self._peer.place,
            protocol=self._conversation.protocol,
            **({"name": self._session.person.name} if self._session else {}),
            reason=closing.code,
            **({"error": type(exc).__name__} if exc else {}),
        )
        self._services.tally.closings[closing.code] += 1
        self._host.closed()

    def pause_writing(self) -> None:
        """Count from now on what waits for a slow reader."""
        self._outbox.congest()

    def resume_writing(self) -> None:
        """Stop counting."""
        self._outbox.relieve()

    # What the service calls

    @property
    def shows_typing(self) -> bool:
        """Whether the client is shown who is writing."""
        return self._conversation.shows_typing

    @property
    def keeps_marks(self) -> bool:
        """Whether the client tells how far its user has read."""
        return self._conversation.keeps_marks

    @property
    def tells_waiting(self) -> bool:
        """Whether the client is shown, unasked, what waited for its user."""
        return self._conversation.tells_waiting

    def dialect_in(self, room: Room) -> Dialect:
        """Return how the client hears this room."""
        return self._conversation.dialect_in(room)

    def seated(self, person: Person) -> None:
        """Take note that the client is somebody else from now on."""
        self._conversation.seated(person)

    def attached(self, room: Room) -> None:
        """Tell the client that it hears a room from now on, if it wants to know."""
        self._performing.carry_out(self._conversation.attached, room)

    def detached(self, room: Room) -> None:
        """Tell it that it hears a room no longer."""
        self._performing.carry_out(self._conversation.detached, room)

    def notice(self, signal: AnySignal) -> None:
        """Tell the client of a signal."""
        self._performing.carry_out(self._conversation.noticed, signal)

    def dismiss(self, sentence: str, departure: Departure) -> None:
        """Send the client away, or let it have no place to come back to."""
        self.close(Closing.DISMISSED, sentence)
        if self._session is not None:
            self._services.people.dismiss(self._session, departure)

    # What letting in calls

    def seat(self, session: Session) -> None:
        """Take what comes from now on as this person's."""
        if self._naming_timer is not None:
            self._naming_timer.cancel()
        self._session = session
        self._host.named()
        self._conversation.seated(session.person)
        services = self._services
        pace = services.people.pace_of(session, services.limits)
        self._pipeline = Pipeline(session, services.requests, services.clock, pace, self._answered, self._relieved)
        self._performing.seat(session, self._pipeline)
        log.info(
            "session.opened", peer=self._peer.place, protocol=self._conversation.protocol, name=session.person.name
        )

    def welcome_back(self, session: Session, answer: LoggedIn) -> None:
        """Begin with somebody who has an account. What he is told comes before anything he hears."""
        if self._closing is not None:
            self._see_off(session, self._closing)
            return
        self.seat(session)
        self._performing.perform(self._conversation.welcomed_back(answer))

    def carry_out(self, step: Callable[..., Intents], *values: object) -> None:
        """Do what the conversation makes of these values, at once."""
        self._performing.carry_out(step, *values)

    # What performing calls

    @property
    def is_closing(self) -> bool:
        """Whether the connection is being closed."""
        return self._closing is not None

    def note_departure(self, reason: str) -> None:
        """Take note of why the client leaves."""
        self._departure = reason

    # What the server calls

    def receive(self, data: bytes) -> None:
        """Take what came, or had come before this connection had its transport."""
        if self._closing is None:
            self._intake.receive(data)
        else:
            self._parting.hear(data)

    def close(self, closing: Closing, sentence: str = "") -> None:
        """Say farewell in the protocol's own way and close, once everything written is sent or the peer is too slow."""
        if self._closing is not None:
            return
        self._stop_hearing(closing)
        self._outbox.post(self._parting.say_farewell(sentence or closing.sentence, closing))
        self._outbox.flush()
        self._parting.close_when_sent()

    def finish(self, finished: Callable[[], None]) -> None:
        """Read nothing more, and call back once everything that was read is answered; it need not keep its pace."""
        if self._pipeline is not None:
            self._pipeline.hurry()
        if self._pause.is_on:
            # Whoever is being let in would not get in any more.
            self._intake.drop()
        self._intake.finish(partial(self._performing.in_turn, finished))

    def abort(self) -> None:
        """Drop the connection and what was to be sent."""
        self._transport.abort()

    @property
    def waiting_bytes(self) -> int:
        """Return how much the peer has not accepted yet."""
        return self._outbox.waiting_bytes()

    def _see_off(self, session: Session, closing: Closing) -> None:
        people = self._services.people
        see_off = people.lose if closing in LOSSES else people.leave
        see_off(session, self._departure)

    def _stop_bringing(self) -> None:
        """Bring nothing any more of what was missed; the client has not been told that it was all."""
        if self._session is not None:
            self._pause.cancel()
        self._outbox.abandon()

    def _end_pause(self, conclude: Conclusion) -> None:
        self._intake.go_on_after(partial(self._catch_up, conclude))

    def _catch_up(self, conclude: Conclusion) -> None:
        try:
            conclude()
            self._performing.go_on()
            if self._closing is None:
                self._after_input()
        except Exception as error:  # noqa: BLE001 - the error policy
            self.judge(error)

    # Answers

    def _answered(self, request: Request, answer: Answer | Exception) -> None:
        if isinstance(answer, Exception):
            self.judge(answer)
            return
        if type(answer) is Refusal:
            self._services.tally.refusals[answer.code] += 1
        self._performing.carry_out(self._conversation.answered, request, answer)
        self._relieved()

    def _relieved(self) -> None:
        """Go on hearing where too much was waiting, and may not be any more."""
        self._intake.go_on()
        if self._pipeline is not None and self._pipeline.throttled:
            self._mind_throttling()
            if self._pipe.is_reset():
                # Nothing is read of him, which would tell; and nobody is left to hear what came of his requests.
                self._transport.abort()

    # Input

    def _hear(self, data: bytes) -> None:
        """Hear some of what came; a fault in it, or in us, ends this connection and no other."""
        try:
            self._performing.perform(self._conversation.receive_data(data))
            if self._session is not None and self._conversation.was_typed:
                self._session.typed_ms = self._services.clock.time_ms()
            self._after_input()
        except Exception as error:  # noqa: BLE001 - the error policy
            self.judge(error)

    def _after_input(self) -> None:
        # Most conversations make nothing of a silence, and to ask is less than to go and see.
        if self._quiet_timer is not None or self._conversation.quiet_seconds:
            self._mind_quiet()
        self._mind_fragility()
        self._mind_throttling()

    def _hear_end(self) -> None:
        try:
            self._performing.perform(self._conversation.receive_eof())
        except Exception as error:  # noqa: BLE001 - the error policy
            self.judge(error)
        self._performing.in_turn(lambda: self.close(Closing.GONE))

    def _hear_quiet(self) -> None:
        self._quiet_timer = None
        if self._intake.has_unheard or self._pause.is_on:
            # It is we who are quiet: the silence begins when all that came is heard.
            return
        try:
            self._performing.perform(self._conversation.receive_quiet())
            self._mind_fragility()
            self._mind_throttling()
        except Exception as error:  # noqa: BLE001 - the error policy
            self.judge(error)
        self._intake.go_on()

    def _mind_quiet(self) -> None:
        """Begin to wait for a silence anew, where the conversation makes something of one."""
        self._cancel_quiet()
        quiet_seconds = self._conversation.quiet_seconds
        if quiet_seconds:
            self._quiet_timer = self._services.clock.call_later(quiet_seconds, self._hear_quiet)

    def _cancel_quiet(self) -> None:
        if self._quiet_timer is not None:
            self._quiet_timer.cancel()
            self._quiet_timer = None

    def _mind_fragility(self) -> None:
        fragility = self._conversation.fragility
        if fragility is not self._fragility:
            self._fragility = fragility
            clock, limit_bytes = self._services.clock, self._services.limits.held_back_bytes
            self._outbox.send_in_packets(None if fragility is None else Packets(clock, fragility, limit_bytes))

    def _mind_throttling(self) -> None:
        if not self._told_throttled and self._pipeline is not None and self._pipeline.throttled:
            self._told_throttled = True
            self._performing.carry_out(self._conversation.throttled)

    def _is_laden(self) -> bool:
        """Whether as much is waiting as one connection may have carried out at a time."""
        pipeline = self._pipeline
        return self._pause.is_on or (pipeline is not None and pipeline.is_laden(self._services.limits.in_flight))

    # Ends

    def judge(self, error: Exception) -> None:
        """Apply the error policy: bytes nobody can understand are the peer's fault, anything else is ours."""
        if isinstance(error, Stalled):
            self.close(Closing.TOO_SLOW)
        elif isinstance(error, StoreUnavailable):
            # Of what was missed nothing may be left out, so all of it has to be asked for again.
            self.close(Closing.TRY_AGAIN)
        elif isinstance(error, WireError):
            log.debug("connection.bad_input", peer=self._peer.place, error=type(error).__name__)
            self.close(Closing.BAD_INPUT, str(error))
        else:
            log.error("connection.internal", peer=self._peer.place, exc_info=error)
            self.close(Closing.INTERNAL)

    def _stop_hearing(self, closing: Closing) -> None:
        self._closing = closing
        self._intake.drop()
        self._forget_requests()
        self._stop_bringing()

    def _wait_for_name(self) -> None:
        self._naming_timer = self._services.clock.call_later(self._conversation.naming_seconds, self._name_missing)

    def _name_missing(self) -> None:
        if self._pause.is_on:
            # It is we who take so long, over a password: what is said of that afterwards would not be true.
            self._wait_for_name()
        elif self._session is None:
            self.close(Closing.UNNAMED)

    def _overflow(self, behind_bytes: int) -> None:
        """Send a reader away who is too slow; why, he reads behind what waits for him, if he comes so far in time.

        That is one sentence beyond the limit, and only where what was sent before it ends: in the middle of something
        it would mean nothing.
        """
        if self._closing is not None:
            self._transport.abort()
            return
        log.info("connection.too_slow", peer=self._peer.place, behind_bytes=behind_bytes)
        self._stop_hearing(Closing.TOO_SLOW)
        if self._outbox.is_cut:
            self._transport.abort()
            return
        self._pipe.write(self._parting.say_farewell(Closing.TOO_SLOW.sentence, Closing.TOO_SLOW))
        self._parting.close_when_sent()

    def _forget_requests(self) -> None:
        """Carry out nothing any more: nobody would hear what came of it, nor learn from that what to ask next."""
        if self._pipeline is not None:
            self._pipeline.close()

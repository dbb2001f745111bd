"""Performing: what a conversation wants is done in the order in which it wants it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, assert_never

from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import (
    Ask,
    Become,
    BeginScram,
    Charge,
    CloseNow,
    Depart,
    GiveUp,
    HearOwn,
    Intents,
    Introduce,
    Later,
    Prove,
    Refocus,
    Reply,
    Resume,
    SendNow,
    Wait,
)
from hubbub.gateways.letting_in import LettingIn
from hubbub.gateways.pausing import Pause, Work
from hubbub.service.outbox import Outbox
from hubbub.service.pipeline import Pipeline
from hubbub.service.ports import Clock, Timer
from hubbub.service.sessions import Session


class Stage(Protocol):
    """Where it is done: the connection."""

    @property
    def is_closing(self) -> bool:
        """Whether nothing is to be done any more."""

    def close(self, closing: Closing) -> None:
        """Say farewell, and close."""

    def note_departure(self, reason: str) -> None:
        """Take note of why the client leaves."""

    def judge(self, error: Exception) -> None:
        """Apply the error policy."""


class Performing:
    """Does what the conversation of one connection wants."""

    __slots__ = (
        "_clock",
        "_early_tries",
        "_holds",
        "_letting_in",
        "_most_tries",
        "_outbox",
        "_pause",
        "_pipeline",
        "_session",
        "_stage",
        "_waits",
    )

    def __init__(  # noqa: PLR0913 - the parts it acts on, and nothing else
        self, stage: Stage, letting_in: LettingIn, pause: Pause, outbox: Outbox, clock: Clock, most_tries: int
    ) -> None:
        """Send away who tries something else than its name more than `most_tries` times; 0: as often as it likes."""
        self._stage = stage
        self._letting_in = letting_in
        self._pause = pause
        self._outbox = outbox
        self._clock = clock
        self._most_tries = most_tries
        self._early_tries = 0
        self._holds = False
        """Whether the pipeline waits until it is known who the client is."""
        self._session: Session | None = None
        self._pipeline: Pipeline | None = None
        self._waits: list[Timer] = []
        """Until when the conversation wanted to wait."""

    def seat(self, session: Session, pipeline: Pipeline) -> None:
        """Do it for this session from now on; what is asked goes into the pipeline."""
        self._session = session
        self._pipeline = pipeline

    def stop_waiting(self) -> None:
        """Do nothing later any more."""
        for timer in self._waits:
            timer.cancel()

    def perform(self, intents: Intents) -> None:  # noqa: C901 - a table
        """Do what the conversation wants because of what came in: replies wait for the answers to what came before."""
        wanted = iter(intents)
        for intent in wanted:
            if self._stage.is_closing:
                return
            match intent:
                case Ask():
                    self._require_pipeline().ask(intent.request)
                case Reply():
                    # What the conversation answers by itself costs the pace of a request.
                    self._charge(partial(self._outbox.post, intent.data))
                case SendNow():
                    self._outbox.post(intent.data)
                case Charge():
                    self._charge(_do_nothing)
                case Introduce():
                    self._introduce(intent)
                case BeginScram():
                    self._find_out(self._letting_in.challenge(intent))
                case Prove():
                    self._find_out(self._letting_in.prove(intent))
                case Become():
                    self._find_out(self._letting_in.become(self._require_session(), intent))
                case Resume():
                    self._pause.begin(self._letting_in.bring(self._require_session(), intent))
                case Refocus():
                    self._refocus()
                case HearOwn():
                    self._outbox.on_own = intent.heard
                case Depart():
                    self._stage.note_departure(intent.reason)
                    self.in_turn(lambda: self._stage.close(Closing.LEFT))
                case Later():
                    self.in_turn(partial(self._resume, intent))
                case Wait():
                    self._wait(intent)
                case GiveUp():
                    self.in_turn(partial(self._stage.judge, intent.error))
                case CloseNow():
                    self._stage.close(intent.closing)
                case _:
                    assert_never(intent)
            if self._pause.is_on:
                self._pause.suspend(wanted)
                return

    def carry_out(self, step: Callable[..., Intents], *values: object) -> None:
        """Do what the conversation makes of something that the service brings, at once and in its place."""
        if self._stage.is_closing:
            return
        try:
            for intent in step(*values):
                match intent:
                    case Reply():
                        self._outbox.post(intent.data)
                    case Ask():
                        self._require_pipeline().ask_next(intent.request)
                    case _:
                        self.perform((intent,))
        except Exception as error:  # noqa: BLE001 - the error policy
            self._stage.judge(error)

    def in_turn(self, action: Callable[[], None]) -> None:
        """Do something after everything asked before is answered."""
        if self._pipeline is None:
            action()
        else:
            self._pipeline.after_earlier(action)

    def _charge(self, action: Callable[[], None]) -> None:
        """Do something in its turn that costs the pace of a request, or soon, before there is one, the connection."""
        if self._pipeline is not None:
            self._pipeline.after_earlier(action, is_paced=True)
            return
        action()
        self._early_tries += 1
        if 0 < self._most_tries < self._early_tries:
            self._stage.close(Closing.NAMELESS)

    def _wait(self, intent: Wait) -> None:
        """Ask again later, unless the connection is gone by then: nothing may hold on to it."""

        def again() -> None:
            self._waits.remove(timer)
            self.carry_out(intent.resume)

        timer = self._clock.call_later(intent.seconds, again)
        self._waits.append(timer)

    def _find_out(self, work: Work) -> None:
        """Find out who the client is; nothing that it asked begins before that is known."""
        self._pause.begin(work)
        if self._pipeline is not None:
            self._pipeline.hold()
            self._holds = True

    def go_on(self) -> None:
        """Do what was wanted and put off, now that a pause is over."""
        self._pause.go_on(self.perform)
        if self._holds and self._pipeline is not None and not self._pause.is_on:
            self._holds = False
            self._pipeline.release()

    def _introduce(self, intent: Introduce) -> None:
        if intent.proof is None:
            self.perform(self._letting_in.enter_guest(intent.name))
        else:
            self._pause.begin(self._letting_in.enter_account(intent.name, intent.proof))

    def _refocus(self) -> None:
        if self._session is not None:
            self._session.refresh()

    def _resume(self, later: Later) -> None:
        try:
            if not self._stage.is_closing:
                self.perform(later.resume())
        except Exception as error:  # noqa: BLE001 - the error policy
            self._stage.judge(error)

    def _require_session(self) -> Session:
        if self._session is None:
            raise RuntimeError("nobody is in")
        return self._session

    def _require_pipeline(self) -> Pipeline:
        if self._pipeline is None:
            raise RuntimeError("asked before it was introduced")
        return self._pipeline


def _do_nothing() -> None:
    """Take a turn, and only that."""

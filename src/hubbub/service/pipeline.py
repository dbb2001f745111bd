"""The pipeline: what one connection asks, carried out so that answers come in the order of the questions.

What is said is not waited for: a client may send a thousand messages in one breath, and they share a few commits.
Anything else begins when all that was asked before is done, so its answer proves that what was said before is kept.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

import msgspec

from hubbub.core.answers import Answer
from hubbub.core.features.messages import Say
from hubbub.core.kinds import Refused
from hubbub.service.pace import Pacing
from hubbub.service.ports import Clock, Timer
from hubbub.service.requests import Request, Requests
from hubbub.service.sessions import Session

Answered = Callable[[Request, Answer | Exception], None]
"""Called with each request and its answer, or with what went wrong if that was a bug."""

Relieved = Callable[[], None]
"""Called when what waited has been gone through: there may be less of it now."""


class _PacedAction:
    """Something to do in its turn that costs as much pace as a request."""

    __slots__ = ("action",)

    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action


COSTLY: Final = (msgspec.Struct, _PacedAction)
"""What costs pace: every request is a struct. A union of all of them would be made anew for every step, and walked."""


class Pipeline:
    """One connection's requests, in order and at the pace allowed."""

    __slots__ = (
        "_advancing",
        "_answered",
        "_busy",
        "_clock",
        "_closed",
        "_following",
        "_pace",
        "_relieved",
        "_requests",
        "_session",
        "_steps",
        "_timer",
        "_unsettled",
    )

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        session: Session,
        requests: Requests,
        clock: Clock,
        pace: Pacing | None,
        answered: Answered,
        relieved: Relieved,
    ) -> None:
        self._session = session
        self._requests = requests
        self._clock = clock
        self._pace = pace
        self._answered = answered
        self._relieved = relieved
        self._steps: deque[Request | _PacedAction | Callable[[], None]] = deque()
        self._following = 0
        """How many of the steps, the first ones, follow from an answer."""
        self._unsettled = 0
        """Messages submitted and not yet kept or refused."""
        self._busy = False
        """Whether something that is waited for is being carried out."""
        self._advancing = False
        """Whether the steps are being walked already: an answer given at once must not walk them within itself."""
        self._timer: Timer | None = None
        self._closed = False

    @property
    def load(self) -> int:
        """How many requests were taken and are not answered yet."""
        return len(self._steps) + self._unsettled + self._busy

    def is_laden(self, most: int) -> bool:
        """Return whether no more is to be asked now: it comes too fast, or `most` (0 = no limit) are not answered."""
        return self._timer is not None or 0 < most <= self.load

    @property
    def throttled(self) -> bool:
        """Whether requests wait because they came faster than the pace."""
        return self._timer is not None

    def ask(self, request: Request) -> None:
        """Carry out a request in its turn."""
        if self._closed:
            return
        if type(request) is Say and not request.files and self._pace is None and not self._steps and not self._busy:
            self._say(request)
        else:
            self._steps.append(request)
            self._advance()

    def ask_next(self, request: Request) -> None:
        """Carry out a request that follows from an answer: before all that was asked meanwhile, which builds on it.

        Several that follow from the same one are carried out in their order.
        """
        if not self._closed:
            self._steps.insert(self._following, request)
            self._following += 1
            self._advance()

    def after_earlier(self, action: Callable[[], None], *, is_paced: bool = False) -> None:
        """Do something once all that was asked before is answered; at once, if it is and the pace allows it."""
        if self._closed:
            return
        self._steps.append(_PacedAction(action) if is_paced else action)
        self._advance()

    def hold(self) -> None:
        """Begin nothing until it is released: something is being found out on which all that follows depends."""
        self._busy = True

    def release(self) -> None:
        """Go on."""
        self._busy = False
        self._advance()

    def hurry(self) -> None:
        """Keep no pace any more: nothing is going to be added."""
        self._pace = None
        if self._timer is not None:
            self._timer.cancel()
            self._resume()

    def close(self) -> None:
        """Forget what has not begun and what is still to come; what has begun is finished, and nobody is answered."""
        self._closed = True
        self._steps.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _advance(self) -> None:
        if self._advancing:
            return
        self._advancing = True
        try:
            self._walk()
        finally:
            self._advancing = False
        self._relieved()

    def _walk(self) -> None:
        while self._steps and not self._busy and self._timer is None:
            step = self._steps[0]
            is_plain = isinstance(step, Say) and not step.files
            if self._unsettled and not is_plain:
                return
            is_free = not isinstance(step, COSTLY)
            if not is_free and self._pace is not None and (delay := self._pace.delay(self._clock.monotonic())):
                self._timer = self._clock.call_later(delay, self._resume)
                return
            self._steps.popleft()
            self._following = max(self._following - 1, 0)
            match step:
                case Say() if is_plain:
                    self._say(step)
                case _PacedAction():
                    self._act(step.action)
                case _ if not isinstance(step, Request):
                    self._act(step)
                case _:
                    self._begin(step)

    def _act(self, action: Callable[[], None]) -> None:
        """Do something; what it asks comes before what was asked after it: that may be the end of the connection."""
        later, self._steps = self._steps, deque()
        action()
        if not self._closed:
            self._steps += later

    def _resume(self) -> None:
        self._timer = None
        self._advance()

    def _begin(self, request: Request) -> None:
        self._busy = True

        def done(answer: Answer | Exception) -> None:
            self._busy = False
            if not self._closed:
                self._answer(request, answer)
                self._advance()

        try:
            self._requests.start(self._session, request, done)
        except Exception as error:  # noqa: BLE001 - the connection judges it by the error policy
            done(error)

    def _answer(self, request: Request, answer: Answer | Exception) -> None:
        """Give an answer; what follows from it begins once all is known that does."""
        was_advancing, self._advancing = self._advancing, True
        self._following = 0
        try:
            self._answered(request, answer)
        finally:
            self._advancing = was_advancing

    def _say(self, say: Say) -> None:
        self._unsettled += 1

        def done(answer: Answer | Exception) -> None:
            self._unsettled -= 1
            if not self._closed:
                self._answer(say, answer)
                if self._steps:
                    self._advance()

        try:
            self._requests.carry_out(self._session, say, done)
        except Refused as refused:
            refusal = refused.refusal
            # Even a refusal waits for the answers to what was said before.
            self._requests.after_commit(lambda: done(refusal))
        except Exception as error:  # noqa: BLE001 - the connection judges it by the error policy
            done(error)

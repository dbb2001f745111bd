"""The hub: a program's place in a chat. Connects, comes back, keeps what was not acknowledged, tells what happens."""

import asyncio
import secrets
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self, TypeVar, overload

from hubbub.client.attaching import Attaching
from hubbub.client.connection import PASSING, Connection, Happening
from hubbub.client.conversation import Conversation
from hubbub.client.endpoints import Endpoint
from hubbub.client.errors import ClientError, Ended, Overrun
from hubbub.client.happenings import (
    Answered,
    Complaint,
    Connected,
    Departed,
    Disconnected,
    Entered,
    Error,
    Failed,
    Question,
    Renaming,
    RoomReset,
)
from hubbub.client.listeners import Callbacks
from hubbub.client.model import Kept, Model
from hubbub.client.readers import Readers, Records
from hubbub.client.records import Record
from hubbub.client.trust import Trust
from hubbub.core.answers import Answer
from hubbub.core.kinds import Event, Refusal, Refused, Signal
from hubbub.wire.native import Hello, Request

OUTBOX: Final = 400
"""How many questions may wait for their answers; whoever asks more waits. Less than the server takes at once."""

RETRY_SECONDS: Final = 30.0
"""How long something is asked again and again of a server that says to try again."""

LEAVE_SECONDS: Final = 3.0
"""How long a goodbye may take, and with it the answers to what was asked before."""

E = TypeVar("E", bound=Event)
S = TypeVar("S", bound=Signal | Connected | Disconnected | Error | Entered | Departed | RoomReset | Renaming)
R = TypeVar("R")


class Hub(Attaching):
    """A place in a chat; `connect` makes one.

    >>> async with connect("localhost:4242", name="ann") as hub:
    ...     await hub.say("#lobby", "hello")
    ...     async for record in hub:
    ...         print(record.room, record.event)

    It comes back by itself whenever the connection is lost, brings what was missed, and sends again what was not
    acknowledged. All of it belongs to one event loop.
    """

    def __init__(self, endpoints: Sequence[Endpoint], hello: Hello, trust: Trust, kept: Kept | None = None) -> None:
        self._conversation: Final = Conversation(hello, kept)
        self._hello = hello
        self._trust = trust
        self._connection = Connection(self._conversation, endpoints, trust, self._hear, self._wait_for_room)
        self._room_made = asyncio.Event()
        self._callbacks = Callbacks(self._room_made.set)
        self._readers = Readers(self._room_made.set, self._report_overrun, self.raise_failure)
        self._futures: dict[int, asyncio.Future[Answer]] = {}
        self._outbox = asyncio.Semaphore(OUTBOX)
        self._running: asyncio.Task[None] | None = None
        self._first: asyncio.Future[None] | None = None
        self._failure: Exception | None = None
        self._is_over = False

    @property
    def model(self) -> Model:
        """What is known of one's rooms, up to date as far as it was heard."""
        return self._conversation.model

    @property
    def name(self) -> str:
        """What one is called at present."""
        return self.model.you.name

    @property
    def is_connected(self) -> bool:
        """Whether what is asked now is sent at once."""
        return self._conversation.is_ready

    @property
    def endpoint(self) -> Endpoint:
        """Where the server was reached last."""
        return self._connection.endpoint

    @property
    def key(self) -> str:
        """A guest's key, which is a Bearer token for HTTP; empty with an account."""
        return self._conversation.key

    def keep(self) -> Kept:
        """Return what makes a later run of the program come back as who one is now: see `connect`."""
        return self.model.keep(self.key)

    @property
    def trust(self) -> Trust:
        """Whom to trust over TLS."""
        return self._trust

    @property
    def bearer(self) -> str:
        """What shows over HTTP who one is; empty for whoever has proved himself by his password."""
        return self.key or self._hello.token

    async def __aenter__(self) -> Self:
        """Connect. Raises `NoConnection`, `Untrusted`, or `Refused` where one is not let in."""
        if self._running is not None:
            raise Ended("A hub connects once: make another one.")
        loop = asyncio.get_running_loop()
        self._first = loop.create_future()
        self._callbacks.start()
        self._running = loop.create_task(self._run(), name="hubbub connection")
        try:
            await self._first
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the connection."""
        await self.close()

    def __aiter__(self) -> Records:
        """Read records: all that have come since the connection was made, for the first who asks."""
        return self._readers.open()

    @overload
    def on(self, kind: type[E]) -> Callable[[Callable[[Record[E]], R]], Callable[[Record[E]], R]]: ...

    @overload
    def on(self, kind: type[S]) -> Callable[[Callable[[S], R]], Callable[[S], R]]: ...

    def on(self, kind: type) -> Callable[[Callable[..., R]], Callable[..., R]]:
        """Call a function, or a coroutine function, with every record whose event is of that kind, or every signal.

        Also for `Connected`, `Disconnected` and `Error`. Callbacks are called one after the other; what one raises goes
        to those for `Error`.

        >>> @hub.on(Said)
        ... async def answer(record: Record[Said]) -> None:
        ...     await hub.reply(record, "I see.")
        """

        def add(callback: Callable[..., R]) -> Callable[..., R]:
            self._callbacks.add(kind, callback)
            return callback

        return add

    def run(self) -> None:
        """Connect, and let callbacks work until the connection is closed for good, or Ctrl+C is pressed.

        It is the whole of a program: where the server cannot be reached or says no, it ends with exit code 1 and one
        sentence. Who wants to do something about it uses `async with`.
        """
        try:
            asyncio.run(self._stay())
        except (ClientError, Refused) as error:
            sys.exit(str(error))
        except KeyboardInterrupt:
            # Whoever presses it wants the prompt, and no traceback.
            return

    async def closed(self) -> None:
        """Return when the hub is closed; raises why, if it was not closed here."""
        if self._running is not None:
            await asyncio.wait([self._running])
        self.raise_failure()

    async def close(self) -> None:
        """End the connection, and let callbacks finish what has happened; harmless when repeated."""
        if self._running is not None and not self._running.done():
            self._connection.leave()
            self._room_made.set()
            await asyncio.wait([self._running], timeout=LEAVE_SECONDS if self.is_connected else 0)
            self._running.cancel()
            await asyncio.wait([self._running])
        self._end(None)
        await self._callbacks.finish()

    def raise_failure(self) -> None:
        """Raise why the hub came to an end, if it was not closed here."""
        if self._failure is not None:
            raise self._failure

    async def ask(self, request: Request) -> Answer:
        """Ask anything that the protocol knows, and return the answer.

        Raises `Refused` where the server says no (what passes by itself is tried again for `RETRY_SECONDS`),
        `Unanswered` where the connection was lost and it may have been done or not, and `Ended`.

        >>> bans = await hub.ask(ListBans("#tea"))
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + RETRY_SECONDS
        while True:
            answer = await self._ask_once(request)
            if not isinstance(answer, Refusal):
                return answer
            if answer.code not in PASSING or loop.time() + answer.retry_seconds > deadline:
                raise Refused.again(answer)
            await asyncio.sleep(answer.retry_seconds)

    async def _ask_once(self, request: Request) -> Answer:
        async with self._outbox:
            self._require_open()
            question = self._conversation.ask(request)
            future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
            self._futures[question.id] = future
            # The answer comes behind whatever waits to be read, so reading goes on.
            self._room_made.set()
            self._connection.flush()
            try:
                return await future
            finally:
                self._forget(question)

    def _forget(self, question: Question) -> None:
        self._conversation.withdraw(question)
        self._futures.pop(question.id, None)

    def _new_nonce(self) -> str:
        return secrets.token_hex(16)

    def _report_overrun(self) -> None:
        self._callbacks.report(Overrun(), "reading records")

    async def _stay(self) -> None:
        async with self:
            await self.closed()

    async def _run(self) -> None:
        try:
            await self._connection.run()
        except (ClientError, Refused) as error:
            self._end(error)

    def _end(self, failure: Exception | None) -> None:
        if self._is_over:
            return
        self._is_over, self._failure = True, failure
        if self._first is None:
            return
        if not self._first.done():
            self._first.set_exception(failure or Ended("The connection was closed before it was made."))
            # Whoever made it may not wait for it any more.
            self._first.exception()
        else:
            self._callbacks.put(Disconnected, Disconnected(str(failure or "It was closed here."), will_return=False))
        for future in self._futures.values():
            if not future.done():
                future.set_exception(Ended(f"There is no connection any more. {failure or ''}".strip()))
        self._readers.end()

    def _require_open(self) -> None:
        if self._running is None:
            raise Ended("There is no connection yet: use `async with`.")
        if self._is_over:
            raise Ended("There is no connection any more.")

    @property
    def _is_answer_awaited(self) -> bool:
        return bool(self._futures) or self._connection.is_leaving

    async def _wait_for_room(self) -> None:
        """Return as soon as nobody is too far behind, or an answer is awaited."""
        while not self._is_answer_awaited and (self._callbacks.is_full or self._readers.is_full):
            self._room_made.clear()
            await self._room_made.wait()

    def _hear(self, happening: Happening) -> None:
        match happening:
            case Record():
                self._readers.put(happening)
                self._callbacks.put(type(happening.event), happening)
            case Answered(question=question, answer=answer):
                self._settle(question, answer)
            case Failed(question=question, error=error):
                self._settle(question, error)
            case Complaint(refusal=refusal):
                self._callbacks.report(Refused.again(refusal), "asking")
            case _:
                self._callbacks.put(type(happening), happening)
                if isinstance(happening, Connected) and self._first is not None and not self._first.done():
                    self._first.set_result(None)

    def _settle(self, question: Question, outcome: Answer | Exception) -> None:
        future = self._futures.pop(question.id, None)
        if future is None or future.done():
            return
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

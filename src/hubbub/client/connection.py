"""The connection: carries a conversation over one transport after the other, for as long as it is wanted."""

import asyncio
import contextlib
import os
import random
import secrets
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from hubbub.client.backoff import delay_seconds
from hubbub.client.conversation import Conversation
from hubbub.client.endpoints import Endpoint
from hubbub.client.errors import Ended, Misunderstood, NoConnection, Untrusted
from hubbub.client.happenings import Challenged, Closing, Connected, Disconnected, Heard, NotWelcomed, Ready, Welcomed
from hubbub.client.scram import salt_password
from hubbub.client.transports import OPEN_SECONDS, Transport, open_transport
from hubbub.client.trust import Trust
from hubbub.core.kinds import Refusal, RefusalCode, Refused

SILENT_SECONDS: Final = 30.0
"""After how long a silence the server is asked whether it is there: a third of what it waits itself."""

PATIENCE_SECONDS: Final = 20.0
"""How long it may take to answer that before the connection counts as lost, as when Wi-Fi drops."""

WELCOME_SECONDS: Final = 60.0
"""How long it may take until everything that was missed is there, from one message to the next."""

NONCE_BYTES: Final = 18
"""Random bytes of a nonce: 24 characters, as the example of RFC 7677 has."""

PASSING: Final[frozenset[RefusalCode]] = frozenset({"too_fast", "try_again"})
"""Refusals that pass by themselves."""

RETURN_SECONDS: Final = 120.0
"""How long somebody is tried to be again whose name is taken: twice as long as the server keeps a guest's place."""

Happening = Heard | Connected | Disconnected


class _Lost(Exception):  # noqa: N818 - named by what is wrong
    """The connection is gone; the text says why."""


class Connection:
    """Keeps one conversation going until it is closed, or the server wants nobody back."""

    def __init__(
        self,
        conversation: Conversation,
        endpoints: Sequence[Endpoint],
        trust: Trust,
        hear: Callable[[Happening], None],
        wait_for_room: Callable[[], Awaitable[None]],
    ) -> None:
        """Call `hear` with everything that happens, and await `wait_for_room` before anything more is read."""
        self._conversation = conversation
        self._endpoints = list(endpoints)
        self._trust = trust
        self._hear = hear
        self._wait_for_room = wait_for_room
        self._to_send = asyncio.Event()
        self._was_ready = False
        self.is_leaving = False
        """Whether nothing more is wanted than the answers to what was asked."""
        self._is_return = False
        self._failures = 0
        self._refused_since: float | None = None
        self._salted: tuple[tuple[str, bytes, int], bytes] | None = None

    @property
    def endpoint(self) -> Endpoint:
        """Where the server was reached last, or is looked for first."""
        return self._endpoints[0]

    def flush(self) -> None:
        """See to it that what is to be sent is sent."""
        self._to_send.set()

    def leave(self) -> None:
        """Let what was asked be answered, and go. What `run` does ends by that, or is to be cancelled."""
        self.is_leaving = True
        if self._conversation.is_ready:
            self._conversation.part()
            self.flush()

    async def run(self) -> None:
        """Go on for ever. Raises what makes it senseless to: `Refused`, `Ended`, `Untrusted`.

        Raises `NoConnection` or `Misunderstood` only before it was connected for the first time.
        """
        while True:
            try:
                await self._connect_and_talk()
            except (_Lost, NoConnection, Misunderstood) as error:
                if self.is_leaving:
                    return
                if not self._was_ready:
                    raise _first_failure(self.endpoint, error) from error
                self._failures += 1
                await asyncio.sleep(delay_seconds(self._failures, random.random()))  # noqa: S311 - spreads, hides nothing

    async def _connect_and_talk(self) -> None:
        transport = await self._open_any()
        writing = asyncio.create_task(self._write(transport), name="hubbub writing")
        try:
            self._conversation.begin(self._scram_nonce())
            self.flush()
            await self._read(transport)
        except (_Lost, Misunderstood) as error:
            self._lose(None if self.is_leaving else Disconnected(str(error), will_return=True))
            raise
        finally:
            self._lose()
            writing.cancel()
            await asyncio.wait([writing])
            with contextlib.suppress(OSError):
                await transport.close()

    def _lose(self, happening: Disconnected | None = None) -> None:
        """Let nothing more be sent, and then tell it: what is asked from then on waits for the next connection."""
        failed = self._conversation.lose()
        if happening is not None:
            self._hear(happening)
        for one in failed:
            self._hear(one)

    def _scram_nonce(self) -> str:
        """Return what lets a password be proved without being sent, where others may read along."""
        return "" if self.endpoint.is_encrypted else secrets.token_urlsafe(NONCE_BYTES)

    async def _prove(self, challenge: Challenged) -> None:
        """Prove the password. What it takes a while to compute is kept for the next time."""
        wanted = (self._conversation.password, challenge.salt, challenge.iterations)
        if self._salted is None or self._salted[0] != wanted:
            self._salted = wanted, await asyncio.to_thread(salt_password, *wanted)
        self._conversation.prove(self._salted[1])
        self.flush()

    async def _open_any(self) -> Transport:
        """Try each endpoint once, the one that worked last first."""
        failures = []
        for endpoint in tuple(self._endpoints):
            try:
                transport = await open_transport(endpoint, self._trust)
            except Untrusted:
                raise
            except TimeoutError:
                failures.append((endpoint, f"it did not answer within {OPEN_SECONDS:g} s"))
            except (OSError, Misunderstood) as error:
                failures.append((endpoint, _say(error)))
            else:
                # The others come after it in the same order, so that none is forgotten.
                place = self._endpoints.index(endpoint)
                self._endpoints = self._endpoints[place:] + self._endpoints[:place]
                return transport
        raise NoConnection(failures)

    async def _write(self, transport: Transport) -> None:
        try:
            while True:
                await self._to_send.wait()
                self._to_send.clear()
                if messages := self._conversation.messages_to_send():
                    await transport.send(messages)
        except OSError:
            await transport.close()

    async def _read(self, transport: Transport) -> None:
        """Hear until the connection is lost, which raises `_Lost`."""
        while True:
            await self._wait_for_room()
            messages = await self._receive(transport)
            if not messages:
                raise _Lost("The server has ended the connection.")
            for message in messages:
                for heard in self._conversation.receive(message):
                    await self._take(heard)
            self.flush()

    async def _receive(self, transport: Transport) -> Sequence[str | bytes]:
        waits = (SILENT_SECONDS, PATIENCE_SECONDS) if self._conversation.is_ready else (WELCOME_SECONDS,)
        for seconds in waits:
            try:
                async with asyncio.timeout(seconds):
                    return await transport.receive()
            except TimeoutError:
                self._conversation.ping()
                self.flush()
            except OSError as error:
                raise _Lost(f"The connection is lost: {_say(error)}.") from error
        raise _Lost("The server does not answer any more.")

    async def _take(self, heard: Heard) -> None:
        match heard:
            case Welcomed(is_return=is_return):
                self._is_return = is_return
                self._refused_since = None
            case Challenged():
                await self._prove(heard)
            case NotWelcomed(refusal=refusal):
                await self._try_otherwise(refusal)
            case Closing(sentence=sentence, come_back=come_back):
                raise _Lost(sentence) if come_back else Ended(sentence)
            case Ready():
                self._was_ready = True
                self._failures = 0
                self._hear(Connected(self.endpoint, self._conversation.model.you, self._is_return))
            case _:
                self._hear(heard)

    async def _try_otherwise(self, refusal: Refusal) -> None:
        """Introduce oneself again where that may help; raises `Refused` where it does not."""
        now = asyncio.get_running_loop().time()
        self._refused_since = now if self._refused_since is None else self._refused_since
        if now - self._refused_since > RETURN_SECONDS:
            raise Refused.again(refusal)
        if refusal.code in PASSING:
            await asyncio.sleep(refusal.retry_seconds)
            self._conversation.begin(self._scram_nonce())
        elif self._conversation.key:
            # The server has forgotten the key, because it began anew or because it took too long to come back.
            self._conversation.begin_anew(self._scram_nonce())
        elif self._was_ready and refusal.code == "name_taken":
            # By oneself, most likely: the server has not noticed yet that the connection before is lost.
            raise _Lost(refusal.sentence)
        else:
            raise Refused.again(refusal)
        self.flush()


def _first_failure(endpoint: Endpoint, error: Exception) -> Exception:
    """Return what is raised where nobody was connected before."""
    if isinstance(error, Misunderstood):
        return Misunderstood(f"{error} Is {endpoint} the right address?")
    return NoConnection([(endpoint, _say(error))]) if isinstance(error, _Lost) else error


def _say(error: Exception) -> str:
    """Return what happened, as part of a sentence."""
    if isinstance(error, socket.gaierror):
        # Its numbers are not those of other errors; `strerror` knows nothing of them.
        return (error.strerror or "its name is not known").rstrip(".")
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return (str(error) or type(error).__name__).rstrip(".")

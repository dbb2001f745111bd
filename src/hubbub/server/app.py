"""The server: makes every part once and joins them."""

import asyncio
import gc
import sys
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog
import uvloop

from hubbub.core.house import House
from hubbub.core.limits import Limits, in_force
from hubbub.core.room import HOUSE_KEY, LOBBY, RoomKind
from hubbub.fabrics.local import LocalFabric
from hubbub.gateways.connection import Services
from hubbub.gateways.frames.conversation import (
    FramesSettings,
    HeaderConversation,
    JsonConversation,
    TextFramesConversation,
)
from hubbub.gateways.frames.phrasebook import FramesVoice, HeaderDialect, JsonDialect, TextFramesDialect
from hubbub.gateways.stamps import Stamper
from hubbub.gateways.text.conversation import TextConversation, TextSettings
from hubbub.gateways.text.phrasebook import TextVoice
from hubbub.server.admission import Admission
from hubbub.server.clock import LoopClock
from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.server.folder import lock_folder
from hubbub.server.listen import ListenAddress
from hubbub.server.logs import configure_logs
from hubbub.server.port import Conversations, Port
from hubbub.server.sockets import allow_many_sockets, open_listeners
from hubbub.server.stop import StopSignal, close_connections
from hubbub.server.welcome import describe_joining
from hubbub.service.delivery import Delivery
from hubbub.service.people import People
from hubbub.service.ports import Clock, Fabric, Store, StoreUnavailable, StoreUnusable
from hubbub.service.reading import Reading
from hubbub.service.requests import Requests
from hubbub.service.rooms import Rooms
from hubbub.service.scribe import Scribe
from hubbub.service.sessions import Sessions
from hubbub.stores.sql import open_store
from hubbub.wire.detect import Protocol

SWEEP_SECONDS: Final = 10.0
"""How often rooms that nobody needs are dropped."""

CHECK_SECONDS: Final = 2.0
"""How often the store is asked for what the fabric may have lost."""

PEOPLE_SHARE: Final = 0.8
"""The part of the time for stopping in which people are answered and told; what is left is for keeping what they did,
their departures too."""

STORE_SECONDS: Final = 1.0
"""How long the store may take after that for what it has begun; a lock or a dead server could keep it much longer."""

GC_THRESHOLDS: Final = (50_000, 20, 50)
"""Objects made before the youngest are looked at, and how many of its turns each older generation skips. With Python's
own 700 (now 2 000), 10, 10 a newcomer cost 105 µs of work and waste; with these, 53 µs."""

log = structlog.get_logger(__name__)


def run(settings: Settings) -> int:
    """Run a server until it is told to stop, and return its exit code. Raises `StartError`."""
    configure_logs(settings.log)
    allow_many_sockets()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    stop = StopSignal(asyncio.get_running_loop())
    listeners = open_listeners([ListenAddress.parse(text) for text in settings.listen])
    folder = Path(settings.data)
    lock_folder(folder)
    store = open_store(settings.database, folder)
    try:
        await store.open()
        server = Server(settings, store, LocalFabric())
        await server.open()
    except StoreUnusable as error:
        raise StartError(str(error)) from error
    except StoreUnavailable as error:
        raise StartError(f"The database cannot be used: {error}") from error
    for address, listener in listeners:
        server.port.listen(listener, Protocol(address.protocol))
    for line in describe_joining([address for address, _ in listeners]):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    _spare_collector()
    await stop.wait()
    log.info("server.stopping", connections=len(server.port.connections))
    await server.close()
    log.info("server.stopped")
    # Python's last collection would look for seconds at what a busy server leaves behind, to free what ends anyway.
    gc.freeze()
    return 0


def _spare_collector() -> None:
    """Let the cyclic collector run rarely: nothing here makes cycles, and looking took half the time of an arrival.

    What has been made until now lives as long as the server and is never looked at again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


class Server:
    """One node: the service between a store, a fabric and a port."""

    def __init__(self, settings: Settings, store: Store, fabric: Fabric) -> None:
        loop = asyncio.get_running_loop()
        self._limits = in_force(settings.limits)
        self._clock = LoopClock(loop)
        self._store = store
        self._fabric = fabric
        house, sessions = House(), Sessions()
        self._rooms = Rooms(store, fabric, house, settings.rooms.history_on_arrival)
        self._delivery = Delivery(store, self._rooms, house, sessions)
        self._scribe = Scribe(store, fabric, self._rooms, self._delivery, self._clock)
        self._people = People(house, sessions, self._rooms, self._scribe, self._clock)
        if not fabric.reaches_others:
            self._rooms.on_load(self._people.clear_absent)
        reading = Reading(house, self._rooms, store, settings.rooms.history_on_arrival, self._limits.outbox_bytes)
        requests = Requests(house, self._rooms, self._scribe, sessions, reading, self._clock, self._limits)
        self._rooms.on_drop(requests.detach_concerned)
        services = Services(self._people, requests, self._clock, self._limits)
        conversations = make_conversations(self._limits, self._clock, announce=settings.rooms.announce)
        self.port = Port(conversations, services, Admission(self._limits, self._clock))
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Load what always exists and begin to work. Raises `StoreUnavailable`."""
        await self._fabric.open(self._delivery.receive)
        self._tasks.append(asyncio.create_task(self._scribe.run()))
        await self._rooms.open(RoomKind.HOUSE, HOUSE_KEY, "", pinned=True)
        await self._rooms.open(RoomKind.CHANNEL, LOBBY, LOBBY, pinned=True)
        self._tasks.append(asyncio.create_task(self._keep_house()))

    async def close(self) -> None:
        """Stop as gently as `limits.stop_seconds` allow, in all."""
        self._people.stop()
        seconds = self._limits.stop_seconds
        deadline = asyncio.get_running_loop().time() + seconds if seconds else None
        await close_connections(self.port, seconds * PEOPLE_SHARE)
        await _until(deadline, self._scribe.drain())
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._fabric.close()
        try:
            await _until(deadline, self._rooms.save_all())
        except StoreUnavailable as error:
            # Nothing is lost: snapshots only make the next start quicker.
            log.warning("store.unavailable", reason=str(error))
        await _until(deadline and deadline + STORE_SECONDS, self._store.close())

    async def _keep_house(self) -> None:
        """Do what has to be done now and then."""
        pause = CHECK_SECONDS if self._fabric.reaches_others else SWEEP_SECONDS
        swept_at = self._clock.monotonic()
        while True:
            await asyncio.sleep(pause)
            try:
                if self._fabric.reaches_others:
                    await self._delivery.check()
                if self._clock.monotonic() - swept_at >= SWEEP_SECONDS:
                    swept_at = self._clock.monotonic()
                    await self._rooms.sweep()
            except StoreUnavailable as error:
                log.debug("store.unavailable", reason=str(error))
            except Exception:  # the error policy: what fails now may succeed the next time
                log.exception("server.housekeeping_failed")


async def _until(deadline: float | None, work: Awaitable[None]) -> None:
    """Wait for the work, but no longer than until the deadline (None: as long as it takes)."""
    with suppress(TimeoutError):
        async with asyncio.timeout_at(deadline):
            await work


def make_conversations(limits: Limits, clock: Clock, *, announce: bool) -> Conversations:
    """Return how to begin a conversation in each protocol that is spoken here."""
    stamper = Stamper()
    text = TextSettings(
        TextVoice(clock, stamper, announce=announce),
        TextVoice(clock, stamper, announce=announce, line_end="\r\n"),
        limits,
    )
    header = FramesSettings(FramesVoice(HeaderDialect, clock, stamper, echoes=False, announce=announce), limits)
    json = FramesSettings(FramesVoice(JsonDialect, clock, stamper, echoes=True, announce=announce), limits)
    text_frames = FramesSettings(FramesVoice(TextFramesDialect, clock, stamper, echoes=True, announce=announce), limits)
    return {
        Protocol.TEXT: lambda: TextConversation(text),
        Protocol.HEADER_FRAMES: lambda: HeaderConversation(header),
        Protocol.JSON_FRAMES: lambda: JsonConversation(json),
        Protocol.TEXT_FRAMES: lambda: TextFramesConversation(text_frames),
    }

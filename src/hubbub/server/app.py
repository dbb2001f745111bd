"""The server: makes every part once and joins them."""

import asyncio
import gc
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog
import uvloop

from hubbub.core.access import Access
from hubbub.core.limits import Limits, in_force
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
from hubbub.server.claim import describe_claim, make_claim
from hubbub.server.clock import LoopClock
from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.server.folder import lock_folder
from hubbub.server.listen import ListenAddress
from hubbub.server.logs import configure_logs
from hubbub.server.node import Node
from hubbub.server.port import Conversations, Port
from hubbub.server.sockets import allow_many_sockets, open_listeners
from hubbub.server.stop import StopSignal, close_connections
from hubbub.server.welcome import describe_joining
from hubbub.service.passwords import Passwords
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock, Fabric, StoreUnavailable, StoreUnusable
from hubbub.stores.sql import Storage, open_storage
from hubbub.wire.detect import Protocol

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
    storage = open_storage(settings.database, folder)
    try:
        await storage.store.open()
        server = Server(settings, storage, LocalFabric())
        await server.node.open()
        claim = await make_claim(server.node.house.directory, storage.vault, server.clock)
    except StoreUnusable as error:
        raise StartError(str(error)) from error
    except StoreUnavailable as error:
        raise StartError(f"The database cannot be used: {error}") from error
    for address, listener in listeners:
        server.port.listen(listener, Protocol(address.protocol))
    opened = [address for address, _ in listeners]
    for line in describe_joining(opened, describe_claim(claim) if claim else ()):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    _spare_collector()
    await stop.wait()
    log.info("server.stopping", connections=len(server.port.connections))
    await server.close()
    log.info("server.stopped")
    return 0


def _spare_collector() -> None:
    """Let the cyclic collector run rarely: nothing here makes cycles, and looking took half the time of an arrival.

    What has been made until now lives as long as the server and is never looked at again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


class Server:
    """A node and its port."""

    def __init__(self, settings: Settings, storage: Storage, fabric: Fabric) -> None:
        self._limits = limits = in_force(settings.limits)
        self.clock = clock = LoopClock(asyncio.get_running_loop())
        people = settings.people
        self.node = Node(
            storage,
            fabric,
            clock,
            limits,
            Access(people.access, people.guests, people.registration),
            _allow_any,
            Passwords(),
            history_on_arrival=settings.rooms.history_on_arrival,
        )
        services = Services(self.node.people, self.node.entrance, self.node.requests, clock, limits)
        conversations = make_conversations(limits, clock, announce=settings.rooms.announce)
        self.port = Port(conversations, services, Admission(limits, clock))

    async def close(self) -> None:
        """Stop as gently as `limits.stop_seconds` allow."""
        self.node.people.stop()
        await close_connections(self.port, self._limits.stop_seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.stop_seconds or None):
                await self.node.scribe.drain()
        await self.node.close()


def _allow_any(peer: Peer) -> None:
    """Let passwords be sent on every connection."""


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

"""The server: makes every part once and joins them."""

import asyncio
import gc
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog
import uvloop

from hubbub.core.limits import in_force
from hubbub.core.signals import Reconfiguring
from hubbub.fabrics.local import LocalFabric
from hubbub.gateways.http.client import load_client
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.irc.conversation import IrcConversation
from hubbub.gateways.native.conversation import NativeConversation
from hubbub.gateways.surroundings import Services
from hubbub.gateways.transports.ring import open_ring
from hubbub.gateways.websocket.origins import Origins
from hubbub.server.admission import Admission
from hubbub.server.claim import Codes, make_claim, make_lan_invitation
from hubbub.server.clock import LoopClock
from hubbub.server.config import Settings
from hubbub.server.doors import describe_start, open_doors
from hubbub.server.errors import StartError
from hubbub.server.folder import lock_folder, require_restored
from hubbub.server.irc import Irc
from hubbub.server.lan import Reach
from hubbub.server.links import link_to, own_link_to
from hubbub.server.logs import configure_logs, set_log_level
from hubbub.server.memory import keep_large_blocks_apart
from hubbub.server.native import native_settings
from hubbub.server.node import Node, Rules
from hubbub.server.port import Conversations, Port
from hubbub.server.posting import Posting
from hubbub.server.proxies import Proxies
from hubbub.server.reload import ReadSettings, Reloading
from hubbub.server.sockets import allow_many_sockets, bound_addresses
from hubbub.server.speaking import Speaker
from hubbub.server.ssh import Ssh, is_ssh_installed, require_ssh
from hubbub.server.stop import StopSignal, close_connections
from hubbub.server.terminal import Terminal
from hubbub.server.tls import Tls
from hubbub.server.voices import Voices
from hubbub.server.watchers import Watchers
from hubbub.server.web import Web
from hubbub.server.websockets import WebSockets
from hubbub.service.encryption import RequireTls, may_log_in, needs_encryption
from hubbub.service.passwords import Passwords
from hubbub.service.peers import Peer
from hubbub.service.ports import Fabric, StoreUnavailable, StoreUnusable
from hubbub.stores.sql import Storage, open_storage
from hubbub.wire.detect import Protocol
from hubbub.wire.links import UNKNOWN

if TYPE_CHECKING:
    from hubbub.server.figures import Figures

CLIENT: Final = Path(__file__).parent.parent / "static"
"""Where `scripts/build-web` and the wheel put the browser client."""

PEOPLE_SHARE: Final = 0.8
"""The part of the time for stopping in which people are answered and told; what is left is for keeping what they did,
their departures too."""

GC_THRESHOLDS: Final = (50_000, 20, 50)
"""Objects made before the youngest are looked at, and how many of its turns each older generation skips. With Python's
own 700 (now 2 000), 10, 10 a newcomer cost 105 µs of work and waste; with these, 53 µs."""

log = structlog.get_logger(__name__)


def run(settings: Settings, read_again: ReadSettings, reach: Reach = "listed") -> int:
    """Run a server until it is told to stop, and return its exit code; at SIGHUP, go on with the settings read again.

    With another `reach` than that of the settings, it listens on more addresses than they name. Raises `StartError`.
    """
    configure_logs(settings.log)
    allow_many_sockets()
    keep_large_blocks_apart()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings, read_again, reach))


async def _serve(settings: Settings, read_again: ReadSettings, reach: Reach) -> int:
    stop = StopSignal(asyncio.get_running_loop())
    listeners = open_doors(settings.addresses(), reach)
    folder = Path(settings.data)
    lock_folder(folder)
    require_restored(folder)
    tls = Tls(settings.tls, folder, [address.host for address, _ in listeners])
    ssh = Ssh(folder) if is_ssh_installed() else None
    require_ssh([address for address, _ in listeners])
    storage = open_storage(settings.database, folder)
    try:
        await storage.store.open()
        server = Server(settings, storage, LocalFabric(), tls, ssh)
        await server.node.open()
        codes = Codes(
            await make_claim(server.node.house.directory, storage.vault, server.clock),
            await make_lan_invitation(settings, reach, storage.vault, server.clock),
        )
    except StoreUnusable as error:
        raise StartError(str(error)) from error
    except StoreUnavailable as error:
        raise StartError(f"The database cannot be used: {error}") from error
    reloading = Reloading(settings, read_again, server.apply)
    _mind_hangups(stop, reloading)
    server.node.on_reload(partial(_reload_soon, reloading))
    for address, listener in listeners:
        server.port.listen(listener, Protocol(address.protocol))
    bound = bound_addresses(listeners)
    server.note_place(link_to(bound))
    own_link = (settings.public_url or own_link_to(bound)) if server.shows_client else ""
    host_key = "" if ssh is None else ssh.fingerprint
    for line in describe_start(listeners, tls, codes, reach, sys.stdout, own_link, host_key):
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


def _mind_hangups(stop: StopSignal, reloading: Reloading) -> None:
    """Reload at SIGHUP, unless it is the terminal that hangs up: whoever closes the window wants the server gone."""
    terminal = Terminal()

    def hung_up() -> None:
        if terminal.is_gone:
            stop.ask()
        else:
            reloading.reload()

    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, hung_up)


def _reload_soon(reloading: Reloading) -> None:
    """Reload not at once: whoever asked for it is answered first, and no delivery has to know what may go wrong."""
    asyncio.get_running_loop().call_soon(reloading.reload)


def _spare_collector() -> None:
    """Let the cyclic collector run rarely: nothing here makes cycles, and looking took half the time of an arrival.

    What has been made until now lives as long as the server and is never looked at again. Where the
    command line loaded this, nobody has looked until now (`cli.lightly`).
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(*GC_THRESHOLDS)


class Server:
    """A node and its port."""

    def __init__(
        self, settings: Settings, storage: Storage, fabric: Fabric, tls: Tls | None = None, ssh: Ssh | None = None
    ) -> None:
        """Join both; without `tls` there is no encryption, and without `ssh` nobody speaks that."""
        self._limits = in_force(settings.limits)
        self.clock = LoopClock(asyncio.get_running_loop())
        self._tls = tls
        self._ssh = ssh
        self._safety = Safety(settings.tls.require)
        self._posting = Posting(settings.hooks.allow_private)
        make_poster = self._posting.make
        self._ring = open_ring()
        self.node = Node(
            storage,
            fabric,
            self.clock,
            _rules(settings),
            self._safety,
            Passwords(),
            make_poster=make_poster,
            volley=self._ring,
        )
        if tls is not None:
            self.node.on_sweep(tls.refresh)
        self._voices = Voices(self.clock, announce=settings.rooms.announce)
        self._admission = Admission(self._limits, self.clock)
        self._irc = Irc(self.node, self._voices.links, lambda: self._admission.unknown, speaks_tls=tls is not None)
        self._place = UNKNOWN
        self._figures: Figures | None = None
        self._public_url = settings.public_url
        self._watchers = Watchers(settings.metrics)
        self._client = load_client(CLIENT)
        self._web = Web(self._parts(storage), self._limits.naming_seconds)
        self.port = Port(self._conversations(), self._services(), self._admission, tls, self._speakers())
        self._adopt(settings)
        self.port.proxies = Proxies(settings.proxies)

    def apply(self, settings: Settings) -> None:
        """Go on with other settings. What belongs to a connection, its pace and sizes, holds for those who come later.

        Raises `StartError`, having changed nothing.
        """
        if self._tls is not None:
            self._tls.use(settings.tls)
        self._limits = self._admission.limits = in_force(settings.limits)
        self._safety.require = settings.tls.require
        self._posting.use(settings.hooks.allow_private)
        self.node.apply(_rules(settings))
        self._voices.set_announce(settings.rooms.announce)
        self._public_url = settings.public_url
        self.note_place(self._place)
        self._watchers = Watchers(settings.metrics)
        self.port.proxies = Proxies(settings.proxies)
        self._web.use(self._limits.naming_seconds)
        self._adopt(settings)
        self.node.sessions.notice_all(Reconfiguring())
        set_log_level(settings.log.level)

    def _adopt(self, settings: Settings) -> None:
        """Have those who come from now on spoken to under these settings."""
        self._irc.use(settings)
        origins = Origins(frozenset(settings.origins), settings.public_url)
        native = native_settings(self.node, self._limits)
        irc = self._irc.settings(self._limits)
        websockets = WebSockets(self._voices, native, irc, self._limits, origins, self.clock)
        self.port.adopt(self._conversations(), self._services(), websockets)
        if self._ssh is not None:
            self._ssh.use(self._services(), self._voices.ssh(self._limits))

    def note_place(self, url: str) -> None:
        """Note where a browser finds this server, as far as its addresses tell; a `public_url` goes before it."""
        self._place = url
        self._voices.links.server = self._public_url or url

    @property
    def shows_client(self) -> bool:
        """Whether a browser is shown the client: not where it was not built."""
        return self._client is not None

    def _may_watch(self, peer: Peer) -> bool:
        return peer in self._watchers

    def _write_figures(self) -> bytes:
        from hubbub.server.figures import Figures  # noqa: PLC0415 - loaded when somebody asks for them

        if self._figures is None:
            self._figures = Figures(self.node, lambda: self.port.connections)
        return self._figures.write()

    def _conversations(self) -> Conversations:
        """Return how to begin a conversation in each protocol that is spoken."""
        native = native_settings(self.node, self._limits)
        irc = self._irc.settings(self._limits)
        return {
            **self._voices.conversations(self._limits),
            Protocol.NATIVE: lambda _: NativeConversation(native),
            Protocol.IRC: lambda peer: IrcConversation(irc, peer),
        }

    def _speakers(self) -> dict[Protocol, Speaker]:
        """Return who speaks what is no conversation."""
        speakers: dict[Protocol, Speaker] = {Protocol.HTTP: self._web}
        if self._ssh is not None:
            speakers[Protocol.SSH] = self._ssh
        return speakers

    def _parts(self, storage: Storage) -> Parts:
        node = self.node
        store, clock, house, tally = storage.store, self.clock, node.house, node.tally
        people = node.recognising, node.revoking, node.visiting, node.filing, node.devices, node.webhooks.incoming
        watching = self._write_figures, self._may_watch
        speaks_ssh = self._ssh is not None
        return Parts(store, clock, house, *people, tally, *watching, node.facts.of, self._client, speaks_ssh)

    def _services(self) -> Services:
        node = self.node
        return Services(node.people, node.entrance, node.requests, node.resuming, node.tally, self.clock, self._limits)

    async def close(self) -> None:
        """Stop as gently as `limits.stop_seconds` allow, in all."""
        self.node.people.stop()
        seconds = self._limits.stop_seconds
        deadline = asyncio.get_running_loop().time() + seconds if seconds else None
        await close_connections(self.port, seconds * PEOPLE_SHARE)
        await self.node.close(deadline)
        if self._ring is not None:
            self._ring.close()


def _rules(settings: Settings) -> Rules:
    return Rules(
        in_force(settings.limits),
        settings.people.as_access(),
        settings.rooms.history_on_arrival,
        settings.rooms.retention_days,
        settings.public_url,
        settings.files.open_links,
    )


class Safety:
    """Says on which connections passwords may be sent."""

    def __init__(self, require: RequireTls) -> None:
        self.require = require

    def __call__(self, peer: Peer) -> None:
        """Raise `Refused` with `needs_encryption` where others could read them."""
        if not may_log_in(peer, self.require):
            raise needs_encryption()

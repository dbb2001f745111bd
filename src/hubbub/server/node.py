"""One node: the service between a store and a fabric, every part made once. A server gives it a port."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import msgspec
import structlog

from hubbub.core.access import Access
from hubbub.core.catalog import Record
from hubbub.core.features.auditing import Audited
from hubbub.core.features.reloading import RELOAD
from hubbub.core.house import House
from hubbub.core.kinds import Refused
from hubbub.core.limits import Limits
from hubbub.core.room import AUDIT_KEY, DIRECTORY_KEY, HOUSE_KEY, LOBBY, RoomKind
from hubbub.server.every import Every
from hubbub.service.accounts import Accounts
from hubbub.service.attention import Attention
from hubbub.service.audit_watch import AuditWatch
from hubbub.service.consulting import Consulting
from hubbub.service.delivery import Delivery
from hubbub.service.desk import Desk
from hubbub.service.devices import Devices
from hubbub.service.directory_watch import DirectoryWatch
from hubbub.service.drafts import Drafts
from hubbub.service.entrance import Entrance
from hubbub.service.facts import Facts
from hubbub.service.filing import Filing
from hubbub.service.guard import Guard
from hubbub.service.indexing import Indexer
from hubbub.service.keys import Keys
from hubbub.service.levels import Levels
from hubbub.service.moves import Moves
from hubbub.service.outbox import Volley
from hubbub.service.outgoing_hooks import MakePoster
from hubbub.service.own_secrets import CLOAKS, load_own_secret
from hubbub.service.pages import Pages
from hubbub.service.passes import Passes
from hubbub.service.passwords import Passwords
from hubbub.service.people import People
from hubbub.service.ports import Clock, Fabric, StoreUnavailable
from hubbub.service.posting import Poster
from hubbub.service.presence import Presence
from hubbub.service.proofs import Proofs, RequireSafe
from hubbub.service.reading import Reading
from hubbub.service.recognising import Recognising
from hubbub.service.requests import Requests
from hubbub.service.resuming import Resuming
from hubbub.service.retention import Eraser
from hubbub.service.retrying import Retrying
from hubbub.service.revoking import Revoking
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.scram_proofs import ScramProofs
from hubbub.service.scribe import Scribe
from hubbub.service.sessions import Sessions
from hubbub.service.shelving import FileParts
from hubbub.service.shown import Shown
from hubbub.service.ssh_keys import SshKeys
from hubbub.service.taking_along import TakingAlong
from hubbub.service.tally import Tally
from hubbub.service.typing import TypingNotices
from hubbub.service.unread import Unread
from hubbub.service.visiting import Visiting
from hubbub.service.webhooks import Webhooks
from hubbub.service.whereabouts import Whereabouts
from hubbub.stores.sql import Storage

SWEEP_SECONDS: Final = 10.0
"""How often rooms that nobody needs are dropped."""

CHECK_SECONDS: Final = 2.0
"""How often the store is asked for what the fabric may have lost, or another program has written."""

ERASE_SECONDS: Final = 600.0
"""How often what is kept no longer is erased; retention is counted in days."""

LATENESS_SECONDS: Final = 1.0
"""How often to look how late the loop is; it costs some 20 µs."""

STORE_SECONDS: Final = 1.0
"""How long the store may take after a deadline for what it has begun; a lock or a dead server could keep it longer."""

log = structlog.get_logger(__name__)


class Rules(msgspec.Struct, frozen=True):
    """What may change while a node runs."""

    limits: Limits
    access: Access
    history_on_arrival: int
    retention_days: int = 0
    """After how many days what was said is erased; 0 keeps it for ever."""
    public_url: str = ""
    """How others reach this server; empty where that is not known."""
    open_links: bool = True
    """Whether whoever knows the link of a file that a message shows may read it."""


class Node:
    """The parts, joined."""

    def __init__(  # noqa: PLR0913, PLR0915 - what it is between, under which rules, and every part once
        self,
        storage: Storage,
        fabric: Fabric,
        clock: Clock,
        rules: Rules,
        require_safe: RequireSafe,
        passwords: Passwords,
        *,
        is_alone: bool = True,
        make_poster: MakePoster | None = None,
        volley: Volley | None = None,
    ) -> None:
        """Join them; `is_alone`: guests who are not here are nowhere, and nobody else writes files. So it tidies up."""
        limits, access, history_on_arrival = rules.limits, rules.access, rules.history_on_arrival
        self._store = storage.store
        self._files = storage.files
        self.vault = storage.vault
        self.notebook = notebook = storage.notebook
        self._fabric = fabric
        self.clock = clock
        self.house, self.sessions = House(), Sessions()
        self.rooms = Rooms(self._store, fabric, self.house, history_on_arrival, volley)
        self.tally = Tally()
        self.delivery = Delivery(self._store, self.rooms, self.house, self.sessions, self.tally)
        self.scribe = Scribe(self._store, fabric, self.rooms, self.delivery, clock, self.tally)
        presence = Presence(self.house, self.sessions, clock)
        self.passes = Passes(self.house)
        self.moves = moves = Moves(self.house, self.sessions, clock)
        self.people = People(
            self.house, self.sessions, self.rooms, self.scribe, self._store, presence, clock, access, self.passes, moves
        )
        consulting = Consulting(self.house, self.rooms, self._store)
        pages = Pages(self.house, self.rooms, self._store, consulting, clock, limits.outbox_bytes)
        self.reading = reading = Reading(self.house, self.rooms, self._store, pages, clock, history_on_arrival)
        self.requests = Requests(self.house, self.rooms, self.scribe, self.sessions, reading, consulting, clock, limits)
        self.requests.concluding.on_renamed(moves.renamed)
        self.requests.concluding.on_turning(presence.note_turning)
        self._clears_absent = is_alone and not fabric.reaches_others
        self.rooms.on_load(self._notice_room)
        self.rooms.on_drop(self.requests.preparing.detach_concerned)
        self._passwords = passwords
        self._guard = guard = Guard(limits, clock)
        proofs = Proofs(self.house, self.vault, passwords, guard, clock, require_safe)
        retrying = Retrying()
        self.revoking = revoking = Revoking(self.vault, self.sessions)
        self.accounts = Accounts(
            self.house,
            self.vault,
            passwords,
            proofs,
            guard,
            clock,
            access,
            require_safe,
            self.requests.perform,
            retrying,
            revoking,
        )
        self.keys = keys = Keys(self.house, self.vault, revoking, clock, require_safe)
        ssh_keys = SshKeys(self.house, self.vault, revoking, clock, require_safe)
        keys.public_url = rules.public_url
        whereabouts = Whereabouts(self.house, self.rooms, self._store)
        self._levels = levels = Levels(self.house, notebook, whereabouts)
        self.unread = unread = Unread(self.house, notebook, whereabouts, self.rooms, clock)
        self.people.on_leave(Shown(self.house, self.rooms, unread).note_leaving)
        self._audit_watch = AuditWatch(self.house, self.sessions)
        self._reload: Callable[[], None] = _reload_nothing
        self.delivery.on_audit(self._notice_audit)
        self._typing = TypingNotices(self.house, self.sessions, clock)
        self.scribe.on_recorded(self._typing.note_said)
        self._attention = self._join_attention(whereabouts, consulting, limits)
        self.webhooks = self._join_webhooks(storage, consulting, rules, require_safe, make_poster or _no_poster)
        self.recognising = recognising = Recognising(self.vault, proofs, self.passes, clock, require_safe)
        revoking.on_revoked(recognising.distrust)
        self.facts = Facts(self.accounts, require_safe, lambda: self.identity)
        self.devices = Devices(self.house, self.vault, proofs, recognising, clock, require_safe)
        scram = ScramProofs(self.house, self.vault, proofs, passwords.cost.scram_iterations)
        self.visiting = Visiting(self.house, self.rooms, self.people, self.requests, keys, ssh_keys, clock, limits)
        taking_along = TakingAlong(self.house, self.sessions, self.requests, self.visiting)
        self.entrance = Entrance(
            proofs,
            scram,
            recognising,
            self.accounts,
            self.people,
            reading,
            unread,
            whereabouts,
            levels,
            taking_along,
            self.passes,
            ssh_keys,
        )
        self.requests.serve_accounts(Desk(proofs, self.entrance, self.accounts, keys, ssh_keys, self.people).serve)
        self.resuming = Resuming(self.house, self.rooms, self._store, reading, clock)
        watch = DirectoryWatch(
            self.house,
            self.sessions,
            presence,
            self.requests,
            self.vault,
            notebook,
            levels,
            storage.shelf,
            clock,
            retrying,
        )
        self.delivery.on_directory(watch.notice)
        self.filing = self._join_files(storage, rules)
        self._eraser = Eraser(self._store, self.rooms, self.house, clock, rules.retention_days)
        self._indexer = Indexer(self._store, clock)
        self.scribe.on_kept(self._indexer.notice)
        self.scribe.on_kept(self.webhooks.outgoing.notice)
        self.scribe.on_removing(self._notice_removal)
        self._is_alone = is_alone
        self._tasks: list[asyncio.Task[None]] = []
        self.identity = ""
        """Which place this is, once it is open: see `Store.load_identity`."""
        self._chores: list[Callable[[], None]] = [self._typing.forget_old]

    def _join_attention(self, whereabouts: Whereabouts, consulting: Consulting, limits: Limits) -> Attention:
        """Return what answers people's questions about what wants their attention."""
        attention = Attention(
            self.house,
            self.sessions,
            self.notebook,
            whereabouts,
            self.unread,
            Drafts(self.notebook, whereabouts),
            self._levels,
            self._typing,
            consulting,
            self._audit_watch,
            self.clock,
            limits,
        )
        self.requests.serve_attention(attention.serve)
        return attention

    def _join_webhooks(
        self,
        storage: Storage,
        consulting: Consulting,
        rules: Rules,
        require_safe: RequireSafe,
        make_poster: MakePoster,
    ) -> Webhooks:
        """Return the webhooks, managed by those who ask for them."""
        webhooks = Webhooks(
            storage.hooks,
            self._store,
            self.rooms,
            self.house,
            consulting,
            self.requests.perform,
            self.clock,
            rules.limits,
            require_safe,
            make_poster,
        )
        webhooks.use(rules.limits, rules.public_url)
        self.requests.serve_hooks(webhooks.serve)
        return webhooks

    def _join_files(self, storage: Storage, rules: Rules) -> Filing:
        """Return what takes files in and gives them out, and lets messages show them."""
        filing = Filing(FileParts(storage.shelf, *storage.files), self.house, self.rooms, self.clock, rules.limits)
        filing.open_links = rules.open_links
        self.requests.show_files(filing.showing)
        return filing

    def _notice_room(self, live: LiveRoom) -> None:
        """See to a room that was just loaded, for whatever reason: those whom it concerns listen from now on."""
        if live.settled.kind in {RoomKind.DIRECT, RoomKind.PERSONAL}:
            self.requests.preparing.attach_concerned(live)
        elif self._clears_absent:
            self.people.clear_absent(live)

    def on_sweep(self, chore: Callable[[], None]) -> None:
        """Have this called now and then."""
        self._chores.append(chore)

    def on_reload(self, callback: Callable[[], None]) -> None:
        """Have this called when an administrator wants the settings to be read again, on whatever node."""
        self._reload = callback

    def _notice_audit(self, record: Record) -> None:
        self._audit_watch.notice(record)
        if isinstance(record.event, Audited) and record.event.act == RELOAD:
            self._reload()

    def apply(self, rules: Rules) -> None:
        """Go on with other rules."""
        self.filing.use(rules.limits)
        self.filing.open_links = rules.open_links
        self.requests.limits = self._guard.limits = self._attention.limits = self.visiting.limits = rules.limits
        self.people.access = self.accounts.access = rules.access
        self.reading.history_on_arrival = rules.history_on_arrival
        self._eraser.keep_days = rules.retention_days
        self.keys.public_url = rules.public_url
        self.webhooks.use(rules.limits, rules.public_url)

    async def open(self) -> None:
        """Load what always exists and begin to work. Raises `StoreUnavailable` and `StoreUnusable`."""
        self.identity = await self._store.load_identity()
        self.house.cloak_key = (await load_own_secret(self.vault, CLOAKS)).salt
        await self.requests.repeats.open(self._store)
        await self._files.open()
        await self._fabric.open(self.delivery.receive)
        self._tasks.append(asyncio.create_task(self.scribe.run()))
        # First of all: who has an account says who in a room is absent, and who is gone.
        await self.rooms.open(RoomKind.DIRECTORY, DIRECTORY_KEY, "", pinned=True)
        await self.rooms.open(RoomKind.AUDIT, AUDIT_KEY, "", pinned=True)
        await self.rooms.open(RoomKind.HOUSE, HOUSE_KEY, "", pinned=True)
        await self.rooms.open(RoomKind.CHANNEL, LOBBY, LOBBY, pinned=True)
        self._tasks.append(asyncio.create_task(self._keep_house()))
        self._tasks.append(asyncio.create_task(self._watch_loop()))
        self._tasks.append(asyncio.create_task(self._indexer.run()))
        await self.webhooks.outgoing.open()

    async def close(self, deadline: float | None = None) -> None:
        """End the work, save what makes the next start quick, and close the store.

        That ends soon after the deadline, a time of the loop; None takes as long as it takes.
        """
        await self.webhooks.outgoing.close()
        await _until(deadline, self.scribe.drain())
        await _until(deadline, self.unread.drain())
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._fabric.close()
        await self._files.close()
        self._passwords.close()
        try:
            await _until(deadline, self.rooms.save_all())
        except StoreUnavailable as error:
            # Nothing is lost: snapshots only make the next start quicker.
            log.warning("store.unavailable", reason=str(error))
        await _until(None if deadline is None else deadline + STORE_SECONDS, self._store.close())

    def _notice_removal(self) -> None:
        self._eraser.notice_removal()
        self.filing.tidying.notice_removal()

    async def _watch_loop(self) -> None:
        """Note how late the loop is: by so much everybody waited longer than he need."""
        while True:
            due = self.clock.monotonic() + LATENESS_SECONDS
            await asyncio.sleep(LATENESS_SECONDS)
            self.tally.lateness.note(max(self.clock.monotonic() - due, 0.0))

    async def _keep_house(self) -> None:
        """Do what has to be done now and then."""
        now = self.clock.monotonic()
        sweeping, erasing = Every(SWEEP_SECONDS, now), Every(ERASE_SECONDS, now)
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                await self.delivery.check()
                if sweeping.is_due(self.clock.monotonic()):
                    for chore in self._chores:
                        chore()
                    await self.rooms.sweep()
                    if self._is_alone:
                        await self.filing.tidying.sweep()
                if erasing.is_due(self.clock.monotonic()):
                    await self.requests.repeats.tidy(self._store)
                    self._indexer.look_everywhere()
                    await self._eraser.sweep()
                    self.filing.tidying.notice_removal()
            except StoreUnavailable as error:
                log.debug("store.unavailable", reason=str(error))
            except Exception:  # the error policy: what fails now may succeed the next time
                log.exception("node.housekeeping_failed")


def _reload_nothing() -> None:
    """Have no settings that could be read."""


async def _no_poster() -> Poster:
    raise Refused("not_allowed", "This server posts nothing.")


async def _until(deadline: float | None, work: Awaitable[None]) -> None:
    """Wait for the work, but no longer than until the deadline (None: as long as it takes)."""
    with suppress(TimeoutError):
        async with asyncio.timeout_at(deadline):
            await work

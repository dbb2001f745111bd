"""The scribe: what is decided in one turn of the loop is kept in one transaction, then given to the listeners."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import structlog

from hubbub.core.catalog import SPOKEN_EVENTS, AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited
from hubbub.core.kinds import Refusal, RoomId, Seq
from hubbub.core.room import Room
from hubbub.service.delivery import Delivery
from hubbub.service.outbox import Outbox
from hubbub.service.ports import Clock, Draft, Fabric, Store, StoreUnavailable
from hubbub.service.rooms import Rooms
from hubbub.service.tally import Tally

BATCH_LIMIT: Final = 4_096
"""Most events in one transaction; more would keep their listeners waiting."""

BATCH_TEXT: Final = 262_144
"""About how many characters are said in one transaction: its listeners get each batch whole, which must be far less
than may wait for them, so that they have time to read between two."""

REVISIONS: Final = (Edited, Deleted)
"""What lets a message say something else."""

RETRY_SECONDS: Final = 2.0
"""When to try again after the store failed."""

TRY_AGAIN: Final = Refusal(
    "try_again",
    "The server cannot store anything at the moment, so this was not sent. Try again in a few seconds.",
    retry_seconds=RETRY_SECONDS,
)
"""What those hear whose events could not be kept."""

Settled = Callable[[Refusal | Sequence[Record]], None]
"""Called once: with the records when the events are kept and were given to the listeners, else with why not."""

log = structlog.get_logger(__name__)


class Scribe:
    """Keeps events in the order of their submission."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self, store: Store, fabric: Fabric, rooms: Rooms, delivery: Delivery, clock: Clock, tally: Tally
    ) -> None:
        self._tally = tally
        self._store = store
        self._fabric = fabric
        self._rooms = rooms
        self._delivery = delivery
        self._clock = clock
        self._queue = _Batch()
        self._rest: asyncio.Future[None] | None = None
        """Until when there is nothing to keep. A bare future, and not an event, which is eight calls for a message."""
        self._is_idle = True
        """Whether all that was submitted is kept or refused."""
        self._failing = False
        self._kept: list[Callable[[Mapping[RoomId, Seq]], None]] = []
        self._recorded: Callable[[Sequence[Record]], None] = lambda _: None
        self._removing: Callable[[], None] = lambda: None

    def on_kept(self, callback: Callable[[Mapping[RoomId, Seq]], None]) -> None:
        """Have this called, too, with the rooms in which something was kept, and the last record of each."""
        self._kept.append(callback)

    def on_recorded(self, callback: Callable[[Sequence[Record]], None]) -> None:
        """Have this called with all that was kept at once, after it was delivered."""
        self._recorded = callback

    def on_removing(self, callback: Callable[[], None]) -> None:
        """Have this called when what was said is to be edited or deleted."""
        self._removing = callback

    def submit(self, events: Sequence[tuple[Room, AnyEvent]], origin: Outbox | None, settled: Settled) -> None:
        """Have these events kept, all or none; `origin` is the connection they came from.

        Decisions see them from now on. With no events, `settled` is called when all that was submitted before is.
        """
        time_ms, queue = self._clock.time_ms(), self._queue
        for room, event in events:
            live = self._rooms.get(room.id)
            if live is None:
                raise LookupError(room.id)
            live.pending += 1
            live.touched = True
            self._rooms.apply_ahead(live, event, time_ms)
            queue.drafts.append(Draft(room.id, event))
            queue.origins.append(origin)
            if isinstance(event, SPOKEN_EVENTS):
                queue.text += len(event.text)
            elif isinstance(event, REVISIONS):
                self._removing()
        queue.settled.append((len(events), settled))
        if self._is_idle:
            self._is_idle = False
            # After this turn's input has been read: all that is decided in it shares one commit.
            asyncio.get_running_loop().call_soon(self._end_rest)

    async def run(self) -> None:
        """Keep what is submitted, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            if self._is_idle:
                self._rest = loop.create_future()
                await self._rest
            while self._queue.settled:
                await self._keep(self._queue.take())
                if self._queue.settled:
                    # What came in meanwhile is read first: one full batch costs its listeners less than two halves.
                    await asyncio.sleep(0)
            self._is_idle = True

    def _end_rest(self) -> None:
        if self._rest is not None and not self._rest.done():
            self._rest.set_result(None)

    async def drain(self) -> None:
        """Wait until everything submitted is kept or refused."""
        while not self._is_idle:
            settled = asyncio.Event()
            self.submit((), None, partial(_set, settled))
            await settled.wait()

    async def _keep(self, batch: "_Batch") -> None:
        async with self._delivery.turn:
            try:
                records = await self._append(batch.drafts) if batch.drafts else []
            except StoreUnavailable as error:
                self._fail(batch, str(error))
                return
            except Exception as error:  # the error policy: a bug costs those who asked, not the server
                log.exception("scribe.failed", events=len(batch.drafts))
                self._fail(batch, type(error).__name__)
                return
            try:
                await self._delivery.deliver(records, batch.origins)
            except Exception:  # the error policy: what is kept stays kept, and the server goes on
                log.exception("delivery.failed", records=len(records))
        if self._failing and records:
            self._failing = False
            log.info("store.recovered")
        self._fabric.publish(records)
        if records:
            self._recorded(records)
            heads = {record.room: record.seq for record in records}
            for kept in self._kept:
                kept(heads)
        _tell_kept(batch, records)

    async def _append(self, drafts: Sequence[Draft]) -> list[Record]:
        begun = self._clock.monotonic()
        try:
            records = await self._store.append(drafts, self._clock.time_ms())
        finally:
            self._tally.commits.note(self._clock.monotonic() - begun)
        self._tally.batches.note(len(records))
        return records

    def _fail(self, batch: "_Batch", reason: str) -> None:
        """Drop what could not be kept, and what was decided in the belief that it would be."""
        self._tally.failed_commits += 1
        if not self._failing:
            self._failing = True
            log.warning("store.unavailable", reason=reason)
        later, self._queue = self._queue, _Batch()
        for room in {draft.room for draft in (*batch.drafts, *later.drafts)}:
            if (live := self._rooms.get(room)) is not None:
                self._rooms.drop_pending(live)
        _tell_all(batch, TRY_AGAIN)
        _tell_all(later, TRY_AGAIN)


def _tell_kept(batch: "_Batch", records: Sequence[Record]) -> None:
    place = 0
    for count, settled in batch.settled:
        _tell(settled, records[place : place + count])
        place += count


def _tell_all(batch: "_Batch", refusal: Refusal) -> None:
    for _, settled in batch.settled:
        _tell(settled, refusal)


def _tell(settled: Settled, outcome: Refusal | Sequence[Record]) -> None:
    try:
        settled(outcome)
    except Exception:  # the error policy: whoever fails at his answer keeps nobody else from theirs
        log.exception("scribe.answer_failed")


class _Batch:
    """Events, the connections they came from, and whom to tell: three lists of the same story."""

    __slots__ = ("drafts", "origins", "settled", "text")

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.origins: list[Outbox | None] = []
        self.settled: list[tuple[int, Settled]] = []
        self.text = 0
        """How many characters are said in it."""

    def take(self) -> "_Batch":
        """Return the oldest submissions, as many as one transaction takes but at least one, and forget them."""
        taken = _Batch()
        if len(self.drafts) <= BATCH_LIMIT and self.text <= BATCH_TEXT:
            taken.drafts, self.drafts = self.drafts, taken.drafts
            taken.origins, self.origins = self.origins, taken.origins
            taken.settled, self.settled = self.settled, taken.settled
            taken.text, self.text = self.text, 0
            return taken
        events = submissions = 0
        for count, _ in self.settled:
            text = sum(map(_text, self.drafts[events : events + count]))
            if submissions and (events + count > BATCH_LIMIT or taken.text + text > BATCH_TEXT):
                break
            events += count
            submissions += 1
            taken.text += text
        self.text -= taken.text
        taken.drafts, self.drafts = self.drafts[:events], self.drafts[events:]
        taken.origins, self.origins = self.origins[:events], self.origins[events:]
        taken.settled, self.settled = self.settled[:submissions], self.settled[submissions:]
        return taken


def _set(event: asyncio.Event, _outcome: Refusal | Sequence[Record]) -> None:
    event.set()


def _text(draft: Draft) -> int:
    """Return how many characters are said."""
    event = draft.event
    return len(event.text) if isinstance(event, SPOKEN_EVENTS) else 0

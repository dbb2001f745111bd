"""One webhook's deliveries: what happens in its room, posted in order, each until it is taken."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
import structlog
from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.decisions.hooks import require_maker
from hubbub.core.hooks import topic_of
from hubbub.core.house import House
from hubbub.core.kinds import Refused, Seq
from hubbub.service.hook_schedule import GONE, RETRY_LIMIT_SECONDS, Spread, pause_after
from hubbub.service.hook_speaking import HookSpeaking
from hubbub.service.hook_store import HookStore, OutgoingHook, Progress
from hubbub.service.lanes import Lanes
from hubbub.service.ports import Clock, Store, StoreUnavailable, Timer
from hubbub.service.posting import Posted, Poster, Unreachable
from hubbub.service.rooms import Rooms
from hubbub.wire.hook_targets import parse_target
from hubbub.wire.hooks import JSON_TYPE, HookMessage, UnfitPost, parse_post
from hubbub.wire.native import encode_record
from hubbub.wire.standard_webhooks import sign

PAGE: Final = 100
"""Records read at a time."""

STORE_SECONDS: Final = 2.0
"""When to go on after the store failed."""

SECOND_MS: Final = 1_000

log = structlog.get_logger(__name__)


class Failure(msgspec.Struct, frozen=True):
    """Something was not taken."""

    reason: str
    """In words for people."""
    asked_seconds: float = 0.0
    """How long the receiver asks to be left alone."""
    is_final: bool = False
    """Whether it wants nothing ever again."""


class Means(msgspec.Struct, frozen=True):
    """What all deliveries share."""

    hooks: HookStore
    store: Store
    rooms: Rooms
    house: House
    speaking: HookSpeaking
    poster: Callable[[], Awaitable[Poster]]
    """Gives the one who posts, made when he is needed first."""
    lanes: Lanes
    clock: Clock
    spread: Spread


class HookDelivery:
    """Posts to one address, one thing at a time; that is all that keeps the order."""

    def __init__(self, hook: OutgoingHook, means: Means) -> None:
        self.hook = hook
        self._means = means
        self._task: asyncio.Task[None] | None = None
        self._timer: Timer | None = None
        self._is_behind = False
        """Whether something came while it was busy."""
        self._is_slow = False
        """Whether the last attempt took long, or failed."""
        self._closed = False

    def resume(self) -> None:
        """Go on after a start: with what waits until its time, if that has not come yet."""
        progress = self.hook.progress
        wait_seconds = (progress.retry_ms - self._means.clock.time_ms()) / SECOND_MS
        if progress.failures and not progress.is_given_up and wait_seconds > 0:
            # No longer than anything waits: the clock may have been set back meanwhile.
            self._wake_in(min(wait_seconds, RETRY_LIMIT_SECONDS))
        else:
            self.wake()

    def wake(self) -> None:
        """Post what there is, soon; while it waits before it tries again, nothing hurries it."""
        if self._closed or self._timer is not None or self.hook.progress.is_given_up:
            return
        if self._task is not None:
            self._is_behind = True
            return
        self._is_behind = False
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(self._ended)

    def restart(self, progress: Progress) -> None:
        """Go on from there, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.hook = replace(self.hook, progress=progress)
        self.wake()

    async def close(self) -> None:
        """Post nothing any more; what is on its way is broken off, and posted again after the next start."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _wake_in(self, seconds: float) -> None:
        def wake() -> None:
            self._timer = None
            self.wake()

        if not self._closed:
            self._timer = self._means.clock.call_later(seconds, wake)

    def _ended(self, _: asyncio.Task[None]) -> None:
        self._task = None
        if self._is_behind:
            self.wake()

    async def _run(self) -> None:
        try:
            while await self._post_page():
                pass
        except StoreUnavailable as error:
            log.debug("store.unavailable", reason=str(error))
            self._wake_in(STORE_SECONDS)
        except Exception:  # the error policy: a fault at one webhook is not the next one's
            log.exception("hook.failed", which=self.hook.id)
            self._wake_in(STORE_SECONDS)

    async def _post_page(self) -> bool:
        """Post what follows in the room; return whether there may be more."""
        means, hook = self._means, self.hook
        live = await means.rooms.open_by_id(hook.room)
        if live is None:
            return False
        records = await means.store.load_records(hook.room, hook.progress.seq, PAGE)
        passed = hook.progress.seq
        for record in records:
            # What was imported is nothing that happens now.
            is_told = topic_of(record.event) in hook.topics and record.seq > live.settled.imported_to
            if is_told and not await self._post(record, live.settled.name):
                return False
            passed = record.seq
        if passed > self.hook.progress.seq:
            await self._save(Progress(passed))
        return len(records) == PAGE

    async def _post(self, record: Record, room_name: str) -> bool:
        """Post one record; return whether it was taken, and all that follows may be posted."""
        hook = self.hook
        delivery = f"{hook.id}-{record.room}-{record.seq}"
        failure = await self._attempt(delivery, encode_record(record, room_name).rstrip())
        if isinstance(failure, Failure):
            await self._note_failure(record.seq, failure)
            return False
        # In this order: after a crash between the two it is posted again, and what is answered then is not said again.
        await self._say_answer(failure, delivery)
        await self._save(Progress(record.seq))
        return True

    async def _attempt(self, delivery: str, body: bytes) -> Posted | Failure:
        means, hook = self._means, self.hook
        live = means.rooms.get(hook.room)
        try:
            if live is not None:
                require_maker(means.house, live.settled, hook.created_by, means.clock.time_ms())
            poster = await means.poster()
            async with means.lanes.take(is_slow=self._is_slow):
                seconds = means.clock.time_ms() // SECOND_MS
                fields = {"content-type": JSON_TYPE, **sign(hook.signing_secret, delivery, seconds, body)}
                began = means.clock.monotonic()
                posted = await poster.post(hook.url, fields, body)
                self._is_slow = means.lanes.is_slow(means.clock.monotonic() - began)
        except Refused:
            return Failure("whoever made it is shut out", is_final=True)
        except Unreachable as error:
            self._is_slow = True
            return Failure(str(error))
        if 200 <= posted.status < 300:  # noqa: PLR2004 - RFC 9110 section 15.3
            return posted
        self._is_slow = True
        return Failure(f"it answers with status {posted.status}", posted.retry_seconds, posted.status == GONE)

    async def _note_failure(self, seq: Seq, failure: Failure) -> None:
        """Try again later, or give up and say so."""
        means = self._means
        failures = self.hook.progress.failures + 1
        pause = None if failure.is_final else pause_after(failures, failure.asked_seconds, means.spread)
        log.info("hook.not_taken", which=self.hook.id, failures=failures, reason=failure.reason)
        if pause is None:
            await self._save(Progress(Seq(seq - 1), failures, is_given_up=True))
            await self._tell_given_up(failure.reason)
            return
        retry_ms = means.clock.time_ms() + int(pause * SECOND_MS)
        await self._save(Progress(Seq(seq - 1), failures, retry_ms))
        self._wake_in(pause)

    async def _save(self, progress: Progress) -> None:
        # First here: should the store fail, this node at least posts nothing twice.
        self.hook = replace(self.hook, progress=progress)
        await self._means.hooks.save_progress(self.hook.id, progress)

    async def _tell_given_up(self, reason: str) -> None:
        """Tell the room, for that is where those are who can do something about it."""
        hook = self.hook
        sentence = (
            f"Nothing is posted to {parse_target(hook.url).shown_host} any more: {reason}. "
            f"An owner of this room can begin again with /webhook restart {hook.id}, or end it with /webhook revoke."
        )
        await self._say(HookMessage(sentence, manner="notice"))

    async def _say_answer(self, posted: Posted, delivery: str) -> None:
        """Let the hook say what it was answered, if that is something to say."""
        if not posted.body or posted.content_type.partition(";")[0].strip().lower() != JSON_TYPE:
            return
        try:
            message = parse_post(JSON_TYPE, posted.body)
        except UnfitPost:
            return
        if message.text.strip():
            await self._say(replace(message, nonce=delivery))

    async def _say(self, message: HookMessage) -> None:
        try:
            await self._means.speaking.say(self.hook, message)
        except Refused as refused:
            log.info("hook.not_said", which=self.hook.id, code=refused.refusal.code)

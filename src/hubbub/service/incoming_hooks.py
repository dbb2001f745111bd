"""Incoming webhooks: who may speak by a secret, and how fast. Nothing of a secret is ever logged."""

from typing import Final

import structlog

from hubbub.core.kinds import Refused
from hubbub.core.limits import Limits
from hubbub.service.hook_speaking import HookSpeaking
from hubbub.service.hook_store import HookId, HookStore, IncomingHook
from hubbub.service.pace import Pace
from hubbub.service.peers import Peer, is_loopback
from hubbub.service.ports import Clock
from hubbub.service.proofs import TOKEN_USE_MS
from hubbub.service.recent import Recent
from hubbub.service.secret_codes import hash_token
from hubbub.wire.hooks import HookMessage

REMEMBERED: Final = 16_384
"""Entries of each table; all of them full are 6 MB."""

FORGET_SECONDS: Final = 3_600.0
"""How long a pace is remembered: it has recovered long before."""

MINUTE: Final = 60.0
"""In seconds."""

log = structlog.get_logger(__name__)


class IncomingHooks:
    """Lets programs speak."""

    def __init__(self, hooks: HookStore, speaking: HookSpeaking, limits: Limits, clock: Clock) -> None:
        self._hooks = hooks
        self._speaking = speaking
        self._clock = clock
        self.limits = limits
        """What holds for the next message; may be replaced at any time."""
        self._paces: Recent[HookId, Pace] = Recent(REMEMBERED, FORGET_SECONDS)
        self._strangers: Recent[str, Pace] = Recent(REMEMBERED, FORGET_SECONDS)
        """How fast an address may try secrets that are none."""
        self._known: Recent[bytes, HookId] = Recent(REMEMBERED, FORGET_SECONDS)
        """Secrets that were right lately: whoever shows one does not wait for those at his address who guess."""

    async def find(self, secret: str, peer: Peer) -> IncomingHook:
        """Return the webhook with that secret. Raises `Refused` with `bad_code` or `too_fast`, and `StoreUnavailable`.

        It is looked up by its hash, so how long that takes tells nothing of how near a guess came.
        """
        hashed, now = hash_token(secret), self._clock.monotonic()
        if hashed is None or self._known.find(hashed, now) is None:
            self._require_patience(peer, now)
        hook = None if hashed is None else await self._hooks.find_secret(hashed)
        if hashed is None or hook is None:
            self._count_stranger(peer, now)
            raise Refused("bad_code", "There is no such webhook, or it was revoked. Check its address.")
        self._known.keep(hashed, hook.id, now)
        self._keep_pace(hook, now)
        return hook

    async def say(self, hook: IncomingHook, message: HookMessage, peer: Peer) -> str:
        """Say something by a webhook that was just found, and return the id of the message.

        Raises `Refused` and `StoreUnavailable`.
        """
        said = await self._speaking.say(hook, message, peer)
        now_ms = self._clock.time_ms()
        if hook.used_ms is None or now_ms - hook.used_ms >= TOKEN_USE_MS:
            await self._hooks.note_use(hook.id, now_ms)
        return said

    def _keep_pace(self, hook: IncomingHook, now: float) -> None:
        """Raise `Refused` with `too_fast` where a webhook speaks faster than a connection may ask."""
        if not (self.limits.burst and self.limits.commands_per_second):
            return
        pace = self._paces.find(hook.id, now) or Pace(self.limits.burst, self.limits.commands_per_second)
        wait = pace.delay(now)
        if wait:
            raise Refused("too_fast", "This webhook is used too fast. Wait a moment.", retry_seconds=wait)
        self._paces.keep(hook.id, pace, now)

    def _require_patience(self, peer: Peer, now: float) -> None:
        pace = self._strangers.find(peer.group, now)
        wait = 0.0 if pace is None or not self.limits.failed_logins_per_minute else pace.peek(now)
        if wait:
            raise Refused("too_fast", "Too many addresses of webhooks were wrong. Wait a moment.", retry_seconds=wait)

    def _count_stranger(self, peer: Peer, now: float) -> None:
        per_minute = self.limits.failed_logins_per_minute
        if not per_minute or is_loopback(peer.group):
            return
        pace = self._strangers.find(peer.group, now) or Pace(per_minute, per_minute / MINUTE)
        pace.count(now)
        self._strangers.keep(peer.group, pace, now)
        log.info("hook.unknown", peer=peer.place)

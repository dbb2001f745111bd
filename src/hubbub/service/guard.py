"""The guard: who fails to log in has to wait, and nobody else does.

*Own failures.* An address that fails at an account may do so a few times; then it waits, after each failure twice as
long, up to a quarter of an hour. A success clears this.

*All accounts.* An address that fails at many accounts has one pace for all its failures.

*Strangers.* Failures at an account, from wherever, lengthen the waits of whoever fails at it next, up to a minute.

An address is *familiar* to an account where its password was right lately. At this account nothing but its own
failures counts for a familiar address, and its failures count for nobody else. So, whatever others do:

* Who has not failed does not wait. Others' failures never begin a wait, they only lengthen one.
* Who is where he has logged in before waits as if there were no others.
* Every wait is set by one's own last failure, and ends: whoever has waited may try, however many try beside him.

Where several people share an address, they are one for the guard, but for accounts to which the address is familiar.
Waits are known to this node alone and are forgotten when it stops: they slow down guessing, they keep no promise.
"""

from types import TracebackType
from typing import Final, Self

from hubbub.core.limits import Limits
from hubbub.service.pace import Pace
from hubbub.service.peers import is_loopback
from hubbub.service.ports import Clock
from hubbub.service.recent import Recent

WAIT_LIMIT_SECONDS: Final = 900.0
"""Longest wait for own failures: about a hundred guesses a day. NIST SP 800-63B section 5.2.2: "up to an hour"."""

STRANGERS_LIMIT_SECONDS: Final = 60.0
"""Longest wait that strangers can bring about, for whoever mistypes his password far from home while they guess."""

UNDER_WAY_SECONDS: Final = 1.0
"""When to come back if the answers to earlier tries are not known yet: a few hashes."""

FORGET_SECONDS: Final = 3_600.0
"""How long failures are remembered after the last one."""

FAMILIAR_SECONDS: Final = 30 * 86_400.0
"""How long an address stays familiar. NIST SP 800-63B section 4.1.3: one authentication may hold for 30 days."""

REMEMBERED: Final = 16_384
"""Entries of each table; all tables full are 22 MB. Who wants his failures forgotten by filling them has to wait for as
many hashes, 20 minutes on two cores."""

MINUTE: Final = 60.0
HOUR: Final = 3_600.0
"""In seconds."""

_Pair = tuple[str, str]
"""An account and a group of addresses."""


class Guard:
    """Says who has to wait. An account is given as what it is called, whether it exists or not: nobody learns that."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        """What holds for the next try; may be replaced at any time."""
        self._clock = clock
        self._own: Recent[_Pair, _Tries] = Recent(REMEMBERED, FORGET_SECONDS)
        self._familiar: Recent[_Pair, float] = Recent(REMEMBERED, FAMILIAR_SECONDS)
        self._strangers: Recent[str, int] = Recent(REMEMBERED, FORGET_SECONDS)
        self._addresses: Recent[str, Pace] = Recent(REMEMBERED, FORGET_SECONDS)
        self._newcomers: Recent[str, Pace] = Recent(REMEMBERED, FORGET_SECONDS)

    def log_in(self, account: str, group: str) -> "LogIn":
        """Begin to try whether that address may speak for that account; see `LogIn`."""
        pair, now = (account, group), self._clock.monotonic()
        if not self.limits.failed_logins_per_minute:
            return LogIn(self, pair, _Tries(), 0.0)
        tries = self._own.find(pair, now) or _Tries()
        wait = max(tries.wait_until - now, self._address_wait(pair, now))
        if tries.under_way and tries.under_way + tries.failed >= self.limits.failed_logins_per_minute:
            wait = max(wait, UNDER_WAY_SECONDS)
        if wait > 0:
            return LogIn(self, pair, tries, wait)
        self._own.keep(pair, tries, now)
        return LogIn(self, pair, tries, 0.0)

    def register(self, group: str) -> float:
        """Return how many seconds that address has to wait for one more account; at 0 it has been counted."""
        if not self.limits.registrations_per_hour or is_loopback(group):
            return 0.0
        now = self._clock.monotonic()
        pace = self._newcomers.find(group, now) or Pace(
            self.limits.registrations_per_hour, self.limits.registrations_per_hour / HOUR
        )
        wait = pace.delay(now)
        if not wait:
            self._newcomers.keep(group, pace, now)
        return wait

    def note_success(self, pair: _Pair, tries: "_Tries") -> None:
        """Forget the address's failures at this account, and know it from now on."""
        tries.failed, tries.wait_until = 0, 0.0
        now = self._clock.monotonic()
        self._familiar.keep(pair, now, now)

    def note_failure(self, pair: _Pair, tries: "_Tries") -> None:
        """Set the wait of whoever failed, and remember what others may feel."""
        if not self.limits.failed_logins_per_minute:
            return
        now = self._clock.monotonic()
        tries.failed += 1
        wait = self._wait_after(tries.failed)
        if not self._is_familiar(pair, now):
            wait = max(wait, min(self._count_stranger(pair, now), STRANGERS_LIMIT_SECONDS))
        tries.wait_until = now + wait
        self._own.keep(pair, tries, now)

    def _count_stranger(self, pair: _Pair, now: float) -> float:
        """Count a failure for all others that fail, and return the wait that all of them together have deserved."""
        account, group = pair
        failed = (self._strangers.find(account, now) or 0) + 1
        self._strangers.keep(account, failed, now)
        if not is_loopback(group):
            pace = self._addresses.find(group, now) or Pace(
                self.limits.failed_logins_per_minute, self.limits.failed_logins_per_minute / MINUTE
            )
            pace.count(now)
            self._addresses.keep(group, pace, now)
        return self._wait_after(failed)

    def _address_wait(self, pair: _Pair, now: float) -> float:
        """Return how long the address has to wait for its failures at whatever accounts."""
        pace = self._addresses.find(pair[1], now)
        return 0.0 if pace is None or self._is_familiar(pair, now) else pace.peek(now)

    def _is_familiar(self, pair: _Pair, now: float) -> bool:
        return self._familiar.find(pair, now) is not None

    def _wait_after(self, failed: int) -> float:
        doublings = failed - self.limits.failed_logins_per_minute
        if doublings < 0:
            return 0.0
        # The bound comes before the power: someone who never stops would reach numbers that are none.
        return min(MINUTE / self.limits.failed_logins_per_minute * 2.0 ** min(doublings, 32), WAIT_LIMIT_SECONDS)


class LogIn:
    """One try. Where `wait_seconds` is not 0 it must not be made; else it is under way until the `with` block ends.

        with guard.log_in(name.key, peer.group) as log_in:
            if log_in.wait_seconds:
                raise Refused("too_fast", …, retry_seconds=log_in.wait_seconds)
            if await passwords.verify(credentials, password):
                log_in.succeed()
            else:
                log_in.fail()

    A try of which neither is said, because the vault could not be asked or the connection was lost, counts as none.
    """

    def __init__(self, guard: Guard, pair: _Pair, tries: "_Tries", wait_seconds: float) -> None:
        self.wait_seconds: Final = wait_seconds
        self._guard = guard
        self._pair = pair
        self._tries = tries

    def __enter__(self) -> Self:
        if not self.wait_seconds:
            self._tries.under_way += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if not self.wait_seconds:
            self._tries.under_way -= 1

    def succeed(self) -> None:
        """Say that the password was right."""
        self._guard.note_success(self._pair, self._tries)

    def fail(self) -> None:
        """Say that it was wrong, or that there is no such account."""
        self._guard.note_failure(self._pair, self._tries)


class _Tries:
    """How an address has fared at an account."""

    __slots__ = ("failed", "under_way", "wait_until")

    def __init__(self) -> None:
        self.failed = 0
        self.under_way = 0
        self.wait_until = 0.0

"""Terms: from when until when something holds, on clocks that may jump."""

import msgspec

from hubbub.core.durations import describe_duration


class Term(msgspec.Struct, frozen=True, gc=False):
    """A time with a beginning and an end, in milliseconds since 1970 UTC."""

    since_ms: int
    until_ms: int

    def is_over(self, now_ms: int) -> bool:
        """Return whether it has passed.

        It also has when it lies as far ahead as it is long: then the clock was wrong when it began, and what was meant
        for two hours would hold for years. So a clock that jumps never makes it last more than twice as long.
        """
        return abs(now_ms - self.since_ms) >= self.until_ms - self.since_ms

    def seconds_left(self, now_ms: int) -> float:
        """Return how long it still lasts, never more than it is long."""
        return max(0, min(self.until_ms - now_ms, self.until_ms - self.since_ms)) / 1_000

    @property
    def length(self) -> str:
        """Its length in words: `2 hours`."""
        return describe_duration((self.until_ms - self.since_ms) / 1_000)


def term_of(seconds: int | None, now_ms: int) -> Term | None:
    """Return the term that begins now and lasts so long; None lasts for ever."""
    return None if seconds is None else Term(now_ms, now_ms + seconds * 1_000)


def is_over(term: Term | None, now_ms: int) -> bool:
    """Return whether it has passed; what has no end never does."""
    return term is not None and term.is_over(now_ms)


def time_left(term: Term | None, now_ms: int) -> str:
    """Return how long something still holds, as the end of a sentence; empty where it has no end."""
    return "" if term is None else f" for another {describe_duration(term.seconds_left(now_ms))}"


def length_of(term: Term | None) -> str:
    """Return how long something holds, as the end of a sentence; empty where it has no end."""
    return "" if term is None else f" for {term.length}"

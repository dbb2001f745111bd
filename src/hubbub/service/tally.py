"""The tally: what this node has done so far, counted a batch at a time, and read when somebody asks."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final

BATCH_BOUNDS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 4_096)
"""Records that a commit may hold: one for somebody who is alone, `scribe.BATCH_LIMIT` at most."""

SECONDS_BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
"""Seconds that a commit takes, or that the loop is late: from a fast disk's to what everybody notices."""


class Spread:
    """How values are spread: how many were up to each bound, and what they come to together."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        """One for each bound, of those above the one before it; the last is of those above all."""
        self.total = 0.0

    def note(self, value: float) -> None:
        """Count one more."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Tally:
    """Everything that is counted."""

    def __init__(self) -> None:
        self.batches = Spread(BATCH_BOUNDS)
        """Records of each commit."""
        self.commits = Spread(SECONDS_BOUNDS)
        """Seconds that each commit took, whether it succeeded or not."""
        self.failed_commits = 0
        self.deliveries = 0
        """How often a connection was given records: those of one batch, in one room, are one delivery."""
        self.refusals: Counter[str] = Counter()
        """By their codes, those that clients were told of."""
        self.answers: Counter[str] = Counter()
        """What was answered over HTTP, by status."""
        self.closings: Counter[str] = Counter()
        """Why connections ended, by the codes of `gateways.closing`."""
        self.lateness = Spread(SECONDS_BOUNDS)
        """Seconds by which the loop was late, each time it was looked at."""

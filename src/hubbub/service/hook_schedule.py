"""When that is posted again which was not taken."""

from collections.abc import Callable
from typing import Final

SCHEDULE: Final = (5.0, 60.0, 300.0, 1_800.0, 7_200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0)
"""How many seconds after each failure it is tried again: nine times, over two days. After the one that
follows the last pause, it is given up. Standard Webhooks, section "Deliverability and reliability", recommends these
steps; the second is ours, so that a receiver that only restarts is not left waiting."""

JITTER: Final = 0.2
"""By what part of it a pause may be longer or shorter, so that not everything comes back at the same moment."""

RETRY_LIMIT_SECONDS: Final = 86_400.0
"""Longest pause that a receiver may ask for itself."""

GONE: Final = 410
"""Answered where nothing is ever wanted again. RFC 9110 section 15.5.11."""

Spread = Callable[[], float]
"""Gives a number between 0 and 1 by chance."""


def pause_after(failures: int, asked_seconds: float, spread: Spread) -> float | None:
    """Return how many seconds to wait after so many failures of the same thing; None: it is given up."""
    if failures > len(SCHEDULE):
        return None
    pause = SCHEDULE[failures - 1] * (1 - JITTER + 2 * JITTER * spread())
    return max(pause, min(asked_seconds, RETRY_LIMIT_SECONDS))

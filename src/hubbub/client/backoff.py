"""Backing off: how long to wait before another attempt, so that a thousand clients do not all come back at once."""

from typing import Final

FIRST_SECONDS: Final = 0.25
"""Longest wait before the first attempt: most lost connections are there again at once."""

MOST_SECONDS: Final = 30.0
"""Longest wait before any attempt: half of the time for which a guest's place is kept. docs/protocol.md."""

FACTOR: Final = 2.0
"""How many times longer the wait before each attempt may be than before the one that failed."""

_CERTAIN: Final = 0.25
"""Which part of the wait is waited in any case, so that a server that is gone is not asked without a pause."""


def delay_seconds(failures: int, chance: float) -> float:
    """Return how long to wait after so many failures in a row, at least one.

    `chance` is drawn from 0 to 1 by the caller. The longer the server is away, the wider its clients are spread
    ("full jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
    """
    # Beyond this power the wait is at its longest, and floats would overflow one day.
    most = min(MOST_SECONDS, FIRST_SECONDS * FACTOR ** min(failures - 1, 32))
    return most * (_CERTAIN + (1 - _CERTAIN) * chance)

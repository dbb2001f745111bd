"""Waiting for something that nobody announces: looking again and again, with a bound."""

import time
from collections.abc import Callable
from typing import Final

from tests.outside.raw import PATIENCE_SECONDS

PAUSE_SECONDS: Final = 0.01
"""Between two looks: a courtesy to the processor, nothing depends on it."""


def eventually(is_true: Callable[[], bool]) -> None:
    """Wait until a condition holds; fail if that takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, f"not within {PATIENCE_SECONDS:g} s"
        time.sleep(PAUSE_SECONDS)

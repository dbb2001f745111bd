"""What these tests measure."""

import tracemalloc
from collections.abc import Callable, Iterator

import pytest


@pytest.fixture
def peak_bytes() -> Iterator[Callable[[], int]]:
    """Give a function that says how much memory Python has held at most since the last time."""

    def peak() -> int:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        return most

    tracemalloc.start()
    yield peak
    tracemalloc.stop()

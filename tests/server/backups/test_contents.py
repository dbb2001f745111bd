"""Rows in a backup: packed, and unpacked within limits."""

import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.server.backups.contents import RATIO_LIMIT, pack, unpack


@given(st.one_of(st.binary(max_size=5_000), st.builds(bytes.__mul__, st.binary(max_size=5), st.integers(0, 100_000))))
def test_what_is_packed_is_unpacked(lines: bytes) -> None:
    """Anything comes back, even what would be packed so well that it looks like an attack."""
    assert unpack(pack(lines)) == lines


def test_what_was_made_to_fill_memory_is_refused() -> None:
    """More than a limit, by what it is packed in, is not unpacked, and takes no memory."""
    bomb = zlib.compress(bytes(100_000_000), 9, 31)
    tracemalloc.start()
    with pytest.raises(ValueError, match="made to harm"):
        unpack(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * RATIO_LIMIT * len(bomb)


@pytest.mark.parametrize(
    "spoil", [lambda it: it[:-1], lambda it: it + b"x", lambda it: b"\x1f\x8b" + it, lambda _: b""]
)
def test_what_is_damaged_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    """Too little, too much and something else are told apart from what was packed."""
    with pytest.raises(ValueError, match="is damaged"):
        unpack(spoil(pack(b"[1]\n" * 100)))

"""Bytes in pieces: what a network makes of them, and how tests compare what readers make of the pieces."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from hubbub.wire.errors import WireError

ItemT = TypeVar("ItemT")


def cut(data: bytes, places: Iterable[int]) -> list[bytes]:
    """Return the bytes cut at these places, some pieces perhaps empty."""
    ends = [*sorted(places), len(data)]
    return [data[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


@st.composite
def bytes_and_pieces(draw: st.DrawFn, alphabet: Sequence[bytes]) -> tuple[bytes, list[bytes]]:
    """Draw bytes made of these parts, and the same bytes cut anywhere."""
    data = b"".join(draw(st.lists(st.sampled_from(alphabet), max_size=40)))
    places = draw(st.lists(st.integers(0, len(data)), max_size=20))
    return data, cut(data, places)


def read_all(receive: Callable[[bytes], Sequence[ItemT]], pieces: Iterable[bytes]) -> list[ItemT | str]:
    """Return everything a reader makes of the pieces, errors as their sentences, which can be compared."""
    return [comparable(item) for piece in pieces for item in receive(piece)]


def comparable(item: ItemT) -> ItemT | str:
    """Return an error as its name and sentence, and anything else as it is."""
    return f"{type(item).__name__}: {item.sentence}" if isinstance(item, WireError) else item

"""Chunks: text cut for readers who decode each piece by itself."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.gateways.text.chunks import cut_chunks
from hubbub.gateways.text.conversation import CHUNK_READER
from hubbub.service.packets import Packets
from tests.fuzz.budget import QUICK
from tests.service.clock import ManualClock
from tests.service.guests import make_outbox


@QUICK
@given(st.text(st.sampled_from("a\n é€\U0001f44d"), max_size=60), st.integers(4, 20))
def test_pieces_are_small_whole_and_all_there(text: str, limit: int) -> None:
    """Each fits, can be read by itself, and all together are the text; a line that fits is never cut."""
    pieces = cut_chunks(text.encode(), limit)
    assert b"".join(pieces) == text.encode()
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join(piece.decode() for piece in pieces) == text
    for line in text.encode().splitlines(keepends=True):
        assert len(line) > limit or line in pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("one\ntwo\n", ["one\n", "two\n"]),
        ("one\r\ntwo", ["one\r\n", "two"]),
        ("123456789", ["12345678", "9"]),
        ("€€€€", ["€€", "€€"]),
        ("1234567\U0001f44d", ["1234567", "\U0001f44d"]),
    ],
)
def test_where_it_is_cut(text: str, pieces: list[str]) -> None:
    """At line ends, else as late as a character ends."""
    assert [piece.decode() for piece in cut_chunks(text.encode(), 8)] == pieces


@QUICK
@given(st.lists(st.text(st.sampled_from("a\n é€\U0001f44d"), max_size=40) | st.integers(1, 10), max_size=20))
def test_a_reader_who_decodes_each_piece_never_fails(steps: list[str | int]) -> None:
    """Whatever is sent when, a quick reader as S0 is, who takes so many bytes for a text, reads all of it."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    limit = 8
    fragility = msgspec.structs.replace(CHUNK_READER, cut=lambda data: cut_chunks(data, limit), packet_bytes=limit)
    outbox.send_in_packets(Packets(clock, fragility, 0))
    heard = ""

    def read() -> None:
        nonlocal heard
        data = pipe.take()
        for start in range(0, len(data), limit):
            heard += data[start : start + limit].decode()

    for step in steps:
        if isinstance(step, str):
            outbox.post(step.encode())
        else:
            for _ in range(step):
                clock.advance(CHUNK_READER.gap_seconds / 4)
                read()
    read()
    while clock.advance_to_next():
        read()
    assert heard == "".join(step for step in steps if isinstance(step, str))

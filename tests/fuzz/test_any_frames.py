"""Any frames over a WebSocket, cut anyhow: understood or refused, alike for every cutting, and no fault of ours."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.limits import Limits
from tests.fuzz.budget import LONG
from tests.gateways.websocket.page import DEFLATE, Page, make_frame, make_header
from tests.wire.pieces import cut

LIMITS: Final = Limits(line_bytes=32)
"""Small, so that much of what is drawn is beyond it."""

PAYLOADS: Final = st.sampled_from(
    (
        b"",
        b"x",
        b"ann: hi",
        b"ann: /ping x",
        b"ann: " + b"y" * 40,
        b"z" * 129,
        "é€😀".encode(),
        b"\xff",
        b"\xe2\x82",
        b"\n\n",
    )
)

FRAMES: Final = st.one_of(
    st.builds(
        make_frame,
        st.sampled_from((0x0, 0x1, 0x1, 0x1, 0x2, 0x3, 0x8, 0x9, 0xA, 0xF)),
        PAYLOADS,
        fin=st.booleans(),
        reserved=st.sampled_from((0, 0, 0, 0, 0b100, 0b001)),
        mask=st.sampled_from((b"\x12\x34\x56\x78", b"\0\0\0\0", b"\x12\x34\x56\x78", b"")),
    ),
    st.builds(make_header, st.integers(0, 15), st.sampled_from((0, 125, 126, 65_536, 1 << 40))),
    st.binary(max_size=8),
)

STREAMS: Final = st.lists(FRAMES, max_size=12).map(b"".join)


def play(pieces: list[bytes], *, deflates: bool) -> tuple[object, ...]:
    """Return all that comes of a stream: what was said and answered, and how it ended."""
    page = Page(DEFLATE if deflates else (), limits=LIMITS).arrive()
    said = list[str]()
    for piece in pieces:
        page.send(piece)
        said += page.said()
    ending = page.be_closed() if page.talk.ended is not None else None
    return said, page.take(), page.pongs, page.talk.ended, ending


@pytest.mark.parametrize("deflates", [False, True])
@LONG
@given(STREAMS, st.lists(st.integers(0, 300), max_size=12))
def test_any_frames_in_any_pieces(deflates: bool, stream: bytes, places: list[int]) -> None:
    """No cutting makes a difference; whoever cannot be understood is told so, and is not our fault."""
    whole = play([stream], deflates=deflates)
    assert play(list(cut(stream, (place for place in places if place <= len(stream)))), deflates=deflates) == whole
    ending = whole[-1]
    assert ending is None or getattr(ending, "code", 0) != 1011

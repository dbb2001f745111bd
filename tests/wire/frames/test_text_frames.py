"""Text frames: read in any pieces, and written so that one `recv` takes a whole one."""

from typing import Final

from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.wire.errors import BadUtf8, FrameTooLong
from hubbub.wire.frames.text_frames import FRAME_BYTES, TextFrameReader, encode_length_prefixed, encode_text_frames
from tests.fuzz.budget import QUICK
from tests.wire.pieces import bytes_and_pieces, comparable, read_all

LIMIT: Final = 20

ALPHABET: Final = (
    *(b"\x00\x00", b"\x00\x05ann: ", b"\x00\x03\xe2\x82\xac", b"\x00\x01\xff", b"\x00", b"\x01", b"\x14", b"\x15"),
    *(b"x", b"ann: hello", b"\xff\xff", b"\x00\x15" + b"x" * 21),
)


@QUICK
@given(bytes_and_pieces(ALPHABET))
def test_any_cutting_gives_the_same_in_bounded_memory(drawn: tuple[bytes, list[bytes]]) -> None:
    """Frames and errors depend on the bytes alone; less than one frame is kept."""
    data, pieces = drawn
    reader = TextFrameReader(LIMIT)
    items = []
    for piece in pieces:
        items += read_all(reader.receive_data, [piece])
        assert reader.buffered_bytes < LIMIT
    assert items == read_all(TextFrameReader(LIMIT).receive_data, [data])


@QUICK
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=10)), st.integers(1, 7))
def test_what_a_client_writes_is_read(texts: list[str], step: int) -> None:
    """Texts, empty ones too, come out as they went in."""
    stream = b"".join(encode_length_prefixed(text.encode()) for text in texts)
    pieces = [stream[start : start + step] for start in range(0, len(stream), step)]
    assert read_all(TextFrameReader(100).receive_data, pieces) == texts


def test_what_is_wrong_with_one_frame_spoils_no_other() -> None:
    """A frame too long is skipped and one that is no UTF-8 refused, each in its place among the good ones."""
    stream = b"".join(map(encode_length_prefixed, (b"a", b"x" * 65_535, b"b", b"\xfc", b"c")))
    assert read_all(TextFrameReader(LIMIT).receive_data, [stream]) == [
        *("a", comparable(FrameTooLong(65_535, LIMIT)), "b"),
        *(comparable(BadUtf8(0xFC, 0)), "c"),
    ]


@QUICK
@given(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=32),
    st.text(st.sampled_from("ab ü👍\n"), max_size=50).map(lambda text: text * 100),
)
@example("𐐀" * 32, "x" * 16_384)
@example("𐐀" * 32, "word " * 3_000)
def test_frames_are_short_named_and_never_empty(sender: str, text: str) -> None:
    """Each frame fits into one packet, is UTF-8 by itself, and says who speaks."""
    shown = ""
    for frame in encode_text_frames(sender, text):
        assert len(frame) <= FRAME_BYTES
        assert int.from_bytes(frame[:2], "big") == len(frame) - 2
        name, colon, piece = frame[2:].decode().partition(": ")
        assert (name, colon) == (sender, ": ")
        assert piece
        assert "\n" not in piece
        shown += piece
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_a_frame_is_what_the_original_server_sends() -> None:
    """Two bytes of length, then `name: text`."""
    assert encode_text_frames("ann", "hi") == (b"\x00\x07ann: hi",)

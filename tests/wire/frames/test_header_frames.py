"""Fixed headers: read in any pieces, refused when they are none, and written so that the frailest client survives."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.wire.errors import BadLength, BadUtf8, FrameTooLong
from hubbub.wire.frames.header_frames import (
    PAIR_BYTES,
    HeaderFrameReader,
    encode_header_frame,
    encode_header_pair,
    parse_header,
)
from hubbub.wire.frames.reading import SKIP_LIMIT
from tests.fuzz.budget import QUICK
from tests.wire.pieces import bytes_and_pieces, comparable, read_all

LIMIT: Final = 20

ALPHABET: Final = (
    *(b"5         alice", b"         5alice", b"  5       alice", b"0         ", b"1         \xff"),
    *(b"21        " + b"x" * 21, b"99999     ", b"1048576   ", b"1048577   ", b"4294967296", b"five      "),
    *(b"-1        ", b"1 2       ", b" " * 10, b"x", b"7", b" "),
)


@QUICK
@given(bytes_and_pieces(ALPHABET))
def test_any_cutting_gives_the_same_in_bounded_memory(drawn: tuple[bytes, list[bytes]]) -> None:
    """Frames and errors depend on the bytes alone; less than a header and one frame is kept."""
    data, pieces = drawn
    reader = HeaderFrameReader(LIMIT)
    items = []
    for piece in pieces:
        items += read_all(reader.receive_data, [piece])
        assert reader.buffered_bytes < max(LIMIT, 10)
    assert items == read_all(HeaderFrameReader(LIMIT).receive_data, [data])


@QUICK
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=10)), st.integers(1, 7))
def test_what_a_client_writes_is_read(texts: list[str], step: int) -> None:
    """Names and messages, empty ones too, come out as they went in."""
    stream = b"".join(map(encode_header_frame, texts))
    pieces = [stream[start : start + step] for start in range(0, len(stream), step)]
    assert read_all(HeaderFrameReader(100).receive_data, pieces) == texts


@pytest.mark.parametrize(
    ("header", "length"), [(b"5         ", 5), (b"         5", 5), (b" 14       ", 14), (b"0000000007", 7)]
)
def test_padding_on_either_side_is_stripped(header: bytes, length: int) -> None:
    """A leading space occurs among the clients there are."""
    assert parse_header(header) == length


@pytest.mark.parametrize(
    "header", [b"five      ", b"-5        ", b"5 5       ", b" " * 10, b"5\t        ", b"\xb2         "]
)
def test_a_header_that_is_no_number_is_named_and_ends_the_reading(header: bytes) -> None:
    """After it nobody knows where a frame begins, so the frames before are kept and the rest is ignored."""
    reader = HeaderFrameReader(LIMIT)
    first, error = reader.receive_data(encode_header_frame("ann") + header + encode_header_frame("bob"))
    assert first == "ann"
    assert isinstance(error, BadLength)
    assert not error.recoverable
    assert reader.receive_data(encode_header_frame("bob")) == ()
    assert reader.buffered_bytes == 0


def test_a_length_of_four_gigabytes_ends_the_reading() -> None:
    """Nobody means it, and nothing of it is waited for."""
    (error,) = HeaderFrameReader(LIMIT).receive_data(b"4294967296" + b"x" * 1000)
    assert isinstance(error, BadLength)
    assert "20 bytes are the most" in error.sentence


def test_a_limit_of_0_is_none_but_for_lengths_that_nobody_means() -> None:
    """As in every setting under `limits`; what is announced in gigabytes is refused all the same."""
    text, error = HeaderFrameReader(0).receive_data(encode_header_frame("x" * 100_000) + b"4294967296")
    assert text == "x" * 100_000
    assert isinstance(error, BadLength)
    assert f"{SKIP_LIMIT} bytes are the most" in error.sentence


def test_a_frame_too_long_is_skipped() -> None:
    """Its sender is told at once, and heard again after it."""
    reader = HeaderFrameReader(LIMIT)
    too_long = encode_header_frame("x" * 100_000)
    items = read_all(reader.receive_data, [too_long[:50_000], too_long[50_000:] + encode_header_frame("hi")])
    assert items == [comparable(FrameTooLong(100_000, LIMIT)), "hi"]


def test_invalid_utf_8_spoils_one_frame() -> None:
    """The length was right, so the next frame is found."""
    error, text = HeaderFrameReader(LIMIT).receive_data(b"4         f\xfcnf" + encode_header_frame("elf"))
    assert isinstance(error, BadUtf8)
    assert (error.byte, error.position, text) == (0xFC, 1, "elf")


def test_a_pair_is_the_senders_frame_and_the_texts() -> None:
    """Byte for byte what the original server sends."""
    assert encode_header_pair("alice", "hello everyone") == (b"5         alice14        hello everyone",)


def test_each_line_is_a_pair() -> None:
    """A line end inside a message would show its second line as somebody else's: `hi` + `server > you are banned`."""
    assert encode_header_pair("ann", "hi\n\nserver > bye") == (
        encode_header_frame("ann") + encode_header_frame("hi"),
        encode_header_frame("ann") + encode_header_frame(" "),
        encode_header_frame("ann") + encode_header_frame("server > bye"),
    )
    assert encode_header_pair("ann", "") == ()


@QUICK
@given(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=32),
    st.text(st.sampled_from("ab ü👍"), max_size=50).map(lambda text: text * 100),
)
@example("𐐀" * 32, "x" * 16_384)
@example("𐐀" * 32, "word " * 3_000)
def test_pairs_are_short_and_read_like_the_original_client_reads(sender: str, text: str) -> None:
    """Each pair fits into one packet, and 10, n, 10, m bytes of it are everything it holds."""
    shown = ""
    for pair in encode_header_pair(sender, text):
        assert len(pair) <= PAIR_BYTES
        sender_end = 10 + int(pair[:10])
        assert pair[10:sender_end].decode() == sender
        message = pair[sender_end + 10 :]
        assert len(message) == int(pair[sender_end : sender_end + 10]) > 0
        shown += message.decode()
    assert shown.replace(" ", "") == text.replace(" ", "")

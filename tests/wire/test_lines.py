"""Lines: cut at their ends and nowhere else, whatever the network did to them."""

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.errors import BadUtf8, LineTooLong
from hubbub.wire.lines import Line, LineReader
from tests.fuzz.budget import QUICK
from tests.wire.pieces import bytes_and_pieces, comparable, read_all

LIMIT: Final = 12

ALPHABET: Final = (
    *(b"a", b"bc", b" ", b"x" * (LIMIT - 1), b"x" * LIMIT, b"x" * (LIMIT + 1)),
    *("ü".encode(), "€".encode(), "👍".encode(), b"\xff", b"\xc3", b"\xe2\x82"),
    *(b"\n", b"\n", b"\r\n", b"\r\0", b"\r", b"\0"),
)


def expected_lines(data: bytes) -> list[Line]:
    """Say what lines these bytes hold, slowly and plainly."""
    *whole, rest = re.split(rb"\n|\r\0", data)
    lines = [expected_line(line) for line in whole]
    return [*lines, LineTooLong(LIMIT)] if len(rest.removesuffix(b"\r")) > LIMIT else lines


def expected_line(line: bytes) -> Line:
    """Say what one line without its LF is."""
    if len(line.removesuffix(b"\r")) > LIMIT:
        return LineTooLong(LIMIT)
    try:
        return line.decode().rstrip("\r")
    except UnicodeDecodeError as error:
        return BadUtf8.from_decoding(error)


@QUICK
@given(bytes_and_pieces(ALPHABET))
def test_any_cutting_gives_the_same_lines_in_bounded_memory(drawn: tuple[bytes, list[bytes]]) -> None:
    """Lines, and errors in the places of the bad ones, depend on the bytes alone; a bounded rest is kept."""
    data, pieces = drawn
    reader = LineReader(LIMIT)
    lines = []
    for piece in pieces:
        lines += read_all(reader.receive_data, [piece])
        assert reader.buffered_bytes <= LIMIT + 1
    assert lines == [comparable(line) for line in expected_lines(data)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\0", b"\r\r\n"])
def test_every_usual_line_end_ends_a_line(end: bytes) -> None:
    """LF, CR LF, telnet's CR NUL and the CR CR LF of a confused terminal leave the same text."""
    reader = LineReader(LIMIT)
    assert list(reader.receive_data(b"one" + end + b"two" + end)) == ["one", "two"]
    assert reader.seen_line_end
    assert not reader.has_rest


def test_other_separators_of_unicode_end_nothing() -> None:
    """Form feed, U+0085 and U+2028 are characters of a line, as netcat means them."""
    text = "a\x0cb\u0085c\u2028d"
    assert list(LineReader(100).receive_data(f"{text}\n".encode())) == [text]


def test_a_wrong_line_spoils_no_other() -> None:
    """A line in Latin-1 is answered for itself: the byte and its place are named, its neighbours are heard."""
    first, wrong, last = LineReader(LIMIT).receive_data("eins\nfünf\nelf\n".encode("latin-1"))
    assert (first, last) == ("eins", "elf")
    assert isinstance(wrong, BadUtf8)
    assert (wrong.byte, wrong.position, wrong.recoverable) == (0xFC, 1, True)
    assert "0xFC" in wrong.sentence


def test_an_endless_line_is_reported_once_and_skipped() -> None:
    """A hundred times the limit without an end costs one error and no memory; the next line is heard."""
    reader = LineReader(LIMIT)
    items = read_all(reader.receive_data, [b"x" * 100] * 100 + [b"\n", b"back\n"])
    assert items == [comparable(LineTooLong(LIMIT)), "back"]


def test_the_end_of_a_skipped_line_may_come_in_two() -> None:
    """Telnet's CR NUL ends a line too long as it ends any other, in whatever pieces that comes."""
    reader = LineReader(LIMIT)
    pieces = [b"x" * 100 + b"\r", b"\0one\n", b"x" * 100, b"x\r", b"\0two\n"]
    too_long = comparable(LineTooLong(LIMIT))
    assert read_all(reader.receive_data, pieces) == [too_long, "one", too_long, "two"]


def test_the_limit_is_in_bytes() -> None:
    """A line of few characters can be too long, alone and among others."""
    wide = "ü" * LIMIT
    assert read_all(LineReader(LIMIT).receive_data, [f"one\n{wide}\ntwo\n".encode()]) == [
        *("one", comparable(LineTooLong(LIMIT)), "two"),
    ]


def test_a_line_of_just_the_limit_is_read() -> None:
    """The limit counts bytes without the line end, in whatever pieces that comes."""
    reader = LineReader(LIMIT)
    assert read_all(reader.receive_data, [b"x" * LIMIT + b"\r", b"\n"]) == ["x" * LIMIT]


@QUICK
@given(st.lists(st.text(st.sampled_from("aü€👍 "), min_size=1, max_size=5), min_size=1), st.data())
def test_taking_rests_never_cuts_a_character(chunks: list[str], data: st.DataObject) -> None:
    """However the bytes of a client without line ends are cut and taken, its characters come out whole, once."""
    stream = "".join(chunks).encode()
    reader = LineReader(len(stream))
    taken: list[Line | None] = []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        assert not reader.receive_data(stream[:size])
        stream = stream[size:]
        taken.append(reader.take_rest())
    assert not reader.seen_line_end
    assert "".join(str(part) for part in taken if part is not None) == "".join(chunks)
    assert not reader.has_rest


def test_a_character_in_two_waits_for_its_other_half() -> None:
    """Half a character is no line yet: it stays, and begins the next one."""
    reader = LineReader(LIMIT)
    reader.receive_data(b"gr\xc3")
    assert reader.take_rest() == "gr"
    assert reader.take_rest() is None
    assert reader.has_rest
    reader.receive_data(b"\xbc\xc3\x9fe")
    assert reader.take_rest() == "üße"


def test_a_chunk_too_long_ends_with_a_pause() -> None:
    """What a client without line ends sends after the pause is a new message, not the end of one too long."""
    reader = LineReader(LIMIT)
    (error,) = reader.receive_data(b"x" * 100)
    assert isinstance(error, LineTooLong)
    reader.receive_data(b"x" * 100)
    assert reader.has_rest
    assert reader.take_rest() is None
    reader.receive_data(b"next")
    assert reader.take_rest() == "next"


def test_a_limit_of_0_is_none() -> None:
    """As in every setting under `limits`."""
    assert list(LineReader(0).receive_data(b"x" * 100_000 + b"\n")) == ["x" * 100_000]


def test_the_end_of_the_stream_ends_the_last_line() -> None:
    r"""`printf 'one\ntwo' | nc` says two lines; nothing at all says none; half a character is an error."""
    reader = LineReader(LIMIT)
    assert list(reader.receive_data(b"one\ntwo\r")) == ["one"]
    assert reader.receive_eof() == "two"
    assert reader.receive_eof() is None
    reader.receive_data(b"half \xe2\x82")
    assert isinstance(reader.receive_eof(), BadUtf8)


def test_many_lines_in_one_piece_may_be_longer_than_one_line() -> None:
    """The limit is for a line, not for what is read at once."""
    line = "y" * LIMIT
    assert list(LineReader(LIMIT).receive_data(f"{line}\n".encode() * 50)) == [line] * 50

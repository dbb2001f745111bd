"""hubbub's own format: what is written is read, and what is broken is told with its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.transfer.broken import BrokenArchive
from hubbub.wire.transfer.lines import LINE_LIMIT, decode_header, decode_things, encode_line
from hubbub.wire.transfer.things import EndThing, Header, MessageThing, to_ms, to_time
from tests.wire.transfer.things import HEADER, MESSAGES, ROOM, said


@given(st.lists(MESSAGES, max_size=5))
def test_what_is_written_is_read(messages: list[MessageThing]) -> None:
    """Each thing comes back as it was, with its line's number; none takes more than a line."""
    lines = [encode_line(HEADER), encode_line(ROOM), *map(encode_line, messages), encode_line(EndThing(len(messages)))]
    assert all(line.count(b"\n") == 1 for line in lines)
    assert decode_header(lines[0], "f") == HEADER
    read = list(decode_things(lines[1:], "f"))
    assert read == list(enumerate([ROOM, *messages], 2))


@given(st.integers(0, 253_402_300_799_999))
def test_times_keep_their_milliseconds(time_ms: int) -> None:
    """A moment is written and read without loss."""
    assert to_ms(to_time(time_ms)) == time_ms


def test_times_that_no_calendar_has_become_the_nearest() -> None:
    """A clock that jumped far does not spoil an export."""
    assert to_time(10**18) == to_time(253_402_300_799_999)
    assert to_time(-1) == to_time(0)


GOOD = encode_line(said(1, "hi"))
BROKEN = [
    ([b"{"], "f, line 2: that is no JSON"),
    ([b"[]"], "f, line 2: that is not what should stand here"),
    ([b'{"type":"zoo"}'], "f, line 2: that is not what should stand here: Invalid value 'zoo'"),
    ([GOOD, b'{"type":"message","id":7}'], "f, line 3: that is not what should stand here"),
    ([GOOD, b'{"type":"message","id":"7","time":"2020-01-01","name":"a"}'], "f, line 3: .* `$.time`"),
    ([b'"\xff"'], "f, line 2: byte 0xFF at position 1 is not UTF-8"),
    ([b" " * (LINE_LIMIT + 1)], "f, line 2: this line is longer than"),
    ([GOOD], "f, line 2: the end is missing"),
    ([], "f, line 1: the end is missing"),
    ([GOOD, encode_line(EndThing(2))], "f, line 3: here 1 messages end, and there should be 2"),
    ([b'{"type":"message","id":"1","time":"2020-01-01T00:00:00Z","name":"\\ud800"}'], "f, line 2: that is no JSON"),
]
"""Lines after the header, and how the sentence begins."""


@pytest.mark.parametrize(("lines", "words"), BROKEN)
def test_what_is_broken_is_told_with_its_place(lines: list[bytes], words: str) -> None:
    """One sentence with the file and the line."""
    with pytest.raises(BrokenArchive, match=words.replace("$", r"\$").replace("[", r"\[")):
        list(decode_things(lines, "f"))


@pytest.mark.parametrize("line", [b"", b"{}", b"hello", b"\xff", b'{"hubbub_export":"x"}'])
def test_what_is_no_export_is_told(line: bytes) -> None:
    """A file without the header is somebody else's."""
    with pytest.raises(BrokenArchive, match="f, line 1: this is no export of hubbub"):
        decode_header(line, "f")


def test_other_versions_are_refused() -> None:
    """What a newer hubbub wrote may mean something else."""
    with pytest.raises(BrokenArchive, match="its format is 2, and this one reads 1"):
        decode_header(encode_line(Header(2)), "f")


@given(st.binary(max_size=60))
def test_any_bytes_are_understood_or_refused(data: bytes) -> None:
    """Nothing but `BrokenArchive` is ever raised."""
    for read in (lambda: decode_header(data, "f"), lambda: list(decode_things(data.split(b"\n"), "f"))):
        with suppress(BrokenArchive):
            read()

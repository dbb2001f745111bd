"""Any bytes, cut anyhow, to any reader: understood or refused, alike for every cutting, in bounded memory."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.core.kinds import Refused
from hubbub.core.names import find_key, parse_name, parse_room_name, suggest_name
from hubbub.wire.detect import DETECT_BYTES, detect
from hubbub.wire.errors import BadCommand
from hubbub.wire.frames.header_frames import HEADER_BYTES, HeaderFrameReader, encode_header_frame, encode_header_pair
from hubbub.wire.frames.json_frames import JsonFrameReader, encode_chat
from hubbub.wire.frames.text_frames import LENGTH_BYTES, TextFrameReader, encode_text_frames
from hubbub.wire.lines import LineReader
from hubbub.wire.seeds import parse_seed, split_chunk
from hubbub.wire.telnet import TelnetReader
from tests.fuzz.budget import LONG
from tests.wire.pieces import cut, read_all

LIMIT: Final = 64
"""Bytes of a line or frame: small, so that much of what is drawn is beyond it."""

WORDS: Final = (
    *(b"alice", b"o'hara", "Ünal €👍".encode(), "fünf".encode("latin-1"), b"x" * LIMIT, b"y" * 300),
    *(b"\n", b"\r\n", b"\r\0", b"\r", b"\0", b" ", b"\x1b[31m", b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f"),
    *(b"\xff\xfb\x18", b"\xff\xfd\x00", b"\xff\xfe\x00", b"\xff\xfa\x18", b"\xff\xf0", b"\xff\xf6", b"\xff\xff"),
    *(b"5         alice", b"300       ", b"1         ", b"4294967296", b"five      ", b"-1        "),
    *(
        b"\x00\x05hello",
        b"\x00\x00",
        b"\xff\xff",
        b"\x00\x41",
        b"\x00\x02{}",
        b'\x00\x1f{"type":"chat","message":"hi"}x',
    ),
    *(b'\x00\x1e{"type":"hello","nick":"ann"}', b"{", b"[[[[", b'"type"', b"NaN"),
    *(b"SEND ['a']: x", b"SEND [", b"BLOCK ['a', '']", b"BROADCAST: hi", b"SEND a,b: hi", b"']", b'"]:', b"\\x1b"),
    *(b"GET / HTTP/1.1", b"CAP LS", b"user ann 0 * :x", b"@a=b NICK x", b"SSH-2.0", b"\x16\x03\x01", b"/nick "),
)

STREAMS: Final = st.lists(st.sampled_from(WORDS) | st.binary(max_size=8), max_size=40).map(b"".join)


class Reader(Protocol):
    """What all readers of the wire have in common."""

    @property
    def buffered_bytes(self) -> int:
        """Return how much is kept until more comes."""

    def receive_data(self, data: bytes) -> Sequence[object]:
        """Return what these bytes complete."""


READERS: Final[dict[str, tuple[Callable[[], Reader], int]]] = {
    "lines": (lambda: LineReader(LIMIT), LIMIT + 1),
    "telnet": (TelnetReader, 2),
    "header": (lambda: HeaderFrameReader(LIMIT), LIMIT + HEADER_BYTES),
    "json": (lambda: JsonFrameReader(LIMIT), LIMIT + LENGTH_BYTES),
    "text": (lambda: TextFrameReader(LIMIT), LIMIT + LENGTH_BYTES),
}
"""Each reader, and how many bytes it may keep."""


@pytest.mark.parametrize("name", READERS)
@LONG
@given(STREAMS, st.lists(st.integers(0, 2000), max_size=30))
def test_every_reader_bears_any_stream(name: str, stream: bytes, places: list[int]) -> None:
    """Nothing is raised, no cutting makes a difference, and what is kept stays below the promised bound."""
    make, bound_bytes = READERS[name]
    reader = make()
    items = []
    for piece in cut(stream, (place for place in places if place <= len(stream))):
        items += read_all(reader.receive_data, [piece])
        assert reader.buffered_bytes <= bound_bytes
    assert items == read_all(make().receive_data, [stream])


@LONG
@given(STREAMS)
@example(b"\xff\xfa" + b"SEND ['a']: x" * 100)
def test_what_people_type_becomes_lines_and_commands(stream: bytes) -> None:
    """Telnet, lines, rests and seed commands one after the other: every text ends as command, talk or refusal."""
    telnet, lines = TelnetReader(), LineReader(LIMIT)
    heard = [*lines.receive_data(telnet.receive_data(stream)), lines.take_rest(), lines.receive_eof()]
    assert not lines.has_rest
    for text in filter(str_only, heard):
        for message in split_chunk(str(text)):
            assert seed_error(message).isprintable()


def seed_error(message: str) -> str:
    """Return why a seed command is refused, or "" where it is understood or talk."""
    try:
        parse_seed(message)
    except BadCommand as refused:
        return refused.sentence
    return ""


def str_only(item: object) -> bool:
    """Say whether a line is one, not an error and not nothing."""
    return isinstance(item, str)


@LONG
@given(STREAMS, st.integers(0, 2 * DETECT_BYTES))
def test_a_detected_protocol_stays(stream: bytes, size: int) -> None:
    """What a beginning decided, the whole stream would have decided too."""
    decided = detect(stream[:size])
    assert decided is None or decided is detect(stream)
    assert decided is not None or size < DETECT_BYTES or len(stream) < DETECT_BYTES


@LONG
@given(st.text(max_size=80))
def test_any_name_is_taken_or_refused(text: str) -> None:
    """People's and rooms' names of any characters of Unicode: nothing but `Refused`, and suggestions that hold."""
    for parse in (parse_name, parse_room_name):
        try:
            name = parse(text)
        except Refused as refused:
            sentence = refused.refusal.sentence
            assert sentence.isprintable()
        else:
            assert parse(name.shown) == name
    suggestion = suggest_name(text, lambda key: key != find_key(text))
    assert find_key(suggestion) == parse_name(suggestion).key != find_key(text)


@LONG
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=3000))
def test_any_message_is_written_so_that_its_client_lives(text: str) -> None:
    """Whatever was said goes out in frames that a reader of the same dialect takes whole."""
    lines = [line for line in text.split("\n") if line]
    for pair in encode_header_pair("ann", text):
        name, message = HeaderFrameReader(len(pair)).receive_data(pair)
        assert name == "ann"
        assert isinstance(message, str)
        assert encode_header_frame("ann") + encode_header_frame(message) == pair
    for frame in encode_text_frames("ann", text):
        (shown,) = TextFrameReader(len(frame)).receive_data(frame)
        assert isinstance(shown, str)
        assert shown.startswith("ann: ")
    assert sum(map(len, encode_chat("ann", text))) >= sum(map(len, lines))

"""Lines of IRC: cut at their ends and nowhere else; whatever is wrong with one is told once, and spoils no other."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import example, given

from hubbub.wire.errors import BadUtf8, LineTooLong
from hubbub.wire.irc.lines import (
    BUFFER_LIMIT,
    TAGS_LIMIT,
    ForbiddenByte,
    IrcLine,
    IrcLineReader,
    SpoiltLine,
    TagsTooLong,
    encase_line,
    read_lines,
)
from hubbub.wire.irc.message import LINE_LIMIT, encode_line
from tests.fuzz.budget import QUICK
from tests.wire.pieces import bytes_and_pieces

BODY: Final = LINE_LIMIT - 2

ALPHABET: Final = (
    *(b"a", b" ", b"PING", b"@label=1 ", b":src ", b"@" + b"t" * (TAGS_LIMIT - 2) + b" "),
    *(b"x" * (BODY - 1), b"x" * BODY, b"y" * BUFFER_LIMIT, "ü".encode() * (BODY // 2)),
    *("ü".encode(), "👍".encode(), b"\xff", b"\xc3", b"\0"),
    *(b"\n", b"\n", b"\r\n", b"\r\n", b"\r"),
)


def read_in_pieces(pieces: list[bytes]) -> list[object]:
    """Return what a reader makes of the pieces, comparable; what it keeps is bounded."""
    reader = IrcLineReader()
    found = []
    for piece in pieces:
        found += [comparable(line) for line in reader.receive_data(piece)]
        assert reader.buffered_bytes <= BUFFER_LIMIT
    return found


def comparable(line: IrcLine) -> object:
    """Return an error as its name and its sentence, which can be compared."""
    if isinstance(line, str):
        return line
    return type(line.error).__name__, line.error.sentence, line.command, line.label


def plainly(data: bytes) -> list[object]:
    """Say what lines these bytes hold, slowly and plainly."""
    *whole, rest = data.split(b"\n")
    found = [plain_line(line) for line in whole if line.strip(b"\r")]
    return [*found, plain_line(rest)] if len(rest) > BUFFER_LIMIT else found


def plain_line(raw: bytes) -> object:
    """Say what one line without its LF is: a text, or the name of what is wrong."""
    line = raw.rstrip(b"\r") if len(raw) <= BUFFER_LIMIT else raw[:BUFFER_LIMIT]
    tags, body = re.fullmatch(rb"(@[^ ]* ?)?(.*)", line, re.DOTALL).groups(b"")  # type: ignore[union-attr]  # it matches everything
    if len(tags) > TAGS_LIMIT:
        return "TagsTooLong"
    if len(raw) > BUFFER_LIMIT or len(body) > BODY:
        return "LineTooLong"
    if b"\0" in line or b"\r" in line:
        return "ForbiddenByte"
    try:
        return line.decode()
    except UnicodeDecodeError:
        return "BadUtf8"


@QUICK
@given(bytes_and_pieces(ALPHABET))
@example((b"x" * BUFFER_LIMIT + b"\r\n", [b"x" * BUFFER_LIMIT, b"\r", b"\n"]))
@example((b"@a " + b"\r" * BUFFER_LIMIT + b"\nA\n", [b"@a " + b"\r" * BUFFER_LIMIT, b"\nA\n"]))
def test_any_cutting_gives_the_same_lines_in_bounded_memory(drawn: tuple[bytes, list[bytes]]) -> None:
    """Lines, and errors in the places of the bad ones, depend on the bytes alone."""
    data, pieces = drawn
    found = read_in_pieces(pieces)
    assert found == read_in_pieces([data])
    assert [line if isinstance(line, str) else line[0] for line in found] == plainly(data)  # type: ignore[index]  # what `comparable` returns


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n", b"\n\n", b"\r\n\r\n"])
def test_every_usual_line_end_ends_a_line(end: bytes) -> None:
    """CR LF, LF of simple bots, CR CR LF of a confused terminal; an empty line is none, and says nothing."""
    assert read_in_pieces([b"one" + end + b"two" + end]) == ["one", "two"]


def spoilt(line: bytes) -> SpoiltLine:
    """Return what is wrong with a line that stands between two good ones."""
    first, wrong, last = IrcLineReader().receive_data(b"PING 1\r\n" + line + b"\r\nPING 2\r\n")
    assert (first, last) == ("PING 1", "PING 2")
    assert isinstance(wrong, SpoiltLine)
    assert wrong.error.recoverable
    return wrong


def test_another_encoding_is_told_with_its_command() -> None:
    """`FAIL PRIVMSG INVALID_UTF8` can be said, and labelled. IRCv3 utf8only and labeled-response."""
    wrong = spoilt("@label=x1 :me privmsg #r :fünf".encode("latin-1"))
    assert isinstance(wrong.error, BadUtf8)
    assert wrong.error.byte == 0xFC
    assert (wrong.command, wrong.label) == ("PRIVMSG", "x1")


def test_a_line_without_a_command_is_told_without_one() -> None:
    """Nothing is made up."""
    assert spoilt(b"\xff").command == "\ufffd"
    assert spoilt(b":\xff").command == ""


@pytest.mark.parametrize(("line", "name"), [(b"PRIVMSG a :b\rQUIT", "CR"), (b"PRIVMSG a :b\0", "NUL")])
def test_a_byte_that_no_line_may_hold_is_told(line: bytes, name: str) -> None:
    """A CR in somebody's words is no line end, with which he would give his program's commands."""
    wrong = spoilt(line)
    assert isinstance(wrong.error, ForbiddenByte)
    assert (wrong.error.name, wrong.command) == (name, "PRIVMSG")
    assert name in wrong.error.sentence


@pytest.mark.parametrize("byte", [b"\0", b"\r", b"\xff"])
def test_what_is_told_of_a_line_can_be_said_again(byte: bytes) -> None:
    """The command and the label that an answer names, whatever stood in them."""
    wrong = spoilt(b"@label=a" + byte + b"b PI" + byte + b"NG")
    assert (wrong.command, wrong.label) == ("PI\ufffdNG", "a\ufffdb")
    assert encode_line("FAIL", wrong.command, tags={"label": wrong.label})


TAGS: Final = b"@label=7;t=" + b"x" * (TAGS_LIMIT - len(b"@label=7;t= ")) + b" "


@pytest.mark.parametrize("tags", [b"", b"@a ", TAGS])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n"])
def test_the_body_has_its_own_limit(tags: bytes, end: bytes) -> None:
    """512 bytes with CR LF whatever stands before them. RFC 1459 section 2.3; one more is 417."""
    line = tags + b"PING " + b"x" * (BODY - len(b"PING "))
    assert read_in_pieces([line + end]) == read_in_pieces([line + end[:-1], b"\n"]) == [line.decode()]
    assert isinstance(spoilt(line + b"x").error, LineTooLong)


def test_the_tags_have_their_own_limit() -> None:
    """4096 bytes with the `@` and the space, however short the rest is. IRCv3 message-tags, size limit."""
    assert read_in_pieces([TAGS + b"PING\n"]) == [f"{TAGS.decode()}PING"]
    wrong = spoilt(TAGS[:-1] + b"x PING a")
    assert isinstance(wrong.error, TagsTooLong)
    assert wrong.error.sentence == "That line was not read: its tags were too long, and 4094 bytes are the most."
    assert (wrong.command, wrong.label) == ("PING", "7")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (TAGS + b"PING " + b"x" * BODY, LineTooLong),
        (b"@a PING " + b"x" * BODY, LineTooLong),
        (b"PING " + b"x" * BUFFER_LIMIT, LineTooLong),
        (TAGS + b"x" * BUFFER_LIMIT, LineTooLong),
        (TAGS[:-1] + b"x PING " + b"x" * BODY, TagsTooLong),
        (TAGS[:-1] + b"x" * BUFFER_LIMIT, TagsTooLong),
    ],
)
def test_which_limit_was_passed(line: bytes, error: type[LineTooLong]) -> None:
    """That of the tags, of which the rest need not have come, or that of the rest: 417 says which."""
    assert type(spoilt(line).error) is error


@pytest.mark.parametrize("cut", [lambda data: [data], lambda data: [data[i : i + 1] for i in range(len(data))]])
def test_an_endless_line_is_told_once_and_skipped(cut: Callable[[bytes], list[bytes]]) -> None:
    """Ten times the limit costs one error and no memory; the next line is heard."""
    pieces = cut(b"PRIVMSG a :" + b"x" * BUFFER_LIMIT * 10 + b"\r\nPING 1\r\n")
    error = LineTooLong(LINE_LIMIT)
    assert read_in_pieces(pieces) == [("LineTooLong", error.sentence, "PRIVMSG", ""), "PING 1"]


def test_a_message_of_a_websocket_is_read_like_a_line() -> None:
    """It has no line end; with one inside it is what it would have been elsewhere. IRCv3 websocket."""
    assert read_lines(b"PING 1") == ["PING 1"]
    assert read_lines(b"PING 1\r\n") == ["PING 1"]
    assert read_lines(b"PING 1\r\nPING 2") == ["PING 1", "PING 2"]
    assert read_lines(b"") == []
    (wrong,) = read_lines(b"PING \0")
    assert isinstance(wrong, SpoiltLine)


def test_many_lines_in_one_piece_may_be_longer_than_one_line() -> None:
    """The limits are for a line, not for what is read at once."""
    line = "y" * BODY
    assert read_in_pieces([f"{line}\n".encode() * 50]) == [line] * 50


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        (b"PING a", ["PING a"]),
        (b"PING a\r\n", ["PING a"]),
        (b"", []),
        (b"\r\n", []),
        (b"PING a\r\nQUIT", [SpoiltLine(ForbiddenByte("CR"), "PING")]),
        (b"PING a\nQUIT\n", [SpoiltLine(ForbiddenByte("CR"), "PING")]),
    ],
)
def test_a_message_of_a_websocket_is_one_line(message: bytes, heard: list[IrcLine]) -> None:
    """Whatever ends it; and what ends a line inside gives nobody another command. IRCv3 websocket."""
    assert str(list(IrcLineReader().receive_data(encase_line(message)))) == str(heard)

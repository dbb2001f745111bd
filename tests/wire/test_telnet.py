"""Telnet: commands are taken out and answered, data is left alone, and no two sides talk for ever."""

from typing import Final

import pytest
from hypothesis import given

from hubbub.wire.telnet import PRESENCE, TelnetReader
from tests.fuzz.budget import QUICK
from tests.wire.pieces import bytes_and_pieces, cut

IAC: Final = b"\xff"
SE, AYT, IP, EC, SB, WILL, WONT, DO, DONT = (
    bytes([command]) for command in (0xF0, 0xF6, 0xF4, 0xF7, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE)
)
BINARY, ECHO, TIMING_MARK, TERMINAL_TYPE = b"\x00", b"\x01", b"\x06", b"\x18"

ALPHABET: Final = (
    *(b"hello", b"\r\n", b"\x00", "ü".encode()),
    *(IAC, IAC + IAC, IAC + SE, IAC + AYT, IAC + IP, IAC + EC, IAC + SB + TERMINAL_TYPE),
    *(IAC + verb + option for verb in (WILL, WONT, DO, DONT) for option in (BINARY, ECHO, TIMING_MARK)),
)


@QUICK
@given(bytes_and_pieces(ALPHABET))
def test_any_cutting_gives_the_same_in_bounded_memory(drawn: tuple[bytes, list[bytes]]) -> None:
    """Data, answers and interruptions depend on the bytes alone; at most half a command is kept."""
    data, pieces = drawn
    whole, piecewise = TelnetReader(), TelnetReader()
    expected = whole.receive_data(data)
    received = []
    for piece in pieces:
        received.append(piecewise.receive_data(piece))
        assert piecewise.buffered_bytes <= 2
    assert b"".join(received) == expected
    assert piecewise.data_to_send() == whole.data_to_send()
    assert piecewise.interrupted == whole.interrupted


def test_data_without_commands_is_passed_as_it_is() -> None:
    """Until a command comes, telnet costs no copy."""
    data = "grüße\r\n".encode()
    assert TelnetReader().receive_data(data) is data


def test_commands_are_never_data() -> None:
    """What PuTTY and others send first leaves nothing behind in the line that follows."""
    opening = IAC + WILL + TERMINAL_TYPE + IAC + DO + ECHO + IAC + SB + TERMINAL_TYPE + b"\x00xterm" + IAC + SE
    assert TelnetReader().receive_data(opening + b"ann\r\n" + IAC + EC) == b"ann\r\n"


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (IAC + DO + ECHO, IAC + WONT + ECHO),
        (IAC + WILL + TERMINAL_TYPE, IAC + DONT + TERMINAL_TYPE),
        (IAC + DONT + ECHO, b""),
        (IAC + WONT + TERMINAL_TYPE, b""),
        (IAC + DO + BINARY, IAC + WILL + BINARY),
        (IAC + WILL + BINARY, IAC + DO + BINARY),
        ((IAC + DO + BINARY) * 2, IAC + WILL + BINARY),
        (IAC + DO + BINARY + IAC + DONT + BINARY, IAC + WILL + BINARY + IAC + WONT + BINARY),
        ((IAC + DO + BINARY + IAC + DONT + BINARY) * 2, (IAC + WILL + BINARY) + (IAC + WONT + BINARY) * 2),
        (IAC + WONT + BINARY, b""),
        ((IAC + DO + TIMING_MARK) * 2, (IAC + WILL + TIMING_MARK) * 2),
        (IAC + AYT, PRESENCE),
    ],
)
def test_each_request_has_its_answer(request_: bytes, answer: bytes) -> None:
    """Every request is answered, statements and repetitions of what is agreed are not. RFC 854, 860, 1143."""
    reader = TelnetReader()
    reader.receive_data(request_)
    assert reader.data_to_send() == answer
    assert reader.data_to_send() == b""


@QUICK
@given(bytes_and_pieces(ALPHABET))
def test_two_of_us_fall_silent(drawn: tuple[bytes, list[bytes]]) -> None:
    """Whatever began it, answers to answers end: a negotiation is never a loop."""
    here, there = TelnetReader(), TelnetReader()
    message = drawn[0]
    for _ in range(4):
        here.receive_data(message)
        there.receive_data(here.data_to_send())
        message = there.data_to_send()
    assert message == b""


def test_a_doubled_iac_is_a_byte_of_data() -> None:
    """IAC IAC stands for 0xFF, outside a subnegotiation; inside it goes with the rest."""
    stream = b"a" + IAC + IAC + b"b" + IAC + SB + b"x" + IAC + IAC + b"y" + IAC + SE + b"c"
    assert TelnetReader().receive_data(stream) == b"a\xffbc"


def test_a_subnegotiation_without_end_costs_nothing_and_ends_with_the_next_command() -> None:
    """A megabyte of it is not kept, and who forgot its SE is understood again from his next command on."""
    reader = TelnetReader()
    reader.receive_data(IAC + SB)
    for piece in cut(b"z" * 1_000_000, range(0, 1_000_000, 65_536)):
        assert reader.receive_data(piece) == b""
        assert reader.buffered_bytes == 0
    assert reader.receive_data(IAC + WILL + ECHO + b"hello\r\n") == b"hello\r\n"


def test_ctrl_c_is_noticed_and_its_timing_mark_answered() -> None:
    """A telnet client drops all output after Ctrl+C until its timing mark is answered. RFC 860."""
    reader = TelnetReader()
    assert reader.receive_data(IAC + IP + IAC + DO + TIMING_MARK) == b""
    assert reader.interrupted
    assert reader.data_to_send() == IAC + WILL + TIMING_MARK


def test_a_latin_1_letter_is_left_for_the_line_reader_to_refuse() -> None:
    """0xFF before an ordinary byte is no command but a letter in another encoding: nothing is swallowed."""
    assert TelnetReader().receive_data(b"\xffes\n") == b"\xffes\n"

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


HIDE, SHOW = IAC + WILL + ECHO, IAC + WONT + ECHO + b"\r\n"


def test_input_is_hidden_by_the_promise_to_echo_it() -> None:
    """Offered once, however often it is wanted; taken back behind the secret, on a line of its own. RFC 857."""
    reader = TelnetReader()
    for _ in range(2):
        reader.hide_input()
    assert reader.data_to_send() == HIDE
    for _ in range(2):
        reader.show_input()
    assert reader.data_to_send() == SHOW
    reader.hide_input()
    assert reader.data_to_send() == HIDE, "and it may be wanted again"


def test_nothing_is_shown_that_was_not_hidden() -> None:
    """Nothing is offered before anything is secret."""
    reader = TelnetReader()
    reader.show_input()
    assert reader.data_to_send() == b""


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (IAC + DO + ECHO, b""),
        ((IAC + DO + ECHO) * 3, b""),
        (IAC + DONT + ECHO, b""),
        (IAC + WILL + ECHO, IAC + DONT + ECHO),
    ],
)
def test_what_answers_the_offer_is_not_answered(answer: bytes, reply: bytes) -> None:
    """Taken or declined, it is at rest; a peer that offers to echo itself is declined as ever. RFC 1143."""
    reader = TelnetReader()
    reader.hide_input()
    reader.data_to_send()
    reader.receive_data(answer)
    assert reader.data_to_send() == reply
    reader.show_input()
    reader.data_to_send()
    reader.receive_data(IAC + DONT + ECHO)
    assert reader.data_to_send() == b"", "what was taken back is at rest too"


def test_an_answer_that_is_late_is_told_what_is_so_now() -> None:
    """Whoever takes the offer when it has been taken back is told so again, once."""
    reader = TelnetReader()
    reader.hide_input()
    reader.show_input()
    reader.data_to_send()
    reader.receive_data(IAC + DO + ECHO)
    assert reader.data_to_send() == IAC + WONT + ECHO


@QUICK
@given(bytes_and_pieces(ALPHABET))
def test_hiding_ends_in_silence_whatever_the_peer_says(drawn: tuple[bytes, list[bytes]]) -> None:
    """Two of us, one of whom hides and shows at any moment, fall silent."""
    here, there = TelnetReader(), TelnetReader()
    message = b""
    for place, piece in enumerate([*drawn[1], b"", b"", b"", b""]):
        if place < len(drawn[1]):
            (here.hide_input if place % 2 == 0 else here.show_input)()
        here.receive_data(message + piece)
        there.receive_data(here.data_to_send())
        message = there.data_to_send()
    assert message == b""


@pytest.mark.parametrize("command", [IAC + WILL + TERMINAL_TYPE, IAC + DONT + ECHO, IAC + SB + b"x" + IAC + SE])
def test_only_who_negotiates_speaks_it(command: bytes) -> None:
    """Whoever negotiates any option understands an offer; a byte that happens to look like a command is none."""
    reader = TelnetReader()
    assert not reader.is_spoken
    reader.receive_data(command)
    assert reader.is_spoken == (SB not in command)

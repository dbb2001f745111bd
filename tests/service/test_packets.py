"""Packets: a fragile reader gets whole pieces, a few at a time."""

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from hubbub.service.packets import STURDY_PER_GAP, Fragility, Packets
from tests.fuzz.budget import QUICK
from tests.service.clock import ManualClock
from tests.service.guests import make_outbox

GAP_SECONDS: Final = 0.01
LINES: Final = st.lists(st.text("abc", max_size=12).map(lambda line: f"{line}\n".encode()))
"""What is written at once: some lines."""


def cut_lines(data: bytes) -> list[bytes]:
    """Divide into lines."""
    return data.splitlines(keepends=True)


def in_lines(clock: ManualClock, packet_bytes: int, limit_bytes: int = 0) -> Packets:
    """Return packets of whole lines."""
    return Packets(clock, Fragility(cut_lines, packet_bytes, GAP_SECONDS), limit_bytes)


@QUICK
@given(st.lists(LINES.map(b"".join), max_size=8), st.integers(1, 30), st.lists(st.booleans(), max_size=8))
def test_packets_are_whole_small_and_in_order(written: list[bytes], packet_bytes: int, pauses: list[bool]) -> None:
    """Each packet is made of whole lines and fits, unless a line alone does not; nothing is lost or moved."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(in_lines(clock, packet_bytes))
    for data, pauses_after in zip(written, [*pauses, *[False] * len(written)], strict=False):
        outbox.post(data)
        if pauses_after:
            clock.advance(GAP_SECONDS)
    while clock.advance_to_next():
        assert outbox.waiting_bytes() >= 0
    assert outbox.waiting_bytes() == 0
    for packet in pipe.writes:
        lines = packet.splitlines(keepends=True)
        assert packet.endswith(b"\n")
        assert len(packet) <= packet_bytes or len(lines) == 1
    assert b"".join(pipe.writes) == b"".join(written)


def test_one_packet_in_each_gap() -> None:
    """The first goes at once, the next ones when the reader has had time; after a rest the first goes at once again."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(in_lines(clock, 8))
    outbox.post(b"one\ntwo\nthree\n")
    outbox.post(b"four\n")
    assert pipe.writes == [b"one\ntwo\n"]
    assert outbox.waiting_bytes() == len(b"three\nfour\n")
    clock.advance(GAP_SECONDS)
    assert pipe.writes[1:] == [b"three\n"]
    clock.advance(GAP_SECONDS)
    assert pipe.writes[2:] == [b"four\n"]
    clock.advance(2 * GAP_SECONDS)
    outbox.post(b"five\n")
    assert pipe.writes[3:] == [b"five\n"]


def test_what_we_keep_back_is_not_his_slowness() -> None:
    """It does not count as what he has not read; it has a limit of its own, and both are told where one is exceeded."""
    clock = ManualClock()
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    outbox.send_in_packets(in_lines(clock, 4, limit_bytes=20))
    outbox.post(b"one\n" * 5)
    outbox.post(b"one\n")
    assert (overflows, outbox.waiting_bytes()) == ([], 20)
    outbox.post(b"x\n")
    assert overflows == [22]
    clock.advance(10 * GAP_SECONDS)
    outbox.post(b"y\n")
    assert pipe.take() == b"one\n" * 6, "nothing is sent after what was lost"


def test_a_fragile_reader_may_be_too_slow_as_well() -> None:
    """What he has not read has the same limit as with any other."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    outbox.send_in_packets(in_lines(ManualClock(), 4, limit_bytes=20))
    outbox.post(b"one\ntwo\n")
    pipe.unsent_bytes = 11
    outbox.post(b"six\n")
    assert overflows == [11 + 8]


def test_some_readers_bear_several_packets() -> None:
    """Each is written by itself, so many at a time; a pause that is longer than the gap counts as one."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(Packets(clock, Fragility(cut_lines, 4, GAP_SECONDS, packets_at_once=2), 0))
    outbox.post(b"one\ntwo\nsix\nten\nred\n")
    assert pipe.writes == [b"one\n", b"two\n"]
    clock.advance(GAP_SECONDS)
    assert pipe.writes[2:] == [b"six\n", b"ten\n"]
    clock.advance(GAP_SECONDS)
    assert pipe.writes[4:] == [b"red\n"]
    clock.advance(2 * GAP_SECONDS)
    outbox.post(b"one\ntwo\nsix\n")
    assert pipe.writes[5:] == [b"one\n", b"two\n"]


def test_a_sturdy_packet_waits_for_nothing_but_its_turn() -> None:
    """It follows any other at once, and what follows it waits if it is not sturdy."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(Packets(clock, Fragility(cut_lines, 4, GAP_SECONDS, is_sturdy=bytes.islower), 0))
    outbox.post(b"one\ntwo\nSIX\nten\nred\n")
    assert pipe.writes == [b"one\n", b"two\n"]
    clock.advance(GAP_SECONDS)
    assert pipe.writes[2:] == [b"SIX\n", b"ten\n", b"red\n"]


def test_who_was_sent_much_has_time_to_read_it() -> None:
    """However many sturdy packets went at once, a fragile one comes when its reader is done with them."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(Packets(clock, Fragility(cut_lines, 4, GAP_SECONDS, is_sturdy=bytes.islower), 0))
    outbox.post(b"one\n" * 5 * STURDY_PER_GAP + b"SIX\n")
    clock.advance(5 * GAP_SECONDS)
    assert pipe.take() == b"one\n" * 5 * STURDY_PER_GAP
    clock.advance(GAP_SECONDS)
    assert pipe.take() == b"SIX\n"


def test_flushing_keeps_nothing_back() -> None:
    """Before a close everything goes, in order, and nothing goes twice when the gap is over."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(in_lines(clock, 4))
    outbox.post(b"one\ntwo\nsix\n")
    outbox.flush()
    assert (pipe.take(), outbox.waiting_bytes()) == (b"one\ntwo\nsix\n", 0)
    clock.advance(GAP_SECONDS)
    assert pipe.writes == []


def test_a_reader_may_turn_out_to_be_sturdy() -> None:
    """What was kept back goes before what is written freely from then on."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(in_lines(clock, 4))
    outbox.post(b"one\ntwo\nsix\n")
    outbox.send_in_packets(None)
    outbox.post(b"ten\n")
    clock.advance(GAP_SECONDS)
    assert b"".join(pipe.writes) == b"one\ntwo\nsix\nten\n"


def test_what_was_kept_back_dies_with_the_connection() -> None:
    """When the connection is lost, nothing is written any more that waited for a fragile reader."""
    pipe, outbox, _ = make_outbox()
    clock = ManualClock()
    outbox.send_in_packets(in_lines(clock, 4))
    outbox.post(b"one\ntwo\nsix\n")
    outbox.seal()
    clock.advance(2 * GAP_SECONDS)
    assert pipe.writes == [b"one\n"]

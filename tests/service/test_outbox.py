"""The outbox: a sender never waits for a reader, and a fragile reader gets whole pieces, a few at a time."""

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from hubbub.service.outbox import Outbox, Packets
from tests.service.clock import ManualClock
from tests.service.guests import MemoryPipe

GAP_SECONDS: Final = 0.01
LINES: Final = st.lists(st.text("abc", max_size=12).map(lambda line: f"{line}\n".encode()))
"""What is written at once: some lines."""


def make_outbox(limit_bytes: int = 0) -> tuple[MemoryPipe, Outbox, list[str]]:
    """Return an outbox, the pipe it writes to, and a list that grows when it overflows."""
    pipe, overflows = MemoryPipe(), list[str]()
    return pipe, Outbox(pipe, limit_bytes, lambda: overflows.append("overflow")), overflows


def in_lines(clock: ManualClock, packet_bytes: int) -> Packets:
    """Return packets of whole lines."""
    return Packets(clock, lambda data: data.splitlines(keepends=True), packet_bytes, GAP_SECONDS)


def test_what_is_written_goes_straight_on() -> None:
    """While the reader keeps up, every write is a write of the pipe, in order, however much it is."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    for data in (b"one", b"two", b"x" * 100):
        outbox.write(data)
    assert pipe.writes == [b"one", b"two", b"x" * 100]
    assert overflows == []


def test_a_slow_reader_may_have_so_much_waiting() -> None:
    """Up to the limit what waits is written, to the byte."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    pipe.unsent_bytes = 4
    outbox.congest()
    outbox.write(b"x" * 6)
    assert (len(pipe.writes), overflows) == (1, [])


def test_too_slow_is_said_once_and_for_all() -> None:
    """Beyond the limit the owner is told, once, and nothing is written any more, for what came before is missing."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    pipe.unsent_bytes = 4
    outbox.congest()
    outbox.write(b"x" * 7)
    outbox.write(b"x")
    outbox.write(b"x" * 7)
    assert (pipe.writes, overflows) == ([], ["overflow"])


def test_a_reader_who_catches_up_is_slow_no_longer() -> None:
    """When the pipe is nearly empty again nothing is counted, until it fills again."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    outbox.congest()
    outbox.relieve()
    outbox.write(b"x" * 20)
    assert (len(pipe.writes), overflows) == (1, [])
    outbox.congest()
    outbox.write(b"x" * 20)
    assert (len(pipe.writes), overflows) == (1, ["overflow"])


def test_no_limit_is_no_limit() -> None:
    """With a limit of 0 a reader may be as slow as he likes."""
    pipe, outbox, overflows = make_outbox(limit_bytes=0)
    pipe.unsent_bytes = 2**40
    outbox.congest()
    outbox.write(b"x")
    assert (pipe.writes, overflows) == ([b"x"], [])


@given(st.lists(LINES.map(b"".join), max_size=8), st.integers(1, 30), st.lists(st.booleans(), max_size=8))
def test_packets_are_whole_small_and_in_order(written: list[bytes], packet_bytes: int, pauses: list[bool]) -> None:
    """Each packet is made of whole lines and fits, unless a line alone does not; nothing is lost or moved."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(in_lines(clock, packet_bytes))
    for data, pauses_after in zip(written, [*pauses, *[False] * len(written)], strict=False):
        outbox.write(data)
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
    outbox.write(b"one\ntwo\nthree\n")
    outbox.write(b"four\n")
    assert pipe.writes == [b"one\ntwo\n"]
    assert outbox.waiting_bytes() == len(b"three\nfour\n")
    clock.advance(GAP_SECONDS)
    assert pipe.writes[1:] == [b"three\n"]
    clock.advance(GAP_SECONDS)
    assert pipe.writes[2:] == [b"four\n"]
    clock.advance(2 * GAP_SECONDS)
    outbox.write(b"five\n")
    assert pipe.writes[3:] == [b"five\n"]


def test_what_is_kept_back_counts() -> None:
    """A fragile reader is too slow as any other when too much waits for him, here or in the pipe."""
    clock = ManualClock()
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    outbox.send_in_packets(in_lines(clock, 4))
    outbox.write(b"one\ntwo\n")
    pipe.unsent_bytes = 2
    outbox.write(b"six\n")
    assert overflows == []
    outbox.write(b"x\n")
    assert overflows == ["overflow"]
    assert outbox.waiting_bytes() == 2 + len(b"two\nsix\n")


def test_flushing_keeps_nothing_back() -> None:
    """Before a close everything goes, in order, and nothing goes twice when the gap is over."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(in_lines(clock, 4))
    outbox.write(b"one\ntwo\nsix\n")
    outbox.flush()
    assert (pipe.take(), outbox.waiting_bytes()) == (b"one\ntwo\nsix\n", 0)
    clock.advance(GAP_SECONDS)
    assert pipe.writes == []


def test_a_reader_may_turn_out_to_be_sturdy() -> None:
    """What was kept back goes before what is written freely from then on."""
    clock = ManualClock()
    pipe, outbox, _ = make_outbox()
    outbox.send_in_packets(in_lines(clock, 4))
    outbox.write(b"one\ntwo\nsix\n")
    outbox.send_in_packets(None)
    outbox.write(b"ten\n")
    clock.advance(GAP_SECONDS)
    assert b"".join(pipe.writes) == b"one\ntwo\nsix\nten\n"

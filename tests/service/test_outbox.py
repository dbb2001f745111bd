"""The outbox: a sender never waits for a reader, and what waits for him is bounded."""

from collections.abc import Callable
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.catalog import Record
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import Room, RoomKind
from hubbub.service.audience import Audience
from hubbub.service.outbox import Outbox, no_file
from hubbub.service.packets import Fragility, Packets
from tests.fuzz.budget import QUICK
from tests.service.clock import ManualClock
from tests.service.guests import RecordDialect, make_outbox

TEA: Final = Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#tea")
HELLO: Final = Record(TEA.id, Seq(1), 0, Said(PersonId("id-ann"), "ann", "hello"))


def test_what_is_written_goes_straight_on() -> None:
    """While the reader keeps up, every write is a write of the pipe, in order, however much it is."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    for data in (b"one", b"two", b"x" * 100):
        outbox.post(data)
    assert pipe.writes == [b"one", b"two", b"x" * 100]
    assert overflows == []


def test_a_slow_reader_may_have_so_much_waiting() -> None:
    """Up to the limit what waits is written, to the byte."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    pipe.unsent_bytes = 4
    outbox.congest()
    outbox.post(b"x" * 6)
    assert (len(pipe.writes), overflows) == (1, [])


def test_too_slow_is_said_once_and_for_all() -> None:
    """Beyond the limit the owner is told, once, and nothing is written any more, for what came before is missing."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    pipe.unsent_bytes = 4
    outbox.congest()
    outbox.post(b"x" * 7)
    outbox.post(b"x")
    outbox.post(b"x" * 7)
    assert (pipe.writes, overflows) == ([], [11])


def test_a_reader_who_catches_up_is_slow_no_longer() -> None:
    """When the pipe is nearly empty again nothing is counted, until it fills again."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    outbox.congest()
    outbox.relieve()
    outbox.post(b"x" * 20)
    assert (len(pipe.writes), overflows) == (1, [])
    outbox.congest()
    outbox.post(b"x" * 20)
    assert (len(pipe.writes), overflows) == (1, [20])


def test_no_limit_is_no_limit() -> None:
    """With a limit of 0 a reader may be as slow as he likes."""
    pipe, outbox, overflows = make_outbox(limit_bytes=0)
    pipe.unsent_bytes = 2**40
    outbox.congest()
    outbox.post(b"x")
    assert (pipe.writes, overflows) == ([b"x"], [])


class NarrowPipe:
    """A connection whose reader is slow: its system has room for so much, and the transport keeps what is beyond."""

    def __init__(self, room_bytes: int) -> None:
        self.room_bytes = room_bytes
        self.get_file = no_file
        self.arrived = b""
        self.gone = False
        self.on_waiting: Callable[[], None] = lambda: None
        self.on_drained: Callable[[], None] = lambda: None
        self._waiting = b""

    def send(self, data: bytes) -> int:
        """Send what there is room for, as a socket does."""
        assert not self._waiting, "this would overtake what waits"
        if self.gone:
            raise ConnectionResetError
        if not self.room_bytes:
            raise BlockingIOError
        sent = min(self.room_bytes, len(data))
        self.arrived += data[:sent]
        self.room_bytes -= sent
        return sent

    def write(self, data: bytes) -> None:
        """Keep the bytes, and say so when they are the first."""
        was_empty, self._waiting = not self._waiting, self._waiting + data
        if was_empty and self._waiting:
            self.on_waiting()

    def waiting_bytes(self) -> int:
        """Return how much is kept."""
        return len(self._waiting)

    def is_reset(self) -> bool:
        """Return that the other end is there."""
        return False

    def make_room(self, size: int) -> None:
        """Let the reader read so much."""
        self.room_bytes += size
        if self._waiting:
            moved, self._waiting = self._waiting[: self.room_bytes], self._waiting[self.room_bytes :]
            self.arrived += moved
            self.room_bytes -= len(moved)
            if not self._waiting:
                self.on_drained()


def make_narrow_outbox(
    room_bytes: int, limit_bytes: int = 0, overflows: list[int] | None = None
) -> tuple[NarrowPipe, Outbox]:
    """Return an outbox that is told of its pipe's state as a connection tells it."""
    pipe = NarrowPipe(room_bytes)
    outbox = Outbox(pipe, limit_bytes, (list[int]() if overflows is None else overflows).append)
    pipe.on_waiting, pipe.on_drained = outbox.congest, outbox.relieve
    return pipe, outbox


@QUICK
@given(
    st.integers(0, 10),
    st.lists(st.binary(min_size=1, max_size=8) | st.integers(1, 12) | st.booleans(), max_size=30),
)
def test_nothing_overtakes_what_waits(room_bytes: int, steps: list[bytes | int | bool]) -> None:
    """However slowly a reader reads, what one posts to him or a whole audience hears arrives whole and in order."""
    pipe, outbox = make_narrow_outbox(room_bytes)
    audience, dialect = Audience(), RecordDialect()
    audience.add(outbox, dialect)
    outbox.on_rewire = lambda: audience.rewire(outbox)
    sent = b""
    for step in steps:
        match step:
            case bool():
                data = RecordDialect().encode(TEA, HELLO)
                audience.hear(TEA, [HELLO], {outbox: set()} if step else {})
                sent += data
            case int():
                pipe.make_room(step)
            case _:
                outbox.post(step)
                sent += step
    pipe.make_room(len(sent))
    assert pipe.arrived == sent


@QUICK
@given(st.integers(0, 10), st.lists(st.binary(min_size=1, max_size=30) | st.booleans(), max_size=10))
def test_what_waits_never_exceeds_the_limit(room_bytes: int, steps: list[bytes | bool]) -> None:
    """Not by what did not fit into a free socket either; whoever would have more waiting is too slow, and told once."""
    overflows = list[int]()
    pipe, outbox = make_narrow_outbox(room_bytes, 20, overflows)
    audience, dialect = Audience(), RecordDialect()
    audience.add(outbox, dialect)
    outbox.on_rewire = lambda: audience.rewire(outbox)
    sent = b""
    for step in steps:
        if isinstance(step, bool):
            audience.hear(TEA, [HELLO], {outbox: set()} if step else {})
            sent += RecordDialect().encode(TEA, HELLO)
        else:
            outbox.post(step)
            sent += step
        assert outbox.waiting_bytes() <= 20
    assert len(overflows) == (len(sent) > room_bytes + 20)
    assert all(behind_bytes > 20 for behind_bytes in overflows)
    pipe.make_room(len(sent))
    assert sent.startswith(pipe.arrived), "nothing is sent after what was lost"


def test_who_is_gone_harms_nobody() -> None:
    """Where nobody is there any more, the transport gets what was to be sent, and finds out; the others hear it."""
    gone_pipe, gone = make_narrow_outbox(10)
    gone_pipe.gone = True
    there_pipe, there = make_narrow_outbox(1_000)
    audience, dialect = Audience(), RecordDialect()
    audience.add(gone, dialect)
    audience.add(there, dialect)
    gone.on_rewire = lambda: audience.rewire(gone)
    gone.post(b"hello")
    audience.hear(TEA, [HELLO], {})
    assert (gone_pipe.arrived, gone_pipe.waiting_bytes() > 0) == (b"", True)
    assert there_pipe.arrived == RecordDialect().encode(TEA, HELLO)


def test_after_the_last_words_nothing_is_said() -> None:
    """What is delivered between a farewell and the end of the connection is not sent, nor counted as too slow."""
    pipe, outbox, overflows = make_outbox(limit_bytes=10)
    outbox.send_in_packets(Packets(ManualClock(), Fragility(lambda data: data.splitlines(keepends=True), 4, 0.01), 0))
    outbox.post(b"one\nbye\n")
    outbox.flush()
    outbox.seal()
    outbox.post(b"x" * 20)
    assert (pipe.take(), overflows) == (b"one\nbye\n", [])

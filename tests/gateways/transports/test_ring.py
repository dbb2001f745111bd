"""The ring: many sockets are sent to in one call, and each hears what it would have heard from a call of its own."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.gateways.transports.ring import ENTRIES, Ring
from hubbub.gateways.transports.tcp import TcpPipe
from tests.fuzz.budget import QUICK
from tests.gateways.transports.rings import PATIENCE_READS, fill, received, some_ring
from tests.service.turns import until

Pairs = list[tuple[socket.socket, socket.socket]]
"""Connections, the server's ends first."""

PAIRS: Final = 6
"""Connections of a test; each has room for some 250 little messages that were not read."""

MORE_THAN_FITS: Final = 100_000_000
"""No socket takes so much that nobody reads."""

NO_MORE_FILES: Final = """
import resource
from hubbub.gateways.transports.ring import open_ring
resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
print(open_ring())
"""


@pytest.fixture
def pairs() -> Iterator[Pairs]:
    """Give a few connections."""
    with ExitStack() as stack:
        yield [_pair(stack) for _ in range(PAIRS)]


def _pair(stack: ExitStack) -> tuple[socket.socket, socket.socket]:
    ours, theirs = socket.socketpair()
    for sock in (ours, theirs):
        stack.enter_context(sock)
        sock.setblocking(False)
    return ours, theirs


@QUICK
@given(st.lists(st.tuples(st.integers(0, 2 * ENTRIES + 1), st.binary(min_size=1, max_size=9)), max_size=6))
def test_each_of_many_hears_everything(volleys: list[tuple[int, bytes]]) -> None:
    """However many there are, and wherever among the entries one volley ends and another begins."""
    with ExitStack() as stack:
        ring = stack.enter_context(some_ring())
        pairs = [_pair(stack) for _ in range(PAIRS)]
        for count, data in volleys:
            who = [place % PAIRS for place in range(count)]
            assert ring.send([pairs[place][0].fileno() for place in who], data) == []
            heard = [received(theirs) for _, theirs in pairs]
            assert heard == [data * who.count(place) for place in range(PAIRS)]


def test_who_cannot_take_it_is_named(ring: Ring, pairs: Pairs) -> None:
    """One whose system has no room, one that is closed, one whose other end is gone, and none at all."""
    fill(pairs[1][0])
    files = [ours.fileno() for ours, _ in pairs]
    pairs[2][0].close()
    pairs[3][1].close()
    assert ring.send([*files, -1], b"hello") == [(1, 0), (2, 0), (3, 0), (PAIRS, 0)]
    others = [0, *range(4, PAIRS)]
    assert [received(pairs[place][1]) for place in others] == [b"hello"] * len(others)
    assert ring.send([files[place] for place in others], b"again") == []
    assert [received(pairs[place][1]) for place in others] == [b"again"] * len(others)


def test_it_is_told_how_much_was_taken(ring: Ring) -> None:
    """Where a part fits, the rest can follow, and nothing is lost or said twice."""
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as theirs:
        ours, _ = door.accept()
        theirs.setblocking(False)
        with ours:
            ours.setblocking(False)
            piece, size, told = bytes(range(251)) * 400, 0, list[tuple[int, int]]()
            while not told and size < MORE_THAN_FITS:
                told = ring.send([ours.fileno()], piece)
                size += len(piece) if not told else told[0][1]
            assert [place for place, _ in told] == [0]
            heard = b""
            for _ in range(PATIENCE_READS):
                heard += received(theirs) if len(heard) < size else b""
    sent = piece * (size // len(piece) + 1)
    assert heard == sent[:size]


async def test_a_socket_that_is_closed_is_no_other(ring: Ring, pairs: Pairs) -> None:
    """Its number is given away; what was its pipe has none any more."""
    ours, number = pairs[0][0], pairs[0][0].fileno()
    transport, _ = await asyncio.get_running_loop().connect_accepted_socket(asyncio.Protocol, ours)
    pipe = TcpPipe(ours, transport)
    assert ring.send([pipe.get_file()], b"hello") == []
    transport.abort()
    await until(lambda: ours.fileno() < 0)
    with ExitStack() as stack:
        another, theirs = _pair(stack)
        assert number in {another.fileno(), theirs.fileno()}, "it was given away again"
        assert ring.send([pipe.get_file()], b"secret") == [(0, 0)]
        assert received(another) == b""
        assert received(theirs) == b""


def test_what_the_kernel_did_not_take_is_not_sent_later(ring: Ring, pairs: Pairs) -> None:
    """Where it takes none of the entries, here because the ring is another file for a moment, they are forgotten."""
    files = [ours.fileno() for ours, _ in pairs]
    ring_again = os.dup(ring.fileno())
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), ring.fileno())
    assert ring.send(files, b"lost") == [(place, 0) for place in range(PAIRS)]
    os.dup2(ring_again, ring.fileno())
    os.close(ring_again)
    for said in (b"hello", b"again"):
        assert ring.send(files, said) == []
        assert [received(theirs) for _, theirs in pairs] == [said] * PAIRS


class Interrupted(Ring):
    """A ring of which one volley is broken off when it is sent, and what became of it is not looked at."""

    __slots__ = ("is_interrupted",)

    is_interrupted: bool

    def _complete(self) -> list[tuple[int, int]]:
        if not self.is_interrupted:
            return super()._complete()
        self.is_interrupted = False
        raise MemoryError


@pytest.mark.usefixtures("ring")
def test_what_a_volley_that_broke_off_was_told_is_of_no_other(pairs: Pairs) -> None:
    """Else somebody would be written to again who has heard it, or somebody who is none."""
    with closing(Interrupted()) as ring:
        pairs[3][0].close()
        ring.is_interrupted = True
        with pytest.raises(MemoryError):
            ring.send([ours.fileno() for ours, _ in pairs], b"hello")
        others = [(ours.fileno(), theirs) for ours, theirs in pairs if ours.fileno() >= 0]
        assert ring.send([file for file, _ in others], b"again") == []
        assert [received(theirs) for _, theirs in others] == [b"helloagain"] * len(others)


def test_a_closed_ring_sends_nothing(ring: Ring, pairs: Pairs) -> None:
    """Nor is it any harm to send, or to close it again."""
    ring.close()
    ring.close()
    files = [ours.fileno() for ours, _ in pairs]
    assert ring.send(files, b"hello") == [(place, 0) for place in range(len(files))]
    assert [received(theirs) for _, theirs in pairs] == [b""] * len(pairs)


def test_where_there_is_none_there_is_none() -> None:
    """A system that gives no ring, here for want of files, is no reason not to start."""
    done = subprocess.run([sys.executable, "-c", NO_MORE_FILES], capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"

"""Volleys: an audience that is sent to over a ring hears what it would have heard without, whoever is slow or gone."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from typing import Final

import pytest

from hubbub.core.catalog import Record
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import Room, RoomKind
from hubbub.gateways.transports.ring import Ring
from hubbub.server.voices import Voices
from hubbub.service.audience import VOLLEY_LISTENERS, Audience
from hubbub.service.outbox import Outbox
from hubbub.wire.detect import Protocol
from tests.gateways.connections import PEER, street
from tests.gateways.transports.rings import PATIENCE_READS, Counted, fill, received
from tests.service.guests import MemoryPipe, RecordDialect

TEA: Final = Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#tea")

MESSAGES: Final = 300
"""Enough for some to fall behind."""


class SocketPipe:
    """A socket, and what waits for it, which goes on when a test says so."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self.send = sock.send
        self.get_file = sock.fileno
        self.on_waiting: Callable[[], None] = lambda: None
        self.on_drained: Callable[[], None] = lambda: None
        self._waiting = b""

    def write(self, data: bytes) -> None:
        """Keep the bytes, and say so when they are the first."""
        was_empty, self._waiting = not self._waiting, self._waiting + data
        if was_empty:
            self.on_waiting()

    def waiting_bytes(self) -> int:
        """Return how much is kept."""
        return len(self._waiting)

    def is_reset(self) -> bool:
        """Return that the other end is there."""
        return False

    def go_on(self) -> None:
        """Send what waits, as far as there is room for it, and say so when nothing does any more."""
        if self._waiting:
            with suppress(BlockingIOError):
                self._waiting = self._waiting[self._socket.send(self._waiting) :]
            if not self._waiting:
                self.on_drained()


class Line:
    """A TCP connection with an outbox on one end, and what was heard on the other."""

    def __init__(self, ours: socket.socket, theirs: socket.socket) -> None:
        for sock in (ours, theirs):
            sock.setblocking(False)
        self.pipe = SocketPipe(ours)
        self.outbox = Outbox(self.pipe, 0, lambda _: None)
        self.pipe.on_waiting, self.pipe.on_drained = self.outbox.congest, self.outbox.relieve
        self.heard = bytearray()
        self._theirs = theirs

    def live(self, number: int, slowness: int) -> None:
        """Read, all of it or now and then a little, and send what waits now and then."""
        if not slowness:
            self.heard += received(self._theirs)
        elif number % slowness == 0:
            with suppress(BlockingIOError):
                self.heard += self._theirs.recv(300_000)
        if number % 7 == slowness % 7:
            self.pipe.go_on()

    def catch_up(self, size: int) -> None:
        """Read until so much was heard in all, or it has become clear that it was not sent."""
        for _ in range(PATIENCE_READS):
            if len(self.heard) >= size:
                break
            self.pipe.go_on()
            self.heard += received(self._theirs)


@pytest.fixture
def lines() -> Iterator[list[Line]]:
    """Give some connections."""
    with ExitStack() as stack:
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        yield [_connect(stack, door) for _ in range(2 * VOLLEY_LISTENERS)]


def _connect(stack: ExitStack, door: socket.socket) -> Line:
    theirs = stack.enter_context(socket.create_connection(door.getsockname()))
    return Line(stack.enter_context(door.accept()[0]), theirs)


def said(number: int) -> Record:
    """Return a long message, which a socket takes only a part of when it is nearly full."""
    return Record(TEA.id, Seq(number), 0, Said(PersonId("id-ann"), "ann", f"{number} " + "x" * 50_000))


def test_nothing_overtakes_what_waits_and_nothing_is_lost(ring: Ring, lines: list[Line]) -> None:
    """Half of them read at once, the others now and then and little: all have the same in the end."""
    volley, dialect = Counted(ring), RecordDialect()
    audience, expected = Audience(volley), b""
    for line in lines:
        audience.add(line.outbox, dialect)
        line.outbox.on_rewire = partial(audience.rewire, line.outbox)
    for number in range(1, MESSAGES + 1):
        audience.hear(TEA, [said(number)], {})
        expected += dialect.encode(TEA, said(number))
        for place, line in enumerate(lines):
            line.live(number, 0 if place < VOLLEY_LISTENERS else place)
    assert sum(line.pipe.waiting_bytes() > 0 for line in lines) >= len(lines) // 4, "somebody has to be slow"
    for line in lines:
        line.catch_up(len(expected))
        assert line.heard == expected
    assert len(volley.sizes) == MESSAGES
    assert min(volley.sizes) < len(lines), "whoever has something waiting is passed over"
    audience.hear(TEA, [said(0)], {})
    assert volley.sizes[MESSAGES:] == [len(lines)], "nobody is any more"


def test_where_most_are_slow_nobody_is_sent_to_in_a_volley(ring: Ring, lines: list[Line]) -> None:
    """Those few who are left hear by calls of their own, until the others have read."""
    volley, dialect = Counted(ring), RecordDialect()
    audience = Audience(volley)
    for line in lines:
        audience.add(line.outbox, dialect)
        line.outbox.on_rewire = partial(audience.rewire, line.outbox)
    slow = lines[: VOLLEY_LISTENERS + 1]
    for line in slow:
        line.outbox.congest()
    audience.hear(TEA, [said(1)], {})
    assert volley.sizes == []
    slow[0].outbox.relieve()
    audience.hear(TEA, [said(2)], {})
    assert volley.sizes == [len(lines) - len(slow) + 1]
    expected = b"".join(dialect.encode(TEA, said(number)) for number in (1, 2))
    for line in lines[VOLLEY_LISTENERS + 1 :]:
        line.catch_up(len(expected))
        assert line.heard == expected


def test_who_cannot_be_sent_to_directly_is_written_to(ring: Ring, lines: list[Line]) -> None:
    """Encrypted connections hear with the others; where most are, nobody is sent to in a volley."""
    volley, dialect = Counted(ring), RecordDialect()
    audience, pipes = Audience(volley), [MemoryPipe() for _ in range(len(lines) + 1)]
    encrypted = [Outbox(pipe, 0, lambda _: None) for pipe in pipes]
    for line, outbox in zip(lines, encrypted[1:], strict=True):
        audience.add(line.outbox, dialect)
        audience.add(outbox, dialect)
    audience.hear(TEA, [said(1)], {})
    assert volley.sizes == [len(lines)]
    audience.add(encrypted[0], dialect)
    audience.add(encrypted[0], dialect)
    audience.remove(lines[0].outbox)
    audience.hear(TEA, [said(2)], {})
    assert volley.sizes == [len(lines)], "no other volley"
    one, two = (dialect.encode(TEA, said(number)) for number in (1, 2))
    assert [b"".join(pipe.writes) for pipe in pipes] == [two] + [one + two] * len(lines)
    for line, expected in zip(lines, [one] + [one + two] * (len(lines) - 1), strict=True):
        line.catch_up(len(expected))
        assert line.heard == expected


async def test_a_room_hears_a_volley(ring: Ring) -> None:
    """Also who does not read, when he does: it waits in his connection meanwhile. Who leaves disturbs nobody."""
    volley = Counted(ring)
    async with street(volley=volley) as here:
        converse = Voices(here.node.clock, announce=True).conversations(here.limits)[Protocol.TEXT]
        peers = [await here.connect(converse(PEER)) for _ in range(VOLLEY_LISTENERS + 3)]
        for place, peer in enumerate(peers):
            await peer.arrive(f"guest{place}")
        speaker, slow, leaver, *others = peers
        assert slow.server_end is not None
        fill(slow.server_end)
        said = [f"message {number} ".encode() + b"x" * 1_000 for number in range(20)]
        for number, text in enumerate(said):
            speaker.send(text + b"\n")
            await speaker.barrier()
            if number == len(said) // 2:
                leaver.sock.close()
        for peer in others:
            assert in_order(await peer.hear(said[-1]), said)
        assert in_order((await slow.hear(said[-1])).replace(b"\0", b""), said)
        assert len(volley.sizes) >= len(said)


def in_order(heard: bytes, said: list[bytes]) -> bool:
    """Return whether all of it was heard, once, in order."""
    lines = [line.split(b"] ", 2)[-1] for line in heard.splitlines()]
    return [line for line in lines if line.startswith(b"message ")] == said

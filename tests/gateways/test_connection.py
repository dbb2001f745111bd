"""The connection: one client from its first byte to its last, and the error policy."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, Final

import pytest
import uvloop
from structlog.testing import capture_logs

from hubbub.core.features.messages import Said
from hubbub.core.limits import Limits
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import EARLY_TRIES, Conversation, Intent, Intents
from hubbub.gateways.intake import READ_BYTES, SLICE_BYTES
from hubbub.gateways.parting import FLUSH_SECONDS
from hubbub.gateways.text.conversation import PACKET_GAP_SECONDS, RECV_BYTES
from hubbub.service.presence import GATHER_SECONDS
from hubbub.wire.detect import Protocol
from tests.gateways.connections import Peer, Street, street
from tests.gateways.making import make_conversation, notice
from tests.gateways.strict import read_pairs
from tests.service.guests import text_of
from tests.service.turns import turns


class Faulty:
    """A conversation with a bug in one place; everywhere else it is a text conversation."""

    def __init__(self, place: str) -> None:
        self._conversation = make_conversation(Protocol.TEXT)
        self._place = place

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a conversation has
        return self._fail if name == self._place else getattr(self._conversation, name)

    def _fail(self, *_: object) -> Iterator[Intent]:
        """Fail when it is called where one value is wanted, and else while the intents are carried out."""
        if self._place in {"dialect_in", "farewell"}:
            raise ZeroDivisionError
        return iter(self)

    def __iter__(self) -> Iterator[Intent]:
        raise ZeroDivisionError


def faulty(place: str) -> Conversation:
    """Return a conversation with a bug in one place."""
    conversation: Any = Faulty(place)
    return conversation  # type: ignore[no-any-return]


async def test_everybody_is_heard_and_seen_off() -> None:
    """A greeting, a name, a message, a farewell; and what the log says of it, which is never what was said."""
    with capture_logs() as logs:
        async with street() as here:
            ann, bob = await here.connect(), await here.connect()
            assert await ann.hear(b"username:\n") == notice("Welcome to hubbub!") + notice(
                "Please enter your username:"
            )
            assert not ann.was_named
            await ann.arrive("ann")
            assert ann.was_named
            await bob.arrive("bob")
            ann.send(b"a secret\n/quit to bed\n")
            assert (await ann.hear_end()).endswith(notice(Closing.LEFT.sentence))
            heard = await bob.hear(b"has left the chat. Reason: to bed\n")
            assert b"[ann] a secret\n" in heard
            assert ann.was_closed
    assert "secret" not in str(logs)
    told = [(line["event"], line["name"], line.get("reason")) for line in logs if "name" in line]
    assert told[:2] == [("session.opened", "ann", None), ("session.opened", "bob", None)]
    assert ("connection.closed", "ann", "left") in told


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("begin", b""),
        ("receive_data", b"carol\n"),
        ("introduced", b"carol\n"),
        ("not_introduced", b"not a name\n"),
        ("answered", b"carol\n"),
        ("dialect_in", b"carol\n"),
    ],
)
async def test_a_bug_ends_its_own_connection(place: str, said: bytes) -> None:
    """One fault, one victim: who meets it is told that it was ours, without details; the others notice nothing."""
    async with street() as here:
        ann = await here.connect()
        await ann.arrive("ann")
        with capture_logs() as logs:
            carol = await here.connect(faulty(place))
            if said:
                carol.send(said)
            assert (await carol.hear_end()).endswith(notice(Closing.INTERNAL.sentence))
            await here.settle(lambda: carol.was_closed)
        errors = [line for line in logs if line["log_level"] == "error"]
        assert [line["event"] for line in errors] == ["connection.internal"]
        assert isinstance(errors[0]["exc_info"], ZeroDivisionError)
        closed = [line["reason"] for line in logs if line["event"] == "connection.closed"]
        assert closed == [Closing.INTERNAL.code]
        ann.send(b"still here\n/history 1\n")
        assert b"[ann] still here\n" in await ann.barrier()


async def test_a_bug_in_a_pause_ends_its_own_connection() -> None:
    """The same where nothing came, but the clock called."""
    async with street() as here:
        ann, carol = await here.connect(), await here.connect(faulty("receive_quiet"))
        await ann.arrive("ann")
        await send_chunk(here, carol, b"a name without an end")
        here.node.clock.advance(here.limits.chunk_seconds)
        assert Closing.INTERNAL.sentence.encode() in await carol.hear_end()
        await ann.barrier()


async def test_a_bug_at_the_end_ends_its_own_connection() -> None:
    """The same when the peer has closed its side."""
    async with street() as here:
        ann, carol = await here.connect(), await here.connect(faulty("receive_eof"))
        await ann.arrive("ann")
        carol.sock.shutdown(socket.SHUT_WR)
        assert Closing.INTERNAL.sentence.encode() in await carol.hear_end()
        await ann.barrier()


async def test_a_bug_in_a_farewell_harms_nobody() -> None:
    """Who cannot be told goodbye is gone all the same, and so is his name."""
    async with street() as here:
        ann, carol = await here.connect(), await here.connect(faulty("farewell"))
        await ann.arrive("ann")
        await carol.arrive("carol")
        carol.send(b"/quit\n")
        await carol.hear_end()
        await ann.hear(b"'carol' has left the chat.")
        await ann.barrier()


async def test_a_bug_in_a_signal_harms_neither_who_caused_it() -> None:
    """What one person does is told to others: when one of them cannot be told, the one who did it does not notice."""
    async with street() as here:
        ann, carol = await here.connect(), await here.connect(faulty("noticed"))
        await ann.arrive("ann")
        await carol.arrive("carol")
        ann.send(b"/away lunch\n")
        assert b"You are away." in await ann.barrier()
        here.node.clock.advance(GATHER_SECONDS)
        assert Closing.INTERNAL.sentence.encode() in await carol.hear_end()


async def test_a_bug_in_what_waited_for_others_ends_its_own_connection() -> None:
    """What one connection had no room for is heard when answers come, which is not the others' fault."""
    async with street(Limits(commands_per_second=0, in_flight=4)) as here:
        ann = await here.connect()
        await ann.arrive("ann")
        conversation = make_conversation(Protocol.TEXT)
        carol = await here.connect(conversation)
        await carol.arrive("carol")

        def fail(_data: bytes) -> Iterator[Intent]:
            raise ZeroDivisionError

        lines = b"hello\n" * (2 * SLICE_BYTES // 6)
        with capture_logs() as logs, pytest.MonkeyPatch.context() as patch:
            here.store.hold()
            await carol.send_all(lines)
            await here.settle(lambda: len(here.node.house.people) == 2)
            patch.setattr(type(conversation), "receive_data", fail)
            here.store.release()
            assert Closing.INTERNAL.sentence.encode() in await carol.hear_end()
        assert "connection.internal" in [line["event"] for line in logs]
        assert "scribe.answer_failed" not in [line["event"] for line in logs]
        ann.send(b"still here\n")
        await ann.barrier()


async def test_bytes_that_nobody_understands_are_the_peer_s_fault() -> None:
    """He is told what was wrong, after the answers to what he asked before; it is no error of ours in the log."""
    with capture_logs() as logs:
        async with street() as here:
            ann = await here.connect(protocol=Protocol.HEADER_FRAMES)
            ann.send(b"3         ann" + b"5         hello" + b"letters   " + b"4         lost")
            pairs = read_pairs(await ann.hear_end())
            assert "is no length of a message" in pairs[-1][1]
            assert "hello" in map(text_of, await here.node.kept())
    assert {line["log_level"] for line in logs} <= {"debug", "info"}
    assert Closing.BAD_INPUT.code in [line.get("reason") for line in logs]


async def test_nothing_is_done_after_goodbye() -> None:
    """What comes in the same segment as `/quit`, or before a name, is not carried out."""
    async with street() as here:
        ann, bob, carol = await here.connect(), await here.connect(), await here.connect()
        await ann.arrive("ann")
        await bob.arrive("bob")
        bob.send(b"/quit\nwhat I never wanted to say\n/nick somebody\n")
        carol.send(b"/quit\ncarol\nhello\n")
        await bob.hear_end()
        await carol.hear_end()
        heard = await ann.hear(b"'bob' has left the chat.\n") + await ann.barrier()
        assert b"never wanted" not in heard
        assert b"carol" not in heard
        assert not carol.was_named


async def test_who_closes_his_side_gets_his_answers() -> None:
    """`printf … | netcat`: everything sent is done and answered, and then the connection is closed."""
    async with street() as here:
        ann = await here.connect()
        here.store.hold()
        ann.send(b"ann\n" + b"".join(b"line %d\n" % number for number in range(500)) + b"/history 1\n/ping\nlast")
        ann.sock.shutdown(socket.SHUT_WR)
        here.store.release()
        heard = await ann.hear_end()
        assert heard.count(b"[ann] line 499\n") == 1
        assert b"pong\n" in heard
        said = [text_of(record) for record in await here.node.kept() if isinstance(record.event, Said)]
        assert said == [*(f"line {number}" for number in range(500)), "last"]


async def test_many_tiny_lines_cost_bounded_memory_and_all_are_heard() -> None:
    """256 KB in one breath: a slice is heard after the other, and all is said, in order, by and by."""
    async with street(Limits(commands_per_second=0, in_flight=64)) as here:
        ann = await here.connect()
        await ann.arrive("ann")
        lines = 1 << 15
        await asyncio.gather(
            ann.send_all(b"".join(b"%07d\n" % number for number in range(lines)) + b"/ping done\n"),
            ann.hear(b"pong done\n"),
        )
        said = [draft.event for batch in here.store.batches for draft in batch if isinstance(draft.event, Said)]
        assert [event.text for event in said] == [f"{number:07}" for number in range(lines)]
        assert max(map(len, here.store.batches)) <= 64 + SLICE_BYTES // 8


class Measured:
    """A conversation that notes how much it hears in each turn of the loop."""

    def __init__(self, protocol: Protocol = Protocol.TEXT) -> None:
        self._conversation = make_conversation(protocol)
        self.heard_bytes = [0]
        """How much was heard in each turn until now, the present one last."""
        self._turn_begins()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a conversation has
        return getattr(self._conversation, name)

    def receive_data(self, data: bytes) -> Intents:
        """Hear, and take note."""
        self.heard_bytes[-1] += len(data)
        return self._conversation.receive_data(data)

    def has_heard(self, size: int) -> bool:
        """Return whether so many bytes were heard."""
        return sum(self.heard_bytes) >= size

    def _turn_begins(self) -> None:
        self.heard_bytes.append(0)
        asyncio.get_running_loop().call_soon(self._turn_begins)


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_others_have_their_turn_between_two_reads(new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """However much comes at once, only so much is heard of one client in one turn of the loop."""

    async def talk() -> None:
        async with street() as here:
            measured: Any = Measured()
            flood = await here.connect(measured)
            sending = asyncio.ensure_future(flood.send_all(b"flood\n" + b"\xff\xf1" * (1 << 19) + b"/ping done\n"))
            await flood.hear(b"pong done\r\n")
            await sending
            assert sum(measured.heard_bytes) >= 1 << 20
            assert max(measured.heard_bytes) < 2 * READ_BYTES, "the last read, which is not full, may follow at once"

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(talk())


async def test_the_end_is_heard_once_and_after_everything_else() -> None:
    """A client that ends no lines and closes its side: all that came last is said at its pace, then it is seen off."""
    async with street(Limits(burst=5, commands_per_second=10)) as here:
        ann, bob = await here.connect(), await here.connect()
        await ann.arrive("ann")
        await bob.hear(b"username:\n")
        await send_chunk(here, bob, b"bob")
        here.node.clock.advance(here.limits.chunk_seconds)
        await bob.hear(b"what else you can do.\n")
        with capture_logs() as logs:
            await send_chunk(here, bob, b"".join(b"BROADCAST:m%d " % number for number in range(30)))
            bob.sock.shutdown(socket.SHUT_WR)
            heard = b""
            while b"has left" not in heard:
                here.node.clock.advance(0.1)
                await here.node.settle()
                await turns(5)
                ann.receive()
                heard += ann.received
                ann.received = b""
        assert [line.rstrip().rpartition(b" ")[2] for line in heard.splitlines() if b"BROADCAST" in line] == [
            b"m%d" % number for number in range(30)
        ]
        assert "connection.internal" not in [line["event"] for line in logs]


async def test_order_is_kept_however_much_waits() -> None:
    """Messages with other questions between them, more than may be in flight: each is answered in its place."""
    async with street(Limits(commands_per_second=0, in_flight=4)) as here:
        ann, bob = await here.connect(), await here.connect()
        await ann.arrive("ann")
        await bob.arrive("bob")
        count = 3 * SLICE_BYTES // 40
        lines = b"".join(b"say %d\n/list\n/msg ann note %d\n/history 1\n" % (number, number) for number in range(count))
        await asyncio.gather(ann.send_all(lines + b"/ping done\n"), ann.hear(b"pong done\n"))
        heard = (await bob.barrier()).split(b"\n")
        assert [line.split()[-1] for line in heard if b"[ann] say" in line] == [
            b"%d" % number for number in range(count)
        ]


async def test_a_reader_too_slow_is_closed_and_nobody_waits_for_him() -> None:
    """When more than the limit waits for him, he has to go, with a named reason; the speaker goes on at his pace."""
    with capture_logs() as logs:
        async with street(Limits(commands_per_second=0, outbox_bytes=100_000)) as here:
            ann, bob = await here.connect(), await here.connect()
            await ann.arrive("ann")
            await bob.arrive("bob")
            heard = b""
            for _ in range(100):
                ann.send(b"x" * 16_000 + b"\n")
                heard += await ann.barrier()
            here.node.clock.advance(FLUSH_SECONDS)
            await here.settle(lambda: bob.was_closed)
            assert b"has left the chat" not in heard
            await ann.hear(b"User 'bob' has left the chat.\n")
    (slow,) = [line for line in logs if line["event"] == "connection.too_slow"]
    assert 100_000 < slow["behind_bytes"] < 100_000 + 20_000, "what was one too many is counted"
    reasons = {line["name"]: line["reason"] for line in logs if line["event"] == "connection.closed"}
    assert reasons == {"ann": Closing.GONE.code, "bob": Closing.TOO_SLOW.code}


async def test_a_reader_too_slow_reads_why() -> None:
    """Behind everything that waited for him when it became too much, all of it whole."""
    async with street(Limits(commands_per_second=0, outbox_bytes=100_000)) as here:
        ann, bob = await here.connect(), await here.connect()
        await ann.arrive("ann")
        await bob.arrive("bob")
        for _ in range(100):
            ann.send(b"x" * 16_000 + b"\n")
            await ann.barrier()
        *whole, last = (await bob.hear_end()).splitlines()
        assert last + b"\n" == notice(Closing.TOO_SLOW.sentence)
        assert all(line.endswith(b"[ann] " + b"x" * 16_000) for line in whole if b"[ann]" in line)
        assert bob.was_closed


async def test_a_reader_of_half_a_message_is_told_nothing() -> None:
    """What cannot wait was begun already: a sentence in the middle of it would only be a part of it."""
    async with street(Limits(commands_per_second=0, outbox_bytes=1_000)) as here:
        ann, bob = await here.connect(), await here.connect()
        assert bob.server_end is not None
        bob.server_end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        await ann.arrive("ann")
        await bob.arrive("bob")
        ann.send(b"x" * 16_000 + b"\n")
        await ann.barrier()
        heard = await bob.hear_end()
        assert heard.endswith(b"xxx")
        assert Closing.TOO_SLOW.sentence.encode() not in heard


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_slow_reader_misses_nothing(new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """What goes straight into the socket, and what waits in the transport, arrives whole and in order."""

    async def talk() -> None:
        async with street(Limits(commands_per_second=0, outbox_bytes=0)) as here:
            ann, bob = await here.connect(), await here.connect()
            await ann.arrive("ann")
            await bob.arrive("bob")
            for number in range(300):
                ann.send(b"%d %s\n" % (number, b"x" * 5_000))
                await ann.barrier()
                if number % 7 == 0:
                    await bob.hear(b"[ann] %d " % (number // 2))
            heard = (await bob.hear(b"[ann] 299 ")).split(b"[ann] ")
            assert int(heard[-1].split()[0]) == 299
            await bob.barrier()

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(talk())


async def test_who_never_says_who_he_is_is_sent_away() -> None:
    """After the protocol's own time, with a sentence; who has said it may take his time."""
    limits = Limits(commands_per_second=0, text_naming_seconds=60)
    async with street(limits) as here:
        ann, silent = await here.connect(), await here.connect()
        await ann.arrive("ann")
        here.node.clock.advance(59)
        silent.send(b"/help nick\n")
        await silent.hear(b"Usage: /nick")
        here.node.clock.advance(1)
        assert (await silent.hear_end()).endswith(notice(Closing.UNNAMED.sentence))
        here.node.clock.advance(1_000)
        await ann.barrier()


TELNET: Final = b"\xff\xf1\xff\xfb\x1f"
"""Commands that say nothing, as a telnet client may send them at any time."""

EARLY: Final = [
    (Protocol.TEXT, b"/help nick\n"),
    (Protocol.TEXT, TELNET * 400),
    (Protocol.HEADER_FRAMES, b"5         \xff\xff\xff\xff\xff"),
    (Protocol.JSON_FRAMES, b"\0\0"),
    (Protocol.JSON_FRAMES, b"\0\x02[]"),
    (Protocol.JSON_FRAMES, b'\0\x1f{"type": "chat", "message": ""}'),
    (Protocol.TEXT_FRAMES, b"\0\x05hello"),
]
"""What is not a name, in each protocol."""


@pytest.mark.parametrize(("protocol", "data"), EARLY)
async def test_before_a_name_only_so_much_is_heard(protocol: Protocol, data: bytes) -> None:
    """Whoever sends many other things first is sent away, for that reason; a few of them are forgiven."""
    with capture_logs() as logs:
        async with street(Limits()) as here:
            # A command is answered, and then the name is asked for once more: those are two tries.
            flood = await send_one_by_one(here, protocol, data, EARLY_TRIES // 2 - 1)
            assert not flood.was_closed
            flood.send(data * EARLY_TRIES)
            heard = await flood.hear_end()
            assert (Closing.NAMELESS.sentence.encode() in heard) == (protocol in {Protocol.TEXT, Protocol.TEXT_FRAMES})
    assert [line["reason"] for line in logs if line["event"] == "connection.closed"] == [Closing.NAMELESS.code]


async def send_one_by_one(here: Street, protocol: Protocol, data: bytes, times: int, first: bytes = b"") -> Peer:
    """Connect somebody who sends something so many times, each time when all before was heard."""
    measured: Any = Measured(protocol)
    peer = await here.connect(measured)
    sent_bytes = 0
    for _ in range(times):
        peer.send(first + data)
        sent_bytes += len(first + data)
        await here.settle(partial(measured.has_heard, sent_bytes))
        first = b""
    return peer


async def test_what_says_nothing_has_its_pace() -> None:
    """Telnet commands cost as much as requests: a stream of them is slowed down as any other."""
    async with street(Limits(burst=5, commands_per_second=10)) as here:
        ann = await send_one_by_one(here, Protocol.TEXT, TELNET, 6, first=b"ann\n")
        assert b"very fast" in await ann.hear(b"passed on more slowly.\r\n")


async def test_a_chunk_ends_when_the_clock_says_so() -> None:
    """A client that ends no lines is heard after a short silence; new bytes begin it anew."""
    async with street() as here:
        alice = await here.connect()
        await alice.hear(b"username:\n")
        await send_chunk(here, alice, b"al")
        here.node.clock.advance(here.limits.chunk_seconds / 2)
        await send_chunk(here, alice, b"ice")
        here.node.clock.advance(here.limits.chunk_seconds / 2)
        assert not alice.was_named
        here.node.clock.advance(here.limits.chunk_seconds / 2)
        await alice.hear(b"You have been assigned the username 'alice'.\n")


async def test_a_fragile_reader_gets_small_packets() -> None:
    """A client that ends no lines may read a kilobyte at a time and decode it by itself, as the S0 client does."""
    async with street() as here:
        alice, bob = await here.connect(), await here.connect()
        await bob.arrive("bob")
        await alice.hear(b"username:\n")
        await send_chunk(here, alice, b"alice")
        here.node.clock.advance(here.limits.chunk_seconds)
        await alice.hear(b"what else you can do.\n")
        for letter in ("x", "é", "€"):
            bob.send((letter * 5_000 + "\n").encode())
        await bob.barrier()
        heard = ""
        while heard.count("\n") < 3:
            with suppress(BlockingIOError):
                while data := alice.sock.recv(RECV_BYTES):
                    heard += data.decode()
            here.node.clock.advance(PACKET_GAP_SECONDS)
            await turns(1)
        assert [heard.count(letter) for letter in ("x", "é", "€")] == [5_000] * 3


@pytest.mark.parametrize("protocol", [Protocol.TEXT, Protocol.HEADER_FRAMES, Protocol.TEXT_FRAMES])
async def test_a_fragile_reader_is_not_slow_because_we_are(protocol: Protocol) -> None:
    """Eighty lines of the greatest length in one breath: whoever reads what he is sent is not closed as too slow."""
    first = {
        Protocol.TEXT: b"alice",
        Protocol.HEADER_FRAMES: b"5         alice",
        Protocol.TEXT_FRAMES: b"\0\x09alice: hi",
    }
    async with street(Limits(commands_per_second=0)) as here:
        bob, alice = await here.connect(), await here.connect(protocol=protocol)
        await bob.arrive("bob")
        alice.send(first[protocol])
        while not alice.was_named:
            await turns(1)
            here.node.clock.advance(here.limits.chunk_seconds)
        await bob.barrier()
        await bob.send_all(("é" * 8_000 + "\n").encode() * 80)
        await bob.barrier()
        heard = b""
        while heard.count("é".encode()) < 80 * 8_000:
            alice.receive()
            heard += alice.received
            alice.received = b""
            here.node.clock.advance(PACKET_GAP_SECONDS)
            await turns(1)
            assert not alice.was_closed


async def send_chunk(here: Street, peer: Peer, data: bytes) -> None:
    """Send bytes without a line end, and wait until they have come and the clock is to say when that was all."""
    before = here.node.clock.timers_set
    peer.send(data)
    await here.settle(lambda: here.node.clock.timers_set > before)


async def test_whoever_is_too_fast_is_told_once() -> None:
    """Nothing is lost: what came too fast is carried out at the pace allowed, and the client is told so once."""
    async with street(Limits(burst=5, commands_per_second=10)) as here:
        ann = await here.connect()
        await ann.arrive("ann")
        for ten in range(5):
            ann.send(b"".join(b"line %d\n" % number for number in range(10 * ten, 10 * ten + 10)))
        told = await ann.hear(b"passed on more slowly.\n")
        assert told.count(b"\n") == 1
        live = await here.node.open_channel()
        while len(live.recent) < 50:
            here.node.clock.advance(0.1)
            await here.node.settle()
            await turns(5)
        assert [text_of(record) for record in live.recent] == [f"line {number}" for number in range(50)]
        here.node.clock.advance(100)
        assert (await ann.barrier()).count(b"\n") == 1


async def test_whoever_is_too_fast_may_vanish() -> None:
    """Nothing is read of somebody who is slowed down, and yet his reset is noticed, and what he asked is forgotten."""
    async with street(Limits(burst=5, commands_per_second=10, in_flight=10)) as here:
        ann, flood = await here.connect(), await here.connect()
        await ann.arrive("ann")
        flood.send(b"flood\n" + b"".join(b"line %d\n" % number for number in range(100)))
        await ann.hear(b"[flood] line 3\n")
        # With something unread, which makes of a close a reset.
        flood.sock.close()
        here.node.clock.advance(0.1)
        await ann.hear(b"User 'flood' has left the chat.\n")
        assert flood.was_closed


async def test_whoever_asks_too_fast_is_heard_again() -> None:
    """What the conversation answers by itself has its pace too, and when that allows it more is read."""
    async with street(Limits(burst=5, commands_per_second=10)) as here:
        ann = await here.connect()
        await ann.arrive("ann")
        ann.send(b"".join(b"/ping %d\n" % number for number in range(10)))
        heard = await ann.hear(b"passed on more slowly.\n")
        ann.send(b"/ping later\n")
        while b"pong later\n" not in ann.received:
            here.node.clock.advance(0.1)
            await here.node.settle()
            await turns(5)
            ann.receive()
        answers = [line.rpartition(b" ")[2] for line in (heard + ann.received).splitlines() if b"pong" in line]
        assert answers == [*(b"%d" % number for number in range(10)), b"later"]


async def test_stopping_finishes_what_was_asked() -> None:
    """Everything asked is answered, then comes the farewell; what is sent after that is not done."""
    async with street() as here:
        ann = await here.connect()
        await ann.arrive("ann")
        here.store.hold()
        ann.send(b"one\ntwo\n/ping before\n")
        live = await here.node.open_channel()
        await here.settle(lambda: live.pending == 2)
        connection = ann.connection
        assert connection is not None
        connection.finish(lambda: connection.close(Closing.STOPPING))
        ann.send(b"three\n/ping after\n")
        here.store.release()
        heard = await ann.hear_end()
        assert heard.endswith(notice(Closing.STOPPING.sentence))
        assert b"pong after" not in heard
        assert "three" not in str(await here.node.kept())


async def test_who_does_not_read_his_farewell_is_dropped() -> None:
    """A closing connection has so long to take its last words, and no longer."""
    async with street(Limits(commands_per_second=0, outbox_bytes=0)) as here:
        ann, bob = await here.connect(), await here.connect()
        await ann.arrive("ann")
        await bob.arrive("bob")
        for _ in range(100):
            ann.send(b"x" * 16_000 + b"\n")
            await ann.barrier()
        assert bob.connection is not None
        assert bob.connection.waiting_bytes > 0
        bob.connection.close(Closing.STOPPING)
        await ann.barrier()
        assert not bob.was_closed
        here.node.clock.advance(FLUSH_SECONDS)
        await here.settle(lambda: bob.was_closed)


async def test_a_reset_is_a_departure_like_any_other() -> None:
    """In the middle of a line, with answers on their way: the others hear that he has left, and his name is free."""
    async with street() as here:
        ann, bob = await here.connect(), await here.connect()
        await ann.arrive("ann")
        await bob.arrive("bob")
        bob.send(b"said\n/history 500\nhalf a li")
        bob.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        bob.sock.close()
        heard = await ann.hear(b"User 'bob' has left the chat.\n")
        assert b"[bob] said" in heard
        bob = await here.connect()
        await bob.arrive("bob")

"""The exchange, on both loops: requests are answered in turn, within bounds, and whoever goes leaves nothing behind.

It is also the contract with uvicorn, whose protocol is extended here in ways that it promises to nobody.
"""

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import pytest
import uvloop

from hubbub.gateways.closing import Closing
from hubbub.gateways.http.exchange import IDLE_SECONDS, LEAST_BODY_BYTES, PROGRESS_SECONDS
from tests.gateways.http.lines import HOST, Place, get, place
from tests.service.turns import turns, until

LOOPS: Final = [asyncio.new_event_loop, uvloop.new_event_loop]

POST: Final = b"POST /read HTTP/1.1\r\n" + HOST


@pytest.fixture(params=LOOPS, ids=["asyncio", "uvloop"])
def on_loop(request: pytest.FixtureRequest) -> Callable[[Callable[[Place], Awaitable[None]]], None]:
    """Run a scene in a place, on one of the loops."""

    def run(scene: Callable[[Place], Awaitable[None]]) -> None:
        async def play() -> None:
            async with place() as here:
                await scene(here)

        with asyncio.Runner(loop_factory=request.param) as runner:
            runner.run(play())

    return run


Run = Callable[[Callable[[Place], Awaitable[None]]], None]


def test_a_connection_is_kept_for_the_next_request(on_loop: Run) -> None:
    """One after the other, however its bytes are cut; every answer tells the time, and not what the server is."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        for path in ("/one", "/two?x=y", "/three%20"):
            for byte in get(path):
                await client.send(bytes((byte,)))
            (answer,) = await client.hear()
            assert (answer.status, answer.body, answer.closes) == (
                200,
                path.partition("?")[0].replace("%20", " ").encode(),
                False,
            )
            assert answer.fields["Date"] == "Thu, 01 Jan 2026 12:00:00 GMT"
            assert answer.fields["Server"] is None
        assert client.was_named
        client.sock.close()
        await client.is_gone()

    on_loop(scene)


def test_time_goes_on(on_loop: Run) -> None:
    """An answer tells the second that it is given in."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        for seconds in range(2):
            await client.send(get())
            (answer,) = await client.hear()
            assert answer.fields["Date"] == f"Thu, 01 Jan 2026 12:00:0{seconds} GMT"
            here.clock.advance(1)

    on_loop(scene)


def test_requests_may_come_before_the_answers(on_loop: Run) -> None:
    """They are answered in their order; meanwhile, no more than a slice is understood of the others."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(get("/wait") + b"".join(get(f"/{number}") for number in range(500)))
        await until(lambda: here.app.begun == ["/wait"])
        await turns(20)
        assert len(client.exchange.pipeline) < 100
        here.app.may_go_on.set()
        answers = await client.hear(501)
        assert [answer.body for answer in answers] == [b"/wait", *(f"/{number}".encode() for number in range(500))]

    on_loop(scene)


def test_a_body_is_read(on_loop: Run) -> None:
    """Of a known length or in chunks, and not before there is somebody who wants it."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        body = bytes(range(256)) * 4_000
        await client.send(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body + get("/next"))
        assert [answer.body for answer in await client.hear(2)] == [b"/read", b"/next"]
        chunks = b"".join(
            b"%x;name=value\r\n%b\r\n" % (1_000, body[at : at + 1_000]) for at in range(0, 100_000, 1_000)
        )
        await client.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\nX: y\r\n\r\n" + get("/next"))
        assert [answer.body for answer in await client.hear(2)] == [b"/read", b"/next"]
        assert here.app.bodies == [body, body[:100_000]]

    on_loop(scene)


def test_what_stands_behind_a_body_is_no_header(on_loop: Run) -> None:
    """Otherwise a field that a proxy has taken away could come back there. RFC 9110 section 6.5.1."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: x\r\nHost: y\r\n\r\n")
        await client.hear()
        assert here.app.fields == [{b"host", b"transfer-encoding"}]

    on_loop(scene)


@pytest.mark.parametrize(
    "sent",
    [
        b"1;" + b"a" * 100_000,
        b"0\r\n" + b"A: b\r\n" * 101,
        b"1" + b" " * 100_000,
        (b"1;" + b"a" * 90 + b"\r\nx\r\n") * 2_000,
    ],
    ids=["extension", "trailers", "spaces", "extensions"],
)
def test_chunks_are_not_much_larger_than_what_is_in_them(sent: bytes, on_loop: Run) -> None:
    """Nobody would count it."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + sent)
        (answer,) = await client.hear_end()
        assert answer.status in {400, 431}

    on_loop(scene)


def test_nobody_is_sent_what_he_need_not_send(on_loop: Run) -> None:
    """Whoever asks whether he shall go on hears it when the body is wanted; who is refused first sends nothing."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(POST + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        wanted = b"HTTP/1.1 100 Continue\r\n\r\n"
        assert await asyncio.get_running_loop().sock_recv(client.sock, 1_000) == wanted
        await client.send(b"hi")
        assert [answer.body for answer in await client.hear()] == [b"/read"]

    on_loop(scene)


def test_a_body_that_nobody_reads_ends_the_connection(on_loop: Run) -> None:
    """The answer arrives all the same, whatever goes on coming; then there is an end."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(b"POST /refused HTTP/1.1\r\n" + HOST + b"Content-Length: 100000000\r\n\r\n")
        (answer,) = await client.hear()
        assert answer.closes
        await client.send(bytes(3_000_000))
        client.sock.close()
        await client.is_gone()

    on_loop(scene)


def test_whoever_does_not_stop_is_not_heard_for_ever(on_loop: Run) -> None:
    """What comes after the answer is thrown away for a while, and then the connection ends."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(b"POST /refused HTTP/1.1\r\n" + HOST + b"Content-Length: 100000000\r\n\r\n")
        await client.hear_end()
        assert not client.was_closed
        here.clock.advance(5)
        await client.is_gone()

    on_loop(scene)


def test_who_closes_his_side_is_answered(on_loop: Run) -> None:
    """As netcat does at the end of its input: what was asked before is answered, and then there is an end."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(get("/wait") + get("/one") * 100)
        client.sock.shutdown(1)
        here.app.may_go_on.set()
        assert [answer.body for answer in await client.hear_end()] == [b"/wait", *[b"/one"] * 100]
        await client.is_gone()

    on_loop(scene)


@pytest.mark.parametrize("sent", [get()[:-2], POST + b"Content-Length: 9\r\n\r\nabc"], ids=["head", "body"])
def test_half_a_request_is_refused_at_its_end(sent: bytes, on_loop: Run) -> None:
    """Whoever ends too early can hear that."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(sent)
        client.sock.shutdown(1)
        (answer,) = await client.hear_end()
        assert answer.status == 400
        await client.is_gone()
        assert all(body.endswith(b" and no more") for body in here.app.bodies)

    on_loop(scene)


def test_what_follows_a_fault_is_not_understood(on_loop: Run) -> None:
    """The requests before it are answered first."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(get("/wait") + get("/one") + b"nonsense\r\n\r\n" + get("/hidden"))
        await until(lambda: here.app.begun == ["/wait"])
        here.app.may_go_on.set()
        answers = await client.hear_end()
        assert [answer.status for answer in answers] == [200, 200, 400]
        assert "/hidden" not in here.app.begun

    on_loop(scene)


def test_a_fault_is_told_behind_the_answers_although_nothing_more_comes(on_loop: Run) -> None:
    """Whoever has sent it, and everything else that he had to say, is not gone."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(get("/wait") + get("/one") + b"nonsense\r\n\r\n")
        client.sock.shutdown(1)
        await until(lambda: here.app.begun == ["/wait"])
        here.app.may_go_on.set()
        assert [answer.status for answer in await client.hear_end()] == [200, 200, 400]

    on_loop(scene)


def test_what_comes_behind_the_last_answer_does_not_hide_it(on_loop: Run) -> None:
    """A client that has asked for an end may have sent more before it reads."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(get("/one", b"Connection: close"))
        await until(lambda: here.app.ended == ["/one"])
        await client.send(get("/two"))
        assert [answer.body for answer in await client.hear_end()] == [b"/one"]

    on_loop(scene)


def test_a_body_that_breaks_off_is_told_to_both(on_loop: Run) -> None:
    """Whoever reads it learns that there is no more, and its sender what was wrong."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nzz\r\n")
        (answer,) = await client.hear_end()
        assert answer.status == 400
        await until(lambda: here.app.bodies != [])
        assert here.app.bodies[0].endswith(b" and no more")

    on_loop(scene)


def test_a_websocket_goes_to_whom_it_is_for(on_loop: Run) -> None:
    """With its head as it was, and what came behind it; from then on this is not its connection."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        client.speaks_websocket = True
        fields = (
            b"Connection: keep-alive, Upgrade",
            b"Upgrade: WebSocket",
            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        )
        await client.send(get())
        await client.hear()
        await client.send(get("/ws?x=y", *fields) + b"\x81\x85frame")
        await until(lambda: bool(client.heads))
        head, _, rest = client.heads[0].partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert lines[0] == b"GET /ws?x=y HTTP/1.1"
        assert lines[1:] == [
            HOST.strip().replace(b"Host", b"host"),
            *(name.lower() + b":" + value for name, _, value in (field.partition(b":") for field in fields)),
        ]
        assert rest == b"\x81\x85frame"
        assert not client.was_closed

    on_loop(scene)


@pytest.mark.parametrize("earlier", [b"", get("/wait")])
def test_where_no_websocket_is_spoken_it_is_refused(earlier: bytes, on_loop: Run) -> None:
    """And also where it is asked for before other answers are given."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        client.speaks_websocket = bool(earlier)
        await client.send(earlier + get("/ws", b"Connection: Upgrade", b"Upgrade: websocket"))
        here.app.may_go_on.set()
        answers = await client.hear_end()
        assert answers[-1].status == (400 if earlier else 501)
        assert not client.heads

    on_loop(scene)


def test_nothing_is_left_where_a_websocket_was_asked_for(on_loop: Run) -> None:
    """Not until somebody looks for circles: that is done rarely."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        client.speaks_websocket = True
        left = weakref.ref(client.exchange)
        del client.exchange
        gc.disable()
        try:
            await client.send(get("/ws", b"Connection: Upgrade", b"Upgrade: websocket"))
            await until(lambda: left() is None)
        finally:
            gc.enable()

    on_loop(scene)


def test_who_speaks_websocket_may_refuse_it(on_loop: Run) -> None:
    """In its own words; then the connection ends."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        client.refusal = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 3\r\n\r\nno\n"
        await client.send(get("/ws", b"Connection: Upgrade", b"Upgrade: websocket") + b"\x81\x85frame")
        (answer,) = await client.hear_end()
        assert (answer.status, answer.body) == (403, b"no\n")
        await until(lambda: client.was_closed)

    on_loop(scene)


def test_other_upgrades_are_not_taken(on_loop: Run) -> None:
    """As RFC 9110 section 7.8 lets a server do; what follows is understood as before."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(get("/one", b"Connection: Upgrade", b"Upgrade: h2c") + get("/two"))
        assert [answer.body for answer in await client.hear(2)] == [b"/one", b"/two"]

    on_loop(scene)


@pytest.mark.parametrize("path", ["/fail", "/break"])
def test_a_fault_of_ours_ends_one_answer(path: str, on_loop: Run) -> None:
    """Nobody is told what it was; an answer that had begun ends too early, as nothing else could tell."""

    async def scene(here: Place) -> None:
        client = await here.connect()
        await client.send(get(path))
        if path == "/fail":
            (answer,) = await client.hear()
            assert answer.status == 500
            assert b"secret" not in answer.body
        else:
            data = await asyncio.get_running_loop().sock_recv(client.sock, 1 << 20)
            assert not data.endswith(b"/break")
            await client.is_gone()

    on_loop(scene)


# Time


async def test_a_head_has_to_come_in_time() -> None:
    """However it trickles; the next one as well, from its first byte on."""
    async with place(naming_seconds=10) as here:
        client, later = await here.connect(), await here.connect()
        await later.send(get())
        await later.hear()
        here.clock.advance(9)
        for one in (client, later):
            await one.send(get()[:-2])
        await turns(20)
        here.clock.advance(1)
        (answer,) = await client.hear_end()
        assert answer.status == 408
        here.clock.advance(8)
        assert not later.was_closed
        here.clock.advance(1)
        assert (await later.hear_end())[0].status == 408


async def test_who_asks_nothing_is_not_waited_for() -> None:
    """Neither at first nor after an answer; empty lines are no question."""
    async with place(naming_seconds=10) as here:
        silent, idle = await here.connect(), await here.connect()
        await idle.send(get())
        await idle.hear()
        here.clock.advance(10)
        assert await silent.hear_end() == []
        await idle.send(b"\r\n" * 1_000)
        await turns(20)
        here.clock.advance(IDLE_SECONDS - 11)
        await turns(20)
        assert not idle.was_closed
        here.clock.advance(1)
        assert await idle.hear_end() == []


async def test_a_body_has_to_come_in_time() -> None:
    """A little of it now and then is not enough."""
    async with place() as here:
        client = await here.connect()
        await client.send(POST + b"Content-Length: 100000\r\n\r\n")
        for _ in range(3):
            await client.send(bytes(LEAST_BODY_BYTES))
            await until(lambda: here.app.begun != [] and not client.exchange.cycle.body)
            await turns(20)
            here.clock.advance(PROGRESS_SECONDS)
            await turns(20)
            assert not client.was_closed
        await client.send(bytes(LEAST_BODY_BYTES - 1))
        await turns(20)
        here.clock.advance(PROGRESS_SECONDS)
        (answer,) = await client.hear_end()
        assert answer.status == 408


async def test_an_answer_may_take_its_time() -> None:
    """It is we who take it."""
    async with place() as here:
        client = await here.connect()
        await client.send(get("/wait"))
        await until(lambda: here.app.begun == ["/wait"])
        for _ in range(10):
            here.clock.advance(PROGRESS_SECONDS)
        here.app.may_go_on.set()
        assert (await client.hear())[0].status == 200


async def test_an_answer_has_to_be_taken_in_time() -> None:
    """Who takes nothing of it is dropped, who takes some is not."""
    async with place() as here:
        client, slow = await here.connect(), await here.connect()
        for one in (client, slow):
            await one.send(get("/large"))
        await until(lambda: here.app.ended == ["/large", "/large"])
        here.clock.advance(IDLE_SECONDS)
        for _ in range(3):
            with suppress(BlockingIOError):
                while slow.sock.recv(100_000):
                    pass
            await turns(20)
            here.clock.advance(5)
            await turns(20)
        assert client.was_closed
        assert not slow.was_closed


# Stopping


async def test_a_stop_answers_what_was_asked() -> None:
    """And nothing that begins after that; who waits for an answer is told that there will be no other."""
    async with place() as here:
        busy, idle, half = await here.connect(), await here.connect(), await here.connect()
        await busy.send(get("/wait") + get("/one"))
        await half.send(get()[:-2])
        await until(lambda: here.app.begun == ["/wait"])
        finished = set[int]()
        for number, client in enumerate((busy, idle, half)):
            client.exchange.finish(lambda number=number: finished.add(number))  # type: ignore[misc] # it is an int
        await turns(20)
        assert finished == {1, 2}
        here.app.may_go_on.set()
        answers = await busy.hear_end()
        assert [answer.status for answer in answers] == [200, 200]
        assert answers[-1].closes
        await until(lambda: 0 in finished)
        for client in (busy, idle, half):
            client.exchange.close(Closing.STOPPING)
        assert await idle.hear_end() == []
        (answer,) = await half.hear_end()
        assert answer.status == 503

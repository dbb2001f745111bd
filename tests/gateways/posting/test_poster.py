"""Posting: it goes where it may, comes back in time, and takes nothing that is too much."""

import asyncio
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Final

import pytest

from hubbub.gateways.posting.network import NOT_ALLOWED, Resolve, resolve
from hubbub.gateways.posting.poster import ANSWER_BYTES, HttpPoster
from hubbub.server.self_signed import make_self_signed
from hubbub.service.posting import Posted, Unreachable
from hubbub.wire.reachable import Network
from tests.harness.receiver import answer, json_answer, receiving

LOOPBACK: Final = (ip_network("127.0.0.0/8"),)
FIELDS: Final = {"content-type": "application/json", "webhook-id": "d1"}
MEGABYTE: Final = bytes(1_048_576)


def make(
    allowed: Sequence[Network] = LOOPBACK, look_up: Resolve = resolve, context: ssl.SSLContext | None = None
) -> HttpPoster:
    """Return somebody who may post to these networks, too."""
    return HttpPoster("hubbub/test", lambda: allowed, look_up, context)


async def why_not(poster: HttpPoster, url: str) -> str:
    """Return why nothing could be posted."""
    with pytest.raises(Unreachable) as unreachable:
        await poster.post(url, FIELDS, b"{}")
    return str(unreachable.value)


async def test_what_is_posted_arrives() -> None:
    """With its fields, its body and the path with its query; what is answered comes back."""
    async with receiving() as receiver:
        receiver.answers.append(json_answer(b'{"text":"ok"}'))
        posted = await make().post(receiver.url("/a/b?c=d"), FIELDS, b'{"x":1}')
        assert posted == Posted(200, "application/json; charset=utf-8", b'{"text":"ok"}')
        heard = receiver.heard.get_nowait()
    assert (heard.target, heard.body) == ("/a/b?c=d", b'{"x":1}')
    assert heard.fields["webhook-id"] == "d1"
    assert heard.fields["user-agent"] == "hubbub/test"
    assert heard.fields["host"] == f"127.0.0.1:{receiver.port}"


async def test_a_receiver_may_ask_for_time() -> None:
    """In seconds; a date is passed over."""
    async with receiving() as receiver:
        receiver.answers += [
            answer(429, b"", "Retry-After: 120"),
            answer(503, b"", "Retry-After: Wed, 21 Oct 2026 07:28:00 GMT"),
        ]
        assert await make().post(receiver.url(), FIELDS, b"") == Posted(429, retry_seconds=120)
        assert await make().post(receiver.url(), FIELDS, b"") == Posted(503)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"]
)
async def test_nothing_is_posted_to_this_machine(host: str) -> None:
    """However it is written: the address that a name or a number comes to is judged, and nothing is connected."""
    async with receiving() as receiver:
        poster = make(())
        assert await why_not(poster, receiver.url("/", host)) == NOT_ALLOWED
        with pytest.raises(Unreachable):
            await poster.require_allowed(receiver.url("/", host))
        assert receiver.connections == 0


async def test_a_name_that_leads_inside_is_refused() -> None:
    """Whoever owns a name decides where it leads, so only the address counts; any that is public will do."""

    async def inside(_host: str, _port: int) -> Sequence[str]:
        return ["10.0.0.7", "fd00::1", "169.254.169.254", "fe80::1%eth0"]

    async def nowhere(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name")

    for look_up in (inside, nowhere):
        assert await why_not(make((), look_up), "http://ci.example.org/") == NOT_ALLOWED
    await make((ip_network("10.0.0.0/8"),), inside).require_allowed("http://ci.example.org/")


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example", "no-such-name.invalid", "1.2.3.4.5"])
async def test_a_name_that_is_none_is_not_found(host: str) -> None:
    """Whatever the system says of it, the same sentence comes of it."""
    assert await why_not(make(), f"http://{host}/") == NOT_ALLOWED


async def test_a_name_is_looked_up_once() -> None:
    """Rebinding: a name that is public when it is judged, and private a moment later, gains nothing."""
    async with receiving() as receiver:
        asked: list[str] = []

        async def rebinding(host: str, _port: int) -> Sequence[str]:
            asked.append(host)
            return ["127.0.0.1"] if len(asked) > 1 else ["127.0.0.2", "127.0.0.3"]

        # What is judged good here are only the first two addresses, of which nobody listens on either.
        allowed = (ip_network("127.0.0.2/31"),)
        assert (
            await why_not(make(allowed, rebinding), receiver.url("/", "rebind.example.org")) == "it cannot be reached"
        )
        assert asked == ["rebind.example.org"]
        assert await why_not(make(allowed, rebinding), receiver.url("/", "rebind.example.org")) == NOT_ALLOWED
        assert receiver.connections == 0


async def test_the_next_address_is_tried() -> None:
    """Of a name with several, where one does not answer."""
    async with receiving() as receiver:

        async def two(_host: str, _port: int) -> Sequence[str]:
            return ["127.0.0.9", "127.0.0.1"]

        assert (await make(look_up=two).post(receiver.url("/", "two.example.org"), FIELDS, b"")).status == 204


async def test_redirects_are_not_followed() -> None:
    """A receiver outside could send the server inside: the answer is what it is, and nothing else happens."""
    async with receiving() as receiver, receiving() as inner:
        receiver.answers.append(answer(307, b"", f"Location: {inner.url('/secret')}"))
        assert (await make().post(receiver.url(), FIELDS, b"{}")).status == 307
        assert inner.connections == 0


async def _endless(writer: asyncio.StreamWriter) -> None:
    """Answer with ten gigabytes, as far as somebody reads them."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n")
    for _ in range(10_240):
        writer.write(MEGABYTE)
        await writer.drain()


async def _endless_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(10_240):
        writer.write(b"100000\r\n" + MEGABYTE + b"\r\n")
        await writer.drain()


@pytest.mark.parametrize("endless", [_endless, _endless_chunks])
async def test_an_endless_answer_is_not_read(endless: object) -> None:
    """Its status counts, and nothing of its body; the receiver finds the connection closed."""
    assert callable(endless)
    async with receiving() as receiver:
        ended = asyncio.Event()

        async def answering(writer: asyncio.StreamWriter) -> None:
            try:
                await endless(writer)
            finally:
                ended.set()

        receiver.answers.append(answering)
        assert await make().post(receiver.url(), FIELDS, b"{}") == Posted(200)
        await ended.wait()


async def test_an_answer_of_the_greatest_length_is_read() -> None:
    """One byte more is too much."""
    async with receiving() as receiver:
        receiver.answers += [answer(200, bytes(ANSWER_BYTES)), answer(200, bytes(ANSWER_BYTES + 1))]
        assert len((await make().post(receiver.url(), FIELDS, b"")).body) == ANSWER_BYTES
        assert (await make().post(receiver.url(), FIELDS, b"")).body == b""


async def test_who_answers_a_byte_at_a_time_is_not_waited_for() -> None:
    """Every byte is in time, and all of them together are not."""
    given_up = asyncio.Event()

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not given_up.is_set():
            writer.write(b"X: y\r\n")
            await writer.drain()
            # Not to wait for something: that is how it answers.
            await asyncio.sleep(0.01)

    async with receiving() as receiver:
        receiver.answers.append(drip)
        poster = HttpPoster("hubbub/test", lambda: LOOPBACK, total_seconds=0.2)
        assert await why_not(poster, receiver.url()) == "it takes too long to answer"
        given_up.set()


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", MEGABYTE]
)
async def test_what_is_no_http_is_no_answer(said: bytes) -> None:
    """Whatever it is, it is told in a sentence."""
    async with receiving() as receiver:
        receiver.answers.append(said)
        assert await why_not(make(), receiver.url()) in {"what it answers is no HTTP", "it cannot be reached"}


async def test_nobody_listens_there() -> None:
    """It is said so."""
    async with receiving() as receiver:
        url = receiver.url()
    assert await why_not(make(), url) == "it cannot be reached"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:22/", "http://a@127.0.0.1/", "http:///"])
async def test_what_is_no_target(url: str) -> None:
    """Nothing but HTTP is spoken, and not where something else is expected."""
    assert await why_not(make(), url)
    with pytest.raises(Unreachable):
        await make().require_allowed(url)


async def test_a_certificate_has_to_be_valid(tmp_path: Path) -> None:
    """For the name in the URL, although the address was looked up before; whoever is not trusted hears nothing."""
    certificate = tmp_path / "ci.pem"
    certificate.write_bytes(make_self_signed(["ci.example.org"], datetime.now(UTC)))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))

    async def here(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    async with receiving(server) as receiver:
        url = receiver.url("/", "ci.example.org", "https")
        assert (await make(look_up=here, context=trusting).post(url, FIELDS, b"")).status == 204
        assert await why_not(make(look_up=here), url) == "its certificate is not valid"
        other = receiver.url("/", "other.example.org", "https")
        assert await why_not(make(look_up=here, context=trusting), other) == "its certificate is not valid"
        assert receiver.heard.qsize() == 1

"""Files: sent and fetched as they are, however the connection is cut meanwhile."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PIL import Image

from hubbub.client import ClientError, Pinned, Refused, Said, connect
from hubbub.client.attaching import no_progress
from hubbub.client.endpoints import parse_endpoint
from hubbub.client.files import Filing
from hubbub.client.trust import fetch_fingerprint, make_pinned_context
from hubbub.core.account_answers import TokenList
from hubbub.core.account_requests import ListTokens
from hubbub.core.files import FileId, FileView
from tests.client.proxy import Mischief, Proxy
from tests.harness.server import Server
from tests.outside.raw import PATIENCE_SECONDS

CONTENT = b"".join(number.to_bytes(4, "big") for number in range(500_000))
"""Two megabytes in which every place is another one."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file to send."""
    path = tmp_path / "numbers.bin"
    path.write_bytes(CONTENT)
    return path


async def test_a_file_is_sent_shown_and_fetched(address: str, file: Path, tmp_path: Path) -> None:
    """Progress is told on the way, and every byte is as it was."""
    told: list[tuple[int, int]] = []
    async with connect(address, name="ann") as ann, connect(address, name="bob") as bob:
        sent = await ann.upload(file, progress=lambda done, total: told.append((done, total)))
        assert (sent.name, sent.size_bytes) == ("numbers.bin", len(CONTENT))
        assert told[-1] == (len(CONTENT), len(CONTENT))
        assert told == sorted(told)
        message = await ann.say("#lobby", "numbers", files=[sent])
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for record in bob:
                if record.id == message:
                    break
        assert isinstance(record.event, Said)
        (shown,) = record.event.files
        assert shown == sent
        told.clear()
        await bob.download(shown, tmp_path / "fetched", progress=lambda done, total: told.append((done, total)))
        assert (tmp_path / "fetched").read_bytes() == CONTENT
        assert told[-1] == (len(CONTENT), len(CONTENT))
        assert bob.link_to(shown) == f"http://{address}/f/{sent.id}"


@pytest.mark.parametrize("scheme", ["hubbub", "hubbubs", "wss"])
async def test_files_go_where_one_talks(place: Server, scheme: str, tmp_path: Path) -> None:
    """Over TLS with the same trust, and for whoever has an account without leaving a token behind."""
    endpoint = f"{scheme}://127.0.0.1:{place.address().port}"
    trust = Pinned(await fetch_fingerprint(parse_endpoint(endpoint)))
    small = tmp_path / "small"
    small.write_text("little")
    async with connect(endpoint, name=f"f-{scheme}", password="correct horse", register=True, tls=trust) as hub:
        assert (await hub.upload(small, name="little.txt")).size_bytes == 6
        assert await hub.ask(ListTokens()) == TokenList(())


async def test_pictures_are_fetched_small(address: str, tmp_path: Path) -> None:
    """The smaller one where there is one, else the picture; never more than somebody wants to read."""
    large, small = tmp_path / "large.png", tmp_path / "small.png"
    Image.effect_noise((900, 900), 90).save(large)
    Image.new("RGB", (8, 8)).save(small)
    async with connect(address, name="ann") as ann:
        views = [await ann.upload(file) for file in (large, small)]
        await ann.say("#lobby", "", files=views)
        thumbnail, whole = [await ann.fetch_picture(view, limit_bytes=500_000) for view in views]
        assert Image.open(io.BytesIO(thumbnail)).size == (640, 640)
        assert Image.open(io.BytesIO(whole)).size == (8, 8)
        with pytest.raises(ClientError, match="more than 1000 bytes"):
            await ann.fetch_picture(views[0], limit_bytes=1_000)
        with pytest.raises(Refused) as refused:
            await ann.fetch_picture(replace(views[0], id=FileId("nosuchfile")), limit_bytes=1)
        assert refused.value.refusal.code == "no_such_file"


async def test_a_pipe_is_sent_as_it_comes(address: str, tmp_path: Path) -> None:
    """Nobody knows how much it will be."""

    async def pieces() -> AsyncIterator[bytes]:
        for number in range(10):
            yield str(number).encode() * 100

    async with connect(address, name="ann") as ann:
        sent = await ann.upload(pieces(), name="piped.txt")
        assert (sent.name, sent.size_bytes) == ("piped.txt", 1_000)
        await ann.say("@ann", "", files=[sent.id])
        await ann.download(sent.id, tmp_path / "piped.txt")
    assert (tmp_path / "piped.txt").read_bytes() == b"".join(str(number).encode() * 100 for number in range(10))


@pytest.mark.parametrize("seed", range(3))
async def test_what_was_cut_off_goes_on_where_it_stood(place: Server, file: Path, tmp_path: Path, seed: int) -> None:
    """Up and down, and the chat besides."""
    async with Proxy(place.address()) as proxy, connect(proxy.endpoint, name=f"cut{seed}") as hub:
        proxy.mischief = Mischief(seed, cuts=8)
        sent = await hub.upload(file)
        await hub.say("#lobby", "", files=[sent])
        await hub.download(sent, tmp_path / "fetched")
        assert proxy.mischief.cuts < 8
        proxy.mischief = None
    assert (tmp_path / "fetched").read_bytes() == CONTENT
    assert not (tmp_path / "fetched.part").exists()


async def test_an_answer_without_a_body_says_to_try_again(file: Path) -> None:
    """The server may still hold what was cut off, and an answer to HEAD tells no problem. RFC 9110 section 9.3.2."""
    asked: list[bytes] = []
    gone = asyncio.Event()
    view = FileView(FileId("made-up"), "numbers.bin", "application/octet-stream", len(CONTENT))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                method = head.partition(b" ")[0]
                asked.append(method)
                body = msgspec.json.encode(view) if method == b"GET" else b""
                line = b"503 Busy" if asked.count(b"HEAD") == 1 and method == b"HEAD" else b"200 OK"
                fields = b"location: /api/v1/uploads/made-up\r\nupload-offset: %d\r\n" % len(CONTENT)
                writer.write(b"HTTP/1.1 %b\r\n%bcontent-length: %d\r\n\r\n%b" % (line, fields, len(body), body))
        writer.close()
        await writer.wait_closed()
        gone.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        filing = Filing(f"http://{host}:{port}", "bearer", None)
        assert await filing.send(file, "numbers.bin", lambda _done, _total: None) == view
        await filing.close()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await gone.wait()
    assert asked == [b"POST", b"HEAD", b"HEAD", b"GET"]


async def test_what_is_refused_is_raised(address: str, tmp_path: Path) -> None:
    """A file that is not there, here or on the server; nothing appears where it was to be written."""
    async with connect(address, name="ann") as ann:
        with pytest.raises(Refused) as refused:
            await ann.download("nosuchfile", tmp_path / "fetched")
        assert refused.value.refusal.code == "no_such_file"
        with pytest.raises(FileNotFoundError):
            await ann.upload(tmp_path / "missing")
    assert not (tmp_path / "fetched").exists()


def test_only_the_pinned_certificate_is_trusted() -> None:
    """Another one makes no context."""
    with pytest.raises(ValueError, match="not the fingerprint"):
        make_pinned_context("AB" * 32, b"certificate")


@asynccontextmanager
async def answering(*answers: bytes) -> AsyncIterator[tuple[Filing, list[bytes]]]:
    """Let a server that means harm answer like this, one after the other and the last for ever; note what is asked."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            asked.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"HTTP/1.1 " + answers[min(len(asked), len(answers)) - 1])
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        filing = Filing(f"http://{host}:{port}", "bearer", None)
        try:
            yield filing, asked
        finally:
            await filing.close()


MADE = b"201 Created\r\nconnection: close\r\ncontent-length: 0\r\nlocation: %b\r\n\r\n"
HERE = MADE % b"/api/v1/uploads/x"
BARE = b"200 OK\r\nconnection: close\r\ncontent-length: 0\r\n"


@pytest.mark.parametrize(
    "answers",
    [
        (MADE % b"http://127.0.0.1:9/api/v1/uploads/x", BARE + b"upload-offset: x\r\n\r\n"),
        (MADE % b"/claim/x",),
        (MADE % b"",),
        (HERE, BARE + b"\r\n"),
        (HERE, BARE + b"upload-offset: -1\r\n\r\n"),
        (HERE, BARE + b"upload-offset: 9" + b"9" * 5_000 + b"\r\n\r\n"),
        (b"302 Found\r\nconnection: close\r\ncontent-length: 0\r\nlocation: http://127.0.0.1:9/\r\n\r\n",),
        (b"500 No\r\nconnection: close\r\ncontent-length: 0\r\nretry-after: Wed, 21 Oct 2015 07:28:00 GMT\r\n\r\n",),
        (b"200 OK\r\nconnection: close\r\n\r\n" + b"x" * 1_000_000,),
    ],
    ids=["elsewhere", "another place", "nowhere", "no offset", "negative", "huge", "redirect", "date", "endless"],
)
async def test_nobody_else_is_sent_a_file(answers: tuple[bytes, ...], file: Path) -> None:
    """Nor is anything believed that makes no sense: it is told in a sentence, and all goes on."""
    async with answering(*answers) as (filing, asked):
        with pytest.raises(ClientError):
            await filing.send(file, "numbers.bin", no_progress)
        assert not any(b"PATCH" in head for head in asked)


@pytest.mark.parametrize("head", [b"content-length: 4000000\r\n", b""], ids=["as it says", "without an end"])
async def test_a_file_is_no_larger_than_was_said(head: bytes, tmp_path: Path) -> None:
    """Nobody's disk is filled, nothing of it stays, and what stood beside it is as it was."""
    (tmp_path / "cat.png.part").write_bytes(b"mine")
    async with answering(b"200 OK\r\nconnection: close\r\n" + head + b"\r\n" + bytes(4_000_000)) as (filing, _):
        with pytest.raises(ClientError, match="more than the file has"):
            await filing.fetch("x", tmp_path / "cat.png", no_progress, 1_000)
    assert [one.name for one in tmp_path.iterdir()] == ["cat.png.part"]
    assert (tmp_path / "cat.png.part").read_bytes() == b"mine"


async def test_where_a_redirect_leads_is_no_file(tmp_path: Path) -> None:
    """It is not followed, and not kept either."""
    moved = b"302 Found\r\nconnection: close\r\nlocation: file:///etc/passwd\r\ncontent-length: 4\r\n\r\nmore"
    async with answering(moved) as (filing, _):
        with pytest.raises(ClientError):
            await filing.fetch("x", tmp_path / "cat.png", no_progress)
    assert not list(tmp_path.iterdir())

"""Files: sent and fetched over HTTP on the same port, piece by piece, and going on where a connection was lost."""

import asyncio
import contextlib
import random
import re
import secrets
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Final, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from hubbub.client.attaching import DOWNLOADS, Progress
from hubbub.client.backoff import delay_seconds
from hubbub.client.errors import ClientError, Unanswered
from hubbub.core.files import FileView
from hubbub.core.kinds import RefusalCode, Refused

PIECE_BYTES: Final = 262_144
"""How much of a file is in memory at a time, and how often progress is told."""

SMALL_BYTES: Final = 65_536
"""How much is sent in one request where more was cut off before the server had kept any of it."""

TRIES: Final = 6
"""How often in a row a lost connection is made again without a byte of progress: some ten seconds in all."""

TIMEOUT_SECONDS: Final = 60.0
"""How long nothing may come, or go. A file that is complete is looked at before it is answered."""

FILES: Final = "/api/v1/files"

THUMBNAIL: Final = "/thumb"
"""Behind the address of a picture, for a smaller one. docs/http.md."""

UPLOADS: Final = "/api/v1/uploads"
"""Where tus 1.0 is spoken. docs/http.md."""

ANSWER_BYTES: Final = 65_536
"""Longest answer that is no file: what is told of one, or why not."""

OFFSET_DIGITS: Final = 18
"""Of the largest file that is sent: an exabyte."""

MOST_RETRY_SECONDS: Final = 3_600.0
"""Longest that is waited before it is tried again, whatever the server says."""

NOT_SPOKEN: Final = "Whoever answers there does not take files as hubbub does."

_SECONDS: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")

_READ: Final = frozenset({"location", "upload-offset", "retry-after"})
"""What is read of the head of an answer."""

_TUS: Final = {"Tus-Resumable": "1.0.0"}

T = TypeVar("T")


class _Problem(msgspec.Struct):
    """What the server says when it says no. RFC 9457."""

    code: RefusalCode = "bad_request"
    detail: str = ""
    title: str = ""


class Filing:
    """Somebody's files on one server."""

    def __init__(self, base_url: str, bearer: str, context: ssl.SSLContext | None) -> None:
        """Show `bearer` as who one is; `context` says whom to trust."""
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {bearer}"},
            # Without TLS nobody is asked who he is; loading the authorities would take a tenth of a second.
            verify=context if context is not None else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=TIMEOUT_SECONDS,
            # Straight to the server, as the chat itself.
            trust_env=False,
        )

    async def close(self) -> None:
        """End the connections."""
        await self._http.aclose()

    async def send(self, file: Path, name: str, progress: Progress) -> FileView:
        """Send a file, whatever happens to the connection meanwhile. Raises `OSError` where it cannot be read."""
        with await asyncio.to_thread(file.open, "rb") as opened:
            size = (await asyncio.to_thread(file.stat)).st_size
            where = await _Patience().persist(lambda: self._begin(name, size))
            patience = _Patience()
            while await patience.persist(lambda: self._go_on(where, opened, size, progress, patience)) < size:
                pass
        found = await _Patience().persist(lambda: self._ask("GET", f"{FILES}/{where.rpartition('/')[2]}"))
        return _view(found)

    async def send_pieces(self, pieces: AsyncIterator[bytes], name: str, progress: Progress) -> FileView:
        """Send what comes, whose size nobody knows; it cannot go on after a lost connection."""
        done = 0

        async def counted() -> AsyncIterator[bytes]:
            nonlocal done
            async for piece in pieces:
                yield piece
                done += len(piece)
                progress(done, 0)

        try:
            answer = await self._ask("POST", FILES, params={"name": name}, content=counted())
        except httpx.TransportError as error:
            raise Unanswered(f"The connection was lost while {name} was sent: {error}.") from error
        return _view(answer)

    async def fetch(self, id_: str, target: Path, progress: Progress, most_bytes: int | None = None) -> None:
        """Write a file to `target`, which appears when all of it is there. Raises `OSError` where it cannot be.

        Raises `ClientError` where more comes than `most_bytes`. What is beside it is never written over.
        """
        part = target.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with await asyncio.to_thread(part.open, "xb") as opened:
                patience = _Patience()
                while not await patience.persist(lambda: self._fetch_rest(id_, opened, progress, patience, most_bytes)):
                    pass
            await asyncio.to_thread(part.replace, target)
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)

    async def read(self, id_: str, limit_bytes: int, *, is_thumbnail: bool = False) -> bytes:
        """Return a file, or the smaller picture of it. Raises `ClientError` where it has more than `limit_bytes`."""
        path = f"{DOWNLOADS}{quote(id_, safe='')}{THUMBNAIL if is_thumbnail else ''}"
        return await _Patience().persist(lambda: self._read(path, limit_bytes))

    async def _read(self, path: str, limit_bytes: int) -> bytes:
        content = bytearray()
        async with self._http.stream("GET", path, headers={"Accept-Encoding": "identity"}) as answer:
            if not answer.is_success:
                _require_good(await _read_answer(answer))
            async for piece in answer.aiter_raw(PIECE_BYTES):
                content += piece
                if len(content) > limit_bytes:
                    raise ClientError(f"The file has more than {limit_bytes} bytes.")
        return bytes(content)

    async def _begin(self, name: str, size: int) -> str:
        metadata = f"filename {b64encode(name.encode()).decode()}"
        fields = _TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata}
        return _place_of((await self._ask("POST", UPLOADS, headers=fields)).headers.get("location", ""))

    async def _go_on(self, where: str, opened: BinaryIO, size: int, progress: Progress, patience: "_Patience") -> int:
        """Send the rest, and return how much is there now."""
        offset = _offset_of(await self._ask("HEAD", where, headers=_TUS))
        patience.note(offset)
        if offset == size:
            return offset
        await asyncio.to_thread(opened.seek, offset)
        fields = _TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        # On a line so bad that no large part arrives, small ones do.
        end = size if patience.is_fresh else min(size, offset + SMALL_BYTES)
        fields["Content-Length"] = str(end - offset)
        content = _pieces(opened, offset, end, lambda done, _: progress(done, size))
        answer = await self._ask("PATCH", where, headers=fields, content=content)
        return _offset_of(answer)

    async def _fetch_rest(
        self, id_: str, opened: BinaryIO, progress: Progress, patience: "_Patience", most_bytes: int | None
    ) -> bool:
        done = opened.tell()
        patience.note(done)
        fields = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={done}-"} if done else {})
        async with self._http.stream("GET", f"{DOWNLOADS}{quote(id_, safe='')}", headers=fields) as answer:
            if not answer.is_success:
                _require_good(await _read_answer(answer))
            if answer.status_code == HTTPStatus.OK:
                # The whole of it comes, whatever was asked for.
                done = opened.seek(0)
            total = done + int(answer.headers.get("content-length", 0))
            async for piece in answer.aiter_raw(PIECE_BYTES):
                done += len(piece)
                if most_bytes is not None and done > most_bytes:
                    raise ClientError("The server sends more than the file has.")
                await asyncio.to_thread(opened.write, piece)
                progress(done, total)
            return done >= total

    async def _ask(self, method: str, path: str, **what: object) -> httpx.Response:
        async with self._http.stream(method, path, **what) as answer:  # type: ignore[arg-type] # what httpx itself takes
            whole = await _read_answer(answer)
        _require_good(whole)
        return whole


async def _read_answer(answer: httpx.Response) -> httpx.Response:
    """Return an answer with all that it says, which is little."""
    content = bytearray()
    async for piece in answer.aiter_raw():
        content += piece
        if len(content) > ANSWER_BYTES:
            raise ClientError(NOT_SPOKEN)
    fields = {name: value for name, value in answer.headers.items() if name in _READ}
    return httpx.Response(answer.status_code, headers=fields, content=bytes(content))


def _place_of(location: str) -> str:
    """Return where an upload goes on: on this server, whatever it says; nobody else is sent the file, or the token."""
    path = urlsplit(location).path
    if not path.startswith(f"{UPLOADS}/") or not path.isprintable():
        raise ClientError(NOT_SPOKEN)
    return path


def _offset_of(answer: httpx.Response) -> int:
    offset = answer.headers.get("upload-offset", "")
    if not (offset.isascii() and offset.isdecimal() and len(offset) <= OFFSET_DIGITS):
        raise ClientError(NOT_SPOKEN)
    return int(offset)


def _view(answer: httpx.Response) -> FileView:
    try:
        return msgspec.json.decode(answer.content, type=FileView)
    except (msgspec.MsgspecError, ValueError):
        raise ClientError(NOT_SPOKEN) from None


def _retry_seconds(answer: httpx.Response) -> float:
    """Return when to come again; what stands between may say it as a date (RFC 9110 section 10.2.3), or not at all."""
    written = answer.headers.get("retry-after", "")
    return min(float(written), MOST_RETRY_SECONDS) if _SECONDS.fullmatch(written) else 0.0


def _require_good(answer: httpx.Response) -> None:
    """Raise `Refused` for what the server does not want."""
    if answer.is_success:
        return
    retry_seconds = _retry_seconds(answer)
    with contextlib.suppress(msgspec.MsgspecError):
        problem = msgspec.json.decode(answer.content, type=_Problem)
        raise Refused(problem.code, problem.detail or problem.title, retry_seconds=retry_seconds)
    # What answers HEAD has no body that could say more.
    if answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        raise Refused("no_such_file", "There is no such file, or none that you may read.")
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        raise Refused("try_again", "The server cannot do this at the moment.", retry_seconds=retry_seconds)
    raise ClientError(f"The server answered with {answer.status_code} {answer.reason_phrase}.")


async def _pieces(opened: BinaryIO, offset: int, end: int, progress: Progress) -> AsyncIterator[bytes]:
    while offset < end:
        piece = await asyncio.to_thread(opened.read, min(PIECE_BYTES, end - offset))
        if not piece:
            raise ClientError("The file became shorter while it was sent.")
        yield piece
        offset += len(piece)
        progress(offset, end)


class _Patience:
    """Tries again, as long as anything comes of it."""

    def __init__(self) -> None:
        self._failures = 0
        self._reached = 0

    @property
    def is_fresh(self) -> bool:
        """Whether nothing has failed since it came further."""
        return not self._failures

    def note(self, place: int) -> None:
        """Take note of how far it has come."""
        if place > self._reached:
            self._reached = place
            self._failures = 0

    async def persist(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do it, again when the connection was lost or the server says to try again, `TRIES` times in a row."""
        while True:
            try:
                return await work()
            except httpx.TransportError as error:
                await self._wait(0.0, Unanswered(f"The connection is lost: {str(error) or type(error).__name__}."))
            except Refused as refused:
                # A connection that is lost here may still be there for the server.
                if refused.refusal.code != "try_again":
                    raise
                await self._wait(refused.refusal.retry_seconds, refused)

    async def _wait(self, seconds: float, error: Exception) -> None:
        self._failures += 1
        if self._failures >= TRIES:
            raise error
        await asyncio.sleep(max(seconds, delay_seconds(self._failures, random.random())))  # noqa: S311 - hides nothing

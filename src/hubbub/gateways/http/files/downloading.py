"""Downloading: files in pieces from where they lie, whole or in part, to browsers that are to do nothing with them."""

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from hubbub.core.files import FileId
from hubbub.core.kinds import Refused
from hubbub.gateways.http.authentication import secret_of
from hubbub.gateways.http.files.disposition import disposition
from hubbub.gateways.http.files.filehost import require_sender, shows_password
from hubbub.gateways.http.files.ranges import Part, is_current, matches, parse_range
from hubbub.gateways.http.parts import Parts
from hubbub.service.blobs import PIECE_BYTES, BlobReader
from hubbub.service.filing import OpenFile
from hubbub.service.media import served_type
from hubbub.wire.links import FILE_PATH

POLICY: Final = "sandbox; default-src 'none'"
"""Whatever a file is: it runs nothing, loads nothing, and has no origin whose secrets it could read."""

MEDIA_POLICY: Final = "sandbox allow-same-origin; default-src 'none'; media-src 'self'"
"""For what is played: the page that a browser makes around it loads it once more, and may only where it has an origin.
There are no scripts, which could do something with it."""

THUMBNAIL_TYPE: Final = "image/webp"

LASTING: Final = "private, max-age=31536000, immutable"
"""An id has one content for ever. Nobody on the way keeps it; the browser of whoever has seen it may."""

_REVALIDATED: Final = "private, no-cache"
"""Where everybody is asked each time whether he may read it."""


def download_routes(parts: Parts) -> list[BaseRoute]:
    """Return where files are. The name at the end is only for whoever saves it."""
    downloads = _Downloads(parts)
    return [
        Route(f"{FILE_PATH}{{id}}", downloads.answer),
        Route(f"{FILE_PATH}{{id}}/thumb", downloads.answer_thumbnail),
        Route(f"{FILE_PATH}{{id}}/{{name}}", downloads.answer),
    ]


class _Downloads:
    """Answers with files."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def answer(self, request: Request) -> Response:
        """Answer with a file."""
        return await self._answer(request, thumbnail=False)

    async def answer_thumbnail(self, request: Request) -> Response:
        """Answer with the smaller picture of a file, or with the file itself where that is small."""
        return await self._answer(request, thumbnail=True)

    async def _answer(self, request: Request, *, thumbnail: bool) -> Response:
        opened = await self._open(request, thumbnail=thumbnail)
        try:
            return self._respond(request, opened, thumbnail=thumbnail)
        except BaseException:
            opened.content.close()
            raise

    async def _open(self, request: Request, *, thumbnail: bool) -> OpenFile:
        id_ = FileId(request.path_params["id"])
        try:
            return await self._parts.filing.open(id_, None, thumbnail=thumbnail)
        except Refused:
            # Only now is it looked up who asks: for most the link is enough.
            if not shows_password(request) and not secret_of(request):
                raise
            person = await require_sender(request, self._parts)
            return await self._parts.filing.open(id_, person, thumbnail=thumbnail)

    def _respond(self, request: Request, opened: OpenFile, *, thumbnail: bool) -> Response:
        file, size = opened.file, opened.content.size_bytes
        is_small = thumbnail and file.thumbnail is not None
        media_type = THUMBNAIL_TYPE if is_small else file.view.media_type
        etag = f'"{file.thumbnail if is_small else file.digest}"'
        fields = {
            "content-type": served_type(media_type),
            "content-disposition": disposition(file.view.name, media_type),
            "content-security-policy": MEDIA_POLICY if media_type.startswith(("audio/", "video/")) else POLICY,
            "cross-origin-resource-policy": "same-site",
            "cache-control": LASTING if self._parts.filing.open_links else _REVALIDATED,
            "accept-ranges": "bytes",
            "etag": etag,
        }
        if matches(request.headers.get("if-none-match"), etag):
            opened.content.close()
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=fields)
        part = None
        if is_current(request.headers.get("if-range"), etag):
            part = parse_range(request.headers.get("range"), size)
        if part is not None and not part.length:
            opened.content.close()
            unsatisfied = fields | {"content-range": f"bytes */{size}", "content-length": "0"}
            return Response(status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=unsatisfied)
        status = HTTPStatus.OK
        if part is not None:
            status = HTTPStatus.PARTIAL_CONTENT
            fields["content-range"] = f"bytes {part.begin}-{part.end - 1}/{size}"
        return _Pieces(opened.content, part or Part(0, size), status, fields)


class _Pieces(Response):
    """A part of a file, read while it is sent: one piece of it is in memory, however large it is."""

    def __init__(self, content: BlobReader, part: Part, status: HTTPStatus, fields: dict[str, str]) -> None:
        super().__init__(status_code=status, headers=fields | {"content-length": str(part.length)})
        self._content = content
        self._part = part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as long as somebody takes it; each piece is waited for until it is on its way."""
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            place, end = self._part if scope["method"] != "HEAD" else (0, 0)
            while place < end and not gone.done():
                piece = await self._content.read(place, min(PIECE_BYTES, end - place))
                if not piece:
                    raise EOFError(f"a blob ends at {place} and not at {end}")
                place += len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": place < end})
            if self._part.begin == self._part.end or scope["method"] == "HEAD":
                await send({"type": "http.response.body"})
        finally:
            gone.cancel()
            self._content.close()


async def _disconnected(receive: Receive) -> None:
    """Return when nobody takes the answer any more."""
    while (await receive())["type"] != "http.disconnect":
        pass

"""Attaching: files that are sent so that messages can show them, and fetched from where messages do."""

import asyncio
import ssl
from abc import abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from hubbub.client.asking import Asking
from hubbub.client.endpoints import Endpoint
from hubbub.client.trust import Trust, make_context_for
from hubbub.core.account_answers import TokenMade
from hubbub.core.account_requests import MakeToken, RevokeToken
from hubbub.core.files import FileView

if TYPE_CHECKING:
    from hubbub.client.files import Filing

DOWNLOADS: Final = "/f/"
"""Before the id of a file, on the server's own address."""


class Progress(Protocol):
    """Is told how many bytes are done, and of how many; of 0 where nobody knows."""

    def __call__(self, done_bytes: int, total_bytes: int, /) -> object:
        """Take note."""


def no_progress(_done: int, _total: int, /) -> None:
    """Take no note."""


class Attaching(Asking):
    """What can be done with files. All of it raises `Refused`, and `Unanswered` where the connection stays lost."""

    @property
    @abstractmethod
    def endpoint(self) -> Endpoint:
        """Where the server is."""

    @property
    @abstractmethod
    def trust(self) -> Trust:
        """Whom to trust over TLS."""

    @property
    @abstractmethod
    def bearer(self) -> str:
        """What shows over HTTP who one is; empty for whoever has proved himself by his password."""

    async def upload(
        self, file: Path | str | AsyncIterator[bytes], *, name: str = "", progress: Progress = no_progress
    ) -> FileView:
        """Send a file, so that messages can show it; it goes on after a lost connection, unless it comes in pieces.

        >>> picture = await hub.upload("cat.png")
        >>> await hub.say("#lobby", "look", files=[picture])
        """
        async with self._filing() as filing:
            if isinstance(file, AsyncIterator):
                return await filing.send_pieces(file, name, progress)
            return await filing.send(Path(file), name or Path(file).name, progress)

    async def download(self, file: FileView | str, target: Path | str, *, progress: Progress = no_progress) -> None:
        """Write a file that a message shows to `target`; nothing stands there before all of it has come."""
        async with self._filing() as filing:
            if isinstance(file, str):
                await filing.fetch(file, Path(target), progress)
            else:
                await filing.fetch(file.id, Path(target), progress, file.size_bytes)

    async def fetch_picture(self, file: FileView, *, limit_bytes: int) -> bytes:
        """Return a picture that a message shows, or the smaller one that the server has made of it.

        Nobody has looked at these bytes but the server. Raises `ClientError` where there are more than `limit_bytes`.
        """
        async with self._filing() as filing:
            return await filing.read(file.id, limit_bytes, is_thumbnail=file.has_thumbnail)

    def link_to(self, file: FileView | str) -> str:
        """Return the link to a file, as it is found from here."""
        return f"{self.endpoint.base_url}{DOWNLOADS}{file if isinstance(file, str) else file.id}"

    @asynccontextmanager
    async def _filing(self) -> "AsyncIterator[Filing]":
        """Open a way for files. Whoever has proved himself by his password has a token for as long as it takes."""
        bearer, made = self.bearer, None
        if not bearer:
            made = await self._ask(MakeToken("a file, sent or fetched"), TokenMade)
            bearer = made.secret
        context = await make_context_for(self.trust, self.endpoint) if self.endpoint.is_encrypted else None
        # What is loaded for it takes a moment, in which nobody else is held up.
        filing = await asyncio.to_thread(_make_filing, self.endpoint.base_url, bearer, context)
        try:
            yield filing
        finally:
            await filing.close()
            if made is not None:
                await self.ask(RevokeToken(made.id))


def _make_filing(base_url: str, bearer: str, context: ssl.SSLContext | None) -> "Filing":
    from hubbub.client.files import Filing  # noqa: PLC0415 - an HTTP library, which most programs never need

    return Filing(base_url, bearer, context)

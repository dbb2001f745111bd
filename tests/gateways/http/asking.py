"""Asking: requests to the application itself, with no connection between."""

from types import TracebackType
from typing import Final, Self

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from hubbub.gateways.http.application import make_application
from hubbub.gateways.http.parts import Parts
from hubbub.service.peers import Peer
from tests.service.clock import ManualClock
from tests.service.stores import ControlledStore

HOST: Final = "chat.example.org:4242"


class Asker:
    """Asks as somebody at this machine, in clear text or not."""

    def __init__(self, *, is_encrypted: bool = False) -> None:
        self.store, self.clock = ControlledStore(), ManualClock()
        self._app: ASGIApp = make_application(Parts(self.store, self.clock))
        self._peer = Peer("127.0.0.1:1", "127.0.0.1", is_encrypted)
        scheme = "https" if is_encrypted else "http"
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(self._serve), base_url=f"{scheme}://{HOST}")

    async def __aenter__(self) -> Self:
        """Get ready."""
        await self.store.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go."""
        await self._client.aclose()
        await self.store.close()

    async def ask(self, path: str, host: str = HOST, method: str = "GET") -> httpx.Response:
        """Return the answer."""
        return await self._client.request(method, path, headers={"Host": host})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "state": {"peer": self._peer}}, receive, send)

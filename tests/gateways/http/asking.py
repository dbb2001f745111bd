"""Asking: requests to the application itself, with no connection between."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from hubbub.core.limits import Limits
from hubbub.gateways.http.application import make_application
from hubbub.gateways.http.parts import Parts
from hubbub.service.peers import Peer
from hubbub.stores.file_storage import FileStorage
from tests.service.guests import Guest
from tests.service.members import PASSWORD, sign_up
from tests.service.node import NO_FILES, Node, running
from tests.service.stores import ControlledStore
from tests.service.vaults import ControlledVault

FIGURES: Final = b"hubbub_people 1.0\n"
"""What `/metrics` is said to tell."""

HOST: Final = "chat.example.org:4242"

SAME_ORIGIN: Final = {"Origin": f"https://{HOST}"}
"""What a browser adds to what this server's own pages ask."""


class Asker:
    """Asks as somebody at this machine, in clear text or not."""

    def __init__(
        self,
        *,
        is_encrypted: bool = False,
        limits: Limits = Limits(commands_per_second=0),  # noqa: B008 - it is frozen
        files: FileStorage = NO_FILES,
    ) -> None:
        self.store, self.vault = ControlledStore(), ControlledVault()
        self.node = node = Node(self.store, vault=self.vault, limits=limits, files=files)
        self.clock = node.clock
        self.watchers = {"127.0.0.1"}
        """Who may read the figures."""
        self.write_figures: Callable[[], bytes] = lambda: FIGURES
        people = node.recognising, node.revoking, node.visiting, node.filing, node.devices, node.webhooks.incoming
        self._app: ASGIApp = make_application(
            Parts(
                self.store,
                node.clock,
                node.house,
                *people,
                node.tally,
                lambda: self.write_figures(),  # noqa: PLW0108 - which may be another by then
                lambda peer: peer.group in self.watchers,
                node.facts.of,
            )
        )
        self.peer = Peer("127.0.0.1:1", "127.0.0.1", is_encrypted)
        scheme = "https" if is_encrypted else "http"
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self._serve), base_url=f"{scheme}://{HOST}")

    def _may_watch(self, peer: Peer) -> bool:
        return peer.group in self.watchers

    async def ask(self, path: str, host: str = HOST, method: str = "GET") -> httpx.Response:
        """Return the answer."""
        return await self.client.request(method, path, headers={"Host": host})

    async def sign_up(self, name: str) -> str:
        """Let somebody open an account and go, and return a token of his."""
        member = await sign_up(self.node, name)
        await self.leave(member)
        response = await self.log_in(name)
        assert response.status_code == 201, response.text
        token = response.cookies["hubbub_session"]
        self.client.cookies.clear()
        return token

    async def leave(self, guest: Guest) -> None:
        """Let somebody go, and wait until that is kept."""
        self.node.people.leave(guest.session, "")
        await self.node.settle()

    async def log_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """Log in as a browser does."""
        return await self.client.post("/api/v1/session", json={"name": name, "password": password}, headers=SAME_ORIGIN)

    async def log_in_device(self, code: str) -> httpx.Response:
        """Log in as a browser does that was shown a code."""
        return await self.client.post("/api/v1/session/device", json={"code": code}, headers=SAME_ORIGIN)

    async def call(
        self,
        token: str,
        method: str,
        path: str,
        body: object = None,
        fields: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Ask as a program with a token."""
        headers = {"Authorization": f"Bearer {token}", **(fields or {})}
        return await self.client.request(method, f"/api/v1{path}", json=body, headers=headers)

    async def told(self, token: str, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - whatever JSON it is
        """Ask as a program, and return what it is told when it is not refused."""
        response = await self.call(token, method, path, body)
        assert response.is_success, response.text
        return response.json()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "state": {"peer": self.peer}}, receive, send)


@asynccontextmanager
async def asking(
    *,
    is_encrypted: bool = False,
    limits: Limits = Limits(commands_per_second=0),  # noqa: B008 - it is frozen
    files: FileStorage = NO_FILES,
) -> AsyncIterator[Asker]:
    """Give an asker to a server that runs."""
    asker = Asker(is_encrypted=is_encrypted, limits=limits, files=files)
    async with running(asker.node), asker.client:
        yield asker

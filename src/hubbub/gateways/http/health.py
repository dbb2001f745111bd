"""Health: whether the process answers, and whether it can do its work; for whatever starts and watches it."""

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from hubbub.core.kinds import RoomId
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import Problem
from hubbub.service.ports import StoreUnavailable

STORE_SECONDS: Final = 2.0
"""How long the store may take to answer: most that ask wait for a second or a few (Kubernetes: `timeoutSeconds`)."""

LOOK_AGAIN_SECONDS: Final = 1.0
"""How long an answer holds: whoever asks more often does not ask the store."""


def health_routes(parts: Parts) -> list[BaseRoute]:
    """Return where it is asked."""
    return [Route("/healthz", _answer), Route("/readyz", _Readiness(parts).answer)]


async def _answer(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


class _Readiness:
    """Asks the store, which is all that has to be there besides the process."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._asked_at = -LOOK_AGAIN_SECONDS
        self._reason = ""
        self._asking = asyncio.Lock()

    async def answer(self, _: Request) -> Response:
        """Say whether everything is there."""
        async with self._asking:
            if self._parts.clock.monotonic() - self._asked_at >= LOOK_AGAIN_SECONDS:
                self._reason = await self._ask_store()
                self._asked_at = self._parts.clock.monotonic()
        if self._reason:
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "try_again", self._reason, {"retry-after": "1"})
        return JSONResponse({"status": "ok"})

    async def _ask_store(self) -> str:
        """Return why the store cannot be used; empty where it can."""
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await self._parts.store.load_heads([RoomId(1)])
        except TimeoutError:
            return "The database does not answer."
        except StoreUnavailable:
            # Why, is in the log: it could tell where the database is.
            return "The database cannot be used."
        return ""

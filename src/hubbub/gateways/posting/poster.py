"""The poster: one request, one bounded answer, no redirects, no proxies, nothing unpacked."""

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import httpcore

from hubbub.gateways.posting.network import (
    NOT_ALLOWED,
    GuardedNetwork,
    NotAllowed,
    Resolve,
    find_allowed,
    make_ssl_context,
    resolve,
)
from hubbub.service.posting import Posted, Unreachable
from hubbub.wire.hook_targets import UnfitTarget, parse_target
from hubbub.wire.reachable import Network

TOTAL_SECONDS: Final = 15.0
"""How long one request may take in all, however slowly it goes on: Standard Webhooks says 15 to 30 s."""

STEP_SECONDS: Final = 10.0
"""How long connecting, writing and each read may take."""

ANSWER_BYTES: Final = 65_536
"""Longest answer that is read; of a longer one, only the status counts."""

CONNECTIONS: Final = 64
"""Most connections at once; the service's lanes keep it lower."""

_TIMEOUTS: Final = {"connect": STEP_SECONDS, "read": STEP_SECONDS, "write": STEP_SECONDS, "pool": STEP_SECONDS}


class HttpPoster:
    """Posts with a connection for each request: none is kept whose address was allowed at another time."""

    def __init__(
        self,
        user_agent: str,
        allowed: Callable[[], Sequence[Network]],
        look_up: Resolve = resolve,
        context: ssl.SSLContext | None = None,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        """Reach the Internet, and the networks that are `allowed` besides."""
        self._user_agent = user_agent
        self._allowed = allowed
        self._look_up = look_up
        self._total_seconds = total_seconds
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context or make_ssl_context(),
            max_connections=CONNECTIONS,
            max_keepalive_connections=0,
            network_backend=GuardedNetwork(allowed, look_up),
        )

    async def require_allowed(self, url: str) -> None:
        """Raise `Unreachable` where nothing may be posted, as far as that is known before."""
        try:
            target = parse_target(url)
            await find_allowed(target.host, target.port, self._allowed(), self._look_up)
        except UnfitTarget as error:
            raise Unreachable(str(error)) from None
        except NotAllowed:
            raise Unreachable(f"{NOT_ALLOWED[:1].upper()}{NOT_ALLOWED[1:]}.") from None

    async def post(self, url: str, fields: Mapping[str, str], body: bytes) -> Posted:
        """Post something. Raises `Unreachable`."""
        try:
            async with asyncio.timeout(self._total_seconds):
                return await self._post(url, fields, body)
        except NotAllowed:
            raise Unreachable(NOT_ALLOWED) from None
        except UnfitTarget as error:
            raise Unreachable(str(error)) from None
        except (TimeoutError, httpcore.TimeoutException):
            raise Unreachable("it takes too long to answer") from None
        except (httpcore.NetworkError, OSError) as error:
            raise Unreachable(
                "its certificate is not valid" if _is_about_tls(error) else "it cannot be reached"
            ) from None
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol):
            raise Unreachable("what it answers is no HTTP") from None

    async def close(self) -> None:
        """Let go of everything."""
        await self._pool.aclose()

    async def _post(self, url: str, fields: Mapping[str, str], body: bytes) -> Posted:
        target = parse_target(url)
        headers: dict[bytes | str, bytes | str] = {
            "host": target.shown_host,
            "user-agent": self._user_agent,
            # Nothing has to be unpacked, so nothing can swell.
            "accept-encoding": "identity",
            "content-length": str(len(body)),
        }
        headers.update(fields)
        where = httpcore.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        )
        async with self._pool.stream(
            "POST", where, headers=headers, content=body, extensions={"timeout": _TIMEOUTS}
        ) as response:
            known = {name.lower(): value for name, value in response.headers}
            return Posted(
                response.status,
                known.get(b"content-type", b"").decode("latin-1"),
                await _read(response),
                _seconds(known.get(b"retry-after", b"")),
            )


async def _read(response: httpcore.Response) -> bytes:
    """Return the whole answer, or nothing where it is too long: then the rest of it is never read."""
    parts, size = [], 0
    async for part in response.aiter_stream():
        size += len(part)
        if size > ANSWER_BYTES:
            return b""
        parts.append(part)
    return b"".join(parts)


def _seconds(text: bytes) -> float:
    """Read `Retry-After` in seconds; a date is passed over. RFC 9110 section 10.2.3."""
    return float(text) if text.isdigit() and len(text) < 7 else 0.0  # noqa: PLR2004 - eleven days, more than enough


def _is_about_tls(error: BaseException | None) -> bool:
    """Return whether an error, or what led to it, is about a certificate."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False

"""Connecting: how a program says where to go and who it is."""

from collections.abc import Sequence

from hubbub.client.endpoints import parse_endpoint
from hubbub.client.hub import Hub
from hubbub.client.model import Kept
from hubbub.client.trust import SYSTEM, Trust
from hubbub.wire.native import Hello


def connect(  # noqa: PLR0913 - what one may say of oneself
    *endpoints: str,
    name: str = "",
    password: str = "",
    token: str = "",
    register: bool = False,
    code: str = "",
    rooms: Sequence[str] | None = None,
    client: str = "hubbub.client",
    tls: Trust = SYSTEM,
    kept: Kept | None = None,
) -> Hub:
    """Return a hub that is to be used with `async with`, or with `hub.run()`.

    Several endpoints are tried in turn: `localhost:4242`, `hubbub://chat.example`, `hubbubs://chat.example` (TLS),
    `ws://` or `wss://`. A guest needs a `name` and comes into `rooms`; whoever has an account gives its `password` too,
    or a `token` alone; `register` opens one, with an invitation's `code` where one is needed. Whoever
    has `kept` what an earlier run knew comes back as who he was then. Raises `BadEndpoint`.

    >>> async with connect("localhost:4242", name="ann") as hub: ...
    """
    hello = Hello(
        name=name,
        password=password,
        token=token,
        register=register,
        code=code,
        rooms=None if rooms is None else tuple(rooms),
        client=client,
    )
    return Hub([parse_endpoint(endpoint) for endpoint in endpoints or ("localhost",)], hello, tls, kept)

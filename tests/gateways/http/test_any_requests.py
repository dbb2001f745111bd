"""Any bytes: a connection answers in good order whatever comes, however it is cut, and is counted out once."""

import asyncio
import socket
from typing import Final

from hypothesis import example, given

from tests.fuzz.budget import QUICK
from tests.gateways.http.lines import HOST, get, place
from tests.service.turns import turns
from tests.wire.pieces import bytes_and_pieces

PARTS: Final = (
    *(get("/one"), get("/two", b"Connection: close")),
    *(get("/fail"), b"GET / HTTP/1.0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\n"),
    *(
        b"POST /read HTTP/1.1\r\n",
        HOST,
        b"Content-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Expect: 100-continue\r\n",
    ),
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"hello",
        b"5\r\nhello\r\n",
        b"0\r\n\r\n",
        b"fffffffffffffffff\r\n",
        b"Host: y\r\n",
        b" folded\r\n",
    ),
    *(
        b"A: " + b"b" * 3_000 + b"\r\n",
        b"A: b\r\n" * 60,
        b"GET /" + b"x" * 9_000,
        b"\0",
        b"\xff",
        b"Upgrade: h2c\r\n",
        b"GET ",
    ),
)
"""What requests are made of, and what they must not be."""


async def answers_to(pieces: list[bytes]) -> list[int]:
    """Return the status of everything that is answered to bytes that come in these pieces, and then end."""
    async with place() as here:
        client = await here.connect()
        for piece in pieces:
            if piece:
                await client.send(piece)
            await turns(3)
        client.sock.shutdown(socket.SHUT_WR)
        answers = await client.hear_end()
        await client.is_gone()
    # Where a head is too long and wrong as well, either may be seen first.
    return [400 if answer.status in {414, 431} else answer.status for answer in answers]


@QUICK
@given(bytes_and_pieces(PARTS))
@example((get("/one") + b"\r\n" + get("/two"), [get("/one"), b"\r\n" + get("/two")]))
def test_any_bytes_are_answered_alike(drawn: tuple[bytes, list[bytes]]) -> None:
    """Whole or in pieces."""
    data, pieces = drawn
    assert asyncio.run(answers_to(pieces)) == asyncio.run(answers_to([data]))

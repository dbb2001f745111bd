"""The other yardstick: the usual way to write a WebSocket chat in Python, Starlette's `send_text` under uvicorn.

Whatever one says goes to everybody, one `await` each, as in the examples of both. It has no store, no rules and no
limits, and makes the JSON of a record once, as hubbub does. It speaks just enough of hubbub's native protocol to be
measured.
"""

import itertools
import socket
from typing import Final

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

SUBPROTOCOL: Final = "hubbub.v1"


class Heard(msgspec.Struct):
    """What a client sends, as much of it as means anything here."""

    type: str
    name: str = ""
    text: str = ""
    id: str | int = ""


RECORD: Final = (
    '{"type":"record","room":4,"in":"#lobby","seq":%d,"time_ms":1767268800000,'
    '"event":{"type":"said","author":"p%s","name":"%s","text":"%s"}}'
)
"""As long as one of hubbub's."""


class Hall:
    """Everybody who is connected."""

    def __init__(self) -> None:
        self.members: dict[WebSocket, str] = {}
        self.numbers = itertools.count(1)

    async def converse(self, websocket: WebSocket) -> None:
        """Hear one client until it leaves."""
        await websocket.accept(SUBPROTOCOL)
        self.members[websocket] = ""
        try:
            while True:
                await self.hear(websocket, msgspec.json.decode(await websocket.receive_text(), type=Heard))
        except WebSocketDisconnect:
            del self.members[websocket]

    async def hear(self, websocket: WebSocket, heard: Heard) -> None:
        """Send what was said to all, and answer pings."""
        name = self.members[websocket]
        match heard.type:
            case "hello":
                self.members[websocket] = heard.name
            case "say":
                record = RECORD % (next(self.numbers), name, name, heard.text)
                for member in list(self.members):
                    await member.send_text(record)
            case _:
                await websocket.send_text(f'{{"type":"pong","id":"{heard.id}"}}')


class Announced(uvicorn.Server):
    """A server that says where it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()
        print(f"ready on {host}:{port}", flush=True)


async def serve(port: int) -> None:
    """Listen on the loopback and say so, until SIGTERM or SIGINT."""
    app = Starlette(routes=[WebSocketRoute("/ws", Hall().converse)])
    config = uvicorn.Config(app, port=port, log_level="warning", access_log=False, backlog=4096, lifespan="off")
    await Announced(config).serve()

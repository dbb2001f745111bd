"""A server that means harm: it says whatever a test wants it to say, and refuses everything that it is asked."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, cast

from tests.client.talk import LIMITS

Message = Mapping[str, object]
"""What is sent, as JSON has it."""

HOSTILE: Final = (
    "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\x9d0;title\x9c\x1bP+q\x1b\\\x07\x08\x0e\r\n"
    "\u202eRTL\u2066\u2028\x7f\u200b\ufeff"
)
"""What terminals obey, and what turns lines around."""


class Hostile:
    """One server; whoever comes is told its `opening`, and nobody is told a word that is not in it."""

    def __init__(self, opening: Sequence[Message], answers: Mapping[str, Message] | None = None) -> None:
        """Answer requests by their type from `answers`, and refuse the others."""
        self._opening = opening
        self._answers = answers or {}
        self._writers: list[asyncio.StreamWriter] = []
        self.address = ""
        self.heard: list[dict[str, object]] = []
        """Everything that was asked."""

    def tell(self, *messages: Message) -> None:
        """Tell everybody who is there something more."""
        for writer in self._writers:
            writer.writelines(map(_line, messages))

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk with one client until it goes."""
        if not await reader.readline():
            writer.close()
            return
        self._writers.append(writer)
        writer.writelines(map(_line, self._opening))
        while line := await reader.readline():
            heard = cast("dict[str, object]", json.loads(line))
            self.heard.append(heard)
            if heard["type"] == "bye":
                break
            writer.write(_line(self._answer(heard)))
        writer.close()

    def _answer(self, heard: Mapping[str, object]) -> Message:
        if heard["type"] == "ping":
            return {"type": "pong", "id": heard.get("id")}
        answer = self._answers.get(str(heard["type"]))
        if answer is not None:
            return {"type": "answer", "id": heard["id"], "answer": answer}
        return {"type": "refusal", "code": "bad_request", "sentence": f"no {HOSTILE}", "id": heard.get("id")}


@asynccontextmanager
async def hostile(*opening: Message, answers: Mapping[str, Message] | None = None) -> AsyncIterator[Hostile]:
    """Start one, which says this once somebody has introduced himself."""
    host = Hostile(opening, answers)
    server = await asyncio.start_server(host.talk, "127.0.0.1", 0, limit=1_048_576)
    async with server:
        name, port = server.sockets[0].getsockname()
        host.address = f"{name}:{port}"
        yield host


def welcome(**more: object) -> Message:
    """Let somebody in."""
    about = {"server": {"id": "h", "software": "evil"}, "you": {"id": "p1", "name": "me"}, "limits": LIMITS}
    return {"type": "welcome", "version": 1, **about, **more}


def entered(name: str = "#lobby", room: int = 4, **more: object) -> Message:
    """Let him hear a room."""
    return {"type": "entered", "room": {"id": room, "name": name, "kind": "channel", "seq": 0, **more}}


def said(seq: int, text: str, time_ms: int = 1_700_000_000_000, room: int = 4, **event: object) -> Message:
    """Let eve say something."""
    about = {"type": "said", "author": "p2", "name": "eve", "text": text, **event}
    return happened(seq, about, time_ms, room)


def happened(seq: int, event: Message, time_ms: int = 1_700_000_000_000, room: int = 4) -> Message:
    """Let something happen."""
    return {"type": "record", "room": room, "seq": seq, "time_ms": time_ms, "event": event, "in": "#lobby"}


def signalled(**signal: object) -> Message:
    """Let something be true for a moment."""
    return {"type": "signal", "signal": signal}


def _line(message: Message) -> bytes:
    return json.dumps(message).encode() + b"\n"

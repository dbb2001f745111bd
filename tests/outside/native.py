"""Native talkers against a real server: JSON out, values in, and whatever bytes a test wants between them."""

from itertools import count
from typing import Any, Final, TypeVar

import msgspec

from hubbub.core.features.messages import Said
from hubbub.wire.native import (
    AnswerMessage,
    DoneMessage,
    EnteredMessage,
    FromServer,
    Pong,
    RecordMessage,
    RefusalMessage,
    Welcome,
    decode_from_server,
)
from tests.outside.raw import Raw

M = TypeVar("M")

ROOM: Final = "#lobby"

Outcome = DoneMessage | AnswerMessage | RefusalMessage


def line(**fields: object) -> bytes:
    """Return a message as it is sent."""
    return msgspec.json.encode(fields) + b"\n"


def say(id_: int | str, text: str, **fields: object) -> bytes:
    """Return what says something in the lobby."""
    return line(type="say", id=id_, room=ROOM, text=text, **fields)


class Talker:
    """One connection, and everything that it was told, in order."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.heard: list[FromServer] = []
        self._ids = count(1_000_000)

    def next(self) -> FromServer:
        """Return the next thing it is told."""
        message = decode_from_server(self.raw.hear(b"\n").decode())
        self.heard.append(message)
        return message

    def hear(self, kind: type[M]) -> M:
        """Return the next thing of that kind; what comes before it is in `heard`."""
        while True:
            message = self.next()
            if isinstance(message, kind):
                return message

    def hello(self, name: str = "", **fields: Any) -> Welcome:  # noqa: ANN401 - what is sent is the test's business
        """Come in."""
        self.raw.send(line(type="hello", name=name, **fields))
        return self.hear(Welcome)

    def arrive(self, name: str, **fields: object) -> Welcome:
        """Come in, and into the lobby."""
        welcome = self.hello(name, **fields)
        if not any(room.name == ROOM for room in welcome.rooms):
            self.hear(EnteredMessage)
        return welcome

    def ask(self, kind: str, **fields: object) -> Outcome:
        """Ask something, and return what came of it."""
        wanted = next(self._ids)
        self.raw.send(line(type=kind, id=wanted, **fields))
        while True:
            message = self.next()
            if isinstance(message, Outcome) and message.id == wanted:
                return message

    def settle(self) -> list[FromServer]:
        """Wait until everything asked is answered; return what was heard since the last time, and forget it."""
        token = f"settled {next(self._ids)}"
        self.raw.send(line(type="ping", id=token))
        while self.hear(Pong).id != token:
            pass
        heard, self.heard = self.heard[:-1], []
        return heard


def texts_in(heard: list[FromServer]) -> list[str]:
    """Return what was said."""
    return [
        message.event.text
        for message in heard
        if isinstance(message, RecordMessage) and isinstance(message.event, Said)
    ]

"""The server's side of a conversation, played by a test."""

import json
from typing import Any, Final

from hubbub.client.conversation import Conversation
from hubbub.client.happenings import Heard
from hubbub.wire.native import Hello

ANN: Final = {"id": "p1", "name": "ann"}

LOBBY: Final = {"id": 4, "name": "#lobby", "kind": "channel", "seq": 7}

RESUMED: Final = {"type": "resumed", "room": 4, "seq": 7}

LIMITS: Final = {
    "message_bytes": 16_384,
    "message_lines": 250,
    "line_bytes": 131_072,
    "recipients": 256,
    "history": 500,
    "resume": 10_000,
    "commands_per_second": 10,
    "burst": 20,
    "return_seconds": 60,
}

Message = dict[str, Any]


def welcome(**fields: object) -> Message:
    """Return a welcome to Ann, who is in the lobby."""
    server = {"id": "s1", "software": "hubbub"}
    usual: Message = {"type": "welcome", "version": 1, "server": server, "you": ANN, "limits": LIMITS}
    return usual | {"key": "k1", "rooms": [LOBBY]} | fields


def said(seq: int, text: str = "hi", *, author: str = "p2", nonce: str = "") -> Message:
    """Return a record of the lobby."""
    event = {"type": "said", "author": author, "name": "bob", "text": text, "nonce": nonce}
    return {"type": "record", "room": 4, "in": "#lobby", "seq": seq, "time_ms": 1, "event": event}


class Talk:
    """A conversation of Ann's."""

    def __init__(self, hello: Hello | None = None) -> None:
        self.conversation = Conversation(hello or Hello(name="ann"))

    def sent(self) -> list[Message]:
        """Return what the client has sent since the last time."""
        lines = self.conversation.messages_to_send()
        assert all(line.endswith(b"\n") for line in lines)
        return [json.loads(line) for line in lines]

    def hear(self, *messages: Message) -> list[Heard]:
        """Let the server send something; return what is made of it."""
        return [heard for message in messages for heard in self.conversation.receive(json.dumps(message))]

    def come_in(self, *more: Message, **fields: object) -> list[Heard]:
        """Go through an introduction; return what is heard."""
        self.conversation.begin()
        return self.hear(welcome(**fields), *more, {"type": "pong"})

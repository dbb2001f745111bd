"""A student's client of the native protocol: a JSON object a line, and a word for each thing one does most."""

import json
import socket
from contextlib import suppress
from typing import Any, ClassVar, Final

from tests.seeds.client import REST_SECONDS, Address, BrokenBytesError, Client
from tests.seeds.screen import End

ROOM: Final = "#lobby"
"""Where its user talks."""

SHOWN: Final = {
    "announced": "{name} [broadcast]: {text}",
    "confided": "{name} to {to}: {text}",
    "edited": "{name} edited: {text}",
    "deleted": "{name} deleted it",
    "reacted": "{name} reacted: {reaction}",
    "unreacted": "{name} unreacted: {reaction}",
    "renamed": "server: {name} is now {new_name}",
}
"""What it shows of what happens; of anything else, who did it and what it is."""

SIGNALS: Final = {
    "refusing": "server: {name} takes no messages from you",
    "accepting": "server: {name} takes messages from you",
    "hiding": "server: not seen by {names}",
}
"""What it shows of what is true for a moment; of anything else, nothing."""


class NativeClient(Client):
    """Send what is typed to the lobby, or what a command asks for; show what is said, done, answered and refused."""

    kind: ClassVar[str] = "native"

    def __init__(self, address: Address, name: str) -> None:
        super().__init__(address, name)
        self._buffer = b""
        self._ids = 0
        self._last = ""
        """The last message that was heard, which commands are about."""

    def opening(self) -> bytes:
        """Say hello."""
        return _line({"type": "hello", "name": self.name})

    def encode(self, text: str) -> bytes:
        """Make a request of a typed line; one that begins with a brace is sent as it is."""
        if text.startswith("{"):
            return text.encode() + b"\n"
        self._ids += 1
        return _line({"id": self._ids, **self._request(text)})

    def leave(self) -> None:
        """Say goodbye, or the server would keep the place for a while; then close as all do."""
        self.screen.end(End.LEFT, "said goodbye")
        with suppress(OSError):
            self._socket.sendall(_line({"type": "bye"}))
            self._reader.join(REST_SECONDS)
        super().leave()

    def _request(self, text: str) -> dict[str, Any]:
        if not text.startswith("/"):
            return {"type": "say", "room": ROOM, "text": text}
        word, _, rest = text[1:].partition(" ")
        match word:
            case "ping":
                return {"type": "ping", "id": rest}
            case "tell":
                names, _, words = rest.partition(" ")
                return {"type": "tell", "recipients": names.split(","), "text": words}
            case "block" | "unblock":
                return {"type": word, "names": rest.split(",")}
            case "reply" | "edit":
                return {"type": word, "message": self._last, "text": rest}
            case "react" | "unreact":
                return {"type": word, "message": self._last, "reaction": rest}
            case "delete":
                return {"type": word, "message": self._last}
            case _:
                raise ValueError(f"the client knows no /{word}")

    def read(self, connection: socket.socket) -> bool:
        """Read what is there, and show the lines that are complete."""
        data = connection.recv(65_536)
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        for line in lines:
            self._take(line)
        if data == b"" and self._buffer:
            raise BrokenBytesError(f"the stream ended inside a line: {self._buffer!r}")
        return data != b""

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
            shown = self._words_for(message)
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenBytesError(f"{line!r} makes no sense: {error!r}") from error
        if shown:
            self.screen.show(shown)

    def _words_for(self, message: dict[str, Any]) -> str:
        match message["type"]:
            case "record":
                return self._words_for_event(message)
            case "signal":
                signal = message["signal"]
                return SIGNALS.get(signal["type"], "").format_map({**signal, "names": _join(signal.get("names", ()))})
            case "refusal" | "closing":
                return f"server: {message['sentence']}"
            case "pong":
                return f"pong {message['id']}"
            case "answer" if message["answer"]["type"] == "told":
                outcomes = message["answer"]["outcomes"]
                return "server: " + _join(f"{outcome['name']} {outcome['status']}" for outcome in outcomes)
            case _:
                return ""

    def _words_for_event(self, record: dict[str, Any]) -> str:
        event = record["event"]
        kind, name = event["type"], event.get("name", "")
        if kind != "said":
            return SHOWN.get(kind, "{name} {type}").format_map({"name": name, **event})
        is_private = record["in"].startswith("@")
        if is_private and name == self.name:
            return ""
        self._last = f"{record['room']}-{record['seq']}"
        place = " [private]" if is_private else ""
        return f"* {name} {event['text']}" if event.get("manner") == "action" else f"{name}{place}: {event['text']}"


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode() + b"\n"


def _join(names: Any) -> str:  # noqa: ANN401 - anything that JSON held
    return ", ".join(names)

"""IRC clients, an old one and one of today: lines of the protocol as they are typed, and as they come.

https://modern.ircdocs.horse/, and https://ircv3.net/irc/ for what is switched on.
"""

import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, Final

from tests.seeds.client import REST_SECONDS, Address, BrokenBytesError, Client
from tests.seeds.filehost import Sender, send_file
from tests.seeds.irc_lines import Line, read_line
from tests.seeds.irc_masks import Masks
from tests.seeds.irc_scram import ScramLogin
from tests.seeds.screen import End

PLAIN: Final[Sequence[str]] = ()
"""What an old client switches on."""

MODERN: Final[Sequence[str]] = (
    "message-tags",
    "server-time",
    "account-tag",
    "batch",
    "labeled-response",
    "echo-message",
    "standard-replies",
)
"""What a client of today switches on, where nobody says otherwise."""

FILEHOST: Final = "soju.im/FILEHOST="
"""With what 005 says where files are sent."""

NEEDED: Final = {
    "ACCOUNT": "account-notify",
    "AWAY": "away-notify",
    "BATCH": "batch",
    "CHGHOST": "chghost",
    "FAIL": "standard-replies",
    "MARKREAD": "draft/read-marker",
    "METADATA": "draft/metadata-3",
    "NOTE": "standard-replies",
    "REDACT": "draft/message-redaction",
    "RENAME": "draft/channel-rename",
    "SETNAME": "setname",
    "TAGMSG": "message-tags",
    "WARN": "standard-replies",
}
"""What is sent only to who has switched something on: to others it would be a fault."""

NEEDED_INSTEAD: Final = {
    "BATCH": "draft/multiline",
    "CHATHISTORY": "draft/chathistory",
    "JOIN": "draft/channel-rename",
    "MARKREAD": "draft/read-marker",
    "METADATA": "draft/metadata-3",
    "REDACT": "draft/message-redaction",
    "RENAME": "draft/channel-rename",
    "SEARCH": "soju.im/search",
    "SETNAME": "setname",
}
"""What of standard replies does without `standard-replies`, by the command that they are about."""

ALWAYS_FAILING: Final = frozenset({"REGISTER", "VERIFY"})
"""Commands that are answered so in any case: who sends them knows it."""

LOGIN_ENDS: Final = frozenset({"902", "903", "904", "905", "906", "907"})
"""Numerics with which a login by SASL is over. IRCv3 sasl-3.1."""

NEEDED_BY_TAGS: Final = {"account": "account-tag", "batch": "batch", "label": "labeled-response", "time": "server-time"}
"""The same for tags; all others need `message-tags`."""


class IrcClient(Client):
    """Send what is typed, answer PING, show all else as `Masks` does; die of what no server should send."""

    kind: ClassVar[str] = "irc"

    def __init__(self, address: Address, name: str, wanted: Sequence[str] = PLAIN) -> None:
        """`wanted` are the capabilities that it asks for when it registers."""
        super().__init__(address, name)
        self._wanted = wanted
        self._capabilities: set[str] = set()
        self._insists = False
        """Whether it can do nothing without all that is wanted: it has asked for that by itself."""
        self._nick = ""
        """What the server calls it; empty before it is in."""
        self.filehost = ""
        """Where files are sent, as far as the server has told. soju.im/FILEHOST."""
        self._buffer = b""
        self._masks = Masks()
        self._login: ScramLogin | None = None
        """What proves that its user knows a password, while it does."""

    def register(self, password: str = "") -> None:
        """Say who its user is, with the password of his account if he has one, and what it wants switched on."""
        lines = [f"NICK {self.name}", f"USER {self.name} 0 * :{self.name}"]
        if password:
            lines.insert(0, f"PASS :{password}")
        if self._wanted:
            self._insists = True
            lines = ["CAP LS 302", *lines, f"CAP REQ :{' '.join(self._wanted)}", "CAP END"]
        for line in lines:
            self.say(line)

    def upload(self, password: str, name: str, content: bytes) -> None:
        """Send a file to where the server has told, and show what became of it; its link is `LINK` from now on."""
        self.screen.note(f"> uploads {name!r}")
        stored = send_file(self.filehost, Sender(self.name, password), name, content)
        if stored.link:
            self._masks.link = stored.link
        self.screen.show(f"HTTP {stored.status.value}{' LINK' if stored.link else ''}")

    def encode(self, text: str) -> bytes:
        """Put CR LF behind a line; commands of its own are `/ping`, and `/scram NAME PASSWORD`, which logs in."""
        if text.startswith("/ping "):
            text = f"PING :{text.removeprefix('/ping ')}"
        elif text.startswith("/scram "):
            _, name, password = text.split(" ", 2)
            self._login = ScramLogin(name, password)
            text = "AUTHENTICATE SCRAM-SHA-256"
        return self._masks.meant(text).encode() + b"\r\n"

    def leave(self) -> None:
        """Say so, hear the end, and close."""
        self.screen.end(End.LEFT, "said QUIT")
        if self._reader.ident is not None:
            with suppress(OSError):
                self._socket.sendall(b"QUIT\r\n")
                self._reader.join(REST_SECONDS)
        super().leave()

    def read(self, connection: socket.socket) -> bool:
        """Read what is there, and take the lines that are complete."""
        data = connection.recv(65_536)
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        for line in lines:
            self._take(read_line(line))
        if data == b"" and self._buffer:
            raise BrokenBytesError(f"the stream ended inside a line: {self._buffer!r}")
        return data != b""

    def _take(self, line: Line) -> None:
        self._require_wanted(line)
        if line.command == "PING":
            self.screen.note(f"(is asked whether it is there: {line.params})")
            self.send_bytes(f"PONG :{line.params[-1]}\r\n".encode())
            return
        if line.command == "AUTHENTICATE" and self._login is not None:
            self.screen.note(f"(logs in: {line.params})")
            self.send_bytes(f"AUTHENTICATE {self._login.answer(line.params[0])}\r\n".encode())
            return
        if line.is_numeric:
            self._login = None if line.command in LOGIN_ENDS else self._login
            self._check_nick(line)
            self._note_filehost(line)
        elif line.command == "NICK" and line.source.partition("!")[0] == self._nick:
            self._nick = line.params[0]
        elif line.command == "CAP":
            self._switch(line)
        self.screen.show(self._masks.shown(line))

    def _require_wanted(self, line: Line) -> None:
        needed = {NEEDED_BY_TAGS.get(key, "message-tags") for key in line.tags}
        if line.command in NEEDED and not self._knows_failure(line):
            needed |= {NEEDED[line.command]}
        if not needed <= self._capabilities:
            raise BrokenBytesError(f"{sorted(needed - self._capabilities)} was not switched on: {line}")

    def _knows_failure(self, line: Line) -> bool:
        """Say whether this is a failure that the specification of its command has."""
        if line.command != "FAIL":
            return False
        about = line.params[0]
        return about in ALWAYS_FAILING or NEEDED_INSTEAD.get(about) in self._capabilities

    def _check_nick(self, line: Line) -> None:
        """See that a numeric is addressed to this client."""
        if line.command == "001":
            self._nick, self._insists = line.params[0], False
        elif self._nick and line.params[0] != self._nick:
            raise BrokenBytesError(f"somebody else is called so: {line}")

    def _note_filehost(self, line: Line) -> None:
        """Take note of where files are sent."""
        places = [word.removeprefix(FILEHOST) for word in line.middles if word.startswith(FILEHOST)]
        if line.command == "005" and places:
            self.filehost = places[-1]

    def _switch(self, line: Line) -> None:
        """Take note of what is switched on and off."""
        _, what, *_, words = line.params
        for word in words.split():
            match what:
                case "ACK" if not word.startswith("-"):
                    self._capabilities.add(word)
                case "ACK" | "DEL":
                    self._capabilities.discard(word.removeprefix("-"))
                case "NAK" if self._insists:
                    raise BrokenBytesError(f"the server cannot do all that was wanted: {line}")
                case _:
                    pass


class ModernIrcClient(IrcClient):
    """One of today."""

    kind: ClassVar[str] = "irc3"

    def __init__(self, address: Address, name: str, wanted: Sequence[str] = MODERN) -> None:
        super().__init__(address, name, wanted)

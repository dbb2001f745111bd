"""A person on a telnet client that negotiates options (RFC 854, RFC 855, RFC 1073)."""

import socket
import struct
from collections import Counter
from typing import ClassVar, Final

from tests.seeds.client import Address, BrokenBytesError
from tests.seeds.netcat import NetcatClient

IAC: Final = 255
"""Interpret as command: begins every command, doubled when it is data. RFC 854."""

SE, SB, WILL, WONT, DO, DONT = 240, 250, 251, 252, 253, 254
"""The commands that matter here. RFC 854."""

NEGOTIATIONS: Final = frozenset({WILL, WONT, DO, DONT})
"""The commands that are followed by an option. RFC 854."""

SUPPRESS_GO_AHEAD, TERMINAL_TYPE, WINDOW_SIZE = 3, 24, 31
"""Options: RFC 858, RFC 1091, RFC 1073."""

WINDOW: Final = struct.pack(">HH", 80, 24)
"""The size of the window in columns and rows, as RFC 1073 sends it."""

ANSWERS_TO: Final = {WILL: (DO, DONT), DO: (WILL, WONT)}
"""What may answer an offer or a request. RFC 854."""

PATIENCE_COMMANDS: Final = 20
"""How often one option may be negotiated before the client believes in an endless loop. Our own choice."""


class TelnetClient(NetcatClient):
    """Offer a window size and a terminal type, ask for no go-aheads; show everything that is no command."""

    kind: ClassVar[str] = "telnet"

    def __init__(self, address: Address, name: str) -> None:
        super().__init__(address, name)
        self.unanswered: set[tuple[int, int]] = set()
        """What was offered or asked for (command, option) and has had no answer yet."""
        self._pending = b""
        self._negotiated: Counter[int] = Counter()

    def opening(self) -> bytes:
        """Open the negotiation, and give a window size unasked, as some clients do."""
        asked = ((WILL, WINDOW_SIZE), (WILL, TERMINAL_TYPE), (DO, SUPPRESS_GO_AHEAD))
        self.unanswered.update(asked)
        window = bytes((IAC, SB, WINDOW_SIZE)) + WINDOW + bytes((IAC, SE))
        return b"".join(bytes((IAC, command, option)) for command, option in asked) + window

    def encode(self, text: str) -> bytes:
        """End the typed line as RFC 854 has it, double what would be a command."""
        return text.encode().replace(b"\xff", b"\xff\xff") + b"\r\n"

    def read(self, connection: socket.socket) -> bool:
        """Read what is there: obey the commands, show the rest."""
        data = connection.recv(65536)
        self._pending += data
        shown = bytearray()
        while self._pending:
            used = self._take_command(shown) if self._pending[0] == IAC else self._take_text(shown)
            if used == 0:
                break
            self._pending = self._pending[used:]
        self.show_bytes(bytes(shown))
        return data != b""

    def _take_text(self, shown: bytearray) -> int:
        text = self._pending.partition(bytes((IAC,)))[0]
        shown += text
        return len(text)

    def _take_command(self, shown: bytearray) -> int:
        """Obey the command at the front; return how many bytes it has, 0 if it is not complete."""
        command = self._pending[1] if len(self._pending) > 1 else None
        if command is None:
            return 0
        if command == IAC:
            shown.append(IAC)
            return 2
        if command == SB:
            return self._pending.find(bytes((IAC, SE))) + 2 if bytes((IAC, SE)) in self._pending else 0
        if command in NEGOTIATIONS:
            return self._take_negotiation(command)
        if command < SE:
            raise BrokenBytesError(f"not a telnet command: {command}")
        return 2

    def _take_negotiation(self, command: int) -> int:
        if len(self._pending) < 3:
            return 0
        self._negotiate(command, self._pending[2])
        return 3

    def _negotiate(self, command: int, option: int) -> None:
        self._negotiated[option] += 1
        if self._negotiated[option] > PATIENCE_COMMANDS:
            raise BrokenBytesError(f"option {option} is negotiated without an end")
        for asked, answers in ANSWERS_TO.items():
            if command in answers and (asked, option) in self.unanswered:
                self.unanswered.discard((asked, option))
                return
        # Whatever the server wants of its own accord is declined; a refusal needs no answer (RFC 854).
        if command == WILL:
            self.send_bytes(bytes((IAC, DONT, option)))
        elif command == DO:
            self.send_bytes(bytes((IAC, WONT, option)))

"""Telnet: takes its commands out of the bytes, and answers those that want an answer.

RFC 854 (commands), 855 (options), 860 (timing mark), 1143 (no negotiation loops). Telnet clients echo and edit their
lines themselves until a server offers to; so nearly every option is refused, and the only thing that is ever offered is
to echo: whoever is promised that does not show what is typed, and a password stays unseen.
"""

import re
from typing import Final

IAC: Final = 0xFF
"""Interpret as command: begins every command; twice, it is a byte of data. It never occurs in UTF-8."""

_SE, _AYT = 0xF0, 0xF6
_BREAK, _INTERRUPT, _ABORT = 0xF3, 0xF4, 0xEE
_SB, _WILL, _WONT, _DO, _DONT = 0xFA, 0xFB, 0xFC, 0xFD, 0xFE
_LOWEST_COMMAND: Final = 0xEC
"""EOF of RFC 1184, the lowest command there is."""

BINARY: Final = 0
"""Eight bits a byte, which is what we speak anyway: some clients strip the eighth unless we agree. RFC 856."""

ECHO: Final = 1
"""Offered to hide a password, and taken back behind it. RFC 857."""

TIMING_MARK: Final = 6
"""Asks to be told when everything before it was read: sent after Ctrl+C, and output is dropped until the answer."""

_IDLE: Final = re.compile(rb"(?:\xff[\xec\xed\xef-\xf2\xf5\xf7-\xf9])+")
"""Commands that ask for nothing here: EC and EL too, for lines are edited before they are sent. Matched as a run, a
hundred times faster than one by one; a stream of them should cost us little."""

_ESCAPES: Final = re.compile(rb"(?:\xff\xff)+")
"""Bytes 0xFF in a subnegotiation, to which nothing here listens."""

PRESENCE: Final = b"[hubbub is here]\r\n"
"""Printable evidence that we are, for AYT. RFC 854."""


class TelnetReader:
    """Separates data from telnet's commands; costs one `in` per call until the first command comes.

    Between calls it keeps at most two bytes.
    """

    __slots__ = ("_answers", "_binary", "_is_hiding", "_pending", "_skipping", "interrupted", "is_spoken")

    def __init__(self) -> None:
        self._answers = bytearray()
        self._binary: dict[int, bool] = {}
        """Whether BINARY is agreed, where it ever was: under `_DO` for us, under `_WILL` for the peer."""
        self._pending = b""
        self._skipping = False
        """Whether we are inside a subnegotiation, to which nothing here listens."""
        self._is_hiding = False
        """Whether the peer was offered that we echo, and shows nothing of what is typed."""
        self.is_spoken = False
        """Whether the peer has shown that it understands these commands."""
        self.interrupted = False
        """Whether the peer pressed Ctrl+C or the like; the caller may clear it."""

    @property
    def buffered_bytes(self) -> int:
        """Return how much is kept until more comes, answers not counted."""
        return len(self._pending)

    def receive_data(self, data: bytes) -> bytes:
        """Return these bytes without telnet's commands, however they were cut."""
        if IAC not in data and not self._pending and not self._skipping:
            return data
        return self._filter(self._pending + data)

    def hide_input(self) -> None:
        """Have the peer show nothing of what is typed; only where `is_spoken`."""
        if not self._is_hiding:
            self._is_hiding = True
            self._answer(_WILL, ECHO)

    def show_input(self) -> None:
        """Have it show that again, on a line of its own: the line end was not shown either."""
        if self._is_hiding:
            self._is_hiding = False
            self._answer(_WONT, ECHO)
            self._answers += b"\r\n"

    def data_to_send(self) -> bytes:
        """Return the answers owed since the last call; send them before anything else."""
        answers = bytes(self._answers)
        self._answers.clear()
        return answers

    def _filter(self, data: bytes) -> bytes:
        kept = bytearray()
        self._pending = b""
        start = 0
        while True:
            found = data.find(IAC, start)
            end = len(data) if found < 0 else found
            if not self._skipping:
                kept += data[start:end]
            if found < 0:
                return bytes(kept)
            if run := (_ESCAPES if self._skipping else _IDLE).match(data, found):
                start = run.end()
                continue
            length = _command_length(data, found)
            if not length:
                self._pending = data[found:]
                return bytes(kept)
            start = found + length
            kept += self._obey(data[found:start])

    def _obey(self, command: bytes) -> bytes:
        """Do what one whole command asks; returns the data that it stands for."""
        verb = command[1]
        # Anything else but SE in a subnegotiation means that its end was forgotten: better than waiting for ever.
        self._skipping = verb == _SB
        if verb == IAC:
            return command[1:]
        if verb < _LOWEST_COMMAND:
            # No command, perhaps a Latin-1 text: let it be refused as one.
            return command
        if verb >= _WILL:
            self._negotiate(verb, command[2])
        elif verb == _AYT:
            self._answers += PRESENCE
        elif verb in {_BREAK, _INTERRUPT, _ABORT}:
            self.interrupted = True
        # The others, at the end of a subnegotiation, have nothing to do here.
        return b""

    def _negotiate(self, verb: int, option: int) -> None:
        self.is_spoken = True
        if option == ECHO and verb in {_DO, _DONT} and (verb == _DO) == self._is_hiding:
            return  # what was offered is taken
        if option == BINARY:
            self._negotiate_binary(verb)
        elif verb == _DO and option == TIMING_MARK:
            self._answer(_WILL, option)
        elif verb == _DO:
            self._answer(_WONT, option)
        elif verb == _WILL:
            self._answer(_DONT, option)
        # DONT and WONT tell what is so already, and an answer would be the beginning of a loop.

    def _negotiate_binary(self, verb: int) -> None:
        side, yes, no = (_DO, _WILL, _WONT) if verb in {_DO, _DONT} else (_WILL, _DO, _DONT)
        agreed = self._binary.get(side)
        if verb != side:
            if agreed:
                self._binary[side] = False
                self._answer(no, BINARY)
        elif agreed is None:
            self._binary[side] = True
            self._answer(yes, BINARY)
        elif not agreed:
            # Agreed to once only: yes, no, yes, no … can circle between two sides that are both right. RFC 1143.
            self._answer(no, BINARY)

    def _answer(self, verb: int, option: int) -> None:
        self._answers += bytes((IAC, verb, option))


def _command_length(data: bytes, start: int) -> int:
    """Return the length of the command that begins at `start`, or 0 where it is not complete."""
    if start + 1 >= len(data):
        return 0
    if _WILL <= data[start + 1] <= _DONT:
        return 3 if start + 2 < len(data) else 0
    return 2

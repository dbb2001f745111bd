"""A program in a terminal of its own, as a person would run it: what is shown, and what is typed."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import pytest

from tests.harness.processes import marked_environment
from tests.outside.raw import PATIENCE_SECONDS

KIND: Final = "xterm"
"""What programs take it for."""

SIZE: Final = struct.pack("HHHH", 40, 120, 0, 0)
"""Rows and columns, and nothing for pixels."""


def require(program: str) -> None:
    """Skip the test where a program is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


@contextmanager
def terminal(*command: str) -> Iterator["Terminal"]:
    """Run a program in a terminal, or skip the test where it is not installed."""
    require(command[0])
    opened = Terminal(command)
    try:
        yield opened
    finally:
        opened.close()


class Terminal:
    """One program, and the keyboard and the screen that it believes to have."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start the program."""
        self._keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, SIZE)
        self._process = subprocess.Popen(
            command,
            stdin=screen,
            stdout=screen,
            stderr=screen,
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - one system call, which takes no lock
            env={**marked_environment(), "TERM": KIND},
        )
        os.close(screen)
        self._shown = b""

    def type(self, text: str) -> None:
        """Press these keys; the Enter key is a carriage return."""
        os.write(self._keyboard, text.encode(errors="surrogateescape"))

    def resize(self, *, rows: int, columns: int) -> None:
        """Drag the window to another size."""
        fcntl.ioctl(self._keyboard, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def see(self, wanted: str) -> str:
        """Wait until something is shown; return everything up to and including it, since the last time."""
        while wanted.encode() not in self._shown:
            assert self._read(), f"{self._process.args!r} ended before {wanted!r}, after {self._shown!r}"
        before, _, self._shown = self._shown.partition(wanted.encode())
        # What is typed is shown again as it is, and may be no text.
        return (before + wanted.encode()).decode(errors="surrogateescape")

    def end_by(self, number: signal.Signals) -> int:
        """End the program by a signal; return its exit code."""
        self._process.send_signal(number)
        return self._process.wait(PATIENCE_SECONDS)

    @property
    def echoes(self) -> bool:
        """Whether what is typed is shown, as a shell wants it."""
        return bool(termios.tcgetattr(self._keyboard)[3] & termios.ECHO)

    def see_rest(self) -> str:
        """Wait until the program has ended; return what it has shown since the last time."""
        while self._read():
            pass
        shown, self._shown = self._shown, b""
        return shown.decode()

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed, and wait until the program has ended by that."""
        os.close(self._keyboard)
        try:
            assert self._process.wait(PATIENCE_SECONDS) == 0
        finally:
            self._process.kill()

    def close(self) -> None:
        """End the program, and close the terminal."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._keyboard)

    def _read(self) -> bool:
        """Read what is there, waiting for it; return False when the program has ended."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        readable, _, _ = select.select([self._keyboard], [], [], deadline - time.monotonic())
        assert readable, f"{self._process.args!r} shows nothing more after {self._shown!r}"
        try:
            data = os.read(self._keyboard, 65_536)
        except OSError:
            # On Linux the last program to close a terminal leaves an error behind instead of an end.
            return False
        self._shown += data
        return data != b""


def _own_terminal() -> None:
    """Make standard input the terminal that the program belongs to, and that hangs up when it is closed."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

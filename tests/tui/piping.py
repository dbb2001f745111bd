"""`hubbub chat --plain` in a process of its own, with pipes for its lines."""

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from tests.harness.processes import marked_environment
from tests.outside.raw import PATIENCE_SECONDS

CHAT: Final = (sys.executable, "-m", "hubbub", "chat")
"""The command."""


class Pipes:
    """One client: what it is told goes in, what it says comes out, remarks on standard error among the rest."""

    def __init__(self, arguments: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            [*CHAT, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**marked_environment(), "PYTHONUNBUFFERED": "1"},
        )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.shown: list[str] = []
        """Every line so far."""
        threading.Thread(target=self._drain, args=(self._process.stdout,), daemon=True).start()

    def _drain(self, pipe: IO[str]) -> None:
        for line in pipe:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def write(self, line: str) -> None:
        """Give it a line."""
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(f"{line}\n")
        pipe.flush()

    def see(self, wanted: str) -> str:
        """Wait until a line has something in it; return it."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE_SECONDS)
            except queue.Empty:
                raise AssertionError(f"{wanted!r} is not shown, only {self.shown}") from None
            assert line is not None, f"it ended before {wanted!r}, after {self.shown}"
            self.shown.append(line)
            if wanted in line:
                return line

    def end(self) -> int:
        """Close the pipe, and wait until it has ended; return the exit code."""
        pipe = self._process.stdin
        assert pipe is not None
        pipe.close()
        code = self._process.wait(PATIENCE_SECONDS)
        while (line := self._lines.get(timeout=PATIENCE_SECONDS)) is not None:
            self.shown.append(line)
        return code

    def kill(self) -> None:
        """End it as a power cut would; harmless when repeated."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


@contextmanager
def piped(*arguments: str) -> Iterator[Pipes]:
    """Run a client."""
    client = Pipes(("--plain", *arguments))
    try:
        yield client
    finally:
        client.kill()

"""The command `hubbub` as somebody uses it in a shell, with a home of his own."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.harness.processes import marked_environment
from tests.outside.raw import PATIENCE_SECONDS

COMMAND: Final = [sys.executable, "-m", "hubbub"]


class Shell:
    """Somebody's shell."""

    def __init__(self, home: Path, server: str, **variables: str) -> None:
        self.environment: Mapping[str, str] = marked_environment() | {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "LOGNAME": "someone",
            "HUBBUB_SERVER": server,
            "TZ": "UTC",
            **variables,
        }

    def run(self, *arguments: str, given: str | bytes = "") -> subprocess.CompletedProcess[str]:
        """Run a command with something on its standard input, and wait for its end."""
        return subprocess.run(
            [*COMMAND, *arguments],
            input=given if isinstance(given, str) else given.decode("latin-1"),
            capture_output=True,
            encoding="utf-8" if isinstance(given, str) else "latin-1",
            env=self.environment,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def start(self, *arguments: str) -> "Running":
        """Start a command that goes on."""
        return Running([*COMMAND, *arguments], self.environment)


class Running:
    """A command that goes on until it is interrupted, or nobody reads it any more."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def read_line(self) -> str:
        """Wait for the next line that it writes."""
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._rest:
            readable, _, _ = select.select([descriptor], [], [], PATIENCE_SECONDS)
            assert readable, f"{self._process.args!r} writes nothing more after {self._rest!r}"
            data = os.read(descriptor, 65_536)
            assert data, f"{self._process.args!r} ended after {self._rest!r}: {self._process.communicate()[1]!r}"
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()

    def stop_reading(self) -> None:
        """Read nothing more, as `head` does."""
        assert self._process.stdout is not None
        self._process.stdout.close()

    def interrupt(self) -> None:
        """Press Ctrl+C."""
        self._process.send_signal(signal.SIGINT)

    def wait(self) -> tuple[int, str]:
        """Wait for its end; return the exit code, and what it wrote to standard error."""
        assert self._process.stderr is not None
        told = self._process.stderr.read().decode()
        return self._process.wait(PATIENCE_SECONDS), told


def in_environment(command: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Return a command line that sets the variables first."""
    changed = [f"{key}={value}" for key, value in environment.items() if os.environ.get(key) != value]
    return ["env", *changed, *command]

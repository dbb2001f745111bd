"""Windows of tmux, as people leave their clients in: what they show, and what is typed into them."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.harness.processes import marked_environment
from tests.outside.terminal import require
from tests.outside.waiting import eventually

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Pane:
    """One window, with a program in it."""

    def __init__(self, socket: Path, name: str) -> None:
        self._tmux = ("tmux", "-S", str(socket), "-f", os.devnull)
        self._name = name

    def start(self, command: list[str], environment: dict[str, str], columns: int = 100, rows: int = 30) -> None:
        """Run a program in it."""
        size = ("-x", str(columns), "-y", str(rows))
        given = [part for key, value in environment.items() for part in ("-e", f"{key}={value}")]
        self._do("new-session", "-d", "-s", self._name, *size, *given, "--", *command)

    def type(self, text: str, *keys: str) -> None:
        """Type a text all at once, then press keys as tmux calls them."""
        self._do("send-keys", "-t", self._name, "-l", "--", text)
        self.press(*keys)

    def press(self, *keys: str) -> None:
        """Press keys as tmux calls them."""
        if keys:
            self._do("send-keys", "-t", self._name, *keys)

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window to another size."""
        self._do("resize-window", "-t", self._name, "-x", str(columns), "-y", str(rows))

    def wipe(self, word: str) -> None:
        """Forget what it shows, of which its program is told nothing; once more where it was drawing just then."""

        def is_gone() -> bool:
            self._do("send-keys", "-R", "-t", self._name)
            return word not in self.look()

        eventually(is_gone)

    def look(self, *, with_colours: bool = False) -> str:
        """Return what it shows."""
        return self._do("capture-pane", "-p", *(("-e",) if with_colours else ()), "-t", self._name)

    def see(self, *words: str) -> None:
        """Wait until all of this is shown."""
        try:
            eventually(lambda: all(word in self.look() for word in words))
        except AssertionError:
            raise AssertionError(f"{words} is not shown in the window of {self._name}:\n{self.look()}") from None

    def miss(self, word: str) -> None:
        """Wait until something is shown no longer."""
        eventually(lambda: word not in self.look())

    @property
    def pid(self) -> str:
        """Which process its program is."""
        return self._do("list-panes", "-t", self._name, "-F", "#{pane_pid}").strip()

    @property
    def is_there(self) -> bool:
        """Whether its program still runs."""
        asked = subprocess.run([*self._tmux, "has-session", "-t", self._name], capture_output=True, check=False)
        return asked.returncode == 0

    def _do(self, *arguments: str) -> str:
        # The first of them starts tmux itself, and with it goes the environment of every window.
        environment = marked_environment()
        done = subprocess.run([*self._tmux, *arguments], capture_output=True, check=True, text=True, env=environment)
        return done.stdout


@contextmanager
def panes(folder: Path) -> Iterator["Panes"]:
    """Give windows of a tmux of their own, which ends with the test; skip it where there is no tmux."""
    require("tmux")
    opened = Panes(folder)
    try:
        yield opened
    finally:
        opened.close()


class Panes:
    """All windows of a test."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux"
        self._folder = folder
        self._pids: set[str] = set()

    def chat(
        self, address: str, name: str, *, columns: int = 100, rows: int = 30, settings: Mapping[str, str] = NOTHING
    ) -> Pane:
        """Let somebody sit before the client, with a home of his own, and these in his environment."""
        pane = Pane(self.socket, name)
        home = self._folder / name
        environment = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "STATE", "CACHE", "DATA")}
        environment |= {"HOME": str(home), "LC_ALL": "C.UTF-8"}
        environment |= settings
        home.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "hubbub", "chat", address, "--name", name]
        return self._start(pane, command, environment, columns, rows)

    def run(self, name: str, command: list[str], *, columns: int = 100, rows: int = 30) -> Pane:
        """Let somebody run another program."""
        return self._start(Pane(self.socket, name), command, {"LC_ALL": "C.UTF-8"}, columns, rows)

    def _start(self, pane: Pane, command: list[str], environment: dict[str, str], columns: int, rows: int) -> Pane:
        pane.start(command, environment, columns, rows)
        self._pids.add(pane.pid)
        return pane

    def close(self) -> None:
        """Close the windows, and wait until their programs have taken their leave."""
        subprocess.run(["tmux", "-S", str(self.socket), "kill-server"], capture_output=True, check=False)
        eventually(lambda: not any(Path("/proc", pid).exists() for pid in self._pids))

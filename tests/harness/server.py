"""A real hubbub in a process of its own, as an operator would start it."""

import json
import queue
import re
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final

from tests.harness.ports import lasting_port
from tests.harness.processes import marked_environment
from tests.seeds.client import Address

START_SECONDS: Final = 90.0
"""How long a start may take before it counts as failed. Only a bound: the goal is one second."""

STOP_SECONDS: Final = 20.0
"""How long a stop may take before the process is killed. Outboxes are emptied for at most 5 s."""

PATIENT: Final[Mapping[str, str]] = MappingProxyType({"limits.detect_seconds": "60"})
"""On a busy machine a client may connect, and speak only a second later: nobody is to take it for netcat."""

LISTENING: Final = re.compile(r"listening on (?P<host>.+):(?P<port>\d+) \((?P<protocol>[\w-]+)\)")
"""What a listener prints: where it is, and what it speaks."""

READY: Final = re.compile(r"ready on .+:\d+")
"""The last line of a start."""


class ServerError(AssertionError):
    """The server did not do what an operator may expect; the text holds all that it said."""


class Server:
    """One hubbub and its data folder, which outlives stops and restarts."""

    def __init__(self, data: Path, listen: Sequence[str] = (), settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        """The folder of its database; made if it does not exist."""
        self.listen = list(listen) or [f"127.0.0.1:{lasting_port()}"]
        """Where it listens, as `--listen` takes it: `ADDRESS:PORT[=PROTOCOL]`; by default, always the same."""
        self.settings = dict(settings or {})
        """What is given by `--set`."""
        self.ports: dict[str, list[int]] = {}
        """The ports of each protocol, in the order of `listen`; known once it is ready."""
        self.log_file = data.with_name(f"{data.name}.log")
        """What it wrote to stderr, over all its starts."""
        self.printed: list[str] = []
        """What it wrote to stdout, over all its starts."""
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._drain: threading.Thread | None = None
        self._dismissed = False

    @property
    def command(self) -> list[str]:
        """The command line."""
        listeners = [part for address in self.listen for part in ("--listen", address)]
        settings = [part for key, value in self.settings.items() for part in ("--set", f"{key}={value}")]
        return [sys.executable, "-m", "hubbub", "serve", "--data", str(self.data), *listeners, *settings]

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def crashed(self) -> bool:
        """Whether the process has ended without being told to."""
        return self._process is not None and not self.running and not self._dismissed

    @property
    def pid(self) -> int:
        """The process's id; raise `ServerError` if it was never started."""
        return self._started().pid

    def start(self) -> None:
        """Start the process and wait until it is ready; raise `ServerError` if it is not."""
        if self.running:
            raise ServerError("it runs already")
        self._dismissed = False
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("a") as log:
            self._process = subprocess.Popen(
                self.command,
                stdout=subprocess.PIPE,
                stderr=log,
                stdin=subprocess.DEVNULL,
                text=True,
                env=marked_environment(),
            )
        if self._process.stdout is None:
            raise ServerError("there is no pipe to its stdout")
        self._lines = queue.SimpleQueue()
        self._drain = threading.Thread(target=self._drain_stdout, args=(self._process.stdout,), daemon=True)
        self._drain.start()
        self._wait_until_ready()

    def address(self, protocol: str = "auto") -> Address:
        """Give the address of the first listener that speaks a protocol."""
        if protocol not in self.ports:
            raise ServerError(f"no listener for {protocol}, only for {sorted(self.ports)}")
        return Address("127.0.0.1", self.ports[protocol][0])

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal and do not wait."""
        self._dismissed = True
        self._started().send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; return the exit code, negative for a signal that ended it."""
        if self.running:
            self.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end of the process, kill it when that takes too long and raise `ServerError`."""
        process = self._started()
        try:
            code = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServerError(self.explain(f"it did not stop within {STOP_SECONDS:g} s")) from None
        self._forget_pipe()
        return code

    def kill(self) -> None:
        """Kill the process with SIGKILL, as a power cut would; nothing happens if it is dead."""
        process = self._started()
        self._dismissed = True
        process.kill()
        process.wait()
        self._forget_pipe()

    def restart(self) -> None:
        """Stop in an orderly way, start again on the same data; the ports may be others."""
        code = self.stop()
        if code != 0:
            raise ServerError(self.explain(f"it stopped with {code}"))
        self.start()

    @property
    def log_text(self) -> str:
        """Everything it has written to stderr."""
        return self.log_file.read_text() if self.log_file.exists() else ""

    @property
    def logs(self) -> list[dict[str, object]]:
        """Its log entries; a line of stderr that is no JSON object is an entry with the key `text`."""
        return [_entry(line) for line in self.log_text.splitlines()]

    def complaints(self) -> list[dict[str, object]]:
        """Give the entries that no healthy server writes: errors, and what is no log entry at all."""
        return [entry for entry in self.logs if "text" in entry or entry.get("level") in {"error", "critical"}]

    def explain(self, what: str) -> str:
        """Put everything that the server has said behind a sentence."""
        printed = "\n".join(self.printed)
        return f"{what}\n--- command\n{' '.join(self.command)}\n--- stdout\n{printed}\n--- stderr\n{self.log_text}"

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise ServerError("it was never started")
        return self._process

    def _drain_stdout(self, pipe: IO[str]) -> None:
        # Read to the end, or a server that prints more would block on a full pipe.
        for line in pipe:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def _wait_until_ready(self) -> None:
        ports = defaultdict(list)
        while True:
            try:
                line = self._lines.get(timeout=START_SECONDS)
            except queue.Empty:
                self.kill()
                raise ServerError(self.explain(f"it was not ready within {START_SECONDS:g} s")) from None
            if line is None:
                raise ServerError(self.explain(f"it ended with {self.wait()} before it was ready"))
            self.printed.append(line)
            if listening := LISTENING.search(line):
                ports[listening["protocol"]].append(int(listening["port"]))
            elif READY.search(line):
                self.ports = dict(ports)
                return

    def _forget_pipe(self) -> None:
        if self._drain is not None:
            self._drain.join()
            self._drain = None
        while not self._lines.empty():
            if (line := self._lines.get()) is not None:
                self.printed.append(line)
        if (pipe := self._started().stdout) is not None:
            pipe.close()


def _entry(line: str) -> dict[str, object]:
    try:
        entry: object = json.loads(line)
    except ValueError:
        return {"text": line}
    return entry if isinstance(entry, dict) else {"text": line}

"""Start a server under test, watch what it costs, stop it; the floor and hubbub are treated exactly alike.

CPU is that of all threads of the server's process, user and system, from its own CPU clock: the clock behind
utime + stime of `/proc/PID/stat`, read in nanoseconds instead of hundredths of a second. Work that the kernel does for
the server on loopback (the receiving side of what it sends) counts as the server's; it does so for every server alike.
"""

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from bench.crowd import Address
from bench.profiling import profiled
from bench.tongues import Spoken

ROOT: Final = Path(__file__).resolve().parents[1]
"""The checkout: servers are started here, so that `-m bench.floor` is found."""

READY: Final = re.compile(rb"^ready on (\S+):(\d+)\s*$", re.MULTILINE)
"""The line by which a server says on standard output that it listens, and where."""

READY_SECONDS: Final = 30.0
"""Longest wait for that line: thirty times the goal for it."""

READY_POLL_SECONDS: Final = 0.001
"""How exactly the time to `ready` is measured."""

STOP_SECONDS: Final = 15.0
"""Longest wait for a server to stop by itself: hubbub empties its outboxes for at most 5 s."""

LOG_TAIL_LINES: Final = 15
"""How much of a failed server's log is shown."""


LISTENED_FOR: Final[dict[Spoken, str]] = {"text": "text", "irc": "irc"}
"""What a listener is told to expect; where nothing is said here, it finds out."""


class ServerError(Exception):
    """A server that does not start; the sentence holds the end of its log."""


class Memory(Struct, frozen=True):
    """A process's memory in bytes: resident, and resident with shared pages divided among those who share them."""

    resident: int
    proportional: int


class Server(Struct, frozen=True):
    """A server that is ready. Without a process id (one that runs elsewhere) its cost is not known."""

    address: Address
    pid: int | None
    seconds_to_ready: float = 0.0

    def cpu_seconds(self) -> float:
        """Read the process's CPU time, all threads, since its start; 0 when unknown."""
        if self.pid is None:
            return 0.0
        # A process's CPU clock has the id that clock_getcpuclockid(3) makes: ~pid in the upper bits, 2 (the
        # scheduler's exact count) in the lower three.
        return time.clock_gettime((~self.pid << 3) | 2)

    def memory(self) -> Memory:
        """Read the process's memory; 0 when unknown."""
        if self.pid is None:
            return Memory(0, 0)
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        kibibytes = {key: int(value) for key, value in re.findall(r"^(Rss|Pss):\s+(\d+) kB$", rollup, re.MULTILINE)}
        return Memory(kibibytes["Rss"] * 1024, kibibytes["Pss"] * 1024)


class Launch(Protocol):
    """What a row may do with the server it measures."""

    @property
    def is_ours(self) -> bool:
        """Tell whether the server is started, and can be started again, by us."""
        ...

    def started(self, *, announces: bool, spoken: Spoken = "text") -> AbstractContextManager[Server]:
        """Have it running, telling everybody of every newcomer or not, while in the `with`."""
        ...


class Launcher(Launch):
    """Start a program anew each time, always on the same folder of data.

    Filled in in the command are `{data}`, `{announces}` (true or false), `{spoken}`, and `{protocol}` (text, irc, or
    auto where it has to find out what its clients speak). The folder is the caller's to remove.
    """

    is_ours = True

    def __init__(self, command: tuple[str, ...], folder: Path, profile: Path | None = None) -> None:
        self.command = command
        self.folder = folder
        self.profile = profile

    @contextmanager
    def started(self, *, announces: bool, spoken: Spoken = "text") -> Iterator[Server]:
        """Start it, wait until it is ready, and stop it at the end.

        Raises `ServerError` when it does not get ready. An error of the run gets the end of the server's log as a note.
        """
        blanks = {
            "{data}": str(self.folder / "data"),
            "{announces}": str(announces).lower(),
            "{spoken}": spoken,
            "{protocol}": LISTENED_FOR.get(spoken, "auto"),
        }
        words = [fill(word, blanks) for word in self.command]
        # Files, not pipes: nobody has to read them while the server runs, and they can be shown when it fails.
        output, log = self.folder / "output", self.folder / "log"
        with output.open("wb") as stdout, log.open("wb") as stderr:
            started = time.monotonic()
            # A group of its own and not a session of its own: Linux shares the cores out between sessions first
            # (sched(7), autogroups), and then a server could not let its clients' machines, which are here, go first.
            process = subprocess.Popen(words, cwd=ROOT, stdout=stdout, stderr=stderr, process_group=0)
            try:
                address = wait_until_ready(process, output)
                server = Server(address, process.pid, time.monotonic() - started)
                with profiled(process.pid, self.profile) if self.profile else nullcontext():
                    yield server
                    stop(process)
            except Exception as error:
                error.add_note(last_words(words, output, log))
                raise
            finally:
                stop(process)


class Attached(Launch):
    """A server that somebody else started. It is what it is: whether it announces is not ours to choose."""

    is_ours = False

    def __init__(self, server: Server) -> None:
        self.server = server

    @contextmanager
    def started(
        self,
        *,
        announces: bool,  # noqa: ARG002 - the launch's signature
        spoken: Spoken = "text",  # noqa: ARG002 - as above
    ) -> Iterator[Server]:
        """Give the one server there is."""
        yield self.server


def fill(word: str, blanks: dict[str, str]) -> str:
    """Fill in the blanks of one word of a command. Other braces stay: they may be the program's own."""
    for blank, value in blanks.items():
        word = word.replace(blank, value)
    return word


def wait_until_ready(process: subprocess.Popen[bytes], output: Path) -> Address:
    """Return where the server listens as soon as it says so; raise `ServerError` when it does not."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if found := READY.search(output.read_bytes()):
            return found[1].decode().strip("[]"), int(found[2])
        if process.poll() is not None:
            raise ServerError(f"the server ended with exit code {process.returncode} before it was ready")
        time.sleep(READY_POLL_SECONDS)
    raise ServerError(f"the server printed no line `ready on ADDRESS:PORT` within {READY_SECONDS:.0f} s")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server in the orderly way, or after a while in the other one. Does nothing to one that has ended."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        print(f"the server did not stop within {STOP_SECONDS:.0f} s of SIGTERM and was killed", file=sys.stderr)


def last_words(command: list[str], *logs: Path) -> str:
    """Give the end of what a server wrote; its command tells which of two it was."""
    lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()[-LOG_TAIL_LINES:]]
    return "\n".join([f"last words of {shlex.join(command)}:", *lines])

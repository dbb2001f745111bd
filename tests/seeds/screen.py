"""What a client shows its user, in order, and how the client's life ended: the one place where tests look."""

import enum
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


class End(enum.Enum):
    """How a client's connection ended."""

    LEFT = "left"
    """Its user closed it."""
    DISCONNECTED = "was disconnected"
    """The server closed it in an orderly way, or reset it."""
    DIED = "died"
    """It met bytes that the original program cannot bear."""


@dataclass(frozen=True)
class Ending:
    """The end of a client: how, and the reason in words."""

    how: End
    why: str


class NothingShownError(AssertionError):
    """Nothing (that was looked for) has been shown, and the wait was over or the client had ended."""


class Screen:
    """The lines one client has shown; filled by its reader thread, read by a test's thread.

    A line is *unheard* until a test takes it. What was shown stays in `transcript`, heard or not.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._unheard: list[str] = []
        self._transcript: list[str] = []
        self._ending: Ending | None = None

    def show(self, line: str) -> None:
        """Add a line at the end."""
        with self._changed:
            self._unheard.append(line)
            self._transcript.append(f"  {line}")
            self._changed.notify_all()

    def note(self, text: str) -> None:
        """Add to the transcript what was not shown but helps to understand it (what the user typed, for instance)."""
        with self._changed:
            self._transcript.append(text)

    def end(self, how: End, why: str) -> None:
        """Say that nothing more will be shown; only the first ending counts."""
        with self._changed:
            if self._ending is None:
                self._ending = Ending(how, why)
                self._transcript.append(f"({how.value}: {why})")
                self._changed.notify_all()

    @property
    def ending(self) -> Ending | None:
        """How the client ended, or None while it lives."""
        with self._changed:
            return self._ending

    @property
    def unheard(self) -> list[str]:
        """A copy of the lines that no test has taken yet."""
        with self._changed:
            return list(self._unheard)

    @property
    def transcript(self) -> str:
        """Everything shown and noted so far, one entry a line."""
        with self._changed:
            return "\n".join(self._transcript)

    def take(self, patience_seconds: float) -> str:
        """Take the oldest unheard line, waiting for it if need be; raise `NothingShownError` if there is none."""
        with self._changed:
            self._wait_until(lambda: bool(self._unheard), patience_seconds)
            return self._unheard.pop(0)

    def pick(self, wanted: Callable[[str], bool], patience_seconds: float) -> list[str]:
        """Wait for a wanted line and take it, wherever it stands; return the unheard lines that stand before it."""
        with self._changed:
            self._wait_until(lambda: any(map(wanted, self._unheard)), patience_seconds)
            place = next(place for place, line in enumerate(self._unheard) if wanted(line))
            del self._unheard[place]
            return self._unheard[:place]

    def clear(self) -> None:
        """Take all unheard lines."""
        with self._changed:
            self._unheard.clear()

    def wait_for_ending(self, patience_seconds: float) -> Ending:
        """Wait until the client has ended; raise `NothingShownError` if it lives on."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._ending is not None, patience_seconds):
                raise NothingShownError(f"still connected after {patience_seconds:g} s")
            ending = self._ending
        if ending is None:  # pragma: no cover - wait_for has just seen it
            raise NothingShownError("still connected")
        return ending

    def _wait_until(self, satisfied: Callable[[], bool], patience_seconds: float) -> None:
        deadline = time.monotonic() + patience_seconds
        while not satisfied():
            if self._ending is not None:
                raise NothingShownError(f"the client {self._ending.how.value}: {self._ending.why}")
            if not self._changed.wait(deadline - time.monotonic()):
                raise NothingShownError(f"nothing like it in {patience_seconds:g} s")

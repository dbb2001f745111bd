"""Ending in order: everything is written and the terminal left as it was, where somebody ends the process or window."""

import asyncio
import select
import signal
import sys
from contextlib import suppress
from threading import Thread
from typing import Final

SIGNALLED: Final = 128
"""With the number of the signal added, the exit code of whoever was ended by one, as shells count."""

ENDING_SECONDS: Final = 6
"""How long it may take to end in order once somebody wants that: goodbye is said within two seconds."""


class Ending:
    """Cancels the task in which it was made, at most once, when a signal comes or the terminal is gone."""

    def __init__(self) -> None:
        self._task = asyncio.current_task()
        self._loop = asyncio.get_running_loop()
        self._is_finishing = False
        self.exit_code: int | None = None
        """What whoever was told to end is to exit with; None for who was not."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            # Whoever starts it with nohup wants it to stay when the window is closed.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._hear)
        if sys.stdin.isatty():
            Thread(target=self._await_hangup, name="hang-up", daemon=True).start()

    def finish(self) -> None:
        """Have the task cancelled no more: it ends by itself already, and what it writes then is not to be cut off."""
        self._is_finishing = True

    def _hear(self, number: int, _frame: object) -> None:
        # Whoever waits for a pipe that nobody reads hears nothing on the loop: by the alarm, he ends all the same.
        signal.alarm(ENDING_SECONDS)
        self._tell(number)

    def _tell(self, number: int) -> None:
        # Whoever has ended meanwhile needs not be told.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._end, number)

    def _end(self, number: int) -> None:
        if self.exit_code is not None:
            return
        self.exit_code = SIGNALLED + number
        if self._task is not None and not self._is_finishing:
            self._task.cancel()

    def _await_hangup(self) -> None:
        """Wait until the terminal is gone: not everybody is sent a signal then, and reading finds nothing for ever."""
        waiting = select.poll()
        # Nothing is waited for but what is told in any case.
        waiting.register(sys.stdin.fileno(), 0)
        waiting.poll()
        self._tell(signal.SIGHUP)

"""Stepping back: threads whose work can wait go after those who chat."""

import os
import sys
import threading
from typing import Final

NICENESS: Final = 19
"""Whoever chats goes before whoever logs in or sends files: of a core that others want, such a thread gets one part in
seventy, and all of one that nobody else wants. With 10, deliveries were up to 1.2 times as late while fifty people
logged in. sched(7)."""


def step_back() -> None:
    """Let the thread that calls this go after the others; only Linux gives a thread a niceness of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)

"""The terminal from which the server was started, if there is one: it hangs up when its window is closed."""

import os
import signal


class Terminal:
    """Remembers whether there was one that the server belongs to."""

    def __init__(self) -> None:
        # Whoever starts it with nohup wants it to stay when the window is closed.
        self._matters = _is_there() and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN

    @property
    def is_gone(self) -> bool:
        """Whether the server belonged to a terminal, and that is closed now."""
        return self._matters and not _is_there()


def _is_there() -> bool:
    try:
        descriptor = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return False
    os.close(descriptor)
    return True

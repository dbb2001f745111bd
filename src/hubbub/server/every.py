"""Every: something that is due again and again."""


class Every:
    """Due once in so many seconds, by a clock that never goes back."""

    def __init__(self, seconds: float, now: float) -> None:
        """Be due for the first time so many seconds from now."""
        self._seconds = seconds
        self._last = now

    def is_due(self, now: float) -> bool:
        """Return whether it is time; then it is not, for so many seconds from now."""
        if now - self._last < self._seconds:
            return False
        self._last = now
        return True

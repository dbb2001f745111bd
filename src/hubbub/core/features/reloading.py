"""Reloading: having the server read its settings again while it runs."""

from typing import Final

from hubbub.core.kinds import Command

RELOAD: Final = "reload"
"""What stands in the audit; whatever node hears of it reads its settings again."""


class ReloadSettings(Command, frozen=True):
    """Have the server read its settings again, as SIGHUP does; what is wrong in them is told in its log."""

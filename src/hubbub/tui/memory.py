"""What is remembered of servers between runs, by whoever starts a client: the command line does."""

from typing import Protocol

from hubbub.tui.choices import Choice
from hubbub.tui.targets import Target


class Unremembered(Exception):  # noqa: N818 - what has become of it, in its name
    """It could not be read, or not be kept; the text says why, and what to do."""


class Memory(Protocol):
    """Which servers somebody knows, as whom, and by which certificates. All of it raises `Unremembered`."""

    def choose(self, target: Target, name: str = "") -> Choice:
        """Return how to go there: as whom one was there before, or under this name."""

    def known(self) -> list[str]:
        """Return where one was before, as it is written."""

    def keep_certificate(self, endpoint: str, fingerprint: str) -> None:
        """Know a server by its certificate from now on."""

    def keep_account(self, endpoint: str, name: str, token_id: str, token: str) -> None:
        """Be who has an account there, in later runs too."""

    def drop_account(self, endpoint: str) -> str:
        """Be a guest there in later runs; return the id of the token to be taken back, or nothing."""

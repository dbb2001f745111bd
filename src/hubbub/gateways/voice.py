"""Voices: how each protocol for plain clients puts into bytes what all of them are told alike."""

from collections.abc import Sequence
from typing import Protocol

from hubbub.core.catalog import Record
from hubbub.service.audience import Dialect


class Voice(Protocol):
    """How one protocol puts things into bytes."""

    @property
    def announces(self) -> bool:
        """Whether it is told who comes and goes."""

    def notice(self, sentence: str) -> bytes:
        """Return what the server says to this client alone: one line, harmless though it quotes what was typed."""

    def confirm(self, names: Sequence[str], text: str) -> bytes:
        """Return what a sender sees when his message has reached these people."""

    def recall(self, records: Sequence[Record], *, private: bool = False, numbered: bool = False) -> bytes:
        """Return what was said earlier, as such: in a room or, if `private`, to the client alone.

        With numbers, if they are to be referred to by them.
        """

    def lines(self, lines: Sequence[str]) -> bytes:
        """Return lines that somebody wants to keep, as they are."""

    def stamp(self, time_ms: int) -> str:
        """Return when something was, as people read it."""

    def dialect(self, *, current: bool) -> Dialect:
        """Return how a room is heard that is the client's current one, or another."""

"""Cards: what stands in front of everything else until it is answered or left."""

from typing import TypeVar

from textual.screen import ModalScreen

T = TypeVar("T")


class Card(ModalScreen[T]):
    """See the module."""

    def end(self, result: T) -> None:
        """Go away, with a result."""
        # Whoever waited for it here would wait for himself: this is called by what the card itself is told.
        _ = self.dismiss(result)

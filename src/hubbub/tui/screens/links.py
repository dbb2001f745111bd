"""Links: which of several is to be opened."""

from collections.abc import Sequence

from hubbub.tui.screens.picking import Picker
from hubbub.tui.widgets.offers import Offer


class LinkPicker(Picker):
    """See the module."""

    question = "Which link?"

    def __init__(self, links: Sequence[str]) -> None:
        super().__init__()
        self._links = links

    def find(self, pattern: str) -> None:
        """Show those in which that stands."""
        self.show([Offer(link, link) for link in self._links if pattern.casefold() in link.casefold()])

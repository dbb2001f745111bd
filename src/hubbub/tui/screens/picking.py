"""Picking: type a few letters, and go to what is found. What is found, whoever derives from it says."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from hubbub.tui.screens.card import Card
from hubbub.tui.widgets.offers import Offer, Offers


class Picker(Card[Hashable | None]):
    """A field above a list; ends with the key of what was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("up,ctrl+p", "step(-1)", "Above", show=False),
        Binding("down,ctrl+n", "step(1)", "Below", show=False),
        Binding("pageup", "step(-10)", "Further above", show=False),
        Binding("pagedown", "step(10)", "Further below", show=False),
    ]

    question: ClassVar[str] = ""
    """What stands in the empty field."""

    def compose(self) -> ComposeResult:
        """Put the field above the list."""
        with Vertical(classes="card picker"):
            yield Input(placeholder=self.question, compact=True, id="pattern")
            yield Offers(id="offers")

    def on_mount(self) -> None:
        """Show what there is before anything is typed."""
        self.query_one("#pattern", Input).focus()
        self.find("")

    def find(self, pattern: str) -> None:
        """Look for something, and `show` it; to be derived."""

    def show(self, rows: Sequence[Offer]) -> None:
        """Show what was found."""
        self.query_one(Offers).rows = rows

    def taken(self, key: Hashable) -> Hashable | None:
        """Return what it ends with where something was chosen; its key unless whoever derives says otherwise."""
        return key

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed now."""
        self.find(event.value)

    def on_input_submitted(self) -> None:
        """Go to the chosen one, once what was typed before is looked for."""
        offer = self.query_one(Offers).chosen_offer
        if offer is not None:
            self.end(self.taken(offer.key))

    def on_offers_chosen(self, event: Offers.Chosen) -> None:
        """Go where somebody has pointed."""
        self.end(self.taken(event.key))

    def action_step(self, by: int) -> None:
        """Choose another one."""
        self.query_one(Offers).step(by)

    def action_leave(self) -> None:
        """Go nowhere."""
        self.end(None)

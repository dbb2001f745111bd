"""Keys: a card that says which key does what, as they are set now."""

from collections.abc import Mapping
from typing import ClassVar, Final, get_args

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from hubbub.tui.keys import Where, keys_for, say_keys
from hubbub.tui.screens.card import Card

TITLES: Final[Mapping[Where, str]] = {
    "everywhere": "Everywhere",
    "writing": "Where you write",
    "choosing": "Once a message is chosen",
}

_WIDTH: Final = 26
"""Room for what is pressed, in cells."""

_MORE: Final = (
    "/help lists what can be written; F1 or Esc goes back. Every key can be another one: [keys] in the settings."
)


class KeysCard(Card[None]):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,question_mark", "leave", "Back", priority=True)]

    def __init__(self, keymap: Mapping[str, str]) -> None:
        """Show keys with those that somebody has set himself, by what they do."""
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Put one state's keys below the other's."""
        with VerticalScroll(classes="card help"):
            for where in get_args(Where):
                yield Static(TITLES[where], classes="title", markup=False)
                yield Static("\n".join(self._lines(where)), classes="text", markup=False)
            yield Static(_MORE, classes="text", markup=False)

    def on_mount(self) -> None:
        """Let arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Go back."""
        self.end(None)

    def _lines(self, where: Where) -> list[str]:
        lines = []
        for key in keys_for(where):
            if key.id.startswith("place_"):
                if key.id == "place_1":
                    lines.append(_line("Alt+1 … Alt+9", "The places with these numbers"))
                continue
            lines.append(_line(say_keys(self._keymap.get(key.id, key.keys)), key.help))
        return lines


def _line(pressed: str, what: str) -> str:
    return f"{pressed}{' ' * max(_WIDTH - cell_len(pressed), 2)}{what}"

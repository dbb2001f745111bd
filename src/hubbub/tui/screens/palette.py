"""The palette: everything that can be done, found by a few letters of what it is."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Literal, NamedTuple

from textual.fuzzy import Matcher

from hubbub.tui.client_commands import CLIENT_COMMANDS
from hubbub.tui.keys import keys_for, say_keys
from hubbub.tui.screens.picking import Picker
from hubbub.tui.widgets.offers import Offer
from hubbub.wire.slash.table import COMMANDS


class Deed(NamedTuple):
    """Something that can be done."""

    kind: Literal["action", "command", "theme"]
    name: str


class Palette(Picker):
    """See the module; ends with a `Deed`."""

    question = "What is to be done?"

    def __init__(self, keymap: Mapping[str, str], themes: Sequence[str]) -> None:
        super().__init__()
        self._offers = [*_keys(keymap), *_commands(), *_themes(themes)]

    def find(self, pattern: str) -> None:
        """Show what is like that, best first."""
        if not pattern:
            self.show(self._offers)
            return
        matcher = Matcher(pattern)
        scored = [(matcher.match(f"{offer.label} {offer.about}"), offer) for offer in self._offers]
        scored.sort(key=lambda one: -one[0])
        self.show([offer for score, offer in scored if score > 0])


def _keys(keymap: Mapping[str, str]) -> list[Offer]:
    return [
        Offer(Deed("action", key.action), key.help, badge=say_keys(keymap.get(key.id, key.keys)))
        for key in keys_for("everywhere")
        if not key.id.startswith("place_") and key.id != "commands"
    ]


def _commands() -> list[Offer]:
    listed = {command.words[0]: command for command in COMMANDS.values() if command.is_listed}
    forms: dict[str, tuple[str, str]] = {word: (one.form, one.help) for word, one in listed.items()}
    forms |= {word: (one.form, one.help) for word, one in CLIENT_COMMANDS.items()}
    return [Offer(_command(word), form, about) for word, (form, about) in forms.items()]


def _command(word: str) -> Hashable:
    return Deed("command", word)


def _themes(themes: Sequence[str]) -> list[Offer]:
    return [Offer(Deed("theme", theme), f"Theme: {theme}", "colours") for theme in themes]

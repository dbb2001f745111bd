"""Reacting: which emoji to put under a message."""

from typing import Final

from hubbub.core.kinds import PersonId
from hubbub.tui.completing import MOST, emoji
from hubbub.tui.entries import Entry
from hubbub.tui.screens.picking import Picker
from hubbub.tui.widgets.offers import Offer

USUAL: Final = ("👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀", "✅", "❌")
"""What people react with most."""


class ReactionPicker(Picker):
    """See the module; whatever else is typed is a reaction too."""

    question = "React with …"

    def __init__(self, entry: Entry, you: PersonId) -> None:
        super().__init__()
        self._given = entry.note.reactions
        self._you = you

    def find(self, pattern: str) -> None:
        """Show what has been given, then what people react with; else emoji by their names."""
        word = pattern.strip().strip(":").lower()
        if not word:
            reactions = dict.fromkeys([*self._given, *USUAL])
            self.show([self._offer(reaction, "") for reaction in reactions])
            return
        names = sorted(
            (name for name in emoji() if word in name), key=lambda name: (not name.startswith(word), len(name))
        )
        rows = [self._offer(emoji()[name], name) for name in names[:MOST]]
        self.show([*rows, self._offer(pattern.strip(), "as it is")])

    def _offer(self, reaction: str, about: str) -> Offer:
        people = self._given.get(reaction, {})
        mine = "take it back" if self._you in people else about
        return Offer(reaction, reaction, mine, f"{len(people)}" if people else "")

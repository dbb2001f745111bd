"""Shown: what of an entry is drawn, whatever it is made from. Pure."""

from typing import Literal

import msgspec

from hubbub.core.files import FileView

Sort = Literal["said", "action", "notice", "everyone", "some", "event", "coming", "going", "removed", "told"]
"""How it reads: something said; said to everyone, or to some of a room; something that happened; who came and went;
what stands where something was deleted; and what only this client tells."""


class ShownFile(msgspec.Struct, frozen=True, gc=False):
    """A file that stands with a message."""

    name: str
    about: str
    """How large it is, in words."""
    url: str
    picture: FileView | None = None
    """What is drawn below it; None where it is no picture, or none that is drawn."""


class ShownReaction(msgspec.Struct, frozen=True, gc=False):
    """How some have reacted."""

    reaction: str
    count: int
    is_mine: bool


class Shown(msgspec.Struct, frozen=True):
    """One message, or one thing that happened, as it looks now."""

    sort: Sort
    time_ms: int
    name: str = ""
    text: str = ""
    is_mine: bool = False
    calls_me: bool = False
    is_plain: bool = False
    """Whether nothing in the text is a mark."""
    is_edited: bool = False
    quote_name: str = ""
    quote_text: str = ""
    """What it answers, in a line."""
    replies: int = 0
    reactions: tuple[ShownReaction, ...] = ()
    files: tuple[ShownFile, ...] = ()
    state: Literal["stored", "waiting", "refused"] = "stored"
    reason: str = ""
    """Why it was refused."""
    is_grave: bool = False
    """Whether it says that something went wrong."""
    more: str = ""
    """To whom it was said, where that was not everybody."""

    @property
    def is_spoken(self) -> bool:
        """Whether somebody said it."""
        return self.sort in _SPOKEN

    @property
    def is_choosable(self) -> bool:
        """Whether it may be chosen, to do something with it."""
        return self.sort in _SPOKEN or self.sort == "removed"

    @property
    def is_folded(self) -> bool:
        """Whether it stands with others of its kind in one line."""
        return self.sort in _FOLDED


_SPOKEN = frozenset({"said", "action", "notice", "everyone", "some"})
_FOLDED = frozenset({"coming", "going"})

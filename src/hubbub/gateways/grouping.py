"""Grouping: how a plain client comes from writing to several people to a conversation with them."""

from collections.abc import Sequence

from hubbub.core.features.gathering import Gather
from hubbub.core.features.messages import Tell
from hubbub.wire.slash.meanings import GatherAndSay


class Grouping:
    """What a client is to say in a group that is not there yet, and whether it knows that there are groups."""

    __slots__ = ("_has_heard_of_groups", "_offers_group", "_opening")

    def __init__(self) -> None:
        self._opening = ""
        """What is said in a group as soon as it is there."""
        self._has_heard_of_groups = False
        self._offers_group = False

    def note_typed(self, told: Tell) -> None:
        """Note that somebody typed this; programs, which send to lists in their own way, are offered no group."""
        self._offers_group = len(told.recipients) > 1 and not self._has_heard_of_groups

    def offer(self, reached: Sequence[str]) -> list[str]:
        """Return what tells, once, that there are groups, if these people were reached by what was typed."""
        if not self._offers_group or len(reached) < 2:  # noqa: PLR2004 - with one, it is a conversation already
            return []
        self._offers_group, self._has_heard_of_groups = False, True
        return [f"To talk with all of them in one conversation: /group {','.join(reached)}"]

    def begin(self, meaning: GatherAndSay) -> Gather:
        """Return what is asked first, and keep what is to be said then."""
        self._opening = meaning.text
        return Gather(meaning.names)

    def take_opening(self) -> str:
        """Return what is to be said in the group, this once."""
        opening, self._opening = self._opening, ""
        return opening

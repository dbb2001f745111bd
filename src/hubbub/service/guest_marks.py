"""Guest marks: how far guests have read, for as long as they are here and no longer."""

from collections.abc import Mapping, Sequence
from typing import Final
from weakref import WeakKeyDictionary

from hubbub.core.house import Person
from hubbub.core.unread import Mark
from hubbub.service.notebook import MarkSet, Place

PLACES_LIMIT: Final = 500
"""Of how many rooms and conversations one guest's marks are remembered, those set last: some 100 bytes each."""


class GuestMarks:
    """Remembers them, as a notebook would; they are forgotten with the person."""

    def __init__(self) -> None:
        self._marks: WeakKeyDictionary[Person, dict[Place, Mark]] = WeakKeyDictionary()

    def of(self, person: Person) -> Mapping[Place, Mark]:
        """Return how far somebody had read as a guest, wherever he had set a mark."""
        return self._marks.get(person, {})

    def keep(self, person: Person, marks: Sequence[MarkSet]) -> None:
        """Remember these marks instead of the earlier ones in the same places."""
        own = self._marks.setdefault(person, {})
        for mark in marks:
            place = Place(mark.room, mark.thread)
            own.pop(place, None)
            own[place] = mark.mark
        while len(own) > PLACES_LIMIT:
            del own[next(iter(own))]

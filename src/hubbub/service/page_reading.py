"""Page reading: how much is read for one page, and about how much it costs whoever it is sent to."""

from collections.abc import Sequence
from typing import Final

from hubbub.core.catalog import SPOKEN_EVENTS, Record
from hubbub.core.features.messages import Said
from hubbub.core.kinds import Seq
from hubbub.core.names import NAME_LIMIT
from hubbub.core.notes import QUOTE_LENGTH
from hubbub.core.queries import HISTORY_LIMIT

FIRST_READ: Final = 25
"""Most messages that are read at first: of long ones a page holds few, and many people may ask at the same moment."""

LOOKED_THROUGH: Final = 5_000
"""About how many messages are read for one page, where those who said them are not heard: a whole room of them would
keep everybody else waiting."""

LINE_BYTES: Final = 64
"""What stands before one line in the dearest dialect, in bytes, but for the speaker's name: JSON's keys, a day and a
time."""

QUOTE_BYTES: Final = 4 * (QUOTE_LENGTH + NAME_LIMIT)
"""Most that stands for the message which one answers."""

FILE_BYTES: Final = 512
"""Most that shows a file, beside the beginning of its line: its name, its size and its link."""

COUNT_BYTES: Final = 8
"""What stands beside each reaction."""


class PageReading:
    """What was read for one page, a bit more with every step."""

    __slots__ = ("_left", "_limit", "_page_bytes", "size", "wanted")

    def __init__(self, limit: int, page_bytes: int) -> None:
        """Read for a page of so many messages, which may cost so much."""
        self._limit = limit
        self._page_bytes = page_bytes
        self._left = LOOKED_THROUGH
        self.size = min(limit, FIRST_READ)
        """How many messages to read next."""
        self.wanted: list[Record] = []
        """What the person hears, in order."""

    @property
    def goes_on(self) -> bool:
        """Whether the page has room for more."""
        return len(self.wanted) < self._limit and self._page_bytes > 0 and self._left > 0

    def take(self, page: Sequence[Record], wanted: Sequence[Record], *, is_older: bool) -> None:
        """Put a step's messages before or behind the others."""
        self.wanted = [*wanted, *self.wanted] if is_older else [*self.wanted, *wanted]
        self._page_bytes -= sum(map(cost_of, wanted))
        self._left -= len(page)
        self.size = min(2 * self.size, HISTORY_LIMIT)


def cost_of(record: Record) -> int:
    """Return about how many bytes a message becomes for a client that is sent who and when with every line."""
    event, note = record.event, record.note
    text = event.text if isinstance(event, SPOKEN_EVENTS) else ""
    files = event.files if isinstance(event, Said) else ()
    cost = len(text.encode()) + (text.count("\n") + 1) * (LINE_BYTES + len(event.name.encode()))
    cost += len(files) * (LINE_BYTES + FILE_BYTES)
    if answered_by(record):
        cost += QUOTE_BYTES
    if note is not None:
        cost += sum(len(reaction.encode()) + COUNT_BYTES for reaction in note.reactions)
    return cost


def answered_by(record: Record) -> Seq:
    """Return the message that a message answers; 0 for none."""
    return record.event.reply_to if isinstance(record.event, Said) else Seq(0)

"""Changes: what a buffer, a station or a desk tells those who show it, as small values."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from hubbub.core.answers import Answer
    from hubbub.core.catalog import Record
    from hubbub.core.kinds import Refusal
    from hubbub.core.signals import AnySignal
    from hubbub.tui.buffers import Buffer
    from hubbub.tui.entries import Outgoing, Standing
    from hubbub.tui.station import Station


class EntryAdded(msgspec.Struct, frozen=True):
    """Something stands at the end of a buffer that was not there before."""

    buffer: "Buffer"
    entry: "Standing"
    is_recalled: bool = False
    """Whether it was said while one did not hear it."""


class EntryRevised(msgspec.Struct, frozen=True):
    """Something that stands in a buffer looks different."""

    buffer: "Buffer"
    place: int
    """Where, in its entries."""
    entry: "Standing"


class EntriesInserted(msgspec.Struct, frozen=True):
    """Earlier things stand before the first one."""

    buffer: "Buffer"
    count: int


class EntriesReplaced(msgspec.Struct, frozen=True):
    """Whatever stood in a buffer, look at it anew."""

    buffer: "Buffer"


class OutgoingChanged(msgspec.Struct, frozen=True):
    """What is still to be said in a buffer is different."""

    buffer: "Buffer"


class BufferChanged(msgspec.Struct, frozen=True):
    """Something else about a buffer is different: name, topic, members, unread, draft, who types."""

    buffer: "Buffer"


class DraftTaken(msgspec.Struct, frozen=True):
    """What was begun in a buffer is something else, and nobody has written that before it."""

    buffer: "Buffer"
    before: str
    """What was begun there until now."""


class BufferAdded(msgspec.Struct, frozen=True):
    """There is a buffer that was not there before."""

    buffer: "Buffer"


class BufferWanted(msgspec.Struct, frozen=True):
    """Somebody has asked to be in this one when he came, as by a link: it is to be before him."""

    buffer: "Buffer"


class BufferRemoved(msgspec.Struct, frozen=True):
    """There is a buffer no longer."""

    buffer: "Buffer"


class Heard(msgspec.Struct, frozen=True):
    """Something has just happened in a room; what stands in the buffer has changed by it already."""

    buffer: "Buffer"
    record: "Record"


class Signalled(msgspec.Struct, frozen=True):
    """Something is true for a moment."""

    station: "Station"
    signal: "AnySignal"


class Settled(msgspec.Struct, frozen=True):
    """Something that was to be said is stored, or refused."""

    station: "Station"
    outgoing: "Outgoing"
    outcome: "Answer | Refusal"


class StationChanged(msgspec.Struct, frozen=True):
    """A station is in another state, or somebody else's."""

    station: "Station"


class StationAdded(msgspec.Struct, frozen=True):
    """There is another station."""

    station: "Station"


class StationRemoved(msgspec.Struct, frozen=True):
    """There is a station no longer."""

    station: "Station"


Change = (
    EntryAdded
    | EntryRevised
    | EntriesInserted
    | EntriesReplaced
    | OutgoingChanged
    | BufferChanged
    | DraftTaken
    | BufferAdded
    | BufferWanted
    | BufferRemoved
    | Heard
    | Signalled
    | Settled
    | StationChanged
    | StationAdded
    | StationRemoved
)

Listener = Callable[[Change], object]
"""What is called with every change, in order, on the loop."""


class Telling:
    """Those who want to hear of changes."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call it with every change from now on; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, change: Change) -> None:
        """Tell all of them."""
        for listener in tuple(self._listeners):
            listener(change)

"""The audience: who listens to a room, and how one batch of records reaches all of them at the price of one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.room import Room
from hubbub.service.outbox import Outbox


class Dialect(Protocol):
    """How listeners of one kind hear a room. Listeners with the same dialect get the very same bytes."""

    @property
    def echoes(self) -> Collection[type[AnyEvent]]:
        """The kinds of event that the connection they come from hears as well, besides its answer."""

    @property
    def folds(self) -> bool:
        """Whether one thing that happens in several rooms at once is heard only once."""

    def encode(self, room: Room, record: Record) -> bytes:
        """Return what is heard; empty where the dialect has no word for it. Must not fail on any record."""


Muted = Mapping[Outbox, set[int]]
"""For the few who do not hear a whole batch: which of its records, by place, they do not hear."""


class Audience:
    """The listeners of one room, by dialect."""

    __slots__ = ("_dialects", "_groups")

    def __init__(self) -> None:
        self._dialects: dict[Outbox, Dialect] = {}
        self._groups: dict[Dialect, dict[Outbox, None]] = {}

    def __len__(self) -> int:
        return len(self._dialects)

    def __iter__(self) -> Iterator[Outbox]:
        return iter(self._dialects)

    def __contains__(self, outbox: Outbox) -> bool:
        return outbox in self._dialects

    def add(self, outbox: Outbox, dialect: Dialect) -> None:
        """Let someone listen; one who does already changes his dialect."""
        self.remove(outbox)
        self._dialects[outbox] = dialect
        self._groups.setdefault(dialect, {})[outbox] = None

    def remove(self, outbox: Outbox) -> None:
        """Let someone listen no longer; harmless if he did not."""
        dialect = self._dialects.pop(outbox, None)
        if dialect is not None:
            group = self._groups[dialect]
            del group[outbox]
            if not group:
                del self._groups[dialect]

    def dialect_of(self, outbox: Outbox) -> Dialect | None:
        """Return how someone listens, or None if he does not."""
        return self._dialects.get(outbox)

    def echoes(self, outbox: Outbox, event: AnyEvent) -> bool:
        """Return whether a listener hears an event that comes from itself."""
        dialect = self._dialects.get(outbox)
        return dialect is not None and type(event) in dialect.echoes

    def hear(self, room: Room, records: Sequence[Record], muted: Muted) -> None:
        """Give each listener the records in order: encoded once a dialect, one write each."""
        for dialect, group in self._groups.items():
            pieces = [dialect.encode(room, record) for record in records]
            data = b"".join(pieces)
            if not data:
                continue
            if not muted:
                for outbox in group:
                    outbox.write(data)
                continue
            for outbox in group:
                if outbox not in muted:
                    outbox.write(data)
            _hear_in_part(group, pieces, muted)


def _hear_in_part(group: Mapping[Outbox, None], pieces: Sequence[bytes], muted: Muted) -> None:
    for outbox, places in muted.items():
        if outbox in group:
            heard = b"".join([piece for place, piece in enumerate(pieces) if place not in places])
            if heard:
                outbox.write(heard)

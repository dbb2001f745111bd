"""The audience: who listens to a room, and how one batch of records reaches all of them at the price of one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import length_hint
from typing import Final, Protocol

import structlog

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.room import Room
from hubbub.service.outbox import GetFile, Outbox, Volley, Write, no_file


class Dialect(Protocol):
    """How listeners of one kind hear a room. Listeners with the same dialect get the very same bytes."""

    @property
    def echoes(self) -> Collection[type[AnyEvent]]:
        """The kinds of event that the connection they come from hears as well, besides its answer."""

    @property
    def folds(self) -> bool:
        """Whether one thing that happens in several rooms at once is heard only once."""

    @property
    def keeps_state(self) -> bool:
        """Whether the client knows who is in which room: then it hears of everybody who comes and goes."""

    @property
    def hears_itself(self) -> bool:
        """Whether it hears what its own person tells somebody; if not, it is told so in other ways."""

    def encode(self, room: Room, record: Record) -> bytes:
        """Return what is heard; empty where the dialect has no word for it. Must not fail on any record."""


log = structlog.get_logger(__name__)

Muted = Mapping[Outbox, set[int]]
"""For the few who do not hear a whole batch: which of its records, by place, they do not hear."""


VOLLEY_LISTENERS: Final = 8
"""From so many on a volley is cheaper than one call for each."""

Held = dict[Outbox, list[bytes]]
"""What listeners are to hear when the last room of a batch has been heard."""


class Audience:
    """The listeners of one room, by dialect.

    What stands beside each of them is how to write to him, so that a delivery looks at nothing else of his.
    """

    __slots__ = ("_dialects", "_groups", "_volley")

    def __init__(self, volley: Volley | None = None) -> None:
        """Have nobody listen yet; with a `volley` many are sent to at once."""
        self._volley = volley
        self._dialects: dict[Outbox, Dialect] = {}
        self._groups: dict[Dialect, _Group] = {}

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
        group = self._groups.get(dialect)
        if group is None:
            group = self._groups[dialect] = _Group(self._volley)
        group.add(outbox)

    def remove(self, outbox: Outbox) -> None:
        """Let someone listen no longer; harmless if he did not."""
        dialect = self._dialects.pop(outbox, None)
        if dialect is not None:
            group = self._groups[dialect]
            group.remove(outbox)
            if not group:
                del self._groups[dialect]

    def rewire(self, outbox: Outbox) -> None:
        """Note that an outbox is to be written to in another way; also in the middle of a delivery."""
        dialect = self._dialects.get(outbox)
        if dialect is not None:
            self._groups[dialect].rewire(outbox)

    def echoes(self, outbox: Outbox, event: AnyEvent) -> bool:
        """Return whether a listener hears an event that comes from itself."""
        dialect = self._dialects.get(outbox)
        return dialect is not None and type(event) in dialect.echoes

    def folds(self, outbox: Outbox) -> bool:
        """Return whether a listener hears what happens in several rooms only once."""
        dialect = self._dialects.get(outbox)
        return dialect is not None and dialect.folds

    def keeps_state(self, outbox: Outbox) -> bool:
        """Return whether a listener knows who is in the room."""
        dialect = self._dialects.get(outbox)
        return dialect is not None and dialect.keeps_state

    def hears_itself(self, outbox: Outbox) -> bool:
        """Return whether a listener hears what its own person tells somebody."""
        dialect = self._dialects.get(outbox)
        return dialect is not None and dialect.hears_itself

    def hearers(self, room: Room, record: Record) -> Iterator[Outbox]:
        """Yield those whose dialect has a word for the record."""
        for dialect, group in self._groups.items():
            if dialect.encode(room, record):
                yield from group

    def hear(self, room: Room, records: Sequence[Record], muted: Muted, held: Held | None = None) -> int:
        """Give each listener the records in order: encoded once a dialect, one write each. Returns to how many.

        With `held`, what each of them is to hear is added there, because more rooms are to follow.
        """
        hearers = 0
        for dialect, group in self._groups.items():
            pieces = [_encode(dialect, room, record) for record in records]
            data = b"".join(pieces)
            if data:
                hearers += len(group)
                # Those who hear less stand aside, so that nobody has to be asked.
                aside = [outbox for outbox in muted if group.remove(outbox)]
                try:
                    if held is None:
                        group.send(data)
                    else:
                        _hold(group, data, held)
                finally:
                    # Whatever fails: nobody else would let them in again, and they would think that nothing is said.
                    for outbox in aside:
                        group.add(outbox)
                for outbox in aside:
                    heard = b"".join([piece for place, piece in enumerate(pieces) if place not in muted[outbox]])
                    if heard and held is None:
                        outbox.post(heard)
                    elif heard and held is not None:
                        _hold([outbox], heard, held)
        return hearers


class _Group:
    """Listeners who hear the same, and beside each how to write to him, and where a volley may send to.

    Lists and not a dictionary of pairs: with 500 listeners a walk costs 30 µs less.
    """

    __slots__ = ("_filed", "_files", "_outboxes", "_places", "_volley", "_writes")

    def __init__(self, volley: Volley | None) -> None:
        self._volley = volley
        self._places: dict[Outbox, int] = {}
        self._outboxes: list[Outbox] = []
        self._writes: list[Write] = []
        self._files: list[GetFile] = []
        self._filed = 0
        """How many of them have one."""

    def __len__(self) -> int:
        return len(self._outboxes)

    def __iter__(self) -> Iterator[Outbox]:
        return iter(self._outboxes)

    def add(self, outbox: Outbox) -> None:
        """Take in somebody who is not in it."""
        self._places[outbox] = len(self._outboxes)
        self._outboxes.append(outbox)
        self._writes.append(outbox.write)
        self._files.append(outbox.get_file)
        self._filed += outbox.get_file is not no_file

    def remove(self, outbox: Outbox) -> bool:
        """Let somebody go, and return whether he was in it. The last one takes his place."""
        place = self._places.pop(outbox, None)
        if place is None:
            return False
        self._filed -= self._files[place] is not no_file
        last, write, get_file = self._outboxes.pop(), self._writes.pop(), self._files.pop()
        if last is not outbox:
            self._outboxes[place], self._writes[place], self._files[place] = last, write, get_file
            self._places[last] = place
        return True

    def rewire(self, outbox: Outbox) -> None:
        """Note that somebody is to be written to in another way, if he is in it; also while all are written to."""
        place = self._places.get(outbox)
        if place is not None:
            self._filed += (outbox.get_file is not no_file) - (self._files[place] is not no_file)
            self._writes[place], self._files[place] = outbox.write, outbox.get_file

    def send(self, data: bytes) -> None:
        """Send the same bytes to all. This is where a busy server spends its time."""
        if self._volley is not None and self._filed >= max(VOLLEY_LISTENERS, len(self._files) // 2):
            self._send_volley(self._volley, data)
        else:
            self._send_singly(data)

    def _send_volley(self, volley: Volley, data: bytes) -> None:
        unsent = volley.send([get_file() for get_file in self._files], data)
        # By name before anything is done, for places may change; and a part first, which nothing may come into.
        parts = [(self._outboxes[place], sent) for place, sent in unsent if sent]
        untouched = [self._outboxes[place] for place, sent in unsent if not sent]
        for outbox, sent in parts:
            outbox.retain(data[sent:])
        for outbox in untouched:
            outbox.post(data)

    def _send_singly(self, data: bytes) -> None:
        size = len(data)
        writes = iter(self._writes)
        for write in writes:
            # Since Python 3.11 a `try` costs nothing until something is raised.
            try:
                sent = write(data)
            except OSError:
                # He cannot take anything now, or never will again: his transport finds out which.
                sent = 0
            if sent != size:
                self._outboxes[-1 - length_hint(writes)].retain(data[sent:])


def _encode(dialect: Dialect, room: Room, record: Record) -> bytes:
    """Return what is heard. A dialect that breaks its promise costs its own listeners one record, and nobody else."""
    try:
        return dialect.encode(room, record)
    except Exception:  # the error policy
        log.exception("dialect.failed", dialect=type(dialect).__name__, record=record.id)
        return b""


def _hold(outboxes: Iterable[Outbox], data: bytes, held: Held) -> None:
    """Keep for each of them what he is to hear when the last room has been heard."""
    for outbox in outboxes:
        held.setdefault(outbox, []).append(data)


def send_held(held: Held) -> None:
    """Give each listener everything that was held for him, in one write."""
    for outbox, pieces in held.items():
        outbox.post(b"".join(pieces))

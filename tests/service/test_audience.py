"""The audience: one batch of records reaches all listeners, put into bytes once for each dialect."""

from typing import Final

import pytest

from hubbub.core.catalog import Record
from hubbub.core.features.blocking import Unblocked
from hubbub.core.features.messages import Said
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import Room, RoomKind
from hubbub.service.audience import Audience
from hubbub.service.outbox import Outbox
from tests.service.guests import MemoryPipe, RecordDialect

TEA: Final = Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#tea")
ANN: Final = PersonId("id-ann")


def batch(*texts: str) -> list[Record]:
    """Return records of these being said."""
    return [Record(TEA.id, Seq(place), 0, Said(ANN, "ann", text)) for place, text in enumerate(texts, 1)]


def listener() -> tuple[MemoryPipe, Outbox]:
    """Return somebody who can listen."""
    pipe = MemoryPipe()
    return pipe, Outbox(pipe, 0, lambda _: None)


class Deaf(RecordDialect):
    """A dialect that has no word for anything."""

    def encode(self, room: Room, record: Record) -> bytes:
        """Say nothing."""
        super().encode(room, record)
        return b""


def test_a_record_is_encoded_once_a_dialect() -> None:
    """Ten listeners with two dialects cost two encodings, and all of a dialect get the very same bytes."""
    audience, dialects = Audience(), (RecordDialect(), RecordDialect())
    pipes = []
    for place in range(10):
        pipe, outbox = listener()
        pipes.append(pipe)
        audience.add(outbox, dialects[place % 2])
    records = batch("one", "two")
    audience.hear(TEA, records, {})
    for place, dialect in enumerate(dialects):
        assert dialect.encoded == records
        (data,) = pipes[place].writes
        assert all(pipe.writes[0] is data for pipe in pipes[place::2])


def test_a_batch_is_one_write() -> None:
    """However many records come at once, each listener is written to once."""
    audience = Audience()
    (all_pipe, all_of_it), (part_pipe, part_of_it), (none_pipe, none_of_it) = listener(), listener(), listener()
    dialect = RecordDialect()
    for outbox in (all_of_it, part_of_it, none_of_it):
        audience.add(outbox, dialect)
    records = batch("one", "two", "three")
    audience.hear(TEA, records, {part_of_it: {0, 2}, none_of_it: {0, 1, 2}})
    one, two, three = [RecordDialect().encode(TEA, record) for record in records]
    assert all_pipe.writes == [one + two + three]
    assert part_pipe.writes == [two]
    assert none_pipe.writes == []
    assert dialect.encoded == records, "not again for those who hear less"


def test_who_was_muted_hears_the_next_batch() -> None:
    """Being muted in one batch is no matter of the next, and listeners elsewhere are none here."""
    audience, dialect = Audience(), RecordDialect()
    (pipe, outbox), (_, stranger) = listener(), listener()
    audience.add(outbox, dialect)
    audience.hear(TEA, batch("one"), {outbox: {0}, stranger: {0}})
    assert pipe.writes == []
    audience.hear(TEA, batch("two"), {})
    assert len(pipe.writes) == 1
    assert len(audience) == 1


class BrokenPipe(MemoryPipe):
    """A pipe that fails in a way nobody has foreseen."""

    def send(self, data: bytes) -> int:
        """Fail."""
        raise MemoryError(len(data))


def test_who_was_muted_hears_the_next_batch_also_when_this_one_failed() -> None:
    """A fault that has nothing to do with him does not leave him outside, where he would hear nothing any more."""
    audience, dialect, broken = Audience(), RecordDialect(), Outbox(BrokenPipe(), 0, lambda _: None)
    pipe, outbox = listener()
    for one in (broken, outbox):
        audience.add(one, dialect)
    with pytest.raises(MemoryError):
        audience.hear(TEA, batch("one"), {outbox: {0}})
    audience.remove(broken)
    audience.hear(TEA, batch("two"), {})
    assert len(pipe.writes) == 1


def test_nothing_is_not_written() -> None:
    """A dialect that has no word for what happened costs its listeners no write."""
    audience = Audience()
    pipe, outbox = listener()
    audience.add(outbox, Deaf())
    audience.hear(TEA, batch("one"), {})
    audience.hear(TEA, batch("one"), {outbox: set()})
    assert pipe.writes == []


def test_whoever_listens_again_changes_his_dialect() -> None:
    """A listener has one dialect at a time, and the dialect that nobody has any more costs nothing."""
    audience, before, after = Audience(), RecordDialect(), RecordDialect(TopicSet)
    pipe, outbox = listener()
    audience.add(outbox, before)
    audience.add(outbox, after)
    audience.hear(TEA, batch("one"), {})
    assert len(pipe.writes) == 1
    assert (len(before.encoded), len(after.encoded)) == (0, 1)
    assert len(audience) == 1


def test_whoever_has_gone_hears_nothing() -> None:
    """Removing is harmless when repeated, and concerns nobody else."""
    audience, dialect = Audience(), RecordDialect()
    (gone_pipe, gone), (there_pipe, there) = listener(), listener()
    audience.add(gone, dialect)
    audience.add(there, dialect)
    audience.remove(gone)
    audience.remove(gone)
    audience.hear(TEA, batch("one"), {})
    assert (len(gone_pipe.writes), len(there_pipe.writes)) == (0, 1)
    assert list(audience) == [there]
    assert gone not in audience


def test_echoes_are_a_matter_of_the_dialect() -> None:
    """Whether a listener hears what comes from himself is said by his dialect, kind by kind; a stranger never does."""
    audience = Audience()
    (_, outbox), (_, stranger) = listener(), listener()
    audience.add(outbox, RecordDialect(TopicSet))
    assert audience.echoes(outbox, TopicSet(ANN, "ann", "green"))
    assert not audience.echoes(outbox, Said(ANN, "ann", "hi"))
    assert not audience.echoes(outbox, Unblocked(ANN, "ann", ANN))
    assert not audience.echoes(stranger, TopicSet(ANN, "ann", "green"))


class SlowPipe(MemoryPipe):
    """Takes so many bytes at once, or cannot be asked; the rest is written when it is given."""

    def __init__(self, taken: int) -> None:
        super().__init__()
        self.taken = taken

    def send(self, data: bytes) -> int:
        """Take a part."""
        if not self.taken:
            raise BlockingIOError
        super().send(data[: self.taken])
        return min(self.taken, len(data))


def test_who_takes_a_part_gets_the_rest_and_nobody_elses() -> None:
    """Whoever stands before or after him; also where listeners have gone, and others taken their places."""
    audience, dialect = Audience(), RecordDialect()
    pipes: list[MemoryPipe] = [MemoryPipe(), SlowPipe(0), MemoryPipe(), SlowPipe(5), MemoryPipe(), SlowPipe(9)]
    outboxes = [Outbox(pipe, 0, lambda _: None) for pipe in pipes]
    for outbox in outboxes:
        audience.add(outbox, dialect)
    audience.remove(outboxes[0])
    audience.hear(TEA, batch("one"), {outboxes[2]: {0}})
    audience.hear(TEA, batch("two"), {})
    one, two = (dialect.encode(TEA, batch(text)[0]) for text in ("one", "two"))
    assert [pipe.take() for pipe in pipes] == [b"", one + two, two, one + two, one + two, one + two]
    assert [len(pipe.writes) for pipe in pipes] == [0] * 6

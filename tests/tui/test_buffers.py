"""Buffers keep as much as there is room for."""

from hubbub.core.catalog import Record
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.tui.buffers import CHARACTERS, DROPPED, ENTRIES, Buffer
from hubbub.tui.changes import EntriesReplaced
from hubbub.tui.entries import Entry


def said(seq: int, text: str) -> Entry:
    """Let something be said."""
    return Entry(Record(RoomId(1), Seq(seq), 1, Said(PersonId("p1"), "eve", text)))


def test_long_messages_are_fewer() -> None:
    """A flood of them pushes the oldest out; what came last stays."""
    buffer, text = Buffer("here", "#tea", "channel"), "x" * 1_000_000
    for seq in range(1, 101):
        buffer.merge([said(seq, text)])
    assert sum(len(entry.text) for entry in buffer.entries if isinstance(entry, Entry)) <= CHARACTERS
    assert buffer.last_seq == 100
    assert buffer.find(Seq(1)) is None
    assert not buffer.is_complete


def test_sentences_are_bounded_like_messages() -> None:
    """A server that complains for ever fills nothing."""
    buffer = Buffer("here", "", "server")
    for _ in range(ENTRIES):
        buffer.tell("no", 1)
    assert [type(change) for change in buffer.tell("no", 1)] == [EntriesReplaced]
    assert len(buffer.entries) == ENTRIES - DROPPED

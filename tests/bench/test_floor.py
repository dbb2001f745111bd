"""The floor: it does little, but what it does has to be what is compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.contenders import the_floor
from bench.crowd import Crowd, Member
from bench.floor import without


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Crowd]:
    """Give a crowd that can connect to a floor that runs."""
    launch = the_floor().launch(tmp_path, "test")
    with launch.started(announces=False) as server, Crowd(server.address) as crowd:
        yield crowd


class Notes:
    """What a member has read since these were begun, without the times of day."""

    def __init__(self, member: Member) -> None:
        self.chunks: list[bytes] = []
        member.listener = self.chunks.append

    def texts(self) -> list[bytes]:
        """Give the lines, from the name on."""
        stamp = len("[12:00:01] ")
        return [line[stamp:] for line in b"".join(self.chunks).splitlines()]


def test_everybody_but_the_sender_reads_a_message(crowd: Crowd) -> None:
    """A message is written as hubbub writes it, to all others in the room, and not echoed."""
    ann, bob, cat = crowd.admit(3, at_once=3)
    notes = {member.name: Notes(member) for member in (ann, bob, cat)}
    crowd.send(ann, b"hi all\n")
    crowd.pump_until(lambda: bool(notes[bob.name].chunks and notes[cat.name].chunks), lambda: "the message")
    said = f"[{ann.name}] hi all".encode()
    assert [notes[member.name].texts() for member in (ann, bob, cat)] == [[], [said], [said]]


def test_two_who_speak_at_once_read_each_other_and_not_themselves(crowd: Crowd) -> None:
    """Lines of one turn go out in one write, in order, without the reader's own."""
    ann, bob, cat = crowd.admit(3, at_once=3)
    notes = {member.name: Notes(member) for member in (ann, bob, cat)}
    for _ in range(50):
        crowd.send(ann, b"a\n")
        crowd.send(bob, b"b\n")
    crowd.pump_until(lambda: len(notes[cat.name].texts()) == 100, lambda: "a hundred lines")
    crowd.pump_until(
        lambda: len(notes[ann.name].texts()) == len(notes[bob.name].texts()) == 50, lambda: "fifty lines each"
    )
    assert set(notes[ann.name].texts()) == {f"[{bob.name}] b".encode()}
    assert set(notes[bob.name].texts()) == {f"[{ann.name}] a".encode()}


def test_rooms_do_not_hear_each_other(crowd: Crowd) -> None:
    """Who has joined a room hears that room alone."""
    ann, bob = crowd.admit(2, at_once=2, words=b"/join #room1\n")
    (cat,) = crowd.admit(1, at_once=1)
    (dan,) = crowd.admit(1, at_once=1)
    notes = {member.name: Notes(member) for member in (bob, dan)}
    crowd.send(cat, b"to the lobby\n")
    crowd.send(ann, b"to the room\n")
    crowd.pump_until(lambda: all(note.chunks for note in notes.values()), lambda: "both messages")
    assert notes[bob.name].texts() == [f"[{ann.name}] to the room".encode()]
    assert notes[dan.name].texts() == [f"[{cat.name}] to the lobby".encode()]


@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=4))))
def test_cutting_out_parts_leaves_the_rest(lines: list[tuple[bool, bytes]]) -> None:
    """What is left is what joining the other lines would have made."""
    parts, end = [], 0
    for own, line in lines:
        start, end = end, end + len(line)
        if own:
            parts.append(slice(start, end))
    whole = b"".join(line for _, line in lines)
    assert without(whole, parts) == b"".join(line for own, line in lines if not own)

"""hubbub's own archives: a file of one room, a zip file of a server, and what is told of those that are broken."""

from pathlib import Path

import pytest

from hubbub.server.archives.opening import open_archive
from hubbub.wire.transfer.broken import BrokenArchive
from hubbub.wire.transfer.lines import encode_line
from hubbub.wire.transfer.things import AccountThing, EndThing, Header, MessageThing, RoomThing
from tests.server.archives.zips import own_accounts, own_lines, write_zip
from tests.wire.transfer.things import ROOM, said


def read(path: Path) -> tuple[list[MessageThing], list[str]]:
    """Return everything said in the first room, and what is told about it."""
    told: list[str] = []
    with open_archive(str(path)) as archive:
        return [message for _, message in archive.messages(archive.rooms[0], told.append)], told


def write(path: Path, data: bytes) -> Path:
    """Write a file."""
    path.write_bytes(data)
    return path


def test_a_room(tmp_path: Path) -> None:
    """A file of lines is a room, with where it comes from."""
    path = write(tmp_path / "tea.jsonl", own_lines(ROOM, said(1, "a"), said(2, "b", reply_to="1", thread="1")))
    with open_archive(str(path)) as archive:
        assert (archive.source, archive.rooms, archive.people) == ("hubbub:test", [ROOM], {})
        assert 0 < archive.size_bytes == path.stat().st_size
    messages, told = read(path)
    assert [(message.text, message.reply_to) for message in messages] == [("a", ""), ("b", "1")]
    assert told == []


def test_a_server(tmp_path: Path) -> None:
    """A zip file has its accounts and rooms."""
    files = {
        "accounts.jsonl": own_accounts(AccountThing("p1", "ann")),
        "rooms/1-tea.jsonl": own_lines(ROOM, said(1, "a")),
        "rooms/2-cake.jsonl": own_lines(RoomThing("6", "#cake")),
        "README.txt": b"for people",
    }
    path = write_zip(tmp_path / "server.zip", files)
    with open_archive(str(path)) as archive:
        assert archive.people == {"p1": "ann"}
        assert [room.name for room in archive.rooms] == ["#tea", "#cake"]
    assert [message.text for message in read(path)[0]] == ["a"]


def test_what_is_odd_is_told_and_read(tmp_path: Path) -> None:
    """A message that stands there twice, and answers to themselves, to later ones, and to none."""
    path = write(
        tmp_path / "f",
        own_lines(
            ROOM,
            said(1, "a", reply_to="1"),
            said(1, "again"),
            said(2, "b", reply_to="3", thread="3"),
            said(3, "c", reply_to="2"),
            said(4, "d", reply_to="x"),
        ),
    )
    messages, told = read(path)
    assert [(message.text, message.reply_to) for message in messages] == [("a", ""), ("b", ""), ("c", "2"), ("d", "")]
    assert [sentence.partition(", ")[2][:24] for sentence in told] == [
        "line 3: what the message",
        "line 4: the message 1 st",
        "line 5: what the message",
        "line 7: what the message",
    ]


ROOM_LINE, HEADER = encode_line(ROOM), encode_line(Header(1, "x"))
BROKEN = [
    (b"", "f, line 1: this is no export of hubbub"),
    (b"hello", "f, line 1: this is no export of hubbub"),
    (HEADER, "f, line 1: the end is missing"),
    (HEADER + encode_line(said(1, "a")), "f, line 2: here the room should be described"),
    (HEADER + encode_line(EndThing(0)), "f: the room that should be described here is missing"),
    (HEADER + ROOM_LINE + ROOM_LINE, "f, line 3: here a message should stand"),
    (HEADER + ROOM_LINE + encode_line(said(1, "a")), "f, line 3: the end is missing"),
    (HEADER + ROOM_LINE + encode_line(said(2, "a")) + encode_line(said(1, "b")), "f, line 4: .* not in order"),
    (HEADER + ROOM_LINE + encode_line(said(-1, "a")), "f, line 3: '-1' is no number"),
]
"""Files, and how the sentence begins."""


@pytest.mark.parametrize(("data", "words"), BROKEN, ids=range(len(BROKEN)))
def test_what_is_broken_is_told_with_its_place(tmp_path: Path, data: bytes, words: str) -> None:
    """One sentence with the file and the line."""
    with pytest.raises(BrokenArchive, match=words):
        read(write(tmp_path / "f", data))


def test_files_of_several_servers(tmp_path: Path) -> None:
    """They do not belong into one archive; nor does one room twice."""
    accounts, room = own_accounts(), own_lines(ROOM)
    other = write_zip(tmp_path / "a.zip", {"accounts.jsonl": accounts, "a.jsonl": own_lines(ROOM, source="hubbub:x")})
    with pytest.raises(BrokenArchive, match=r"a.zip: a.jsonl: this file comes from another server"):
        read(other)
    twice = write_zip(tmp_path / "b.zip", {"accounts.jsonl": accounts, "a.jsonl": room, "b.jsonl": room})
    with pytest.raises(BrokenArchive, match=r"b.jsonl: the room #tea stands in .*a.jsonl as well"):
        read(twice)

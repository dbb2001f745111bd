"""File phrases: a message with files, in each of the protocols that have only lines."""

import pytest
from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.features.messages import Said
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.message_answers import Found, Hit
from hubbub.core.notes import Note, Quote
from hubbub.core.room import RoomHead, RoomKind, empty_room
from hubbub.gateways.frames.phrasebook import FramesVoice, JsonDialect
from hubbub.gateways.text.phrasebook import TextVoice
from hubbub.phrasing import search_phrases
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.phrasing.stamps import Stamper
from tests.service.clock import ManualClock

PNG = FileView(FileId("abc123"), "tea.png", "image/png", 1_234_567, 3, 2)
TXT = FileView(FileId("def456"), "notes [SERVER] x.txt", "text/plain", 1)
TEA = empty_room(RoomHead(RoomId(1), RoomKind.CHANNEL, "#tea", "#tea"))
SAID = Said(PersonId("a"), "ann", "look", files=(PNG, TXT))

PNG_LINE = "tea.png (1.2 MB) https://chat.example.org/f/abc123"
TXT_LINE = "notes [SERVER] x.txt (1 byte) https://chat.example.org/f/def456"


@pytest.fixture
def links() -> FileLinks:
    """Give links to a server."""
    return FileLinks("https://chat.example.org")


def record(said: Said) -> Record:
    """Return what was said, now."""
    return Record(TEA.id, Seq(1), ManualClock().time_ms(), said)


def lines(data: bytes) -> list[str]:
    """Return lines without the time before each."""
    return [line.partition("] ")[2] for line in data.decode().splitlines()]


def test_on_a_terminal(links: FileLinks) -> None:
    """A line for each, behind the words and with whoever sent them before it, so that no name passes for another's."""
    voice = TextVoice(ManualClock(), Stamper(), announce=True, links=links)
    for current, mark in ((True, "[ann] "), (False, "[#tea] [ann] ")):
        told = lines(voice.dialect(current=current).encode(TEA, record(SAID)))
        assert told == [mark + "look", mark + PNG_LINE, mark + TXT_LINE]
    told = lines(voice.dialect(current=True).encode(TEA, record(replace(SAID, text="", manner="action"))))
    assert told == ["* ann " + PNG_LINE, "* ann " + TXT_LINE]


def test_in_the_history_of_a_terminal(links: FileLinks) -> None:
    """As when it was said, with what became of it; the link is today's."""
    voice = TextVoice(ManualClock(), Stamper(), announce=True, links=links)
    edited = replace(record(replace(SAID, files=(PNG,))), note=Note(edits=(Seq(2),)))
    assert lines(voice.recall([edited])) == ["[ann] look", f"[ann] {PNG_LINE} (edited)"]
    links.server = "http://127.0.0.1:4242"
    assert lines(voice.recall([edited]))[1] == "[ann] tea.png (1.2 MB) http://127.0.0.1:4242/f/abc123 (edited)"


def test_in_frames(links: FileLinks) -> None:
    """A message for each line; also of an answer, and of what was said earlier."""
    voice = FramesVoice(JsonDialect, ManualClock(), Stamper(), echoes=True, announce=True, links=links)
    for told in (voice.dialect(current=True).encode(TEA, record(SAID)), voice.recall([record(SAID)])):
        assert b"look" in told
        assert PNG_LINE.encode() in told
        assert TXT_LINE.encode() in told
    answer = replace(record(replace(SAID, text="", files=(PNG,), reply_to=Seq(1))), quote=Quote("bob", "what?"))
    assert f"> what? : {PNG_LINE}".encode() in voice.dialect(current=True).encode(TEA, answer)


def test_in_what_was_found() -> None:
    """What it is called, behind what was said with it."""
    hits = [Hit("#tea", record(said), spans) for said, spans in ((SAID, ((0, 2),)), (replace(SAID, text=""), ()))]
    one, two = search_phrases.found(Found("lo", tuple(hits)))
    assert one.endswith(" ann: *lo*ok [tea.png, notes [SERVER] x.txt]")
    assert two.endswith(" ann: [tea.png, notes [SERVER] x.txt]")


def test_links_in_a_text(links: FileLinks) -> None:
    """Those of this server are found, each once, with what may stand behind them; others are words."""
    text = "look https://chat.example.org/f/abc123 and https://chat.example.org/f/abc123/tea.png now"
    assert links.find_in(text) == ("look  and  now", (FileId("abc123"),))
    assert links.find_in("https://chat.example.org/f/abc123") == ("", (FileId("abc123"),))
    for other in ("https://chat.example.com/f/abc123", "https://chat.example.org/f/", "/f/abc123"):
        assert links.find_in(other) == (other, ())

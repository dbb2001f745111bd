"""`hubbub export`: rooms and servers as files, whole or not at all."""

import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted
from hubbub.core.features.membership import Joined
from hubbub.core.features.messages import Said
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.features.topics import TopicSet
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.room import RoomKind
from hubbub.core.room_settings import Change
from hubbub.server.whole_file import writing_whole
from tests.cli.filling import fill, fill_file, hubbub, messages_in
from tests.conftest import StartServer

ANN, BOB = PersonId("p1"), PersonId("p2")
DAY_MS = 24 * 60 * 60 * 1_000


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give data in which something was said in #tea."""
    folder = tmp_path / "data"
    folder.mkdir()
    fill(
        folder,
        "#tea",
        Joined(ANN, "ann"),
        TopicSet(ANN, "ann", "Tea"),
        SettingsChanged(ANN, "ann", Change(slow_seconds=5, key="sesame")),
        Said(ANN, "ann", "helo"),
        Said(BOB, "bob", "hi <b>", reply_to=Seq(4), thread=Seq(4)),
        Said(BOB, "bob", "spam"),
        Edited(ANN, "ann", Seq(4), "hello"),
        Reacted(BOB, "bob", Seq(4), "👍"),
        Pinned(ANN, "ann", Seq(4)),
        Deleted(ANN, "ann", Seq(6), BOB, "bob", reason="ads"),
        time_ms=1_000,
    )
    fill(folder, "#tea", Said(ANN, "ann", "later"), time_ms=DAY_MS)
    return folder


def lines_of(text: str) -> list[Any]:
    """Return what stands in JSON Lines."""
    return list(map(json.loads, text.splitlines()))


def export(data: Path, *arguments: str | Path) -> str:
    """Export something, and return what is written to standard output."""
    done = hubbub(data, "export", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refuse(data: Path, *arguments: str | Path) -> str:
    """Return the sentence with which an export is refused."""
    done = hubbub(data, "export", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_a_room_as_lines(data: Path) -> None:
    """A header, the room, each message as it looks now with what became of it, and an end; no key."""
    header, room, first, reply, gone, later, end = lines_of(export(data, "#tea"))
    assert header["hubbub_export"] == 1
    assert header["source"].startswith("hubbub:")
    assert (room["name"], room["settings"], room["members"]) == (
        "#tea",
        {"slow_seconds": 5},
        [{"name": "ann", "id": "p1"}],
    )
    assert room["topic"]["text"] == "Tea"
    assert first == {
        "type": "message",
        "id": "4",
        "time": "1970-01-01T00:00:01Z",
        "name": "ann",
        "author": "p1",
        "text": "hello",
        "edited": "1970-01-01T00:00:01Z",
        "versions": [{"text": "helo", "time": "1970-01-01T00:00:01Z"}],
        "reactions": {"👍": [{"name": "bob", "id": "p2"}]},
        "is_pinned": True,
    }
    assert (reply["reply_to"], reply["thread"], reply["text"]) == ("4", "4", "hi <b>")
    assert gone["deleted"] == {"by": {"name": "ann"}, "reason": "ads"}
    assert "text" not in gone
    assert later["text"] == "later"
    assert end == {"type": "end", "messages": 4}


def test_a_room_for_people(data: Path, tmp_path: Path) -> None:
    """The format is as asked for, or as the file is called; a file is for its owner only."""
    assert export(data, "#TEA", "--format", "markdown").startswith("# \\#tea\n\nTea\n")
    page = tmp_path / "tea.html"
    assert export(data, "tea", "-o", page) == ""
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert page.stat().st_mode & 0o777 == 0o600
    export(data, "#tea", "-o", tmp_path / "tea.md")
    assert "> hi &lt;b>" in (tmp_path / "tea.md").read_text()


def test_a_part_of_a_room(data: Path) -> None:
    """From when to when, and the header says so."""
    header, _, *messages, _ = lines_of(export(data, "#tea", "--since", "1970-01-02"))
    assert header["since"] == "1970-01-02T00:00:00Z"
    assert [message["text"] for message in messages] == ["later"]
    _, _, *messages, _ = lines_of(export(data, "#tea", "--until", "1970-01-02T00:00"))
    assert len(messages) == 3


def test_a_server(data: Path, tmp_path: Path) -> None:
    """Accounts with their roles, and rooms; what people told each other alone only where it is asked for."""
    subprocess.run(
        [sys.executable, "-m", "hubbub", "admin", "--data", data, "create", "carol", "--role", "owner"],
        input="correct horse\n",
        text=True,
        check=True,
        capture_output=True,
    )
    fill(data, "p1 p2", Said(ANN, "ann", "just us"), kind=RoomKind.DIRECT)
    fill(data, "#few", SettingsChanged(ANN, "ann", Change(is_group=True)), Said(ANN, "ann", "just us, too"))
    path = tmp_path / "server.zip"
    export(data, "--all", "-o", path)
    with zipfile.ZipFile(path) as archive:
        assert sorted(name.partition("-")[2] or name for name in archive.namelist()) == [
            "accounts.jsonl",
            "lobby.jsonl",
            "tea.jsonl",
        ]
        _, account, _ = lines_of(archive.read("accounts.jsonl").decode())
        everything = b"".join(map(archive.read, archive.namelist()))
    assert (account["name"], account["role"]) == ("carol", "owner")
    assert not any(secret in everything for secret in (b"argon2", b"correct horse", b"sesame", b"just us"))
    export(data, "--all", "--with-direct", "-o", path)
    with zipfile.ZipFile(path) as archive:
        (direct,) = (name for name in archive.namelist() if name.startswith("direct/"))
        assert b"just us" in archive.read(direct)
        assert any(name.endswith("few.jsonl") for name in archive.namelist())


def test_files_are_exported(data: Path, tmp_path: Path) -> None:
    """What they are called, in every format; and what is in those that somebody shows, where all of it is written."""
    view = fill_file(data, "<tea>.txt", b"what is in it" * 100_000)
    gone = FileView(FileId("gone"), "gone.txt", "text/plain", 5)
    fill(data, "#tea", Said(ANN, "ann", "look", files=(view, gone)), Said(BOB, "bob", "", files=(view,)))
    look, nothing = [line for line in lines_of(export(data, "#tea")) if line.get("files")]
    told = {"id": view.id, "name": "<tea>.txt", "media_type": "text/plain", "size_bytes": 1_300_000}
    assert look["files"] == [told, {"id": "gone", "name": "gone.txt", "media_type": "text/plain", "size_bytes": 5}]
    assert (nothing.get("text", ""), nothing["files"]) == ("", [told])
    assert '<div class="file" dir="auto">📎 &lt;tea&gt;.txt (1300000 bytes)</div>' in export(
        data, "#tea", "--format", "html"
    )
    assert "📎 \\<tea\\>.txt" in export(data, "#tea", "--format", "markdown")
    path = tmp_path / "server.zip"
    export(data, "--all", "-o", path)
    with zipfile.ZipFile(path) as archive:
        assert [name for name in archive.namelist() if name.startswith("files/")] == [f"files/{view.id}"]
        assert archive.read(f"files/{view.id}") == b"what is in it" * 100_000
    other = tmp_path / "other"
    other.mkdir()
    fill(other, "#lobby")
    assert hubbub(other, "import", path).returncode == 0
    texts = [message.event.text for message in messages_in(other, "#tea") if isinstance(message.event, Said)]
    assert texts[-2:] == ["look\n📎 <tea>.txt (1300000 bytes)\n📎 gone.txt (5 bytes)", "📎 <tea>.txt (1300000 bytes)"]


def test_a_server_that_runs(start_server: StartServer) -> None:
    """Its data are exported while it runs."""
    server = start_server()
    fill(server.data, "#tea", Said(ANN, "ann", "hi"))
    assert lines_of(export(server.data, "#tea"))[2]["text"] == "hi"


def test_what_cannot_be_done_is_told(data: Path, tmp_path: Path) -> None:
    """One sentence, and no file under the name; what stood there before stays."""
    path = tmp_path / "x.jsonl"
    assert "no room #cake" in refuse(data, "#cake", "-o", path)
    assert "Nobody" not in refuse(data, "#a b", "-o", path)
    assert not path.exists()
    path.write_text("before")
    assert "no room #cake" in refuse(data, "#cake", "-o", path)
    assert path.read_text() == "before"
    assert "cannot be written: No such file" in refuse(data, "#tea", "-o", tmp_path / "nowhere" / "x")
    assert {one.name for one in tmp_path.iterdir()} == {"data", "x.jsonl"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Say which room, or --all"),
        (("#tea", "--all"), "Say which room, or --all"),
        (("#tea", "--with-direct"), "--with-direct goes with --all"),
        (("--all",), "Say into which file"),
        (("--all", "--format", "html", "-o", "x"), "JSON Lines only"),
    ],
)
def test_what_nobody_can_mean(data: Path, arguments: tuple[str, ...], words: str) -> None:
    """It is a bad command line, and nothing is read."""
    done = hubbub(data, "export", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_an_interrupted_file_is_not_there(tmp_path: Path) -> None:
    """Whatever interrupts it: nothing under the name, nothing beside it, and what was there before is."""
    path = tmp_path / "x"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt), writing_whole(path) as file:  # noqa: PT012 - in the middle of it
        file.write(b"half")
        raise KeyboardInterrupt
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_stays_what_it_is(data: Path, tmp_path: Path) -> None:
    """A pipe is written into, and so is what a link leads to; neither gives way to a file."""
    pipe, link = tmp_path / "pipe", tmp_path / "link.jsonl"
    os.mkfifo(pipe)
    # Open for both: then nobody waits for the other end.
    end = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        export(data, "#tea", "-o", pipe)
        assert pipe.is_fifo()
        assert lines_of(os.read(end, 100_000).decode())[-1]["type"] == "end"
    finally:
        os.close(end)
    link.symlink_to(tmp_path / "there.jsonl")
    export(data, "#tea", "-o", link)
    assert link.is_symlink()
    assert lines_of((tmp_path / "there.jsonl").read_text())[-1]["type"] == "end"


def test_progress_is_for_people(data: Path, tmp_path: Path) -> None:
    """On a terminal there is a bar on standard error; nothing of it where nobody watches."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "hubbub", "export", "--data", str(data), "#tea", "-o", str(tmp_path / "x")]
    subprocess.run(command, stderr=theirs, check=True, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "#tea" in shown
    assert "100%" in shown

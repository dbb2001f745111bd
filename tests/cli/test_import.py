"""`hubbub import`: from archives into data, whole, once, and with a sentence for whatever is in the way."""

import socket
import zipfile
from pathlib import Path
from typing import TextIO

import pytest

from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId
from hubbub.core.room import RoomKind
from tests.cli.filling import fill, hubbub, messages_in, rooms_in
from tests.conftest import StartServer
from tests.server.archives.zips import own_accounts, own_lines, slack_message, ts, write_slack, write_zip
from tests.wire.transfer.things import ROOM, said

ANN = PersonId("p1")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a folder for data in which no server has run."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def slack(tmp_path: Path) -> Path:
    """Give an archive of Slack's."""
    return write_slack(
        tmp_path / "slack.zip",
        slack_message(1, "hi <@U2>", reactions=[{"name": "+1", "users": ["U2"]}]),
        slack_message(2, "hello", user="U2", thread_ts=ts(1)),
    )


def bring(data: Path, *arguments: str | Path) -> str:
    """Import something, and return what is said."""
    done = hubbub(data, "import", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refuse(data: Path, *arguments: str | Path) -> str:
    """Return the sentence with which an import is refused."""
    done = hubbub(data, "import", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def texts_in(data: Path, room: str) -> list[str]:
    """Return what was said in a room."""
    return [message.event.text for message in messages_in(data, room) if isinstance(message.event, Said)]


def test_slack_twice(data: Path, slack: Path) -> None:
    """Everything comes once, and a newer archive adds what is new."""
    assert bring(data, slack).splitlines() == [
        "#general: new; 2 messages in the archive",
        "#old: new; 0 messages in the archive",
        "Imported: 2 new rooms, and 5 new messages, edits, reactions and the like.",
    ]
    first, second = messages_in(data, "#general")
    assert isinstance(second.event, Said)
    assert (first.event.name, second.event.name, second.event.thread) == ("ann", "bob", first.seq)
    assert first.time_ms == 1_700_000_001_000
    assert bring(data, slack).splitlines()[-1] == "Nothing was new."
    write_slack(slack, slack_message(1, "hi <@U2>"), slack_message(3, "newer"))
    bring(data, slack)
    assert texts_in(data, "#general") == ["hi @bob", "hello", "newer"]


def test_a_dry_run_changes_nothing(data: Path, slack: Path) -> None:
    """It says what would be done."""
    assert bring(data, slack, "--dry-run").splitlines() == [
        "#general: new; 2 messages in the archive",
        "#old: new; 0 messages in the archive",
        "Nothing was imported: this was to see what would be.",
    ]
    assert [room.name for room in rooms_in(data)] == ["#lobby"]
    assert rooms_in(data, RoomKind.STAGED) == []


def test_an_export_of_a_server_in_another(data: Path, tmp_path: Path) -> None:
    """What one has exported, another imports, and exports alike, but for who people are."""
    fill(data, "#tea", Said(ANN, "ann", "one"), Said(ANN, "ann", "two\nlines", "notice"))
    fill(data, "#lobby", Said(ANN, "ann", "here"))
    exported, there, again = tmp_path / "a.zip", tmp_path / "there", tmp_path / "b.zip"
    there.mkdir()
    hubbub(data, "export", "--all", "-o", exported)
    assert "Imported: 1 new room, and 3 new messages" in bring(there, exported)
    assert bring(there, exported).splitlines()[-1] == "Nothing was new."
    hubbub(there, "export", "--all", "-o", again)
    shown = [
        sorted(
            line.partition('"time":')[2].partition(',"author"')[0] + line.rpartition('"text"')[2]
            for name in archive.namelist()
            for line in archive.read(name).decode().splitlines()
            if '"message"' in line
        )
        for archive in (zipfile.ZipFile(exported), zipfile.ZipFile(again))
    ]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 3


def test_a_room_under_another_name(data: Path, tmp_path: Path) -> None:
    """Where there is one of that name already, which is told."""
    fill(data, "#tea", Said(ANN, "ann", "mine"))
    path = tmp_path / "tea.jsonl"
    path.write_bytes(own_lines(ROOM, said(1, "theirs")))
    assert "--rename '#tea=#NAME'" in refuse(data, path)
    bring(data, path, "--rename", "tea=tea2")
    assert (texts_in(data, "#tea"), texts_in(data, "#tea2")) == (["mine"], ["theirs"])


def test_who_has_an_account(data: Path, slack: Path) -> None:
    """By id, or called alike; one that is not there is told."""
    for name in ("ann", "robert"):
        done = hubbub(data, "admin", "create", name, typed="correct horse\n")
        assert done.returncode == 0, done.stderr
    assert "no account 'zoe'" in refuse(data, slack, "--map", "U1=zoe")
    bring(data, slack, "--map", "U2=robert", "--match-names")
    assert not any(message.event.author.startswith("import:") for message in messages_in(data, "#general"))


BROKEN: list[tuple[dict[str, object], str]] = [
    ({"general/2023-11-14.json": b"[\n{]"}, "general/2023-11-14.json, line 2: that is no JSON"),
    ({"general/2023-11-15.json": b"[\n\n\xff"}, "general/2023-11-15.json, line 3: byte 0xFF is not UTF-8"),
    ({"../x": b""}, "../x: that name would lead out"),
    ({"bomb.json": b" " * 9_000_000}, "bomb.json: 8"),
]


@pytest.mark.parametrize(("files", "words"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_archive(data: Path, tmp_path: Path, files: dict[str, object], words: str) -> None:
    """What is wrong, and where; and nothing of it is imported, not even what is whole."""
    good: dict[str, object] = {
        "users.json": [],
        "channels.json": [{"id": "C0", "name": "first"}, {"id": "C1", "name": "general"}],
        "first/2023-11-14.json": [slack_message(1, "whole")],
    }
    told = refuse(data, write_zip(tmp_path / "slack.zip", good | files))
    assert words in told
    assert told.endswith("Nothing was imported.\n")
    assert [room.name for room in rooms_in(data)] == ["#lobby"]
    assert rooms_in(data, RoomKind.STAGED) == []


def test_a_file_that_was_cut_off(data: Path, tmp_path: Path) -> None:
    """Its last line is missing, so more may be."""
    path = tmp_path / "tea.jsonl"
    path.write_bytes(own_lines(ROOM, said(1, "a"), said(2, "b")).rpartition(b'{"type":"end"')[0])
    assert "tea.jsonl, line 4: the end is missing" in refuse(data, path)


def test_files_that_are_none(data: Path, tmp_path: Path) -> None:
    """Neither an export nor there."""
    assert "cannot be read: No such file" in refuse(data, tmp_path / "nowhere")
    assert "neither accounts.jsonl" in refuse(data, write_zip(tmp_path / "a.zip", {"a": b""}))
    (tmp_path / "b").write_text("hello")
    assert "this is no export of hubbub" in refuse(data, tmp_path / "b")


def test_oddities_are_told_some_of_them(data: Path, tmp_path: Path) -> None:
    """The first ones with their places, the others counted; it is imported all the same."""
    path = write_slack(tmp_path / "slack.zip", *(slack_message(number, "a", user="U9") for number in range(30)))
    done = hubbub(data, "import", path)
    assert done.returncode == 0
    *first, last = done.stderr.splitlines()
    assert len(first) == 20
    assert last == "And 10 more like these."
    assert len(messages_in(data, "#general")) == 30


def test_direct_conversations_are_left_out_unless_asked_for(data: Path, tmp_path: Path) -> None:
    """And it is said that they are."""
    direct = b'{"type":"room","id":"9","name":"","kind":"direct","members":[{"name":"ann"},{"name":"bob"}]}\n'
    lines = own_lines(ROOM).splitlines(keepends=True)
    files = {"accounts.jsonl": own_accounts(), "direct/9.jsonl": lines[0] + direct + lines[-1]}
    path = write_zip(tmp_path / "a.zip", files)
    assert "ann, bob: left out, because --with-direct takes" in bring(data, path)
    assert "ann, bob: left out, because nobody of these people" in bring(data, path, "--with-direct")


@pytest.mark.parametrize("pair", ["x", "=x", "x="])
def test_what_nobody_can_mean(data: Path, slack: Path, pair: str) -> None:
    """It is a bad command line."""
    for option in ("--map", "--rename"):
        done = hubbub(data, "import", slack, option, pair)
        assert done.returncode == 2
        assert "is not of the form ONE=OTHER" in done.stderr


def test_a_server_that_runs(start_server: StartServer, slack: Path) -> None:
    """Whoever is in a room hears one sentence, and finds everything in its history, whole."""
    server = start_server("127.0.0.1:0=text")
    bring(server.data, slack)
    address = ("127.0.0.1", server.ports["text"][0])
    with socket.create_connection(address, 30) as connection, connection.makefile() as heard:
        connection.sendall(b"zoe\n/join #general\n")
        _read_until(heard, "hello")
        write_slack(slack, *(slack_message(number, f"newer {number}") for number in range(10, 2_000)))
        bring(server.data, slack)
        line = _read_until(heard, "Slack")
        assert "1990 messages are new in #general, from Slack. /history shows the last ones." in line
        connection.sendall(b"/history 2\n")
        assert "newer 1998" in heard.readline() + heard.readline()
        assert "newer 1999" in heard.readline()


def _read_until(heard: TextIO, words: str) -> str:
    """Return the first line in which these words stand."""
    return next(line for line in heard if words in line)

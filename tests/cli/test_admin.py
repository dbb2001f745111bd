"""`hubbub admin`: what an operator does to the data of a server, and what he is told."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "correct horse battery"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a folder for data in which no server has run."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def admin(data: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command on the data, with a line on its standard input."""
    command = [sys.executable, "-m", "hubbub", "admin", "--data", str(data), *arguments]
    return subprocess.run(command, input=typed + "\n", capture_output=True, text=True, timeout=60, check=False)


def ask(data: Path, *arguments: str, typed: str = "") -> str:
    """Run a command that succeeds, and return what it says."""
    answer = admin(data, *arguments, typed=typed)
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


def refuse(data: Path, *arguments: str, typed: str = "") -> str:
    """Run a command that is refused, and return its one sentence."""
    answer = admin(data, *arguments, typed=typed)
    assert (answer.returncode, answer.stdout) == (1, "")
    (sentence,) = answer.stderr.splitlines()
    return sentence


def listed(data: Path, what: str = "list") -> Any:  # noqa: ANN401 - any JSON
    """Return a list as programs get it."""
    return json.loads(ask(data, "--json", what))


def test_an_account_from_its_beginning(data: Path) -> None:
    """It is opened, given a role and another password, disabled and enabled; each is kept, and can be seen."""
    assert "'ann'" in ask(data, "create", "ann", "--role", "owner", typed=PASSWORD)
    ask(data, "create", "bob", typed=PASSWORD)
    ask(data, "role", "bob", "administrator")
    ask(data, "password", "bob", typed="another good one")
    ask(data, "disable", "bob", "--reason", "holidays")
    shown = [(row["name"], row["role"], row["disabled"]) for row in listed(data)]
    assert shown == [("ann", "owner", False), ("bob", "administrator", True)]
    ask(data, "enable", "bob")
    assert [row["disabled"] for row in listed(data)] == [False, False]


def test_tables_are_for_people_and_programs(data: Path) -> None:
    """Without `--json`, a line for the names of the columns and one for each row; nothing where there are none."""
    assert ask(data, "list") == ""
    ask(data, "create", "ann", typed=PASSWORD)
    head, row = ask(data, "list").splitlines()
    assert head.split() == ["NAME", "ROLE", "OPENED", "DISABLED"]
    assert row.split()[:2] == ["ann", "member"]
    assert [room["name"] for room in listed(data, "rooms")] == ["#lobby"]


def test_invitations_and_tokens_are_shown_once(data: Path) -> None:
    """What is made is told, alone on a line or in its field, and only what it is checked against is kept."""
    ask(data, "create", "ann", typed=PASSWORD)
    code = json.loads(ask(data, "--json", "invite", "--uses", "30"))["code"]
    token = ask(data, "token", "ann", "laptop").strip()
    assert ask(data, "invite").splitlines()[0].count("-") == code.count("-") == 3
    assert token.startswith("hub_")
    kept = b"".join(file.read_bytes() for file in data.rglob("*") if file.is_file())
    assert PASSWORD.encode() not in kept
    assert token.encode() not in kept
    assert code.encode() not in kept


@pytest.mark.parametrize(
    ("settings", "begins"),
    [
        (["listen=127.0.0.1:4242"], "http://127.0.0.1:4242"),
        (["listen=127.0.0.1:0"], "http://HOST:PORT"),
        (["listen=127.0.0.1:0", "public_url=https://chat.example.org"], "https://chat.example.org"),
    ],
)
def test_an_invitation_is_a_link_as_well(settings: list[str], begins: str, data: Path) -> None:
    """It begins as the settings say, or where they let the server listen; then that is said."""
    options = [part for setting in settings for part in ("--set", setting)]
    code, typed, linked, *remarks = ask(data, *options, "invite").splitlines()
    assert typed.endswith(f"/register NAME PASSWORD {code}")
    assert linked.endswith(f" {begins}/invite/{code}")
    assert bool(remarks) == (len(settings) == 1)
    told = json.loads(ask(data, *options, "--json", "invite"))
    assert told["link"] == f"{begins}/invite/{told['code']}"


REFUSED = [
    (("create", "ann"), PASSWORD, "belongs to an account. How about 'ann2'?"),
    (("create", "a b"), PASSWORD, "spaces"),
    (("create", "server"), PASSWORD, "Nobody may be called"),
    (("create", "carol"), "short", "at least 8 characters"),
    (("password", "zoe"), PASSWORD, "no account 'zoe'"),
    (("password", "ann"), "password1", "guessed"),
    (("role", "zoe", "owner"), "", "no account 'zoe'"),
    (("role", "ann", "member"), "", "only owner"),
    (("disable", "zoe"), "", "no account 'zoe'"),
    (("token", "zoe", "laptop"), "", "no account 'zoe'"),
    (("invite", "--uses", "0"), "", "once to 1000 times"),
]
"""Commands, what is typed, and what the sentence says."""


def test_what_cannot_be_done_is_told(data: Path) -> None:
    """One sentence that says what is wrong, exit code 1, and nothing has changed."""
    ask(data, "create", "ann", "--role", "owner", typed=PASSWORD)
    before = listed(data)
    for arguments, typed, words in REFUSED:
        assert words in refuse(data, *arguments, typed=typed)
    assert listed(data) == before


def test_data_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A folder that was mistyped is told, and no new one begins to exist."""
    folder = tmp_path / "nowhere"
    assert str(folder) in refuse(folder, "list")
    assert not folder.exists()


def test_a_recount(data: Path) -> None:
    """It says that all is as it should be, to people and to programs."""
    ask(data, "create", "ann", typed=PASSWORD)
    assert "0 messages in 1 rooms" in ask(data, "recount")
    assert json.loads(ask(data, "--json", "recount")) == {"rooms": 1, "messages": 0, "differences": []}


def test_a_recount_that_finds_something(data: Path) -> None:
    """It is shown and mended, and the exit code says so; the next one finds nothing."""
    ask(data, "create", "ann", typed=PASSWORD)
    with sqlite3.connect(data / "hubbub.db") as raw:
        raw.execute("INSERT INTO mentions SELECT 'nobody', id, 7 FROM rooms WHERE kind = 'channel'")
    raw.close()
    answer = admin(data, "recount")
    assert (answer.returncode, answer.stderr) == (1, "")
    assert [line.split() for line in answer.stdout.splitlines()][1:] == [
        ["#lobby", "wrong", "mention", "nobody", "7", "yes"]
    ]
    assert "all as it should be" in ask(data, "recount")

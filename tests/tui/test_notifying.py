"""Notifying: of what somebody is told, and how."""

import asyncio
import os
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.features.membership import Joined
from hubbub.core.features.messages import Announced, Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.levels import Level
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import EntryAdded
from hubbub.tui.entries import Entry
from hubbub.tui.notifying import PAUSE_SECONDS, Notifying, escape, wants
from hubbub.tui.settings import Notifications
from tests.outside.raw import PATIENCE_SECONDS

BOB: Final = PersonId("p2")
SAID: Final = Entry(Record(RoomId(1), Seq(1), 1, Said(BOB, "bob", "lunch?")))
ANNOUNCED: Final = Entry(Record(RoomId(1), Seq(1), 1, Announced(BOB, "bob", "lunch!")))
CALL: Final = replace(SAID, calls_me=True)


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be nowhere in particular."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)


def buffer(name: str = "#tea", level: Level = "default") -> Buffer:
    """Return a room, or a conversation."""
    made = Buffer("chat.example", name, "direct" if name.startswith("@") else "channel")
    made.level = level
    return made


def test_nobody_gives_orders_by_his_name() -> None:
    """Terminals that know ConEmu's commands take `4;` behind `9;` for one; and a name of megabytes is cut."""
    written: list[str] = []
    eve = replace(CALL, record=replace(CALL.record, event=Said(BOB, "4;1;50" + "x" * 100_000, "\x1b\\\x07hi")))
    Notifying(Notifications(bell=False), written.append, lambda _: False).hear(EntryAdded(buffer(), eve))
    assert len(written) == 1
    assert written[0].startswith("\x1b]9;4,1,50xxx")
    assert len(written[0]) < 300
    assert written[0].count("\x1b") == 2


@pytest.mark.parametrize(
    ("where", "level", "entry", "is_wanted"),
    [
        ("#tea", "default", SAID, False),
        ("#tea", "default", CALL, True),
        ("#tea", "all", SAID, True),
        ("#tea", "nothing", CALL, False),
        ("", "default", ANNOUNCED, True),
        ("@bob", "default", SAID, True),
        ("@bob", "mentions", SAID, False),
        ("@bob", "nothing", SAID, False),
        ("@bob", "default", replace(SAID, is_mine=True), False),
        ("@bob", "default", Entry(Record(RoomId(1), Seq(1), 1, Joined(BOB, "bob"))), False),
    ],
)
def test_of_what_somebody_is_told(where: str, level: Level, entry: Entry, *, is_wanted: bool) -> None:
    """Of what calls him, and of what is said to him alone, unless he has said otherwise."""
    assert wants(buffer(where, level), entry) is is_wanted


def test_a_group_is_a_conversation() -> None:
    """With several people instead of one."""
    group = buffer()
    group.is_group = True
    assert wants(group, SAID)


def test_how_a_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the sequences that terminals know, and through tmux."""
    assert escape(Notifications(), "bob", "hi") == "\a\x1b]9;bob: hi\x1b\\"
    assert escape(Notifications(bell=False, terminal="osc777"), "b;b", "h;i") == "\x1b]777;notify;b,b;h;i\x1b\\"
    assert escape(Notifications(terminal="off"), "bob", "hi") == "\a"
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")  # noqa: S108 - a name, and nothing is there
    assert escape(Notifications(bell=False), "bob", "hi") == "\x1bPtmux;\x1b\x1b]9;bob: hi\x1b\x1b\\\x1b\\"


def test_what_is_looked_at_or_was_missed_rings_for_nobody() -> None:
    """And many things at once ring once; what is in a text is not obeyed."""
    written: list[str] = []
    now = 0.0
    tea, looked_at = buffer(), buffer("#lobby")
    ringing = Notifying(Notifications(), written.append, lambda one: one is looked_at, lambda: now)
    ringing.hear(EntryAdded(looked_at, CALL))
    ringing.hear(EntryAdded(tea, CALL, is_recalled=True))
    assert written == []
    ringing.hear(EntryAdded(tea, replace(CALL, record=replace(CALL.record, event=Said(BOB, "bob", "\x1b\\x\a\ny")))))
    assert written == ["\a\x1b]9;bob in #tea: ␛\\x␇␊y\x1b\\"]
    ringing.hear(EntryAdded(tea, CALL))
    assert len(written) == 1
    now = PAUSE_SECONDS
    ringing.hear(EntryAdded(tea, CALL))
    assert len(written) == 2


async def test_a_desktop_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the program that does that; a text that looks like an option is none."""
    told = tmp_path / "told"
    os.mkfifo(told)
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {told}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    ringing = Notifying(Notifications(bell=False, terminal="off"), pytest.fail, lambda _: False)
    ringing.hear(
        EntryAdded(buffer("@bob"), replace(SAID, record=replace(SAID.record, event=Said(BOB, "bob", "--help"))))
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await asyncio.to_thread(told.read_text) == "--app-name=hubbub|--|bob|--help|"
        while ringing.showing:
            await asyncio.gather(*ringing.showing)

"""The terminal client in a real terminal: two windows of tmux and a netcat, and a server that is killed meanwhile."""

import os
import re
import signal
from pathlib import Path
from typing import Final

from tests.harness.server import Server
from tests.outside.panes import panes
from tests.outside.terminal import terminal
from tests.outside.waiting import eventually

COLOUR: Final = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
"""Any colour but the terminal's own for letters and ground, which are 39 and 49."""


def test_two_windows_and_a_netcat(tmp_path: Path) -> None:
    """They talk; the server is killed and comes back; what was written meanwhile is said once, in order."""
    server = Server(tmp_path / "data")
    server.start()
    host, port = server.address()
    address = f"{host}:{port}"
    try:
        with panes(tmp_path) as windows, terminal("nc", host, str(port)) as netcat:
            ann, bob = windows.chat(address, "ann"), windows.chat(address, "bob", columns=80, rows=24)
            for name, window in (("ann", ann), ("bob", bob)):
                window.see(f"{name} on {address}")
            netcat.type("eve\n")
            ann.see("eve came")
            netcat.type("hello from netcat\n")
            for window in (ann, bob):
                window.see("eve │ hello from netcat")
            ann.type("hello **all** of you", "Enter")
            netcat.see("[ann] hello **all** of you")
            bob.see("ann │ hello all of you")
            assert "\x1b[1m" in bob.look(with_colours=True)

            server.kill()
            ann.miss(f"ann on {address}")
            for words in ("are you there?", "I go on writing"):
                ann.type(words, "Enter")
            ann.see("are you there? …", "I go on writing …", "2 to be sent")

            server.start()
            for window in (ann, bob):
                window.see("are you there?", "I go on writing")
            ann.see(f"ann on {address}")
            ann.miss("…")
            for window in (ann, bob):
                shown = window.look()
                assert shown.count("are you there?") == shown.count("I go on writing") == 1
                assert shown.index("are you there?") < shown.index("I go on writing")
    finally:
        server.stop()


def test_keys_as_terminals_send_them(tmp_path: Path) -> None:
    """Alt and Ctrl, arrows and Esc, through tmux; a window of any size; Ctrl+Q leaves."""
    server = Server(tmp_path / "data")
    server.start()
    host, port = server.address()
    try:
        with panes(tmp_path) as windows:
            ann = windows.chat(f"{host}:{port}", "ann")
            ann.see(f"ann on {host}:{port}")
            ann.type("/join #tea", "Enter")
            ann.see("2 #tea")
            ann.type("one line", "M-Enter")
            ann.type("another line", "Enter")
            ann.see("│ one line", "│ another line")
            ann.press("M-1")
            ann.miss("│ another line")
            ann.press("C-k")
            ann.see("Where to?")
            ann.type("tea", "Enter")
            ann.see("│ another line")
            ann.press("Escape")
            ann.see("e edit")
            ann.press("e")
            ann.see("Editing one line")
            ann.press("C-e")
            ann.type(" more", "Enter")
            ann.see("another line more (edited)")
            for columns, rows in ((20, 5), (140, 40), (10, 2), (80, 24)):
                ann.resize(columns, rows)
            ann.see("another line more (edited)", f"ann on {host}:{port}")
            ann.press("C-q")
            eventually(lambda: not ann.is_there)
    finally:
        server.stop()


def test_without_colours(tmp_path: Path) -> None:
    """Who wants none has none: what is to be told apart is bold, faint or turned around."""
    server = Server(tmp_path / "data")
    server.start()
    host, port = server.address()
    try:
        with panes(tmp_path) as windows:
            ann = windows.chat(f"{host}:{port}", "ann", settings={"NO_COLOR": "1"})
            ann.see(f"ann on {host}:{port}")
            ann.type("**loud** `code` https://a.example @bob", "Enter")
            ann.see("ann │ loud code")
            ann.miss("…")
            shown = ann.look(with_colours=True)
            assert COLOUR.search(shown) is None
            assert "\x1b[1m" in shown
    finally:
        server.stop()


def test_a_screen_that_was_lost(tmp_path: Path) -> None:
    """It comes back by Ctrl+L, and by itself when the window has become small and large again in one moment."""
    server = Server(tmp_path / "data")
    server.start()
    host, port = server.address()
    shown = ("ann │ here it is", f"ann on {host}:{port}", "Esc choose")
    try:
        with panes(tmp_path) as windows:
            ann = windows.chat(f"{host}:{port}", "ann")
            ann.see(f"ann on {host}:{port}")
            ann.type("here it is", "Enter")
            ann.see(*shown)
            ann.miss("…")
            ann.wipe("here it is")
            # The program is told that the size has changed, and finds the same one.
            os.kill(int(ann.pid), signal.SIGWINCH)
            ann.see(*shown)
            ann.wipe("here it is")
            ann.press("C-l")
            ann.see(*shown)
    finally:
        server.stop()

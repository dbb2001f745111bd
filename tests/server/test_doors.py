"""The start of a server for the neighbours: the link that is printed is the one in the code."""

import io
from pathlib import Path

import pytest

from hubbub.server.claim import Codes
from hubbub.server.config import TlsSettings
from hubbub.server.doors import describe_start
from hubbub.server.listen import ListenAddress
from hubbub.server.qr import draw
from hubbub.server.sockets import open_listeners
from hubbub.server.tls import Tls


class Screen(io.TextIOWrapper):
    """A terminal, of which nothing is ever read."""

    def isatty(self) -> bool:
        """Be one."""
        return True


@pytest.mark.parametrize("link", ["", "http://127.0.0.1:4242"])
def test_the_owner_to_be_is_shown_a_link(link: str, tmp_path: Path) -> None:
    """For a browser, if it can do anything; the code is there for whoever comes by anything else."""
    doors = open_listeners([ListenAddress("127.0.0.1", 0)])
    with doors[0][1]:
        codes = Codes(claim="7K3M-9Q2X-0ZTB-4V8N")
        lines = describe_start(doors, Tls(TlsSettings(), tmp_path), codes, "listed", io.StringIO(), link)
    assert "  /register PASSWORD, then /claim 7K3M-9Q2X-0ZTB-4V8N" in lines
    assert (f"  {link}/claim/7K3M-9Q2X-0ZTB-4V8N" in lines) == bool(link)


@pytest.mark.parametrize(("code", "path"), [("7K3M-9Q2X-0ZTB-4V8N", "/invite/7K3M-9Q2X-0ZTB-4V8N"), (None, "")])
def test_neighbours_are_shown_a_link(code: str | None, path: str, tmp_path: Path) -> None:
    """With an invitation if they need one; without, it leads to the page that says how to join."""
    doors = open_listeners([ListenAddress("127.0.0.1", 0)])
    ((address, listener),) = doors
    with listener, Screen(io.BytesIO(), "utf-8") as screen:
        lines = describe_start(doors, Tls(TlsSettings(), tmp_path), Codes(invitation=code), "lan", screen, "")
    link = f"http://127.0.0.1:{address.port}{path}"
    start = lines.index(draw(link)[0])
    assert lines[start : start + len(draw(link))] == draw(link)
    assert (f"  {link}" in lines) == (code is not None)

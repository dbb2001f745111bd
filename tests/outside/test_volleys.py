"""Volleys: a real server sends to a whole room in one call, where the system has one for it."""

from collections import Counter
from pathlib import Path
from typing import Final

from hubbub.service.audience import VOLLEY_LISTENERS
from tests.gateways.transports.rings import some_ring
from tests.harness.server import Server
from tests.outside.conftest import Connect, StartServer

FILE: Final = "anon_inode:[io_uring]"
"""What proc(5) shows of a ring."""

TAKEN: Final = "SqHead:"
"""How many entries it has carried out, in its own page there."""


def entries_taken(server: Server) -> Counter[str]:
    """Return how many entries each of the server's rings has carried out; the loop has one of its own."""
    rings = [file.name for file in Path(f"/proc/{server.pid}/fd").iterdir() if str(file.readlink()) == FILE]
    return Counter({ring: _entries_of(Path(f"/proc/{server.pid}/fdinfo/{ring}")) for ring in rings})


def _entries_of(page: Path) -> int:
    (taken,) = [int(line.removeprefix(TAKEN)) for line in page.read_text().splitlines() if line.startswith(TAKEN)]
    return taken


def test_a_full_room_is_sent_to_in_one_call(start_server: StartServer, connect: Connect) -> None:
    """Each of its listeners is one entry."""
    with some_ring():
        server = start_server(settings={"rooms.announce": "false"})
    others = [connect(server.address(), b"guest%d\n" % number) for number in range(VOLLEY_LISTENERS)]
    speaker = connect(server.address(), b"speaker\n")
    for one in (*others, speaker):
        one.ping("here")
    before = entries_taken(server)
    speaker.send(b"to eight\n")
    for other in others:
        other.hear(b"to eight")
    speaker.ping("said")
    assert VOLLEY_LISTENERS in (entries_taken(server) - before).values()

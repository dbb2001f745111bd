"""The README's session: what it shows is what people see."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from hubbub.gateways.http.client import INDEX
from hubbub.server.app import CLIENT
from tests.outside.conftest import Connect, StartServer
from tests.outside.raw import without_stamps

README: Final = Path(__file__).parents[2] / "README.md"
COLUMNS: Final = 80

STAMPED: Final = re.compile(r"\[(\d\d:\d\d:\d\d)\] ")

OWN: Final = re.compile(r"(?<![0-9A-Z])(?:[0-9A-F]{2}:){15}[0-9A-F]{2}|(?<=/claim[ /])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
"""What is another one for each server: half a fingerprint, and the code that makes one its owner."""

HOST_KEY: Final = re.compile(r"SHA256:[0-9A-Za-z+/]{43}")


def blocks(command: str) -> list[list[str]]:
    """Return what the README shows below a command, once for each time that it is the only one in its block."""
    text = README.read_text(encoding="utf-8")
    found = [block.splitlines() for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)]
    return [lines for first, *lines in found if first == f"$ {command}" and lines]


def in_order(windows: list[list[str]]) -> Iterator[tuple[int, str]]:
    """Yield every line of several windows by its time; what was typed has that of the line before."""
    timed = []
    for window, lines in enumerate(windows):
        time = ""
        for line in lines:
            match = STAMPED.match(line)
            time = match[1] if match else time
            timed.append((time, window, line))
    for _, window, line in sorted(timed, key=lambda entry: entry[:2]):
        yield window, line


@pytest.mark.skipif(not (CLIENT / INDEX).is_file(), reason="without the page no link is printed that it would show")
def test_what_the_server_prints(start_server: StartServer) -> None:
    """Its welcome stands there to the letter."""
    server = start_server("127.0.0.1:0")
    port = str(server.address().port)
    printed = [line.replace(port, "4242") for line in server.printed]
    assert sum(len(OWN.findall(line)) for line in printed) == 4
    (shown,) = blocks("make run")
    assert sum(len(HOST_KEY.findall(line)) for line in printed) == 1
    assert [HOST_KEY.sub("", OWN.sub("", line)) for line in shown] == [
        HOST_KEY.sub("", OWN.sub("", line)) for line in printed
    ]


def test_what_two_people_see(start_server: StartServer, connect: Connect) -> None:
    """Whoever types what Ann and Bob type sees what they see, and no more."""
    server = start_server("127.0.0.1:0")
    windows = blocks("nc 127.0.0.1 4242")
    assert len(windows) == 2
    people = {}
    for window, line in in_order(windows):
        if window not in people:
            people[window] = connect(server.address())
        if STAMPED.match(line):
            assert without_stamps(people[window].hear(b"\n")) == without_stamps(line.encode())
        else:
            people[window].send(f"{line}\n".encode())
    assert people[0].hear_rest() == b""
    assert people[1].ping("end").count(b"\n") == 1


def test_what_it_shows_of_a_terminal_fits_into_one() -> None:
    """Nothing in the windows is wrapped."""
    for lines in (*blocks("make run"), *blocks("nc 127.0.0.1 4242")):
        assert max(map(len, lines)) <= COLUMNS

"""What the log tells of people: who came from where with which protocol, as whom, and why they left."""

from collections.abc import Callable
from typing import Final

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import Connect, StartServer
from tests.outside.raw import Raw
from tests.outside.saying import words
from tests.outside.waiting import eventually
from tests.seeds import s1, s2, s3

QUICKLY: Final = {
    "limits.naming_seconds": "0.05",
    "limits.text_naming_seconds": "0.05",
    "limits.detect_seconds": "0.05",
}
"""Who does not say who he is, is sent away."""

COMING: Final = {
    "text": b"ann\n",
    "header-frames": s1.frame("ann"),
    "json-frames": s2.packet(b'{"type": "hello", "nick": "ann"}'),
    "text-frames": s3.frame("ann: /ping"),
}
"""How somebody called Ann comes in."""

LEAVING: Final[dict[str, tuple[Callable[[Raw], None], str]]] = {
    "the end of the stream": (Raw.finish, "gone"),
    "a reset": (Raw.reset, "gone"),
}
"""How somebody leaves on any protocol, and what that is called."""


@pytest.fixture(scope="module")
def hasty(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server that sends everybody away who does not say at once who he is."""
    return start_shared_server(settings=QUICKLY)


@pytest.mark.parametrize("leaving", LEAVING)
@pytest.mark.parametrize("protocol", COMING)
def test_coming_and_going(protocol: str, leaving: str, shared_server: ConfinedServer, connect: Connect) -> None:
    """One entry when somebody has said who he is, one when he is gone, both with his address and protocol."""
    leave, reason = LEAVING[leaving]
    ann = connect(shared_server.address(protocol), COMING[protocol])
    place = ann.place
    who = {"protocol": protocol, "name": "ann"}
    assert who.items() <= only(shared_server, "session.opened", place).items()
    leave(ann)
    assert {**who, "reason": reason}.items() <= only(shared_server, "connection.closed", place).items()


def only(server: ConfinedServer, event: str, place: str) -> dict[str, object]:
    """Wait for the one entry about an event at a connection whose other end is at that place."""

    def found() -> list[dict[str, object]]:
        return [entry for entry in server.logs if (entry["event"], entry.get("peer")) == (event, place)]

    eventually(lambda: bool(found()))
    (entry,) = found()
    return entry


def test_a_name_is_told_as_it_was_in_the_end(shared_server: ConfinedServer, connect: Connect) -> None:
    """Whoever has changed his name stands in the log under the last one, and by his own wish."""
    bob = connect(shared_server.address("text"), f"bob\n/nick carol\n/quit {words('goodbye')}\n".encode())
    bob.hear_rest()
    assert {"name": "carol", "reason": "left"}.items() <= only(shared_server, "connection.closed", bob.place).items()


@pytest.mark.parametrize(
    ("protocol", "data", "reason"),
    [
        ("text", b"", "unnamed"),
        ("auto", b"", "unnamed"),
        ("header-frames", b"", "unnamed"),
        ("json-frames", s2.packet(b'{"type": "chat", "message": "wombat"}'), "unnamed"),
        ("header-frames", b"4294967296" + words("x").encode(), "bad_input"),
    ],
)
def test_why_somebody_was_sent_away(
    protocol: str, data: bytes, reason: str, hasty: ConfinedServer, connect: Connect
) -> None:
    """Who never says who he is, or what nobody understands, leaves an entry without a name, and with the reason."""
    stranger = connect(hasty.address(protocol), data)
    stranger.hear_rest()
    entry = only(hasty, "connection.closed", stranger.place)
    assert entry["reason"] == reason
    assert "name" not in entry


def test_who_means_something_else_by_ssh(shared_server: ConfinedServer, connect: Connect) -> None:
    """The log tells which protocol somebody tried, and nothing of what he sent."""
    stranger = connect(shared_server.address(), b"SSH-2.0-wombat\r\n" + b"wombat" * 20)
    stranger.hear_rest()
    entry = only(shared_server, "connection.closed", stranger.place)
    assert {"protocol": "ssh", "reason": "bad_input"}.items() <= entry.items()


def test_a_page_was_read(shared_server: ConfinedServer, connect: Connect) -> None:
    """The log tells that somebody came with a browser, and not for which page: its address may hold a code."""
    visitor = connect(shared_server.address(), b"GET /invite/wombat HTTP/1.0\r\n\r\n")
    visitor.hear_rest()
    entry = only(shared_server, "connection.closed", visitor.place)
    assert {"protocol": "http", "reason": "left"}.items() <= entry.items()


@pytest.mark.parametrize("level", ["debug", "info"])
def test_nothing_that_is_said_stands_in_the_log(level: str, start_server: StartServer, connect: Connect) -> None:
    """Whatever command it is in, at any level; names and rooms may be there (the fixture looks for the secret word)."""
    server = start_server("127.0.0.1:0=text", settings={"log.level": level, "limits.commands_per_second": "0"})
    bob = connect(server.address("text"), b"bob\n")
    text = words("text")
    ann = connect(server.address("text"), b"ann\n")
    commands = ["/me", "/broadcast", "/topic", "/away", "/help", "/ping", "/leave", "/wombat"]
    lines = ("", *commands, "/msg bob", "/msg nobody", "SEND ['bob']:", "BROADCAST:")
    ann.send("".join(f"{line} {text}\n" for line in lines).encode())
    ann.ping("said")
    bob.ping("heard")
    ann.send(b"\xff" + text.encode() + b"\n" + text.encode() * 10_000 + f"\n/quit {text}\n".encode())
    ann.hear_rest()

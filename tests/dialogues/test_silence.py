"""Before a frames client has said who it is, it is sent nothing: any byte would be taken for the start of a frame."""

import socket

import pytest

from tests.conftest import StartServer
from tests.harness.actor import PATIENCE_SECONDS, Actor
from tests.seeds import s1, s2, s3

FIRST_WORDS = {
    "header-frames": s1.frame("bob"),
    "json-frames": s2.packet(b'{"type": "hello", "nick": "bob"}'),
    "text-frames": s3.frame("bob: hi"),
}
"""What each program sends when it says who its user is."""


@pytest.mark.parametrize("protocol", FIRST_WORDS)
def test_nothing_is_sent_before_the_name(protocol: str, start_server: StartServer) -> None:
    """A nameless client hears neither a greeting nor what is said in the lobby; with its name, it does."""
    server = start_server("127.0.0.1:0=text", f"127.0.0.1:0={protocol}")
    ann = Actor("ann", "netcat")
    try:
        ann.arrive(server.address("text"))
        with socket.create_connection(server.address(protocol)) as bob:
            bob.setblocking(False)
            ann.say("is anybody there?")
            # Whatever went out because of it has arrived when the answer has: the loopback loses no time.
            ann.barrier()
            with pytest.raises(BlockingIOError):
                bob.recv(1)
            bob.settimeout(PATIENCE_SECONDS)
            bob.sendall(FIRST_WORDS[protocol])
            assert bob.recv(1) != b""
    finally:
        ann.leave(vanishing=False)

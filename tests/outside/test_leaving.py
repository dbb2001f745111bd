"""Leaving: whoever goes, in whatever way, is gone for everybody; what he said before is heard, and nothing after."""

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import Connect, StartServer
from tests.outside.history import said_in_lobby
from tests.outside.raw import without_stamps
from tests.outside.saying import words
from tests.outside.waiting import eventually


def test_nothing_is_said_after_leaving(server: ConfinedServer, connect: Connect) -> None:
    """What comes in the same breath as `/quit` is not said any more; what came before it is."""
    bob = connect(server.address("text"), b"bob\n")
    bob.ping("in")
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    ann.send(f"{words('before')}\n/quit\n{words('after')}\n/nick carol\n".encode())
    assert without_stamps(ann.hear_rest())[-1] == "[SERVER] Goodbye."
    eventually(lambda: '"reason":"left"' in server.log_text)
    bob.ping("heard")
    assert [text for _, text in said_in_lobby(server.data)] == [words("before")]


def test_a_script_that_is_slowed_down_is_heard_to_its_end(start_server: StartServer, connect: Connect) -> None:
    """Who says much and ends his input is not cut short by the pace at which he is heard."""
    server = start_server("127.0.0.1:0=text", settings={"limits.burst": "5", "limits.commands_per_second": "200"})
    texts = [words(number) for number in range(100)]
    script = connect(server.address("text"), "\n".join(["ann", *texts, "/list", ""]).encode())
    script.finish()
    heard = without_stamps(script.hear_rest())
    assert heard[-1] == "[SERVER] In #lobby (1): ann"
    assert [text for _, text in said_in_lobby(server.data)] == texts


def test_a_reset_is_noticed_even_where_nothing_is_read(start_server: StartServer, connect: Connect) -> None:
    """Somebody who is slowed down, and so not read for a while, is gone as soon as something is said to him."""
    server = start_server("127.0.0.1:0=text", settings={"limits.burst": "5", "limits.commands_per_second": "1"})
    flood = connect(server.address("text"), b"flood\n")
    ann = connect(server.address("text"), b"ann\n")
    ann.hear(b"You are in #lobby")
    flood.send(f"{words('flood')}\n".encode() * 100)
    flood.hear(b"very fast")
    flood.reset()
    # The first write finds a connection that was there until then, and the answer to it is a reset; the second fails.
    for number in range(2):
        ann.send(f"{words(number)}\n".encode())
    ann.hear(b"'flood' has left")

"""IRC on a real server: what any client meets that comes to the one port."""

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server where nobody is hurried, for all tests."""
    return start_shared_server("127.0.0.1:0", "127.0.0.1:0=irc", "127.0.0.1:0=text", settings=UNHURRIED)


@pytest.mark.parametrize("protocol", ["auto", "irc"])
def test_a_client_comes_in_and_talks(protocol: str, server: ConfinedServer, connect: Connect) -> None:
    """Somebody on netcat hears it, and is heard."""
    room, nick, other = f"#talk-{protocol}", f"ann-{protocol}", f"bob-{protocol}"
    ann = connect(server.address(protocol), f"NICK {nick}\r\nUSER ann 0 * :Ann\r\nJOIN {room}\r\n".encode())
    assert f" 001 {nick} :".encode() in ann.hear(f" 366 {nick} {room} :".encode())
    bob = connect(server.address("text"), f"{other}\n/join {room}\n".encode())
    ann.hear(f":{other}!~u@".encode())
    ann.send(f"PRIVMSG {room} :hello there\r\n".encode())
    bob.hear(f"[{nick}] hello there\n".encode())
    bob.send(b"good morning\n")
    assert ann.hear(b"good morning\r\n").endswith(f" PRIVMSG {room} :good morning\r\n".encode())
    ann.send(b"PING :still here\r\nQUIT :bye\r\n")
    heard = ann.hear_rest()
    assert b" :still here\r\n" in heard
    assert heard.endswith(b"ERROR :Closing link: Goodbye.\r\n")

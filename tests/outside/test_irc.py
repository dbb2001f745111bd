"""IRC on a real server: what any client meets that comes to the one port."""

import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as open_websocket
from websockets.typing import Subprotocol

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.raw import PATIENCE_SECONDS
from tests.server.certificates import write_authority

SUBPROTOCOLS = ("text.ircv3.net", "binary.ircv3.net")


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


@contextmanager
def page(server: ConfinedServer, *subprotocols: str) -> Iterator[ClientConnection]:
    """Give a stock WebSocket client that speaks IRC."""
    place = server.address()
    wanted = [Subprotocol(one) for one in subprotocols]
    with open_websocket(f"ws://{place.host}:{place.port}/", subprotocols=wanted) as opened:
        yield opened


def hear(client: ClientConnection, wanted: str) -> str | bytes:
    """Return the next message that has this in it, as it came."""
    while wanted not in text_of(heard := client.recv(PATIENCE_SECONDS)):
        pass
    return heard


def text_of(message: str | bytes) -> str:
    """Return the text of a message."""
    return message if isinstance(message, str) else message.decode()


@pytest.mark.parametrize("subprotocol", SUBPROTOCOLS)
def test_over_websocket(subprotocol: str, server: ConfinedServer) -> None:
    """Each message is "a single IRC line" without its end, as text or as bytes. IRCv3 websocket."""
    nick = subprotocol.partition(".")[0]
    kind = str if subprotocol.startswith("text") else bytes
    with page(server, subprotocol, "hubbub.v1") as ann:
        assert ann.subprotocol == subprotocol
        for line in (f"NICK {nick}", "USER u 0 * :Ann\r\n", "JOIN #over-websocket"):
            ann.send(line if kind is str else line.encode())
        welcome = hear(ann, " 001 ")
        assert isinstance(welcome, kind)
        assert not text_of(welcome).endswith(("\r", "\n"))
        hear(ann, " 366 ")
        ann.send("PING :ä" if kind is str else "PING :ä".encode())
        assert text_of(ann.recv(PATIENCE_SECONDS)).endswith(" :ä")
        ann.send("QUIT" if kind is str else b"QUIT")
        assert text_of(hear(ann, "ERROR")) == "ERROR :Closing link: Goodbye."
        with pytest.raises(ConnectionClosed):
            ann.recv(PATIENCE_SECONDS)


def test_accounts_over_websocket(server: ConfinedServer) -> None:
    """What is answered late comes in frames, too: opening an account, SASL before one is in, and later."""
    proof = b64encode(b"\0weber\0four words in a row").decode()
    with page(server, "text.ircv3.net") as first, page(server, "text.ircv3.net") as second:
        for line in ("CAP REQ sasl", "NICK weber", "REGISTER * * :four words in a row", "USER u 0 * :W", "CAP END"):
            first.send(line)
        hear(first, "REGISTER SUCCESS weber ")
        hear(first, " 001 weber ")
        for line in ("CAP REQ sasl", "NICK other", "USER u 0 * :W", "CAP END", "AUTHENTICATE PLAIN"):
            second.send(line)
        hear(second, "AUTHENTICATE +")
        second.send(f"AUTHENTICATE {proof}")
        assert text_of(hear(second, " NICK ")).endswith(" NICK weber")
        hear(second, " 903 weber ")


def test_the_clients_order_counts(server: ConfinedServer) -> None:
    """The server accepts "any subprotocol it supports, respecting the client's order of preference"."""
    for first, second in (SUBPROTOCOLS, SUBPROTOCOLS[::-1]):
        with page(server, "other.example.org", first, second) as ann:
            assert ann.subprotocol == first


def test_lines_inside_a_message(server: ConfinedServer) -> None:
    """A message is one line: what stands behind a line's end in it is no command, and is answered as no line."""
    with page(server, "text.ircv3.net") as ann:
        ann.send("PING one\r\nPING two")
        assert "CR" in text_of(ann.recv(PATIENCE_SECONDS))
        ann.send("PING three")
        assert text_of(ann.recv(PATIENCE_SECONDS)).endswith(" :three")


def test_bytes_that_are_no_text(server: ConfinedServer) -> None:
    """Binary messages may hold any: those that are no UTF-8 are answered so. IRCv3 utf8only."""
    with page(server, "binary.ircv3.net") as ann:
        ann.send(b"CAP REQ standard-replies")
        hear(ann, " ACK ")
        ann.send(b"NICK \xff")
        assert b" FAIL NICK INVALID_UTF8 :" in bytes(ann.recv(PATIENCE_SECONDS))  # type: ignore[arg-type] # as bytes
        ann.send(b"PING " + b"x" * 600)
        assert b" 417 " in bytes(ann.recv(PATIENCE_SECONDS))  # type: ignore[arg-type] # as bytes


def come_by_tls(server: ConfinedServer, certificate: Path | None) -> ssl.SSLSocket:
    """Connect by TLS, with a certificate or without one."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if certificate is not None:
        context.load_cert_chain(certificate)
    place = server.address()
    return context.wrap_socket(socket.create_connection((place.host, place.port), PATIENCE_SECONDS))


def ask(client: ssl.SSLSocket, *lines: str) -> str:
    """Send lines, and return everything that answers them."""
    client.sendall("".join(f"{line}\r\n" for line in (*lines, "PING :done")).encode())
    heard = b""
    while not heard.endswith(b" :done\r\n"):
        data = client.recv(65_536)
        if not data:
            raise ConnectionError(heard)
        heard += data
    return heard.decode()


def test_logging_in_by_certificate(start_server: StartServer, tmp_path: Path) -> None:
    """EXTERNAL, RFC 4422 appendix A: who somebody is was shown "outside" of SASL, here by his certificate."""
    ours, theirs = write_authority(tmp_path), write_authority(tmp_path, "stranger")
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "tls.client_ca": str(ours.file)})
    begin = ("CAP LS 302", "CAP REQ sasl", "AUTHENTICATE EXTERNAL")
    with come_by_tls(server, None) as ann:
        heard = ask(ann, "NICK ann", "REGISTER * * :four words in a row", *begin)
        assert "sasl=SCRAM-SHA-256,PLAIN" in heard
        assert " 908 * SCRAM-SHA-256,PLAIN :" in heard
    with come_by_tls(server, ours.vouch_for("ann")) as ann:
        heard = ask(ann, *begin, "NICK annie", "USER u 0 * :Ann", f"AUTHENTICATE {b64encode(b'bob').decode()}")
        assert "sasl=EXTERNAL,SCRAM-SHA-256,PLAIN" in heard
        assert " 904 * :" in heard
        heard = ask(ann, "AUTHENTICATE EXTERNAL", "AUTHENTICATE +", "CAP END")
        assert " 900 * annie!~u@" in heard
        assert " 903 * :" in heard
        assert " 001 ann :" in heard
    with come_by_tls(server, ours.vouch_for("nobody-here")) as nobody:
        assert " 904 * :" in ask(nobody, *begin, "AUTHENTICATE +")
    with come_by_tls(server, ours.vouch_for("ann", "bob")) as both:
        assert " 908 * SCRAM-SHA-256,PLAIN :" in ask(both, *begin)
    with pytest.raises((ssl.SSLError, ConnectionError)), come_by_tls(server, theirs.vouch_for("ann")) as stranger:
        ask(stranger, *begin)

"""The clients of the text protocol bear what the originals bear and die where the originals die."""

import codecs

import pytest

from tests.seeds.netcat import NetcatClient
from tests.seeds.peer import PATIENCE_SECONDS, connected, listening, talking_to
from tests.seeds.s0 import CHUNK_BYTES, ChunkReader, S0Client
from tests.seeds.s4 import S4Client
from tests.seeds.screen import End
from tests.seeds.telnet import (
    DO,
    DONT,
    IAC,
    SB,
    SE,
    SUPPRESS_GO_AHEAD,
    TERMINAL_TYPE,
    WILL,
    WINDOW,
    WINDOW_SIZE,
    WONT,
    TelnetClient,
)

OPENING = (
    bytes((IAC, WILL, WINDOW_SIZE, IAC, WILL, TERMINAL_TYPE, IAC, DO, SUPPRESS_GO_AHEAD))
    + bytes((IAC, SB, WINDOW_SIZE))
    + WINDOW
    + bytes((IAC, SE))
)
"""What the telnet client sends on connecting."""


def test_s0_dies_when_nobody_greets_it() -> None:
    """Without a greeting in time the program gives up."""
    with listening() as (listener, address):
        client = S0Client(address, "ann")
        client.greeting_seconds = 0.01
        with connected(client, listener):
            assert client.screen.wait_for_ending(PATIENCE_SECONDS).why == "no greeting within 0.01 s"
            assert client.screen.ending is not None
            assert client.screen.ending.how is End.DIED


def test_s0_waits_three_seconds_for_its_greeting() -> None:
    """The time is the original's."""
    assert S0Client.greeting_seconds == 3


def test_s0_sends_chunks_without_line_ends_and_keeps_exit_for_itself() -> None:
    """What is typed is sent as it is; `exit` only closes."""
    with talking_to(S0Client) as (client, peer):
        client.say("ann")
        client.say("SEND ['bob']: hello bob")
        client.say("exit")
        assert peer.receive_rest() == b"annSEND ['bob']: hello bob"


@pytest.mark.parametrize("kind", [S0Client, S4Client])
def test_a_character_cut_in_two_ends_a_chunk_reader(kind: type[ChunkReader]) -> None:
    """Each `recv(1024)` is decoded strictly: the first byte of a character without the second is the end."""
    with talking_to(kind) as (client, peer):
        peer.send(b"h\xc3")
        assert client.screen.wait_for_ending(PATIENCE_SECONDS).how is End.DIED


@pytest.mark.parametrize("kind", [S0Client, S4Client])
def test_a_chunk_reader_reads_a_kibibyte_at_once(kind: type[ChunkReader]) -> None:
    """A character over the 1 024-byte edge is cut in two, and a chunk that ends before the edge is not."""
    with talking_to(kind) as (client, peer):
        peer.send(b"x" * (CHUNK_BYTES - 2) + "é".encode() + b"\n")
        assert client.screen.take(PATIENCE_SECONDS) == "x" * (CHUNK_BYTES - 2) + "é"
        peer.send(b"x" * (CHUNK_BYTES - 1) + "é".encode())
        assert client.screen.wait_for_ending(PATIENCE_SECONDS).how is End.DIED


def test_s4_learns_its_name_from_the_sentences_it_knows() -> None:
    """The program believes the server's sentences, word by word."""
    with talking_to(S4Client) as (client, peer):
        for sentence, name in (
            ("Username 'ann' is already taken. Try 'ann2'.", None),
            ("You have been assigned the username 'ann2'.", "ann2"),
            ("Your username has been changed to 'annie'.", "annie"),
        ):
            peer.send(f"[12:00:01] [SERVER] {sentence}\n".encode())
            assert client.screen.take(PATIENCE_SECONDS).endswith(sentence)
            assert client.username == name
        assert client.refused_names == ["ann"]


def test_s4_sends_exit_and_closes_without_reading() -> None:
    """`/exit`, in any case, is sent without a line end; then the connection is closed."""
    with talking_to(S4Client) as (client, peer):
        client.say("hello")
        client.say("/EXIT")
        assert peer.receive_rest() == b"hello/EXIT"


def test_netcat_sends_lines_and_shows_whatever_comes() -> None:
    """A line goes out with a line feed; bytes that make no sense are shown as such."""
    with talking_to(NetcatClient) as (client, peer):
        client.say("hé")
        assert peer.receive(4) == "hé\n".encode()
        peer.send(b"one\r\ntw\xff\n")
        assert [client.screen.take(PATIENCE_SECONDS) for _ in range(2)] == ["one", "tw\N{REPLACEMENT CHARACTER}"]
        client.finish_input()
        assert peer.receive_rest() == b""
        peer.send(b"still here\n")
        assert client.screen.take(PATIENCE_SECONDS) == "still here"


def test_telnet_negotiates_and_shows_only_text() -> None:
    """Commands are obeyed and never shown, wherever they stand; a doubled 255 is data."""
    with talking_to(TelnetClient) as (client, peer):
        assert peer.receive(len(OPENING)) == OPENING
        assert len(client.unanswered) == 3
        for byte in bytes((IAC, DO, WINDOW_SIZE)) + b"he" + bytes((IAC, DONT, TERMINAL_TYPE)) + b"llo\r\n":
            peer.send(bytes((byte,)))
        assert client.screen.take(PATIENCE_SECONDS) == "hello"
        assert client.unanswered == {(DO, SUPPRESS_GO_AHEAD)}
        peer.send(bytes((IAC, SB, 1, 2, 3, IAC, SE, IAC, 241)) + b"x" + bytes((IAC, IAC)) + b"\n")
        assert client.screen.take(PATIENCE_SECONDS) == codecs.decode(b"x\xff", errors="replace")


def test_telnet_declines_what_the_server_wants() -> None:
    """An unasked WILL gets DONT, an unasked DO gets WONT, refusals get nothing."""
    with talking_to(TelnetClient) as (client, peer):
        peer.receive(len(OPENING))
        peer.send(bytes((IAC, WILL, 1, IAC, DO, 99, IAC, WONT, 1, IAC, DONT, 99)))
        assert peer.receive(6) == bytes((IAC, DONT, 1, IAC, WONT, 99))
        client.say("done")
        assert peer.receive(6) == b"done\r\n"


@pytest.mark.parametrize("data", [bytes((IAC, 1)), bytes((IAC, DO, 99)) * 30])
def test_telnet_dies_of_nonsense(data: bytes) -> None:
    """A command that does not exist and a negotiation without end are the server's fault."""
    with talking_to(TelnetClient) as (client, peer):
        peer.send(data)
        assert client.screen.wait_for_ending(PATIENCE_SECONDS).how is End.DIED

"""The clients of the frame dialects bear what the originals bear and die where the originals die."""

import json
import re

import pytest

from tests.seeds import s1, s3
from tests.seeds.client import GoneError
from tests.seeds.peer import PATIENCE_SECONDS, connected, listening, talking_to
from tests.seeds.s1 import S1Client
from tests.seeds.s2 import S2Client, packet
from tests.seeds.s3 import Callbacks, S3Client
from tests.seeds.screen import End, Screen


def death(screen: Screen) -> str:
    """Wait for a client's death, give its reason."""
    ending = screen.wait_for_ending(PATIENCE_SECONDS)
    assert ending.how is End.DIED, ending
    return ending.why


def test_s1_names_itself_and_sends_frames() -> None:
    """The bytes are those of the original: a decimal length padded to ten bytes, then the text."""
    with talking_to(S1Client, "alice") as (client, peer):
        client.say("hello everyone")
        assert peer.receive(39) == b"5         alice14        hello everyone"


def test_s1_shows_pairs() -> None:
    """Any number of whole pairs may arrive together; a header may be padded on the left, a text may be empty."""
    with talking_to(S1Client) as (client, peer):
        peer.send(s1.frame("bob") + s1.frame("hé") + b"         3bob" + s1.frame(""))
        assert [client.screen.take(PATIENCE_SECONDS) for _ in range(2)] == ["bob > hé", "bob > "]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"welcome to the chat\n", "not a header"),
        (b"5    ", "not a header"),
        (s1.frame("bob"), "two pieces"),
        (s1.frame("bob") + s1.frame("hello")[:-1], "two pieces"),
        (s1.frame("bob") + b"x         hello", "not a header"),
        (s1.frame("bob") + b"1         \xff", "utf-8"),
        (b"-1        ", "not a header"),
    ],
)
def test_s1_dies_of_everything_else(data: bytes, reason: str) -> None:
    """Unframed bytes, half a pair, letters in a header and invalid UTF-8 end the program."""
    with talking_to(S1Client) as (client, peer):
        peer.send(data)
        assert re.search(reason, death(client.screen))


def test_s2_says_hello_first_and_sends_packets() -> None:
    """The bytes are those of the original, an empty line included; `/q` is for the program itself."""
    with talking_to(S2Client, "alice") as (client, peer):
        client.say("hello")
        client.say("")
        client.say("/q")
        packets = [
            {"type": "hello", "nick": "alice"},
            {"type": "chat", "message": "hello"},
            {"type": "chat", "message": ""},
        ]
        assert peer.receive_rest() == b"".join(packet(json.dumps(each).encode()) for each in packets)


def test_s2_shows_packets_in_any_pieces() -> None:
    """Packets may come in pieces; extra keys and unknown types are ignored."""
    packets = [
        {"type": "join", "nick": "bob"},
        {"type": "chat", "nick": "bob", "message": "hé", "extra": 1},
        {"type": "weather"},
        {"type": "leave", "nick": "bob"},
    ]
    stream = b"".join(packet(json.dumps(each).encode()) for each in packets)
    with talking_to(S2Client) as (client, peer):
        for start in range(0, len(stream), 5):
            peer.send(stream[start : start + 5])
        shown = [client.screen.take(PATIENCE_SECONDS) for _ in range(3)]
    assert shown == ["bob joined", "bob: hé", "bob left"]


@pytest.mark.parametrize(
    "data",
    [
        packet(b""),
        packet(b"[]"),
        packet(b"hello"),
        packet(b'{"nick": "bob"}'),
        packet(b'{"type": ""}'),
        packet(b'{"type": "chat", "nick": "bob"}'),
        packet(b'{"type": "chat", "nick": "\xff", "message": ""}'),
        b"\x00\x05Welcome to the chat\n",
    ],
)
def test_s2_dies_of_everything_else(data: bytes) -> None:
    """An empty packet, anything but an object with a type, bad UTF-8 and a banner end the program."""
    with talking_to(S2Client) as (client, peer):
        peer.send(data)
        assert re.search("not JSON|not an object|a field is missing", death(client.screen))


def test_s2_dies_when_the_stream_ends_inside_a_packet() -> None:
    """Half a packet and then nothing is no way to say good-bye."""
    with talking_to(S2Client) as (client, peer):
        # Closing with something unread would be a reset.
        peer.receive(len(client.opening()))
        peer.send(packet(b'{"type": "join", "nick": "bob"}')[:-1])
        peer.close()
        assert "inside a packet" in death(client.screen)


def test_s3_sends_its_name_before_each_line() -> None:
    """The bytes are those of the original: nothing on connecting, then a length and `name: text`."""
    with talking_to(S3Client, "alice") as (client, peer):
        client.say("hé")
        assert peer.receive(12) == b"\x00\x0aalice: h\xc3\xa9"


def test_s3_tells_its_callbacks_what_happens() -> None:
    """Connecting, messages and the close are events."""
    events: list[str] = []
    callbacks = Callbacks(
        on_connect=lambda _: events.append("connect"),
        on_message=events.append,
        on_close=lambda _: events.append("close"),
    )
    with listening() as (listener, address):
        client = S3Client(address, "ann", callbacks)
        with connected(client, listener) as peer:
            peer.send(s3.frame("bob: hi"))
            assert client.screen.take(PATIENCE_SECONDS) == "bob: hi"
            peer.close()
            assert client.screen.wait_for_ending(PATIENCE_SECONDS).how is End.DISCONNECTED
    assert events == ["connect", "bob: hi", "close"]


def test_s3_talks_to_other_endpoints_too() -> None:
    """Endpoints given at start are connected to, and hear what its user says."""
    with listening() as (one, address), listening() as (two, other):
        client = S3Client(address, "ann", others=[other])
        with connected(client, one) as peer:
            second, _ = two.accept()
            with second:
                client.say("hi")
                assert peer.receive(9) == second.recv(9) == s3.frame("ann: hi")
                second.sendall(s3.frame("bob: hi"))
                assert client.others[0].screen.take(PATIENCE_SECONDS) == "bob: hi"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x00\x00", "without text"),
        (b"\x00", "half a length"),
        (s3.frame("bob: hello")[:-1], "two pieces"),
        (b"\x00\x01\xff", "utf-8"),
        (b"Hi there\n", "two pieces"),
    ],
)
def test_s3_dies_of_everything_else(data: bytes, reason: str) -> None:
    """A short read, an empty frame and invalid UTF-8 end the program, and its user's callback is told."""
    errors: list[str] = []
    with listening() as (listener, address):
        client = S3Client(address, "ann", Callbacks(on_error=errors.append))
        with connected(client, listener) as peer:
            peer.send(data)
            why = death(client.screen)
    assert re.search(reason, why)
    assert errors == [why]


def test_nothing_can_be_said_after_the_end() -> None:
    """A client that has died says so to the test that goes on using it."""
    with talking_to(S3Client) as (client, peer):
        peer.send(b"\x00\x00")
        death(client.screen)
        with pytest.raises(GoneError, match="died: a frame without text"):
            client.say("hello?")


def test_vanishing_is_a_reset() -> None:
    """A client that vanishes resets the connection, even in the middle of a frame."""
    with talking_to(S3Client) as (client, peer):
        client.say_half("hello")
        assert peer.receive(6) == s3.frame("ann: hello")[:6]
        client.vanish()
        with pytest.raises(ConnectionResetError):
            peer.receive(1)

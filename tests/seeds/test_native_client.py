"""The small native client asks what its user means, and shows what it is told, each a line of JSON."""

import json

import pytest

from tests.seeds.native import NativeClient
from tests.seeds.peer import PATIENCE_SECONDS, talking_to
from tests.seeds.screen import End

SAID = '{"type":"record","room":4,"in":"#lobby","seq":8,"event":{"type":"said","name":"bob","text":"hé"}}\n'.encode()


def test_it_says_hello_and_asks_about_what_it_heard_last() -> None:
    """A line may come in pieces; its own words to others it hears by what became of them."""
    with talking_to(NativeClient) as (client, peer):
        assert json.loads(peer.receive(len(client.opening()))) == {"type": "hello", "name": "ann"}
        peer.send(SAID[:-5])
        peer.send(SAID[-5:] + SAID.replace(b"#lobby", b"@bob") + SAID.replace(b"bob", b"ann").replace(b"#lobby", b"@x"))
        assert [client.screen.take(PATIENCE_SECONDS) for _ in range(2)] == ["bob: hé", "bob [private]: hé"]
        client.say("/edit hello")
        edit = json.dumps({"id": 1, "type": "edit", "message": "4-8", "text": "hello"}).encode() + b"\n"
        assert peer.receive(len(edit)) == edit
        peer.send(b'{"type":"refusal","code":"not_yours","sentence":"That is not yours.","id":1}\n')
        assert client.screen.take(PATIENCE_SECONDS) == "server: That is not yours."
        peer.close()


@pytest.mark.parametrize("data", [b"Welcome!\n", b"[]\n", b"{}\n", b'{"type":"record"}\n', b'{"type":"\xff"}\n'])
def test_it_dies_of_everything_else(data: bytes) -> None:
    """Anything but an object with a type and what belongs to it ends the program."""
    with talking_to(NativeClient) as (client, peer):
        peer.send(data)
        assert client.screen.wait_for_ending(PATIENCE_SECONDS).how is End.DIED

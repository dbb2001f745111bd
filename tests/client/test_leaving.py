"""Going for good: a guest's name is free at once, and what he asked is answered before."""

import json
import socket

from tests.harness.server import Server


def test_a_guest_who_says_goodbye_is_gone(place: Server) -> None:
    """His name is somebody else's at once, although a lost connection would keep it for a minute."""
    for _ in range(2):
        with socket.create_connection(place.address(), timeout=20) as connection, connection.makefile("rw") as lines:
            lines.write(
                '{"type":"hello","name":"bye"}\n{"type":"say","id":1,"room":"#lobby","text":"x"}\n{"type":"bye"}\n'
            )
            lines.flush()
            heard = [json.loads(line) for line in lines]
        types = [message["type"] for message in heard]
        assert types[0] == "welcome"
        assert types[-2:] == ["done", "closing"]
        assert (heard[-1]["code"], heard[-1].get("come_back", True)) == ("left", True)

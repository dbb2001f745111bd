"""Files are sent as filehost has it, and what became of them is known. The server here is a toy."""

import threading
from base64 import b64decode
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.seeds.filehost import Sender, send_file


class ToyHost(HTTPServer):
    """Takes the files of ann, and remembers what was sent."""

    sent: tuple[str, str, str, bytes] = ("", "", "", b"")


class ToyRequest(BaseHTTPRequestHandler):
    """One request."""

    server: ToyHost

    def do_POST(self) -> None:
        """Take it, and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        who = b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        self.server.sent = (self.path, who, self.headers["Content-Disposition"], body)
        is_ann = who == "ann:secret"
        self.send_response(HTTPStatus.CREATED if is_ann else HTTPStatus.UNAUTHORIZED)
        if is_ann:
            self.send_header("Location", "/f/abc")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def host() -> Iterator[ToyHost]:
    """Run the toy."""
    with ToyHost(("127.0.0.1", 0), ToyRequest) as toy:
        thread = threading.Thread(target=toy.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield toy
        toy.shutdown()
        thread.join()


def test_a_file_that_is_taken_has_a_link(host: ToyHost) -> None:
    """HTTP Basic, Content-Disposition, and a Location that is relative to where it was sent."""
    place = f"http://127.0.0.1:{host.server_port}"
    stored = send_file(f"{place}/filehost", Sender("ann", "secret"), "a b.txt", b"green\n")
    assert stored == (HTTPStatus.CREATED, f"{place}/f/abc")
    assert host.sent == ("/filehost", "ann:secret", 'attachment; filename="a b.txt"', b"green\n")


def test_a_file_that_is_not_taken_has_none(host: ToyHost) -> None:
    """The status says why."""
    stored = send_file(f"http://127.0.0.1:{host.server_port}/up", Sender("bob", "secret"), "x", b"x")
    assert stored == (HTTPStatus.UNAUTHORIZED, "")

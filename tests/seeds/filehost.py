"""Files from a client of IRC: sent by HTTP, with the name and the password that its user has there.

https://codeberg.org/emersion/soju/src/branch/master/doc/ext/filehost.md
"""

from base64 import b64encode
from http import HTTPStatus
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from tests.seeds.client import REST_SECONDS


class Sender(NamedTuple):
    """Who sends."""

    name: str
    password: str


class Stored(NamedTuple):
    """What became of a file."""

    status: HTTPStatus
    link: str
    """Where it is; empty where it was not taken."""


def send_file(place: str, sender: Sender, file_name: str, content: bytes) -> Stored:
    """Send a file to the place that the server has named in 005."""
    url = urlsplit(place)
    connection = HTTPConnection(url.hostname or "", url.port, timeout=REST_SECONDS)
    credentials = b64encode(f"{sender.name}:{sender.password}".encode()).decode()
    fields = {
        "Authorization": f"Basic {credentials}",
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Content-Type": "text/plain; charset=utf-8",
    }
    try:
        connection.request("POST", url.path, content, fields)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    location = answer.headers["location"]
    return Stored(HTTPStatus(answer.status), urljoin(place, location) if location else "")

"""Files on a real server: through its port, over its restarts and kills, and within its memory."""

import hashlib
import threading
from collections.abc import Iterator, Sized
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.memory import MEGABYTE, forget_peak, peak_bytes, resident_bytes
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.test_accounts import PASSWORD
from tests.outside.waiting import eventually
from tests.wire.pictures.bombs import PNG_BOMB

LARGE_BYTES: Final = 150 * MEGABYTE
"""More than a server that kept a file in memory would have taken: see `GROWTH_BYTES`."""

GROWTH_BYTES: Final = 20 * MEGABYTE
"""By how much its memory may grow meanwhile."""

PIECE: Final = bytes(range(256)) * 1_024
TUS: Final = {"Tus-Resumable": "1.0.0"}
PATCH: Final = {**TUS, "Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def server(start_server: StartServer) -> ConfinedServer:
    """Start a server on which a disk may be nearly full."""
    return start_server("127.0.0.1:0", settings=UNHURRIED | {"limits.spare_bytes": "0"})


class Browser:
    """Somebody with an account who is in the lobby, over TLS as a password wants it."""

    def __init__(self, server: ConfinedServer, connect: Connect, name: str = "ann") -> None:
        self._server = server
        ann = connect(server.address(), f"/register {name} {PASSWORD}\n".encode())
        ann.ping("in")
        ann.close()
        self.token = ""
        with self.open() as client:
            answer = client.post("/api/v1/session", json={"name": name, "password": PASSWORD})
            assert answer.status_code == 201
            self.token = client.cookies["hubbub_session"]
        with self.open() as client:
            assert client.put("/api/v1/rooms/lobby/membership", json={}).status_code == 200

    def open(self) -> httpx.Client:
        """Connect."""
        host, port = self._server.address()
        fields = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = f"http://{host}:{port}"
        if not self.token:
            fields["Origin"] = url
        return httpx.Client(base_url=url, headers=fields, timeout=PATIENCE_SECONDS)

    def show(self, id_: str) -> str:
        """Say something with a file, and return the message's id."""
        with self.open() as client:
            answer = client.post("/api/v1/rooms/lobby/messages", json={"files": [id_]})
            assert answer.status_code == 201, answer.text
            return str(answer.json()["message"])


@pytest.fixture
def ann(server: ConfinedServer, connect: Connect) -> Browser:
    """Let Ann open an account."""
    return Browser(server, connect)


def pieces(size: int) -> Iterator[bytes]:
    """Yield so many bytes."""
    for begin in range(0, size, len(PIECE)):
        yield PIECE[: size - begin]


def digest_of(chunks: Iterator[bytes]) -> str:
    """Return what a content is called."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def send(client: httpx.Client, data: bytes | Iterator[bytes], name: str = "tea.bin", **fields: str) -> dict[str, Any]:
    """Send a file, and return what it is said to be."""
    answer = client.post("/api/v1/files", params={"name": name}, content=data, headers=fields)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def _has(those: Sized, least: int) -> bool:
    return len(those) >= least


def kept(server: ConfinedServer) -> list[str]:
    """Return what lies in the folder of files, by its names."""
    return sorted(path.name for path in (server.data / "files").rglob("*") if path.is_file())


def test_a_file_from_a_browser_to_a_terminal_and_back(server: ConfinedServer, ann: Browser, connect: Connect) -> None:
    """Who sits at a terminal is shown a link; whoever follows it has the file, until it is deleted."""
    bob = connect(server.address(), b"bob\n")
    bob.ping("in")
    with ann.open() as client:
        told = send(client, b"hello\n", "tea time.txt")
        message = ann.show(told["id"])
        host, port = server.address()
        link = f"http://{host}:{port}/f/{told['id']}"
        bob.hear(f"[ann] tea time.txt (6 bytes) {link}\n".encode())
        assert httpx.get(link).text == "hello\n"
        assert kept(server) == [hashlib.sha256(b"hello\n").hexdigest()]
        assert client.delete(f"/api/v1/messages/{message}").status_code == 200
        assert httpx.get(link).status_code == 404


def test_a_large_file_is_never_whole_in_memory(server: ConfinedServer, ann: Browser) -> None:
    """Neither when it comes, with a length or without, nor when it goes."""
    assert server.pid is not None
    with ann.open() as client:
        send(client, pieces(MEGABYTE))
        before = resident_bytes(server.pid)
        forget_peak(server.pid)
        told = send(client, pieces(LARGE_BYTES), **{"Content-Length": str(LARGE_BYTES)})
        send(client, pieces(LARGE_BYTES))
        with client.stream("GET", f"/f/{told['id']}") as answer:
            assert digest_of(answer.iter_bytes()) == digest_of(pieces(LARGE_BYTES))
        assert peak_bytes(server.pid) - before < GROWTH_BYTES
    assert len(kept(server)) == 2


def test_whoever_is_cut_off_leaves_nothing_but_what_can_be_gone_on_with(server: ConfinedServer, ann: Browser) -> None:
    """A file that was sent at once is gone; an upload with interruptions is there as far as it came."""
    with ann.open() as client:
        answer = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": str(4 * MEGABYTE)})
        address = answer.headers["location"]

        def broken(size: int) -> Iterator[bytes]:
            yield from pieces(size)
            raise ConnectionAbortedError

        for method, path, fields in (
            ("POST", "/api/v1/files", {"Content-Length": str(4 * MEGABYTE)}),
            ("PATCH", address, {**PATCH, "Upload-Offset": "0", "Content-Length": str(4 * MEGABYTE)}),
        ):
            with ann.open() as other, pytest.raises(ConnectionAbortedError):
                other.request(method, path, content=broken(3 * MEGABYTE), headers=fields)
        # The server notices in its own time; until then, somebody else seems to be sending.
        eventually(lambda: client.head(address, headers=TUS).status_code == 200)
        offset = int(client.head(address, headers=TUS).headers["upload-offset"])
        assert 0 < offset <= 3 * MEGABYTE
        eventually(lambda: kept(server) == [address.rpartition("/")[2]])
        rest = b"".join(pieces(4 * MEGABYTE))[offset:]
        answer = client.patch(address, content=rest, headers={**PATCH, "Upload-Offset": str(offset)})
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(4 * MEGABYTE))
    assert kept(server) == [digest_of(pieces(4 * MEGABYTE))]


def test_what_was_acknowledged_survives_a_kill(server: ConfinedServer, ann: Browser) -> None:
    """A file, what had come of an upload, and the message that shows it."""
    with ann.open() as client:
        told = send(client, b"hello\n")
        ann.show(told["id"])
        answer = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": str(2 * len(PIECE))})
        address = answer.headers["location"]
        client.patch(address, content=PIECE, headers={**PATCH, "Upload-Offset": "0"})
    server.kill()
    server.start()
    with ann.open() as client:
        assert client.get(f"/f/{told['id']}").text == "hello\n"
        assert client.head(address, headers=TUS).headers["upload-offset"] == str(len(PIECE))
        answer = client.patch(address, content=PIECE, headers={**PATCH, "Upload-Offset": str(len(PIECE))})
        assert answer.status_code == 204


def test_a_server_that_is_killed_again_and_again_loses_no_file(server: ConfinedServer, ann: Browser) -> None:
    """At whatever moment of whatever upload: whoever was answered finds his file, and nothing is half there."""
    sent: list[tuple[str, str]] = []

    def send_many(turn: int) -> None:
        try:
            with ann.open() as client:
                for number in range(10_000):
                    data = f"{turn} {number}".encode() * 10_000
                    sent.append((send(client, data)["id"], hashlib.sha256(data).hexdigest()))
        except httpx.TransportError:
            pass  # it was killed

    for turn in range(3):
        sender = threading.Thread(target=send_many, args=(turn,))
        begun = len(sent)
        sender.start()
        eventually(partial(_has, sent, begun + 3 * (turn + 1)))
        server.kill()
        sender.join()
        server.start()
    with ann.open() as client:
        for id_, digest in sent:
            assert hashlib.sha256(client.get(f"/f/{id_}").content).hexdigest() == digest
    for path in (server.data / "files").glob("??/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def test_an_attack_by_a_picture_is_one_on_nobody(server: ConfinedServer, ann: Browser, connect: Connect) -> None:
    """It is kept as an ordinary file; others talk on, and the server's memory does not grow."""
    assert server.pid is not None
    bob = connect(server.address(), b"bob\n")
    bob.ping("in")
    with ann.open() as client:
        send(client, PIECE)
        forget_peak(server.pid)
        before = resident_bytes(server.pid)
        told = send(client, PNG_BOMB, "bomb.png")
        bob.ping("still there")
        assert (told["media_type"], told.get("width", 0)) == ("application/octet-stream", 0)
        assert client.get(f"/f/{told['id']}").headers["content-disposition"].startswith("attachment")
        assert peak_bytes(server.pid) - before < GROWTH_BYTES


def test_a_full_disk_is_told_and_harms_nobody(start_server: StartServer, connect: Connect) -> None:
    """What did not fit is refused and gone, at once or with interruptions; what fits is taken, and people talk on."""
    settings = UNHURRIED | {"limits.spare_bytes": "0"}
    # In units of 512 bytes, or of 1 024 in some shells: 8 or 16 MiB.
    server = start_server("127.0.0.1:0", settings=settings, ulimit="-f 16384")
    ann = Browser(server, connect)
    bob = connect(server.address(), b"bob\n")
    bob.ping("in")
    with ann.open() as client:
        for fields in ({}, {"Content-Length": str(20 * MEGABYTE)}):
            answer = client.post("/api/v1/files", content=pieces(20 * MEGABYTE), headers=fields)
            assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
            eventually(lambda: kept(server) == [])
        ann.show(send(client, PIECE)["id"])
        bob.hear(b"[ann] tea.bin (262.1 kB) ")
        bob.ping("still there")
        begun = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": str(20 * MEGABYTE)})
        address = begun.headers["location"]
        answer = client.patch(address, content=pieces(20 * MEGABYTE), headers={**PATCH, "Upload-Offset": "0"})
        assert answer.status_code == 507
        assert 0 < int(client.head(address, headers=TUS).headers["upload-offset"]) <= 16 * MEGABYTE


def test_whoever_stops_downloading_holds_nothing(server: ConfinedServer, ann: Browser) -> None:
    """Neither an open file nor what was read of it."""
    with ann.open() as client:
        id_ = send(client, pieces(LARGE_BYTES))["id"]  # more than goes into any buffer
        ann.show(id_)

    def held() -> int:
        count = 0
        for path in Path(f"/proc/{server.pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed since
                count += "/files/" in str(path.readlink())
        return count

    for _ in range(5):
        with ann.open() as client, client.stream("GET", f"/f/{id_}") as answer:
            coming = answer.iter_raw()
            next(coming)
            assert held()
    eventually(lambda: not held())

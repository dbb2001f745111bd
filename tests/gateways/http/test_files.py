"""Files over HTTP: sent at once or with interruptions, and downloaded whole, in part, or not at all."""

from base64 import b64encode
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from msgspec.structs import replace
from PIL import Image

from hubbub.core.limits import Limits
from hubbub.gateways.http.files.tus import PATCH_TYPE
from hubbub.stores.file_storage import FileStorage
from hubbub.stores.memory_blobs import MemoryBlobs
from hubbub.stores.pictures.process import PictureProcesses
from hubbub.stores.spool import FolderSpool
from tests.gateways.http.asking import SAME_ORIGIN, Asker, asking

HELLO: Final = b"hello there\n"
FREE: Final = Limits(commands_per_second=0, spare_bytes=0)
TUS: Final = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Asker]:
    """Give an asker to a server that keeps files."""
    storage = FileStorage(FolderSpool(tmp_path / "incoming"), MemoryBlobs(lambda: 0), PictureProcesses())
    await storage.open()
    async with asking(limits=FREE, files=storage) as server:
        yield server
    await storage.close()


class Sender:
    """Somebody with an account, a token and a room."""

    def __init__(self, server: Asker, token: str) -> None:
        self.server = server
        self.token = token
        self.fields = {"Authorization": f"Bearer {token}"}

    async def send(self, data: bytes = HELLO, name: str = "hello.txt") -> dict[str, Any]:
        """Send a file, and return what it is said to be."""
        response = await self.request("POST", "/api/v1/files", params={"name": name}, content=data)
        assert response.status_code == 201, response.text
        told: dict[str, Any] = response.json()
        return told

    async def show(self, *files: str, text: str = "") -> httpx.Response:
        """Say something with files."""
        return await self.request("POST", "/api/v1/rooms/lobby/messages", json={"text": text, "files": files})

    async def shown(self, data: bytes = HELLO, name: str = "hello.txt") -> str:
        """Send a file, show it, and return its id."""
        told = await self.send(data, name)
        assert (await self.show(told["id"])).status_code == 201
        return str(told["id"])

    async def request(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - what httpx takes
        """Ask with the token."""
        return await self.server.client.request(method, path, headers=self.fields | more.pop("headers", {}), **more)

    async def begin(self, size: int = len(HELLO), metadata: str = "") -> str:
        """Begin an upload, and return its address."""
        fields = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata}
        response = await self.request("POST", "/api/v1/uploads", headers=fields)
        assert (response.status_code, response.headers["tus-resumable"]) == (201, "1.0.0"), response.text
        return response.headers["location"]

    async def patch(self, address: str, offset: int | str, data: bytes, **fields: str) -> httpx.Response:
        """Go on with it."""
        headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": PATCH_TYPE, **fields}
        return await self.request("PATCH", address, content=data, headers=headers)

    async def offset(self, address: str) -> str:
        """Return how much of it is there."""
        response = await self.request("HEAD", address, headers=TUS)
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
        return str(response.headers["upload-offset"])


@pytest.fixture
async def ann(server: Asker) -> Sender:
    """Give somebody who is in the lobby."""
    sender = Sender(server, await server.sign_up("ann"))
    await server.told(sender.token, "PUT", "/rooms/lobby/membership", {})
    return sender


async def download(server: Asker, path: str, method: str = "GET", **fields: str) -> httpx.Response:
    """Ask for a file as a browser does that is logged in nowhere."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return await server.client.request(method, path, headers=named)


def code_of(response: httpx.Response) -> tuple[int, str]:
    """Return how something was refused."""
    return response.status_code, response.json()["code"]


# Sending at once


async def test_a_file_is_sent_shown_and_downloaded(server: Asker, ann: Sender) -> None:
    """By whoever has the link, once a message shows it; before, by its sender alone."""
    told = await ann.send()
    assert told == {"id": told["id"], "name": "hello.txt", "media_type": "text/plain", "size_bytes": len(HELLO)}
    link = f"/f/{told['id']}"
    assert (await download(server, link)).status_code == 404
    assert (await ann.request("GET", link)).content == HELLO
    assert (await ann.show(told["id"], text="look")).status_code == 201
    for path in (link, f"{link}/hello.txt", f"{link}/whatever"):
        response = await download(server, path)
        assert (response.status_code, response.content) == (200, HELLO)
    messages = (await ann.request("GET", "/api/v1/rooms/lobby/messages")).json()["records"]
    assert messages[-1]["event"]["files"] == [told]
    assert (await ann.request("GET", f"/api/v1/files/{told['id']}")).json() == told


async def test_whoever_sends_says_who_he_is(server: Asker, ann: Sender) -> None:
    """Nothing is read of a stranger; nor of a page of somebody else's."""
    del ann
    response = await server.client.post("/api/v1/files?name=x", content=HELLO)
    assert response.status_code == 401
    assert (await server.log_in("ann")).status_code == 201
    assert (await server.client.post("/api/v1/files", content=HELLO, headers=SAME_ORIGIN)).status_code == 201
    response = await server.client.post("/api/v1/files", content=HELLO, headers={"Origin": "https://evil.example"})
    assert code_of(response) == (403, "cross_origin")
    response = await server.client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": "5"})
    assert code_of(response) == (403, "cross_origin")


@pytest.mark.parametrize(
    ("fields", "data", "refused"),
    [
        ({"Content-Length": "10000000000"}, HELLO, (413, "file_too_large")),
        ({}, b"", (422, "empty")),
        ({"Content-Type": "multipart/form-data; boundary=x"}, HELLO, (415, "bad_request")),
    ],
)
async def test_what_is_no_file(ann: Sender, fields: dict[str, str], data: bytes, refused: tuple[int, str]) -> None:
    """Ten gigabytes, nothing, a form: each is told what is wrong."""
    response = await ann.request("POST", "/api/v1/files", content=data, headers=fields)
    assert code_of(response) == refused


async def test_a_file_of_unknown_size(ann: Sender) -> None:
    """Comes in chunks."""

    async def content() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield HELLO

    response = await ann.request("POST", "/api/v1/files?name=%C5%BElu%C5%A5.txt", content=content())
    assert response.json()["size_bytes"] == 3 * len(HELLO)
    assert response.json()["name"] == "žluť.txt"


async def test_a_file_that_nobody_shows_is_taken_back(server: Asker, ann: Sender) -> None:
    """By its sender; one that a message shows goes with the message."""
    told = await ann.send()
    bob = Sender(server, await server.sign_up("bob"))
    address = f"/api/v1/files/{told['id']}"
    assert code_of(await bob.request("DELETE", address)) == (404, "no_such_file")
    assert (await ann.request("DELETE", address)).status_code == 204
    assert code_of(await ann.request("GET", address)) == (404, "no_such_file")
    shown = await ann.shown()
    assert code_of(await ann.request("DELETE", f"/api/v1/files/{shown}")) == (403, "not_allowed")
    assert (await download(server, f"/f/{shown}")).content == HELLO


# Downloading


@pytest.mark.parametrize(
    ("name", "data", "kind", "how"),
    [
        ("tea.txt", HELLO, "text/plain; charset=utf-8", "inline"),
        ("page.html", b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("page.txt", b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        (
            "tea.svg",
            b"<svg onload='alert(1)'/>",
            "application/octet-stream",
            "attachment",
        ),
        ("tea.png", b"<?xml version='1.0'?><svg onload='x()'/>", "application/octet-stream", "attachment"),
        ("tea.js", b"alert(1)", "application/octet-stream", "attachment"),
        ("tea.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf", "attachment"),
        ("tea.png", b"\x89PNG\r\n\x1a\n but not really", "application/octet-stream", "attachment"),
        ("tea.jpg", b"\xff\xd8\xff\xe0<script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("tea.gif", b"GIF89a=1;alert(1)//", "application/octet-stream", "attachment"),
        ("tea.zip", b"PK\x03\x04" + bytes(40), "application/zip", "attachment"),
        ("tea.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(40), "video/mp4", "inline"),
    ],
)
async def test_nothing_that_could_run_is_shown(
    server: Asker, ann: Sender, name: str, data: bytes, kind: str, how: str
) -> None:
    """Whatever it is called, and whatever it begins with; and everything is locked up, whatever it is."""
    response = await download(server, f"/f/{await ann.shown(data, name)}")
    assert response.content == data
    assert response.headers["content-type"] == kind
    assert response.headers["content-disposition"] == f'{how}; filename="{name}"'
    policy = response.headers["content-security-policy"]
    assert policy.startswith("sandbox")
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cross-origin-resource-policy"] == "same-site"
    assert response.headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("field", "status", "content"),
    [
        ("bytes=0-4", 206, b"hello"),
        ("bytes=6-", 206, b"there\n"),
        ("bytes=-6", 206, b"there\n"),
        ("bytes=-100", 206, HELLO),
        ("bytes=6-100", 206, b"there\n"),
        ("Bytes= 0-0", 206, b"h"),
        ("bytes=12-", 416, b""),
        ("bytes=12-13", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=5-4", 200, HELLO),
        ("bytes=-", 200, HELLO),
        ("bytes=0-1,3-4", 200, HELLO),
        ("lines=0-1", 200, HELLO),
        ("bytes=0x0-1", 200, HELLO),
        (f"bytes={'9' * 30}-", 200, HELLO),
    ],
)
async def test_a_part_is_downloaded(server: Asker, ann: Sender, field: str, status: int, content: bytes) -> None:
    """One range; several, and what makes no sense, bring all of it."""
    response = await download(server, f"/f/{await ann.shown()}", Range=field)
    assert (response.status_code, response.content) == (status, content)
    assert response.headers["content-length"] == str(len(content))
    if status == 206:
        begin = HELLO.index(content)
        assert response.headers["content-range"] == f"bytes {begin}-{begin + len(content) - 1}/12"
    if status == 416:
        assert response.headers["content-range"] == "bytes */12"


async def test_whoever_has_it_already_is_told_so(server: Asker, ann: Sender) -> None:
    """By its strong tag; and a part of another content is never sent behind a part of this one."""
    link = f"/f/{await ann.shown()}"
    etag = (await download(server, link)).headers["etag"]
    assert etag == '"a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447"' or len(etag) == 66
    for known in (etag, f'"other", W/{etag}', "*"):
        response = await download(server, link, If_None_Match=known)
        assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", etag)
    assert (await download(server, link, If_None_Match='"other"')).status_code == 200
    assert (await download(server, link, Range="bytes=0-4", If_Range=etag)).status_code == 206
    for other in ('"other"', f"W/{etag}", "Thu, 26 Nov 2026 00:00:00 GMT"):
        assert (await download(server, link, Range="bytes=0-4", If_Range=other)).status_code == 200


async def test_the_head_alone(server: Asker, ann: Sender) -> None:
    """As long as the file would be, and without it."""
    response = await download(server, f"/f/{await ann.shown()}", "HEAD")
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, b"", "12")
    response = await download(server, f"/f/{await ann.shown()}", "HEAD", Range="bytes=0-4")
    assert (response.status_code, response.content, response.headers["content-length"]) == (206, b"", "5")


@pytest.mark.parametrize(
    "path",
    ["/f/nothing", "/f/", "/f/..%2f..%2fetc%2fpasswd", "/f/%00", "/f/nothing/thumb", "/f/a/b/c", "/f/%F0%9F%8D%B5"],
)
async def test_what_is_not_there(server: Asker, ann: Sender, path: str) -> None:
    """Is told alike, in words for people, also to whoever is logged in; paths lead nowhere."""
    for response in (await download(server, path), await ann.request("GET", path)):
        assert response.status_code == 404
        assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert (await ann.request("GET", "/api/v1/files/nothing")).json()["code"] == "no_such_file"


async def test_a_link_is_worth_nothing_once_the_message_is_deleted(server: Asker, ann: Sender) -> None:
    """At once."""
    told = await ann.send()
    message = (await ann.show(told["id"])).json()["message"]
    assert (await download(server, f"/f/{told['id']}")).status_code == 200
    await server.told(ann.token, "DELETE", f"/messages/{message}")
    assert (await download(server, f"/f/{told['id']}")).status_code == 404


async def test_without_open_links_one_has_to_log_in(server: Asker, ann: Sender) -> None:
    """And to be in a room that shows it; whoever may read it is asked each time."""
    server.node.filing.open_links = False
    link = f"/f/{await ann.shown()}"
    bob = Sender(server, await server.sign_up("bob"))
    assert (await download(server, link)).status_code == 404
    assert (await bob.request("GET", link)).status_code == 404
    assert (await bob.request("GET", link.replace("/f/", "/api/v1/files/"))).status_code == 404
    await server.told(bob.token, "PUT", "/rooms/lobby/membership", {})
    response = await bob.request("GET", link)
    assert (response.status_code, response.headers["cache-control"]) == (200, "private, no-cache")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("tea.txt", 'inline; filename="tea.txt"'),
        ("my tea (1).txt", 'inline; filename="my tea (1).txt"'),
        ("čaj.txt", "inline; filename=\"caj.txt\"; filename*=UTF-8''%C4%8Daj.txt"),
        ("茶.txt", "inline; filename=\"_.txt\"; filename*=UTF-8''%E8%8C%B6.txt"),
        ("100%41.txt", "inline; filename=\"100_41.txt\"; filename*=UTF-8''100%2541.txt"),
        ("it's; x=1,2.txt", 'inline; filename="it\'s; x=1,2.txt"'),
    ],
)
async def test_a_file_is_saved_under_its_name(server: Asker, ann: Sender, name: str, field: str) -> None:
    """In any script, and in a way that old programs understand as well."""
    response = await download(server, f"/f/{await ann.shown(HELLO, name)}")
    assert response.headers["content-disposition"] == field


async def test_a_picture_has_a_thumbnail(server: Asker, ann: Sender) -> None:
    """A smaller picture, of WebP; one that is small is its own, and what is none has itself."""
    large, small = BytesIO(), BytesIO()
    Image.new("RGB", (2_000, 1_000), "red").save(large, "PNG")
    Image.new("RGB", (20, 10), "red").save(small, "PNG")
    told = await ann.send(large.getvalue(), "red.png")
    assert (told["media_type"], told["width"], told["height"], told["has_thumbnail"]) == (
        "image/png",
        2_000,
        1_000,
        True,
    )
    await ann.show(told["id"])
    whole, thumbnail = [await download(server, f"/f/{told['id']}{end}") for end in ("", "/thumb")]
    assert (whole.headers["content-type"], thumbnail.headers["content-type"]) == ("image/png", "image/webp")
    assert whole.headers["etag"] != thumbnail.headers["etag"]
    with Image.open(BytesIO(thumbnail.content)) as picture:
        assert picture.size == (640, 320)
    for data in (small.getvalue(), HELLO):
        assert (await download(server, f"/f/{await ann.shown(data)}/thumb")).content == data


# With interruptions


async def test_a_server_tells_what_it_can(server: Asker) -> None:
    """To anybody."""
    for path in ("/api/v1/uploads", "/api/v1/uploads/anything"):
        response = await server.client.options(path)
        assert response.status_code == 204
        assert response.headers["tus-version"] == response.headers["tus-resumable"] == "1.0.0"
        assert response.headers["tus-extension"] == "creation,expiration,termination"
        assert response.headers["tus-max-size"] == str(FREE.file_bytes)


async def test_an_upload_with_interruptions(server: Asker, ann: Sender) -> None:
    """Begins, goes on where it ended, and is a file at the end, whose id is that of the upload."""
    name = b64encode("čaj.txt".encode()).decode()
    address = await ann.begin(metadata=f"filename {name},filetype dGV4dA==,empty")
    assert await ann.offset(address) == "0"
    response = await ann.patch(address, 0, HELLO[:5])
    assert (response.status_code, response.headers["upload-offset"]) == (204, "5")
    assert "upload-expires" in response.headers
    assert await ann.offset(address) == "5"
    response = await ann.patch(address, 5, HELLO[5:])
    assert (response.status_code, response.headers["upload-offset"]) == (204, "12")
    assert "upload-expires" not in response.headers
    assert await ann.offset(address) == "12"
    id_ = address.rpartition("/")[2]
    told = (await ann.request("GET", f"/api/v1/files/{id_}")).json()
    assert (told["name"], told["size_bytes"]) == ("čaj.txt", 12)
    await ann.show(id_)
    assert (await download(server, f"/f/{id_}")).content == HELLO


async def test_what_is_wrong_with_an_upload(ann: Sender) -> None:
    """Another version, another place, another type, no place at all: and nothing of it is kept."""
    address = await ann.begin()
    response = await ann.patch(address, 5, HELLO)
    assert (code_of(response), response.headers["tus-resumable"]) == ((409, "wrong_offset"), "1.0.0")
    for offset in ("", "-1", "x", "9" * 40, "1.5"):
        assert code_of(await ann.patch(address, offset, HELLO)) == (400, "bad_request")
    response = await ann.request("PATCH", address, content=HELLO, headers={**TUS, "Upload-Offset": "0"})
    assert code_of(response) == (415, "bad_request")
    response = await ann.request("PATCH", address, content=HELLO, headers={"Tus-Resumable": "0.2.2"})
    assert (code_of(response), response.headers["tus-version"]) == ((412, "bad_request"), "1.0.0")
    assert code_of(await ann.patch(address, 0, HELLO + b"!")) == (413, "file_too_large")
    assert await ann.offset(address) == "0"
    assert code_of(await ann.patch("/api/v1/uploads/nothing", 0, HELLO)) == (404, "no_such_file")
    response = await ann.request("GET", address, headers=TUS)
    assert code_of(response) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({}, (400, "bad_request")),
        ({"Upload-Length": "x"}, (400, "bad_request")),
        ({"Upload-Length": "0"}, (422, "empty")),
        ({"Upload-Length": "10000000000"}, (413, "file_too_large")),
        ({"Upload-Length": "300000000", "Upload-Defer-Length": "1"}, (400, "bad_request")),
        ({"Upload-Length": "5", "Upload-Metadata": "filename not-base64!"}, (400, "bad_request")),
    ],
)
async def test_an_upload_that_cannot_begin(ann: Sender, fields: dict[str, str], refused: tuple[int, str]) -> None:
    """Says why."""
    assert code_of(await ann.request("POST", "/api/v1/uploads", headers={**TUS, **fields})) == refused


async def test_an_upload_is_cancelled(ann: Sender) -> None:
    """Also by those whose network knows neither DELETE nor PATCH; a file that is there is not an upload any more."""
    address = await ann.begin()
    response = await ann.request("DELETE", address, headers=TUS)
    assert response.status_code == 204
    assert (await ann.request("HEAD", address, headers=TUS)).status_code == 404
    address = await ann.begin()
    reading = await ann.request("GET", address, headers={**TUS, "X-HTTP-Method-Override": "DELETE"})
    assert reading.status_code == 405, "what only reads changes nothing"
    override = {**TUS, "X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0", "Content-Type": PATCH_TYPE}
    assert (await ann.request("POST", address, content=HELLO, headers=override)).status_code == 204
    response = await ann.request("POST", address, headers={**TUS, "X-HTTP-Method-Override": "DELETE"})
    assert code_of(response) == (404, "no_such_file")


async def test_an_upload_is_its_senders(server: Asker, ann: Sender) -> None:
    """Nobody else learns that it is there."""
    address = await ann.begin()
    bob = Sender(server, await server.sign_up("bob"))
    assert (await bob.request("HEAD", address, headers=TUS)).status_code == 404
    assert code_of(await bob.patch(address, 0, HELLO)) == (404, "no_such_file")
    assert (await server.client.head(address, headers=TUS)).status_code == 401


async def test_whoever_sends_keeps_a_pace(tmp_path: Path) -> None:
    """Many small files cost as much as many messages."""
    storage = FileStorage(FolderSpool(tmp_path / "incoming"), MemoryBlobs(lambda: 0), PictureProcesses())
    await storage.open()
    async with asking(limits=replace(FREE, burst=5, commands_per_second=1), files=storage) as server:
        ann = Sender(server, await server.sign_up("ann"))
        answers = [await ann.request("POST", "/api/v1/files", content=HELLO) for _ in range(3)]
        answers += [
            await ann.request("POST", "/api/v1/uploads", headers={**TUS, "Upload-Length": "5"}) for _ in range(3)
        ]
        assert [answer.status_code for answer in answers] == [201] * 5 + [429]
    await storage.close()

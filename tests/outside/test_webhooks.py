"""Webhooks of a real server: what programs post is said, what is said is posted, and nobody else is affected."""

import asyncio
import base64
import hashlib
import hmac
import json
import socket
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx
import pytest

from hubbub.client import Hub, Refused, Said, connect
from hubbub.core.hook_answers import HookMade
from hubbub.core.hook_requests import MakeHook
from tests.harness.receiver import Delivery, Receiver, answer, json_answer, receiving
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, StartServer
from tests.outside.memory import resident_bytes
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.saying import SECRET

SETTINGS: Final = {**UNHURRIED, "hooks.allow_private": "127.0.0.1", "limits.detect_seconds": "86400"}
FIFTY_MEGABYTES: Final = 50 * 1_048_576
MEGABYTE: Final = 1_048_576


@pytest.fixture
def server(start_server: StartServer) -> ConfinedServer:
    """Start a server that may post to this machine."""
    return start_server("127.0.0.1:0", settings=SETTINGS)


def url_of(server: ConfinedServer, path: str = "") -> str:
    """Return where it is."""
    host, port = server.address()
    return f"http://{host}:{port}{path}"


@pytest.fixture
async def ann(server: ConfinedServer) -> AsyncIterator[Hub]:
    """Let somebody in who owns a room."""
    host, port = server.address()
    async with connect(f"{host}:{port}", name="ann", password="correct horse", register=True) as hub:
        await hub.join("#ops")
        yield hub


@pytest.fixture
async def web() -> AsyncIterator[httpx.AsyncClient]:
    """Give a client for HTTP."""
    async with httpx.AsyncClient(timeout=20) as client:
        yield client


async def make(hub: Hub, request: MakeHook) -> HookMade:
    """Make a webhook."""
    made = await hub.ask(request)
    assert isinstance(made, HookMade)
    return made


class Ear:
    """Hears what others than oneself say."""

    def __init__(self, hub: Hub) -> None:
        self._records = aiter(hub)
        self._own = hub.name

    async def next(self) -> tuple[str, str]:
        """Return who says what next."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                event = (await anext(self._records)).event
                if isinstance(event, Said) and event.name != self._own:
                    return event.name, event.text


async def next_delivery(receiver: Receiver) -> Delivery:
    """Return what is posted next."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await receiver.heard.get()


def event_of(delivery: Delivery) -> dict[str, Any]:
    """Return what was posted."""
    event: dict[str, Any] = json.loads(delivery.body)["event"]
    return event


def is_signed(delivery: Delivery, secret: str) -> bool:
    """Check a signature from the specification alone."""
    fields = delivery.fields
    signed = f"{fields['webhook-id']}.{fields['webhook-timestamp']}.".encode() + delivery.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return fields["webhook-signature"] == "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


async def test_programs_speak(server: ConfinedServer, ann: Hub, web: httpx.AsyncClient) -> None:
    """In every way in which they may want to; each is told what became of it."""
    hook = await make(ann, MakeHook("#ops", "ci"))
    url, ear = url_of(server, hook.link), Ear(ann)
    plain = await web.post(url, content="one", headers={"content-type": "text/plain"})
    assert plain.status_code == 200
    own = await web.post(url, json={"text": "two", "name": "deploy", "reply_to": plain.json()["message"]})
    curl = await web.post(url, content="three & more", headers={"content-type": "application/x-www-form-urlencoded"})
    slack = await web.post(url, data={"payload": json.dumps({"text": "*four*"})})
    also = await web.post(f"{url}/slack", json={"text": "<https://a.b|five>"})
    assert [own.status_code, curl.status_code, slack.text, also.text] == [200, 200, "ok", "ok"]
    assert [await ear.next() for _ in range(5)] == [
        ("ci(webhook)", "one"),
        ("deploy(webhook)", "two"),
        ("ci(webhook)", "three & more"),
        ("ci(webhook)", "**four**"),
        ("ci(webhook)", "[five](https://a.b)"),
    ]
    for fields, body in (({"idempotency-key": "k1"}, {"text": "six"}), ({}, {"text": "six", "nonce": "k1"})):
        again = await web.post(url, json=body, headers=fields)
        assert again.json()["message"].endswith("-7")


async def test_what_is_refused_is_a_problem_document(server: ConfinedServer, ann: Hub, web: httpx.AsyncClient) -> None:
    """With a code for programs and a sentence for people; and the secret stands in no log."""
    hook = await make(ann, MakeHook("#ops", "ci"))
    url = url_of(server, hook.link)
    text = {"content-type": "text/plain"}
    asked = {
        "not_found": web.get(url_of(server, "/hooks/")),
        "method_not_allowed": web.get(url),
        "bad_code": web.post(url[:-1], content=SECRET),
        "empty": web.post(url, content=" ", headers=text),
        "too_long": web.post(url, content="x" * 20_000, headers=text),
        "too_large": web.post(url, content="x" * 200_000, headers=text),
        "bad_request": web.post(url, json={"text": 7}),
        "no_such_message": web.post(url, json={"text": "x", "reply_to": "1-1"}),
        "bad_nonce": web.post(url, content="x", headers={**text, "idempotency-key": "k" * 99}),
    }
    statuses = {}
    for code, asking in asked.items():
        response = await asking
        assert response.headers["content-type"] == "application/problem+json", code
        assert response.json()["code"] == code
        assert response.json()["detail"]
        statuses[code] = response.status_code
    assert statuses == {
        "not_found": 404,
        "method_not_allowed": 405,
        "bad_code": 404,
        "empty": 422,
        "too_long": 413,
        "too_large": 413,
        "bad_request": 400,
        "no_such_message": 404,
        "bad_nonce": 422,
    }
    assert hook.link.rpartition("/")[2][:20] not in server.log_text


async def test_too_much_is_refused_before_it_is_read(server: ConfinedServer, ann: Hub, web: httpx.AsyncClient) -> None:
    """50 MB: by what is announced, or as soon as it is too long; memory does not grow, and the room goes on."""
    hook, ear = await make(ann, MakeHook("#ops", "ci")), Ear(ann)
    before = resident_bytes(server.pid)
    host, port = server.address()
    head = f"POST {hook.link} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"{head}Content-Length: {FIFTY_MEGABYTES}\r\n\r\n".encode())
    assert b" 413 " in await reader.readline()
    writer.close()
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    try:
        for _ in range(50):
            writer.write(b"100000\r\n" + bytes(MEGABYTE) + b"\r\n")
            await writer.drain()
    except ConnectionError:
        pass
    assert b" 413 " in await reader.readline()
    writer.close()
    assert resident_bytes(server.pid) - before < 20 * MEGABYTE
    assert (await web.post(url_of(server, hook.link), content="x")).status_code == 200
    assert await ear.next() == ("ci(webhook)", "x")


async def test_who_is_too_fast_is_told_when_to_come_back(start_server: StartServer, web: httpx.AsyncClient) -> None:
    """429, with the seconds; other webhooks are not affected."""
    settings = {**SETTINGS, "limits.burst": "3", "limits.commands_per_second": "1"}
    server = start_server("127.0.0.1:0", settings=settings)
    host, port = server.address()
    async with connect(f"{host}:{port}", name="ann", password="correct horse", register=True) as ann:
        await ann.join("#ops")
        fast, slow = await make(ann, MakeHook("#ops")), await make(ann, MakeHook("#ops"))
        answers = [await web.post(url_of(server, fast.link), content="x") for _ in range(30)]
        refused = next(one for one in answers if one.status_code == 429)
        assert int(refused.headers["retry-after"]) >= 1
        assert refused.json()["code"] == "too_fast"
        assert (await web.post(url_of(server, slow.link), content="x")).status_code == 200


async def test_what_is_said_is_posted(server: ConfinedServer, ann: Hub, web: httpx.AsyncClient) -> None:
    """Signed and in order; what is answered is said, and not posted again; nor is what programs say."""
    incoming, ear = await make(ann, MakeHook("#ops", "ci")), Ear(ann)
    async with receiving() as receiver:
        hook = await make(ann, MakeHook("#ops", "echo", receiver.url("/chat?room=ops")))
        assert await ear.next() == (
            "echo(webhook)",
            f"From now on, what happens here (messages) is also posted to 127.0.0.1:{receiver.port}.",
        )
        receiver.answers.append(json_answer(b'{"text":"pong","name":"parrot"}'))
        await ann.say("#ops", "ping")
        delivery = await next_delivery(receiver)
        assert (delivery.target, event_of(delivery)["text"]) == ("/chat?room=ops", "ping")
        assert is_signed(delivery, hook.signing_secret)
        assert await ear.next() == ("parrot(webhook)", "pong")
        await web.post(url_of(server, incoming.link), content="by a program")
        for number in range(20):
            await ann.say("#ops", f"{number}")
        heard = [event_of(await next_delivery(receiver))["text"] for _ in range(20)]
        assert heard == [f"{number}" for number in range(20)]


async def test_nothing_is_lost_when_the_server_is_killed(server: ConfinedServer, ann: Hub) -> None:
    """What was not taken is posted after the next start, and what was taken is not posted again."""
    async with receiving() as receiver:
        await make(ann, MakeHook("#ops", "", receiver.url()))
        await ann.say("#ops", "taken")
        assert event_of(await next_delivery(receiver))["text"] == "taken"
        receiver.usual = answer(503)
        await ann.say("#ops", "one")
        await next_delivery(receiver)
        await ann.say("#ops", "two")
        receiver.usual = answer(204)
        server.kill()
        server.start()
        heard = [event_of(await next_delivery(receiver))["text"] for _ in range(2)]
        assert heard == ["one", "two"]


async def test_nothing_is_posted_inside(start_server: StartServer) -> None:
    """Unless an operator allows it; a name that leads there makes no difference, and nothing is connected."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    host, port = server.address()
    async with (
        receiving() as receiver,
        connect(f"{host}:{port}", name="ann", password="correct horse", register=True) as ann,
    ):
        await ann.join("#ops")
        for name in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", socket.gethostname()):
            with pytest.raises(Refused) as refused:
                await ann.ask(MakeHook("#ops", url=receiver.url("/", name)))
            assert refused.value.refusal.code == "bad_setting"
        assert receiver.connections == 0


async def test_a_receiver_that_hangs_holds_up_nothing(ann: Hub) -> None:
    """Neither the room nor another receiver; nor does a redirect lead anywhere."""
    async with receiving() as hanging, receiving() as redirecting, receiving() as prompt:
        gone = asyncio.Event()

        async def hang(_: asyncio.StreamWriter) -> None:
            await gone.wait()

        hanging.usual = hang
        redirecting.usual = answer(302, b"", f"Location: {prompt.url('/secret')}")
        for receiver in (hanging, redirecting, prompt):
            await make(ann, MakeHook("#ops", "", receiver.url()))
        for number in range(5):
            await ann.say("#ops", f"{number}")
        deliveries = [await next_delivery(prompt) for _ in range(5)]
        assert [(one.target, event_of(one)["text"]) for one in deliveries] == [
            ("/", f"{number}") for number in range(5)
        ]
        await next_delivery(hanging)
        await next_delivery(redirecting)
        gone.set()

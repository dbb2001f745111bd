"""Any request, by anybody, whatever is in it: answered once, by its id, and nothing breaks."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from hubbub.core.features.accounts import ClaimServer
from hubbub.wire.contract import make_vectors
from hubbub.wire.native import REQUESTS, AnswerMessage, DoneMessage, RefusalMessage, encode_request
from tests.core.histories import any_struct
from tests.fuzz.budget import QUICK
from tests.gateways.native.clients import Client, connect, place
from tests.service.members import PASSWORD

VECTORS: Final = [vector for vector in make_vectors()["from_client"] if vector["type"] in REQUESTS]

ASKERS: Final = ("guest", "member", "owner")

HOSTILE: Final = st.sampled_from(
    [
        *(
            "",
            "#lobby",
            "#tea",
            "@guest",
            "@owner",
            "guest",
            "owner",
            "4-2",
            "9999999999999999999-1",
            "#",
            "@",
            "x" * 20_000,
        ),
        *("\0", "\x1b[2J", "\u202e", "''; drop table", "a\nb", "💥" * 300, "192.0.2.0/24", "*", "::1", "#" + "x" * 200),
    ]
)


async def ask(client: Client, line: bytes) -> object:
    """Ask something under the id 7, and return what came of it."""
    await client.peer.send_all(line)
    while True:
        message = await client.next()
        if isinstance(message, DoneMessage | AnswerMessage | RefusalMessage) and message.id in {7, None}:
            return message


async def let_in(stack: AsyncExitStack) -> dict[str, Client]:
    """Return a guest, a member and the owner, all of them in the lobby."""
    here = await stack.enter_async_context(place())
    clients = {name: await connect(here) for name in ASKERS}
    await clients["guest"].arrive("guest")
    for name in ASKERS[1:]:
        await clients[name].arrive(name, password=PASSWORD, register=True)
    (session,) = here.node.sessions.of(clients["owner"].id)
    await here.node.requests.perform(session, ClaimServer())
    return clients


@pytest.mark.parametrize("asker", ASKERS)
async def test_every_example_is_answered(asker: str) -> None:
    """By exactly one done, answer or refusal under its id, each on a server of its own: some end the connection."""
    with capture_logs() as logs:
        for vector in VECTORS:
            async with AsyncExitStack() as stack:
                clients = await let_in(stack)
                outcome = await ask(clients[asker], msgspec.json.encode({**vector, "id": 7}) + b"\n")
                assert isinstance(outcome, DoneMessage | AnswerMessage | RefusalMessage), vector
                assert outcome.id == 7, vector
                assert getattr(outcome, "code", "") not in {"internal", "bad_request"}, vector
    assert [line for line in logs if line["log_level"] in {"error", "warning"}] == []


def any_request() -> st.SearchStrategy[Any]:
    """Draw any request with anything in it."""
    return st.sampled_from(list(REQUESTS.values())).flatmap(any_struct)


@st.composite
def hostile_requests(draw: st.DrawFn) -> Any:  # noqa: ANN401 - any kind of request
    """Draw a request in which some texts are those that somebody hostile would send, some lists far too long."""
    request = draw(any_request())
    changes: dict[str, object] = {}
    for field in msgspec.structs.fields(request):
        value = getattr(request, field.name)
        if isinstance(value, str) and draw(st.booleans()):
            changes[field.name] = draw(HOSTILE)
        elif isinstance(value, tuple) and (not value or isinstance(value[0], str)) and draw(st.booleans()):
            changes[field.name] = tuple(draw(st.lists(HOSTILE, max_size=3)) * draw(st.sampled_from([1, 1, 2_000])))
    return msgspec.structs.replace(request, **changes)


@settings(QUICK, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(ASKERS), hostile_requests()), min_size=1, max_size=12))
def test_any_requests_are_answered(asked: list[tuple[str, Any]]) -> None:
    """In any order, by anybody; who is put off the server by one of them is gone, and everybody else lives."""

    async def talk() -> None:
        async with AsyncExitStack() as stack:
            clients = await let_in(stack)
            for name, request in asked:
                client = clients[name]
                try:
                    line = encode_request(request, 7)
                except (ValueError, UnicodeError):
                    continue
                if len(line) > 100_000 or client.peer.was_closed:
                    continue
                try:
                    outcome = await ask(client, line)
                except AssertionError:
                    assert client.peer.was_closed
                    assert b"internal" not in client.peer.received
                    continue
                assert getattr(outcome, "code", "") != "internal"

    with capture_logs() as logs:
        asyncio.run(talk())
    assert [line for line in logs if line["log_level"] in {"error", "warning"}] == []

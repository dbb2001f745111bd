"""Metrics: who is told the figures, and what of HTTP itself is counted."""

from collections.abc import Mapping

import pytest

from hubbub.service.peers import Peer
from tests.gateways.http.asking import FIGURES, asking

HERE = "127.0.0.1:4242"


@pytest.mark.parametrize("host", [HERE, "localhost:4242", "[::1]:4242", "127.0.0.1"])
async def test_this_machine_is_told(host: str) -> None:
    """When it asks by an address that is its own."""
    async with asking() as asker:
        response = await asker.ask("/metrics", host)
        assert (response.status_code, response.content) == (200, FIGURES)


@pytest.mark.parametrize(
    ("host", "fields"),
    [
        ("chat.example.org:4242", {}),
        ("evil.example.org", {}),
        ("192.0.2.7:4242", {}),
        ("", {}),
        (HERE, {"X-Forwarded-For": "192.0.2.7"}),
        (HERE, {"Forwarded": "for=192.0.2.7"}),
        (HERE, {"X-Real-IP": "192.0.2.7"}),
    ],
)
async def test_nobody_is_told_by_way_of_it(host: str, fields: Mapping[str, str]) -> None:
    """Neither a stranger's page whose name leads here, nor whoever a proxy comes for."""
    async with asking() as asker:
        response = await asker.client.get("/metrics", headers={"Host": host, **fields})
        assert (response.status_code, response.json()["code"]) == (403, "not_allowed")


async def test_another_machine_is_asked_who_it_is() -> None:
    """By its address alone, whatever name it has found the server by."""
    async with asking() as asker:
        asker.peer = Peer("192.0.2.7:1", "192.0.2.7")
        assert (await asker.ask("/metrics")).status_code == 403
        asker.watchers.add("192.0.2.7")
        assert (await asker.ask("/metrics")).status_code == 200


async def test_answers_and_refusals_are_counted() -> None:
    """By status and by code."""
    async with asking() as asker:
        for path in ("/", "/", "/nothing", "/api/v1/me"):
            await asker.ask(path)
        assert asker.node.tally.answers == {"200": 2, "404": 1, "401": 1}
        assert asker.node.tally.refusals == {"wrong_password": 1}

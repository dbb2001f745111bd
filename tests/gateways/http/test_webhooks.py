"""Webhooks over HTTP: made and revoked through the API, and used."""

from collections.abc import AsyncIterator

import pytest

from tests.gateways.http.asking import Asker, asking


@pytest.fixture
async def asker() -> AsyncIterator[Asker]:
    """Ask a server that runs."""
    async with asking() as asker:
        yield asker


async def test_a_webhook_is_made_used_and_revoked(asker: Asker) -> None:
    """By whoever owns the room, and nobody else."""
    ann, bob = await asker.sign_up("ann"), await asker.sign_up("bob")
    for token in (ann, bob):
        await asker.told(token, "PUT", "/rooms/ops/membership", {})
    refused = await asker.call(bob, "POST", "/rooms/ops/webhooks", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    made = await asker.call(ann, "POST", "/rooms/ops/webhooks", {"label": "ci"})
    assert made.status_code == 201
    hook = made.json()
    said = await asker.client.post(hook["link"], content="built", headers={"Idempotency-Key": "7"})
    assert (said.status_code, said.headers["content-type"]) == (200, "application/json")
    assert (
        await asker.client.post(hook["link"], content="built", headers={"Idempotency-Key": "7"})
    ).json() == said.json()
    message = (await asker.told(bob, "GET", f"/messages/{said.json()['message']}"))["record"]["event"]
    assert (message["name"], message["text"]) == ("ci(webhook)", "built")
    (view,) = (await asker.told(ann, "GET", "/rooms/ops/webhooks"))["hooks"]
    assert (view["id"], view["maker"], view["kind"]) == (hook["id"], "ann", "incoming")
    assert (await asker.call(ann, "POST", f"/webhooks/{hook['id']}/restart")).status_code == 403
    assert (await asker.call(bob, "DELETE", f"/webhooks/{hook['id']}")).status_code == 404
    assert (await asker.call(ann, "DELETE", f"/webhooks/{hook['id']}")).status_code == 200
    gone = await asker.client.post(hook["link"], content="built")
    assert (gone.status_code, gone.json()["code"]) == (404, "bad_code")


async def test_a_store_that_fails_is_said_so(asker: Asker) -> None:
    """With when to try again; with a key, nothing is said twice by that."""
    ann = await asker.sign_up("ann")
    await asker.told(ann, "PUT", "/rooms/ops/membership", {})
    link = (await asker.told(ann, "POST", "/rooms/ops/webhooks", {}))["link"]
    asker.store.fails = "append".__eq__
    failed = await asker.client.post(link, content="built", headers={"Idempotency-Key": "7"})
    assert (failed.status_code, failed.json()["code"]) == (503, "try_again")
    assert int(failed.headers["retry-after"]) >= 1
    asker.store.fails = lambda _: False
    assert (await asker.client.post(link, content="built", headers={"Idempotency-Key": "7"})).status_code == 200
    records = (await asker.told(ann, "GET", "/rooms/ops/messages"))["records"]
    assert [record["event"]["text"] for record in records] == ["built"]

"""Health: the process answers whatever else is wrong; that it is ready depends on its store."""

import json

from hubbub.gateways.http.health import LOOK_AGAIN_SECONDS
from tests.gateways.http.asking import asking


async def test_a_process_that_answers_is_well() -> None:
    """Even when its store cannot be used."""
    async with asking() as asker:
        asker.store.fails = lambda _method: True
        response = await asker.ask("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_who_is_ready_has_a_store() -> None:
    """Whoever asks is told why it is not, as a document, and when to ask again; an answer holds for a moment."""
    async with asking() as asker:
        assert (await asker.ask("/readyz")).json() == {"status": "ok"}
        asker.store.fails = lambda _method: True
        assert (await asker.ask("/readyz")).status_code == 200
        asker.clock.advance(LOOK_AGAIN_SECONDS)
        response = await asker.ask("/readyz")
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "1"
        assert response.headers["Content-Type"] == "application/problem+json"
        document = json.loads(response.content)
        assert document["code"] == "try_again"
        assert document["detail"] == "The database cannot be used."
        asker.store.fails = lambda _method: False
        asker.clock.advance(LOOK_AGAIN_SECONDS)
        assert (await asker.ask("/readyz")).status_code == 200

"""Guarding: a mistake of ours is answered as everything else, costs nobody his connection, and is told to nobody."""

from tests.gateways.http.asking import asking


async def test_a_mistake_of_ours_is_a_problem_like_others() -> None:
    """The next request is answered as if nothing had been; what was wrong stands in the log."""

    def fail() -> bytes:
        raise ZeroDivisionError("a secret")

    async with asking() as asker:
        right = asker.write_figures
        asker.write_figures = fail
        response = await asker.ask("/metrics", host="127.0.0.1:4242")
        assert response.status_code == 500
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "internal"
        assert "secret" not in response.text
        assert "nosniff" in response.headers["X-Content-Type-Options"]
        assert asker.node.tally.answers["500"] == 1
        asker.write_figures = right
        assert (await asker.ask("/metrics", host="127.0.0.1:4242")).status_code == 200

"""Lost places: a guest whose connection broke is waited for, but nobody fills the server with such guests."""

import pytest

from hubbub.service import lost_places
from hubbub.service.lost_places import KEPT, KEPT_PER_ADDRESS
from hubbub.service.people import RETURN_SECONDS
from tests.service.guests import Guest
from tests.service.node import Node

FAR = "203.0.113.5"
NEAR = "203.0.113.6"


def lose(node: Node, name: str, address: str) -> bool:
    """Let somebody's connection break, and return whether his place is kept."""
    guest = Guest(node, name, address=address)
    node.passes.issue(guest.id)
    node.people.lose(guest.session, "")
    return guest.id in node.house.people


async def test_an_address_has_so_many_places_and_no_more(node: Node) -> None:
    """Others still have theirs, and so has it once its own are over."""
    kept = [lose(node, f"far{number}", FAR) for number in range(KEPT_PER_ADDRESS + 1)]
    assert kept == [True] * KEPT_PER_ADDRESS + [False]
    assert lose(node, "near", NEAR)
    node.clock.advance(RETURN_SECONDS)
    assert not node.house.people
    assert lose(node, "again", FAR)


async def test_all_addresses_together_have_so_many(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a proxy comes for everybody from this machine."""
    assert KEPT > KEPT_PER_ADDRESS
    most = KEPT_PER_ADDRESS + 2
    monkeypatch.setattr(lost_places, "KEPT", most)
    assert all(lose(node, f"bob{number}", "127.0.0.1") for number in range(most))
    assert not lose(node, "near", NEAR)
    assert not lose(node, "carol", "127.0.0.1")

"""Querying, decided: clients ask each other where their people may speak, and nothing of it is kept."""

from typing import Final

import pytest

from hubbub.core.bans import Target
from hubbub.core.catalog import AnyCommand
from hubbub.core.features.moderation import Banned, Muted
from hubbub.core.features.querying import QUERY_LIMIT, QueryClient
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.kinds import RefusalCode, Refused
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.core.signals import Querying
from tests.core.test_deciding import Row
from tests.core.world import World, person_id

ANYBODY: Final = Target("pattern", "*", "*")
ANN, BOB, CAROL = map(person_id, ("ann", "bob", "carol"))


def scene() -> World:
    """Ann, Bob and Carol are in #Tea, and in #den, where clients are not asked; Carol is mute in #pub, all in #loud.

    Bob blocks Carol, and Carol blocks Ann silently. Lila has an account and is not here; Dave is in no room.
    """
    world = World("ann", "bob", "carol", "dave")
    world.account("lila")
    world.channel("#Tea", "ann", "bob", "carol")
    den, pub = world.channel("#den", "ann", "bob"), world.channel("#pub", "carol", "bob")
    world.happen(den, SettingsChanged(ANN, "ann", Change(refuses_queries=True)))
    world.happen(pub, Muted(BOB, "bob", CAROL, "carol"))
    world.happen(world.channel("#loud", "ann", "bob"), Banned(BOB, "bob", ANYBODY, is_silencing=True))
    world.block("bob", "carol")
    world.block("carol", "ann", silent=True)
    return world


DECIDED: Final = [
    Row("ann", QueryClient("BOB", "VERSION"), signals=((BOB, Querying("ann", "", "VERSION")),)),
    Row(
        "bob", QueryClient("ann", "VERSION x\x01\n1", True), signals=((ANN, Querying("bob", "", "VERSION x 1", True)),)
    ),
    Row("ann", QueryClient("ann", "PING 1"), signals=((ANN, Querying("ann", "", "PING 1")),)),
    Row(
        "bob",
        QueryClient("#tea", "TIME"),
        signals=tuple((one, Querying("bob", "#Tea", "TIME")) for one in (ANN, CAROL)),
    ),
    # Whoever does not hear the person does not hear the client, and says so or not
    Row("ann", QueryClient("#tea", "TIME"), signals=((BOB, Querying("ann", "#Tea", "TIME")),)),
    Row("ann", QueryClient("carol", "VERSION")),
    Row("dave", QueryClient("bob", "x" * QUERY_LIMIT), signals=((BOB, Querying("dave", "", "x" * QUERY_LIMIT)),)),
]

REFUSED: Final[list[tuple[str, AnyCommand, RefusalCode]]] = [
    ("carol", QueryClient("bob", "VERSION"), "refused_by_recipient"),
    ("ann", QueryClient("zoe", "VERSION"), "unknown_person"),
    ("ann", QueryClient("lila", "VERSION"), "unknown_person"),
    ("ann", QueryClient("bob", "\x01 \n"), "empty"),
    ("ann", QueryClient("bob", "x" * (QUERY_LIMIT + 1)), "too_long"),
    ("dave", QueryClient("#tea", "TIME"), "not_a_member"),
    ("dave", QueryClient("#milk", "TIME"), "no_such_room"),
    ("carol", QueryClient("#pub", "TIME"), "muted"),
    ("ann", QueryClient("#loud", "TIME"), "muted"),
    ("ann", QueryClient("#den", "TIME"), "not_allowed"),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}"[:80])
def test_who_is_asked(row: Row) -> None:
    """The clients of those who hear the asker; there is nothing to keep."""
    world = scene()
    before = world.state()
    decision = world.decide(row.who, row.command)
    assert (decision.events, decision.answer, decision.signals) == ((), DONE, row.signals)
    assert world.state() == before


@pytest.mark.parametrize(("who", "command", "code"), REFUSED, ids=repr)
def test_who_may_not_ask(who: str, command: AnyCommand, code: RefusalCode) -> None:
    """Whoever may not speak to somebody, or where, may not have his client speak either."""
    with pytest.raises(Refused) as refused:
        scene().decide(who, command)
    assert refused.value.refusal.code == code

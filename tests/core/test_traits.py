"""Traits, decided: who may note something about whom, how much, and who learns of it."""

from typing import Final

import pytest

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.auditing import Audited
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.traits import TRAIT_LENGTH, TRAIT_LIMIT, SetTrait, TraitSet
from hubbub.core.kinds import RefusalCode, Refused
from hubbub.core.roles import RoomRole
from hubbub.core.room import AUDIT_KEY, Room, RoomKind, copy_room
from hubbub.core.scene import DONE
from hubbub.core.signals import Portraying
from tests.core.test_applying import room
from tests.core.test_deciding import Row
from tests.core.test_directory import NOON, personal
from tests.core.world import World, person_id

ANN, BOB, CAROL = map(person_id, ("ann", "bob", "carol"))
URL: Final = "https://example.org/"

HAPPENINGS: Final[list[tuple[Room, AnyEvent, Room]]] = [
    (personal(), TraitSet(ANN, "ann", "url", URL), personal(traits={"url": URL})),
    (personal(traits={"url": URL}), TraitSet(ANN, "ann", "url", ""), personal(traits={"url": ""})),
    (personal(traits={"url": ""}), TraitSet(ANN, "ann", "url", None), personal()),
    (personal(), TraitSet(ANN, "ann", "url", None), personal()),
    (room(), TraitSet(ANN, "ann", "url", URL), room(traits={"url": URL})),
]
"""A room, what happens in it, and the room afterwards."""


@pytest.mark.parametrize(("before", "event", "after"), HAPPENINGS, ids=repr)
def test_events_do_what_they_say(before: Room, event: AnyEvent, after: Room) -> None:
    """Each event changes what it is about and nothing else."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert changed == after


def scene() -> World:
    """Ann owns #Tea, where Bob and Carol are as well; Bob blocks Ann. She has a trait, and so has the room."""
    world = World("ann", "bob", "carol", "dave")
    tea = world.channel("#Tea", "ann", "bob", "carol")
    world.happen(tea, RoleSet(ANN, "ann", ANN, "ann", RoomRole.OWNER))
    world.happen(tea, TraitSet(ANN, "ann", "url", URL))
    world.happen(world.house.require_room(RoomKind.PERSONAL, ANN), TraitSet(ANN, "ann", "pronouns", "she/her"))
    world.block("bob", "ann")
    return world


def audit(target: str, world: World) -> tuple[str, Audited]:
    """Return what is written down of a change in #Tea."""
    tea = world.house.require_channel("#tea")
    return AUDIT_KEY, Audited(ANN, "ann", "settings", target, tea.id, "#Tea")


DECIDED: Final = [
    Row(
        "ann",
        SetTrait("avatar", " x\n\x02y "),
        ((ANN, TraitSet(ANN, "ann", "avatar", "x y")),),
        signals=((CAROL, Portraying("ann", "avatar", "x y")),),
    ),
    Row(
        "ann",
        SetTrait("pronouns", ""),
        ((ANN, TraitSet(ANN, "ann", "pronouns", "")),),
        signals=((CAROL, Portraying("ann", "pronouns", "")),),
    ),
    Row(
        "ann",
        SetTrait("pronouns", None),
        ((ANN, TraitSet(ANN, "ann", "pronouns", None)),),
        signals=((CAROL, Portraying("ann", "pronouns", None)),),
    ),
    Row("ann", SetTrait("pronouns", "she/her")),
    # Of a channel everybody in it learns, whomever he blocks
    Row(
        "ann",
        SetTrait("icon", "x", "#tea"),
        (("#tea", TraitSet(ANN, "ann", "icon", "x")), audit("icon x", scene())),
        signals=tuple((one, Portraying("#Tea", "icon", "x")) for one in (BOB, CAROL)),
    ),
    Row(
        "ann",
        SetTrait("url", None, "#TEA"),
        (("#tea", TraitSet(ANN, "ann", "url", None)), audit("url -", scene())),
        signals=tuple((one, Portraying("#Tea", "url", None)) for one in (BOB, CAROL)),
    ),
    Row("ann", SetTrait("url", URL, "#tea")),
    Row(
        "dave",
        SetTrait("a" * 64, "x" * TRAIT_LENGTH),
        ((person_id("dave"), TraitSet(person_id("dave"), "dave", "a" * 64, "x" * TRAIT_LENGTH)),),
    ),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}"[:80])
def test_what_comes_of_it(row: Row) -> None:
    """It is kept, and those whom it concerns are told, the asker's other connections among them."""
    world = scene()
    before = world.state()
    decision = world.decide(row.who, row.command)
    assert tuple((room.key, event) for room, event in decision.events) == row.events
    assert (decision.answer, decision.signals) == (DONE, row.signals)
    assert (decision.elsewhere is None) == (not row.events)
    assert world.state() == before, "deciding changes nothing"


@pytest.mark.parametrize(
    ("who", "command", "code"),
    [
        *(("ann", SetTrait(key, "x"), "bad_setting") for key in ("", "Url", ":url", "my url", "ü", "a" * 65, "a\n")),
        ("ann", SetTrait("url", "x" * (TRAIT_LENGTH + 1)), "too_long"),
        ("ann", SetTrait("url", None), "unchanged"),
        ("bob", SetTrait("url", "x", "#tea"), "not_allowed"),
        ("bob", SetTrait("url", "x", "#milk"), "no_such_room"),
    ],
    ids=repr,
)
def test_what_is_refused(who: str, command: SetTrait, code: RefusalCode) -> None:
    """A key that no program may use, a value that is no note, a channel that is not one's own."""
    with pytest.raises(Refused) as refused:
        scene().decide(who, command)
    assert refused.value.refusal.code == code


def test_so_many_are_noted_and_no_more() -> None:
    """One that is there already may say something else."""
    world = scene()
    own = world.house.require_room(RoomKind.PERSONAL, ANN)
    for number in range(TRAIT_LIMIT - 1):
        world.happen(own, TraitSet(ANN, "ann", f"key{number}", ""))
    with pytest.raises(Refused) as refused:
        world.decide("ann", SetTrait("url", "x"))
    assert refused.value.refusal.code == "list_full"
    assert world.decide("ann", SetTrait("pronouns", "they/them")).events

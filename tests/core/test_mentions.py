"""Mentions: what calls somebody in a text, and whom."""

import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.features.accounts import AccountClosed, AlertsSet
from hubbub.core.features.messages import DEFAULTS, Said, Say, Tell
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.keywords import KEYWORD_LENGTH, Keywords, parse_keyword
from hubbub.core.kinds import PersonId
from hubbub.core.mentions import CALL_LIMIT, read_calls, without_code
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room
from hubbub.core.scene import Decision
from hubbub.core.signals import Uncalled
from tests.core.world import World, person_id
from tests.fuzz.budget import QUICK

CALLS: Final = [
    ("hello", []),
    ("@ann", [("ann",)]),
    ("hi @ann, and @Bob!", [("ann",), ("Bob",)]),
    ("ann@example.org @@ann @ann@example.org", [("ann",)]),
    ("(@ann) \u201c@bob\u201d @carol:", [("ann",), ("bob",), ("carol",)]),
    ("@ann's, @o'hara.", [("ann's", "ann"), ("o'hara.", "o'hara", "o")]),
    ("_@ann_ @ann-", [("ann_", "ann"), ("ann-", "ann")]),
    ("@李雷\uff0c你好 @Ольга @สมหญิง", [("李雷",), ("Ольга",), ("สมหญิง",)]),
    ("@ ann @, @-x @", []),
    ("@" + "x" * 99, []),
    # Code
    ("`@ann` @bob", [("bob",)]),
    ("``a ` @ann`` @bob", [("bob",)]),
    ("` @ann", [("ann",)]),
    ("``@ann` @bob", [("ann`", "ann"), ("bob",)]),
    ("```\n@ann\n```\n@bob", [("bob",)]),
    ("```py\n@ann\n``` x\n@bob", [("bob",)]),
    ("```\n@ann\nno end", []),
    ("x ```@ann``` @bob", [("bob",)]),
]
"""A text, and whom each call in it may be meant for."""


@pytest.mark.parametrize(("text", "calls"), CALLS, ids=[text for text, _ in CALLS])
def test_calls_are_read(text: str, calls: list[tuple[str, ...]]) -> None:
    """An `@` at the beginning of a word calls, outside code; what ends a sentence may belong to the name or not."""
    assert read_calls(text) == calls


@given(st.text("@`\n a'. é", max_size=40))
@QUICK
def test_any_text_is_read(text: str) -> None:
    """No text is too odd, and what is left of one without code stood in it."""
    assert len(read_calls(text)) <= text.count("@")
    for word in without_code(text).split():
        assert all(piece in text for piece in word.split())


@pytest.mark.parametrize(
    "text",
    ["@李" * 5_000, "@" * 16_384, "`" * 8_000 + "@a " * 2_000, "".join("`" * (n % 90) + " " for n in range(360))],
    ids=["calls", "signs", "ticks", "odd ticks"],
)
def test_no_text_takes_long(text: str) -> None:
    """The longest of messages is read in a moment, whatever it is made of."""
    began = time.perf_counter()
    assert len(read_calls(text)) <= CALL_LIMIT
    assert time.perf_counter() - began < 0.2


WORDS: Final = [
    ("deploy", "deploy"),
    ("Deploy", "deploy"),
    ("STRASSE", "strasse"),
    ("Straße", "strasse"),
    ("हिन्दी", "हिन्दी"),
    ("two words", None),
    ("c++", None),
    ("", None),
    (".", None),
    ("x" * KEYWORD_LENGTH, "x" * KEYWORD_LENGTH),
    ("x" * (KEYWORD_LENGTH + 1), None),
]


@pytest.mark.parametrize(("text", "word"), WORDS)
def test_a_keyword_is_one_word(text: str, word: str | None) -> None:
    """In any script, compared without capitals; neither a phrase nor punctuation."""
    assert parse_keyword(text) == word


def test_keywords_are_found_as_whole_words() -> None:
    """Of those asked about, whoever has one of the words; not in the middle of another word."""
    ann, bob = person_id("ann"), person_id("bob")
    keywords = Keywords()
    assert not keywords.people
    keywords.put(ann, ("tea", "strasse"))
    keywords.put(bob, ("tea",))
    everybody = {ann, bob}
    assert keywords.find("More TEA!", everybody) == everybody
    assert keywords.find("In der (Straße)", everybody) == {ann}
    assert keywords.find("teapot, steam", everybody) == set()
    assert keywords.find("tea", {bob}) == {bob}
    assert keywords.find("tea", ()) == set()
    keywords.put(ann, ())
    assert keywords.find("tea strasse", everybody) == {bob}
    keywords.put(bob, ())
    assert not keywords.people


ANN, BOB, CAROL = map(person_id, ("ann", "bob", "carol"))


def scene() -> tuple[World, Room]:
    """Ann, who moderates, Bob and Carol are in #tea; Dave is not. Carol, who has an account, is called at "cake"."""
    world = World("ann", "bob", "carol", "dave")
    tea = world.channel("#Tea", "ann", "bob", "carol")
    world.happen(tea, RoleSet(ANN, "ann", ANN, "ann", RoomRole.MODERATOR))
    world.account("carol")
    world.happen(world.house.require_directory(), AlertsSet(CAROL, "carol", ("cake",)))
    return world, tea


def said(decision: Decision) -> Said:
    """Return the one thing that is said."""
    ((_, event),) = decision.events
    assert isinstance(event, Said)
    return event


CALLED: Final[list[tuple[str, str, tuple[PersonId, ...], bool]]] = [
    ("ann", "nobody at all", (), False),
    ("ann", "@bob and @BOB", (BOB,), False),
    ("ann", "@dave @zoe @ann", (), False),
    ("ann", "cake, @bob?", (BOB, CAROL), False),
    ("carol", "cake", (), False),
    ("ann", "@room", (), True),
    ("ann", "@Room: @bob", (BOB,), True),
    ("ann", "@all @here @everyone `@room`", (), False),
    ("bob", "@room @carol", (CAROL,), False),
]
"""Who says what, whom that calls, and whether everybody."""


@pytest.mark.parametrize(("who", "text", "people", "calls_all"), CALLED)
def test_what_is_said_calls(who: str, text: str, people: tuple[PersonId, ...], calls_all: bool) -> None:
    """Members by name, however it is written, and by their keywords; never oneself; everybody only for moderators."""
    world, _ = scene()
    event = said(world.decide(who, Say("#tea", text)))
    assert (event.mentions, event.calls_all) == (people, calls_all)


def test_whoever_may_not_call_everybody_is_told() -> None:
    """What he says is said all the same."""
    world, _ = scene()
    assert world.decide("bob", Say("#tea", "@room, hi")).signals == ((BOB, Uncalled("#Tea")),)
    assert world.decide("ann", Say("#tea", "@room, hi")).signals == ()


def test_somebody_with_an_account_is_called_when_he_is_not_here() -> None:
    """He is a member all the same."""
    world, _ = scene()
    world.house.dismiss(world.person("carol"))
    assert said(world.decide("ann", Say("#tea", "@Carol"))).mentions == (CAROL,)


def test_in_a_conversation_the_other_is_called() -> None:
    """Each conversation for itself: who is named in one need not be in the other, and nobody calls everybody."""
    world, _ = scene()
    rooms = {other: world.direct("ann", other) for other in ("bob", "carol")}
    decision = world.decide("ann", Tell(("bob", "carol"), "@bob: cake @room"), DEFAULTS)
    mentions = {room.key: event.mentions for room, event in decision.events if isinstance(event, Said)}
    assert mentions == {rooms["bob"].key: (BOB,), rooms["carol"].key: (CAROL,)}
    assert decision.signals == ()


def test_keywords_are_forgotten_with_their_account() -> None:
    """And those of others stay."""
    world, _ = scene()
    world.account("bob")
    directory = world.house.require_directory()
    world.happen(directory, AlertsSet(BOB, "bob", ("tea",)))
    world.happen(directory, AccountClosed(BOB, "bob", CAROL))
    assert world.house.keywords.people == {"tea": {BOB}}


def test_keywords_are_forgotten_with_the_the_room_that_holds_them() -> None:
    """The directory, dropped and taken in again as after a failed commit, says who has which."""
    world, _ = scene()
    directory = world.house.require_directory()
    world.house.remove_room(directory)
    directory.directory.accounts.clear()
    world.house.add_room(directory)
    assert not world.house.keywords.people

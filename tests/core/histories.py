"""Random events for Hypothesis: of every kind in the catalog, about so few people that they meet."""

import typing
from typing import Any, Final

import msgspec
from hypothesis import strategies as st

from hubbub.core.catalog import AnyEvent
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.room import Room, RoomHead, RoomKind, empty_room

PEOPLE: Final = tuple(map(PersonId, ("id-ann", "id-bob", "id-carol")))
"""Everybody in a random history: few, so that what happens to one happens again."""

TIMES: Final = st.integers(0, 2**42)
"""Milliseconds since 1970, until the year 2109; neither growing nor different from each other."""


def any_event() -> st.SearchStrategy[AnyEvent]:
    """Draw an event of any type; a type new in the catalog is drawn at once."""
    return st.one_of(*(_any_of(event) for event in typing.get_args(AnyEvent)))


def any_history(most: int = 30) -> st.SearchStrategy[list[tuple[AnyEvent, int]]]:
    """Draw events in any order, likely or not, each with its time."""
    return st.lists(st.tuples(any_event(), TIMES), max_size=most)


def any_room() -> st.SearchStrategy[Room]:
    """Draw a room of any kind before its first record."""
    return st.sampled_from(RoomKind).map(lambda kind: empty_room(RoomHead(RoomId(1), kind, "key", "Name")))


def _any_of(event: type[AnyEvent]) -> st.SearchStrategy[AnyEvent]:
    fields = msgspec.structs.fields(event)
    return st.builds(event, **{field.name: _any_value(field.type) for field in fields})


def _any_value(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type annotation may be anything
    if kind is PersonId:
        return st.sampled_from(PEOPLE)
    if kind is str:
        return st.sampled_from(("", "ann", "Ann", "bob")) | st.text(
            st.characters(exclude_categories=["Cs"]), max_size=8
        )
    return st.from_type(kind)

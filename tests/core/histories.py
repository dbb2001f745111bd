"""Random events for Hypothesis: of every kind in the catalog, about so few people that they meet."""

import typing
from types import UnionType
from typing import Any, Final, TypeVar

import msgspec
from hypothesis import strategies as st

from hubbub.core.catalog import AnyEvent
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import Room, RoomHead, RoomKind, empty_room

StructT = TypeVar("StructT", bound=msgspec.Struct)

PEOPLE: Final = tuple(map(PersonId, ("id-ann", "id-bob", "id-carol")))
"""Everybody in a random history: few, so that what happens to one happens again."""

TIMES: Final = st.integers(0, 2**42)
"""Milliseconds since 1970, until the year 2109; neither growing nor different from each other."""


def any_event() -> st.SearchStrategy[AnyEvent]:
    """Draw an event of any type; a type new in the catalog is drawn at once."""
    return st.one_of(*(any_struct(event) for event in typing.get_args(AnyEvent)))


def any_history(most: int = 30) -> st.SearchStrategy[list[tuple[AnyEvent, int]]]:
    """Draw events in any order, likely or not, each with its time."""
    return st.lists(st.tuples(any_event(), TIMES), max_size=most)


def any_room() -> st.SearchStrategy[Room]:
    """Draw a room of any kind before its first record."""
    return st.sampled_from(RoomKind).map(lambda kind: empty_room(RoomHead(RoomId(1), kind, "key", "Name")))


def any_struct(kind: type[StructT]) -> st.SearchStrategy[StructT]:
    """Draw a struct, its fields filled with anything of the fields' types."""
    fields = msgspec.structs.fields(kind)
    return st.builds(kind, **{field.name: _any_value(field.type) for field in fields})


def _any_value(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type annotation may be anything
    if kind is PersonId:
        return st.sampled_from(PEOPLE)
    if kind in (int, Seq, RoomId):
        # What JSON holds everywhere.
        return st.integers(0, 2**42)
    if isinstance(kind, UnionType):
        return st.one_of(*map(_any_value, typing.get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return any_struct(kind)
    if kind is str:
        return st.sampled_from(("", "ann", "Ann", "bob")) | st.text(
            st.characters(exclude_categories=["Cs"]), max_size=8
        )
    return st.from_type(kind)

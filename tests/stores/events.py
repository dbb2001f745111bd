"""Events for stores to keep: simple ones by hand, and any whatsoever drawn by Hypothesis."""

import typing
from types import UnionType
from typing import Any, Final, TypeVar

import msgspec
from hypothesis import strategies as st

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId, Seq

StructT = TypeVar("StructT", bound=msgspec.Struct)

ANN: Final = PersonId("ann-id")


def said(text: str) -> Said:
    """Return what Ann said."""
    return Said(ANN, "ann", text)


def joined() -> Joined:
    """Return Ann's coming."""
    return Joined(ANN, "ann")


def left() -> Left:
    """Return Ann's going."""
    return Left(ANN, "ann")


def any_event() -> st.SearchStrategy[AnyEvent]:
    """Draw events of every type, their fields filled with anything of the fields' types."""
    return st.one_of(*(_any_of(event) for event in typing.get_args(AnyEvent)))


def _any_of(kind: type[StructT]) -> st.SearchStrategy[StructT]:
    fields = msgspec.structs.fields(kind)
    return st.builds(kind, **{field.name: _any_value(field.type) for field in fields})


def _any_value(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type annotation may be anything
    if kind is PersonId:
        # The service makes them: a column of PostgreSQL, unlike a text in JSON, cannot hold a NUL.
        return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
    if typing.get_origin(kind) is tuple:
        return st.lists(_any_value(typing.get_args(kind)[0]), max_size=3).map(tuple)
    if isinstance(kind, UnionType):
        return st.one_of(*map(_any_value, typing.get_args(kind)))
    if kind in (int, Seq, RoomId):
        return st.integers(0, 2**42)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _any_of(kind)
    if kind is str:
        return st.text(st.characters(exclude_categories=["Cs"]))
    return st.from_type(kind)

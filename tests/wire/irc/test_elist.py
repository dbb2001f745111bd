"""Elist: conditions of a LIST, in any order and any parameter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.elist import ListConditions, Range, parse_list_conditions
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("params", "conditions"),
    [
        ((), ListConditions()),
        (("",), ListConditions()),
        (("#tea,#coffee",), ListConditions(names=("#tea", "#coffee"))),
        (("*an1",), ListConditions(names=("*an1",))),
        (("!*an1",), ListConditions(other_names=("*an1",))),
        ((">1",), ListConditions(size=Range(above=1))),
        (("<2",), ListConditions(size=Range(below=2))),
        (("C>2",), ListConditions(age_minutes=Range(above=2))),
        (("c<2",), ListConditions(age_minutes=Range(below=2))),
        (("T<10,T>2",), ListConditions(topic_age_minutes=Range(2, 10))),
        ((">3,>5,<9,<7",), ListConditions(size=Range(5, 7))),
        (("#t*,!#tea*", ">3,C<60"), ListConditions(("#t*",), ("#tea*",), Range(above=3), Range(below=60))),
        ((">x", "C<,#a"), ListConditions(names=("#a",), misread=(">x", "C<"))),
        ((f">{'9' * 30}",), ListConditions(misread=(f">{'9' * 30}",))),
        (("Chat",), ListConditions(names=("Chat",))),
    ],
)
def test_conditions_are_read(params: tuple[str, ...], conditions: ListConditions) -> None:
    """https://modern.ircdocs.horse/#elist-parameter, and the cases of irctest."""
    assert parse_list_conditions(params) == conditions


@pytest.mark.parametrize(
    ("bounds", "numbers"),
    [(Range(), {0, 1, 2, 3}), (Range(above=1), {2, 3}), (Range(below=2), {0, 1}), (Range(0, 2), {1})],
)
def test_bounds_are_outside(bounds: Range, numbers: set[int]) -> None:
    """More than, or less than: neither includes the number itself."""
    assert {number for number in range(4) if number in bounds} == numbers


@QUICK
@given(st.lists(st.text(st.sampled_from("CcT<>19!,#*a")), max_size=3))
def test_nothing_that_was_asked_is_lost(params: list[str]) -> None:
    """Everything between commas is a condition, a name, or told to be none."""
    conditions = parse_list_conditions(tuple(params))
    told = [*conditions.names, *(f"!{name}" for name in conditions.other_names), *conditions.misread]
    others = [item for item in ",".join(params).split(",") if item]
    for item in told:
        others.remove(item)
    assert all(item.lstrip("CcT")[0] in "<>" for item in others)

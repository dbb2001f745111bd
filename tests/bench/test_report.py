"""The table: what it says of goals, ratios and numbers."""

import pytest

from bench.figures import Figure, Goal, Sense
from bench.report import show_goal, show_number, show_outcome
from bench.session import Outcome

TWICE_THE_FLOOR = Goal(Sense.AT_MOST, 2, times_floor=True)
MANY = Goal(Sense.AT_LEAST, 40_000)


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (TWICE_THE_FLOOR, 6.0, True),
        (TWICE_THE_FLOOR, 6.1, False),
        (MANY, 40_000, True),
        (MANY, 39_999, False),
    ],
)
def test_a_goal_is_met_up_to_its_bound(goal: Goal, value: float, *, met: bool) -> None:
    """A bound may be a number, or so many times what the floor did in the same session, here 3."""
    assert goal.is_met(value, floor=3.0) is met


def test_medians_are_compared() -> None:
    """One disturbed run of several changes neither the figure nor the ratio."""
    outcome = Outcome(Figure("cpu", "CPU", "µs", TWICE_THE_FLOOR), runs=[5.0, 90.0, 4.0], floor_runs=[2.5, 2.0, 50.0])
    assert (outcome.value, outcome.floor, outcome.ratio, outcome.is_met) == (5.0, 2.5, 2.0, True)


def test_a_figure_that_could_not_be_taken_says_nothing() -> None:
    """Without the process's id its CPU is unknown: neither a ratio nor a goal can be judged from that."""
    outcome = Outcome(Figure("cpu", "CPU", "µs", TWICE_THE_FLOOR), runs=[0.0], floor_runs=[2.5])
    assert outcome.is_met is None
    assert "met" not in show_outcome(outcome)
    assert "–" in show_outcome(outcome)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (4.3219, "4.32"),
        (0.0012345, "0.00123"),
        (999.9, "1 000"),
        (92_345, "92 300"),
        (12, "12"),
        (1_230_000, "1 230 000"),
    ],
)
def test_numbers_have_three_digits(value: float, shown: str) -> None:
    """No more digits than a measurement has, and none in the notation of computers."""
    assert show_number(value) == shown


def test_a_goal_names_its_unit_or_the_floor() -> None:
    """Goals read as they are written in the issue."""
    assert show_goal(TWICE_THE_FLOOR, "s") == "≤ 2 × floor"
    assert show_goal(MANY, "/s") == "≥ 40 000 /s"

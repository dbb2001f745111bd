"""Show what was measured: a table for people, JSON for programs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent
from typing import Final

import msgspec

from bench.figures import Goal
from bench.machine import Machine
from bench.session import Outcome, RowResult

WIDTHS: Final = (38, 16, 22, 22, 7, 8)
"""Columns: what, goal, the server's figure, the floor's, their ratio, and whether the goal is met."""


def show_heading(machine: Machine, *, server: str, floor: str) -> str:
    """Say what was measured on, and name the columns."""
    return "\n".join(
        [
            f"{machine.cpu}, {machine.cores} cores, {machine.memory_gb} GB, Linux {machine.kernel},",
            f"{machine.python}, uvloop {machine.uvloop}, SQLite {machine.sqlite}, hubbub {machine.hubbub},",
            f"data on {machine.data_on} (a page is kept in {machine.sync_ms} ms), load average {machine.load_average}",
            "",
            columns("", "goal", server, floor, "ratio", ""),
        ]
    )


def show_row(result: RowResult) -> str:
    """Lay out a row: a line per figure, or why there are none."""
    lines = ["", f"{result.row.title} [{result.row.key}]"]
    if result.failure:
        lines += indent(f"not measured: {result.failure}", "  ").splitlines()
    return "\n".join([*lines, *map(show_outcome, result.outcomes)])


def show_outcome(outcome: Outcome) -> str:
    """Lay out one line of the table. Beside each median stands how far the runs lie apart, as a part of it."""
    goal, ratio = outcome.figure.goal, outcome.ratio
    return columns(
        f"  {outcome.figure.label}",
        show_goal(goal, outcome.figure.unit) if goal else "",
        show_runs(outcome.runs, outcome.value, outcome.figure.unit),
        show_runs(outcome.floor_runs, outcome.floor, outcome.figure.unit),
        f"{ratio:.2f}" if ratio is not None and outcome.value else "",
        {True: "met", False: "not met", None: ""}[outcome.is_met],
    )


def columns(*cells: str) -> str:
    """Set cells beside each other, the first to the left of its column and the others to the right."""
    first, *others = (
        f"{cell:<{width}}" if not n else f"{cell:>{width}}"
        for n, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )
    return "".join([first, *others]).rstrip()


def show_goal(goal: Goal, unit: str) -> str:
    """Write a goal as `≤ 1.15 × floor` or `≥ 40 000 /s`."""
    return f"{goal.sense} {show_number(goal.bound)} {'× floor' if goal.times_floor else unit}"


def show_runs(runs: Sequence[float], middle: float, unit: str) -> str:
    """Write the median with its unit, and half the distance between the farthest runs as a part of it."""
    if not middle:
        return "–"
    spread = f" ±{50 * (max(runs) - min(runs)) / middle:.0f}%" if len(runs) > 1 else ""
    return f"{show_number(middle)} {unit}{spread}"


def show_number(value: float) -> str:
    """Write three significant digits, thousands apart."""
    rounded = float(f"{value:.3g}")
    # The `g` format would write large numbers with an exponent.
    return f"{rounded:,.0f}".replace(",", " ") if rounded >= 10**3 else f"{rounded:g}"


def write_json(
    path: Path, machine: Machine, results: Sequence[RowResult], *, command: str, scale: msgspec.Struct
) -> None:
    """Write everything known about the session, all single runs included."""
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "command": command,
        "scale": scale,
        "rows": [row_as_json(result) for result in results],
    }
    path.write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def row_as_json(result: RowResult) -> dict[str, object]:
    """Give a row as JSON has it."""
    return {
        "key": result.row.key,
        "title": result.row.title,
        "failure": result.failure,
        "figures": [outcome_as_json(outcome) for outcome in result.outcomes],
    }


def outcome_as_json(outcome: Outcome) -> dict[str, object]:
    """Give a figure as JSON has it."""
    figure = outcome.figure
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "goal": show_goal(figure.goal, figure.unit) if figure.goal else None,
        "met": outcome.is_met,
        "median": outcome.value,
        "runs": outcome.runs,
        "floor_median": outcome.floor,
        "floor_runs": outcome.floor_runs,
        "ratio": outcome.ratio,
    }

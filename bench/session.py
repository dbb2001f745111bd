"""Measure rows: the floor and the server under test in turn, so that both meet the same noise."""

import gc
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TypeAlias

from msgspec import Struct

from bench.crowd import LoadError
from bench.figures import Figure, Row, Sample, Scale
from bench.servers import Launch, ServerError

MakeLaunch: TypeAlias = Callable[[Path, str], Launch]
"""Prepares a server for one run, given an empty folder and the key of the row."""


class Plan(Struct, frozen=True):
    """How each row is measured."""

    scale: Scale
    rounds: int
    """Runs of each of the two servers."""
    scratch: Path
    """Where each run's folder of data is made."""


class Contender(Struct, frozen=True):
    """One of the two servers that are compared."""

    name: str
    command: str
    """How it is started, for the record."""
    launch: MakeLaunch


class Outcome(Struct, frozen=True):
    """What became of one figure: all runs of both servers, and the ratio of their medians."""

    figure: Figure
    runs: list[float]
    floor_runs: list[float]

    @property
    def value(self) -> float:
        """Give the median of the server's runs."""
        return median(self.runs)

    @property
    def floor(self) -> float:
        """Give the median of the floor's runs."""
        return median(self.floor_runs)

    @property
    def ratio(self) -> float | None:
        """Tell how many times the floor's figure this is; nothing, where the floor has none."""
        return self.value / self.floor if self.floor else None

    @property
    def is_met(self) -> bool | None:
        """Tell whether the goal is met; nothing, where there is no goal or the figure could not be taken."""
        return self.figure.goal.is_met(self.value, self.floor) if self.figure.goal and self.value else None


class RowResult(Struct, frozen=True):
    """What became of a row: its outcomes, or why it has none."""

    row: Row
    outcomes: list[Outcome]
    failure: str | None = None


def measure_rows(rows: Sequence[Row], floor: Contender, server: Contender, plan: Plan) -> Iterator[RowResult]:
    """Measure one row after the other, each so many times with both servers in turn. A failed row stops no other."""
    for row in rows:
        samples: list[Sample] = []
        floor_samples: list[Sample] = []
        try:
            for _ in range(plan.rounds):
                floor_sample, sample = run_once(row, (floor, server), plan)
                floor_samples.append(floor_sample)
                samples.append(sample)
        except (LoadError, ServerError) as error:
            # Its notes hold the end of the log of the server it happened with.
            yield RowResult(row, [], "\n".join([str(error), *getattr(error, "__notes__", [])]))
        else:
            yield RowResult(row, [outcome_of(figure, samples, floor_samples) for figure in row.figures])


def run_once(row: Row, contenders: Sequence[Contender], plan: Plan) -> list[Sample]:
    """Measure one row once, each server with a folder of its own; one sample a server."""
    gc.collect()
    with tempfile.TemporaryDirectory(prefix="hubbub-bench-", dir=plan.scratch) as scratch:
        launches = []
        for contender in contenders:
            folder = Path(scratch) / contender.name
            folder.mkdir()
            launches.append(contender.launch(folder, row.key))
        return row.measure(launches, plan.scale)


def outcome_of(figure: Figure, samples: Sequence[Sample], floor_samples: Sequence[Sample]) -> Outcome:
    """Pick one figure out of all samples."""
    return Outcome(figure, [sample[figure.key] for sample in samples], [sample[figure.key] for sample in floor_samples])

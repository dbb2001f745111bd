"""`python -m bench.web`: measure the page for browsers in a real Chromium, and print a table."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import click

from bench.contenders import hubbub
from bench.figures import QUICK as UNUSED
from bench.figures import Figure, Row, Sample
from bench.machine import describe_machine
from bench.report import show_heading, show_row, write_json
from bench.servers import Launch
from bench.session import Contender, Plan, measure_rows
from bench.web import loading, reading, talking
from bench.web.scale import FLOOD_PER_SECOND, FULL, QUICK, THROTTLE, WebScale

SCRATCH: Final = Path("/var/tmp")  # noqa: S108 - each run makes a folder of its own there, under a name nobody can guess

JSON_FILE: Final = Path(__file__).with_name("latest.json")

Measure: TypeAlias = Callable[[Sequence[Launch], WebScale], list[Sample]]
"""Measures an empty page and the client, in this order."""

ONCE: Final = {"flood", "hour"}
"""Rows that take minutes: they are measured once."""

KEYS: Final = ("loading", "saying", "switching", "scrolling", *sorted(ONCE))


def rows_of(scale: WebScale) -> list[Row]:
    """Return all rows. Each starts the server itself, and measures an empty page beside the client."""

    def row(key: str, title: str, figures: tuple[Figure, ...], measure: Measure) -> Row:
        return Row(key, title, figures, lambda launches, _: measure(launches, scale))

    flood = f"{FLOOD_PER_SECOND} messages a second for {scale.flood_seconds} s"
    hour = f"{scale.hour} messages, as fast as the page takes them"
    return [
        row("loading", f"coming in, the processor {THROTTLE} × slower", loading.FIGURES, loading.measure),
        row("saying", "saying something", talking.SAYING, talking.measure_saying),
        row("switching", f"going through {scale.rooms} rooms", talking.SWITCHING, talking.measure_switching),
        row("scrolling", f"scrolling a room of {scale.history}", reading.SCROLLING, reading.measure_scrolling),
        row("flood", flood, reading.FLOOD, reading.measure_flood),
        row("hour", hour, reading.HOUR, reading.measure_hour),
    ]


@click.command()
@click.option("--only", "keys", multiple=True, type=click.Choice(KEYS), help="A row; may be repeated. Without it: all.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 100), help="Runs of each quick row.")
@click.option("--quick", is_flag=True, help="Small numbers, one round: does everything run?")
@click.option(
    "--json",
    "json_file",
    default=JSON_FILE,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where all figures go.",
)
def main(*, keys: tuple[str, ...], rounds: int, quick: bool, json_file: Path) -> None:
    """Measure the page beside an empty one, print a table and write JSON.

    Exits with 1 when a row could not be measured; a goal that is not met is only stated.
    """
    scale = QUICK if quick else FULL
    server = hubbub(None)
    empty = Contender("empty page", "", server.launch)
    machine = describe_machine(SCRATCH)
    print(show_heading(machine, server="the page", floor="an empty page"), flush=True)
    results = []
    for row in rows_of(scale):
        if keys and row.key not in keys:
            continue
        plan = Plan(UNUSED, 1 if quick or row.key in ONCE else rounds, SCRATCH)
        for result in measure_rows([row], empty, server, plan):
            print(show_row(result), flush=True)
            results.append(result)
    write_json(json_file, machine, results, command=server.command, scale=scale)
    sys.exit(any(result.failure for result in results))


if __name__ == "__main__":
    main()

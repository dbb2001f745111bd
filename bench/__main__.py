"""`python -m bench`: measure hubbub, or another server with its text protocol, beside the floor."""

import gc
import resource
import signal
import sys
from pathlib import Path
from typing import Final

import click

from bench.contenders import attached, hubbub, other, the_floor
from bench.crowd import Address
from bench.figures import FULL, QUICK
from bench.machine import describe_machine
from bench.report import show_heading, show_row, write_json
from bench.rows.catalog import ROWS
from bench.servers import Server
from bench.session import Contender, Plan, measure_rows

SCRATCH: Final = Path("/var/tmp")  # noqa: S108 - each run makes a folder of its own there, under a name nobody can guess
"""Where databases are made: on a disk, as a rule, where `/tmp` may be memory, which syncs for nothing."""

JSON_FILE: Final = Path(__file__).with_name("latest.json")

SPARE_FILES: Final = 200
"""Files a server has open beside its connections, and more than the load has."""


class AddressAndPort(click.ParamType[Address]):
    """An address and a port, as in `127.0.0.1:4242`."""

    name = "address:port"

    def convert(self, value: str | Address, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        """Read it, or say what is wrong with it."""
        if isinstance(value, tuple):
            return value
        address, _, port = value.rpartition(":")
        if not address or not port.isdigit():
            self.fail(f"{value!r} is not like 127.0.0.1:4242", param, ctx)
        return address, int(port)


@click.command()
@click.option(
    "--only",
    "keys",
    multiple=True,
    type=click.Choice([row.key for row in ROWS]),
    help="A row to measure; may be repeated. Without it: all.",
)
@click.option(
    "--rounds", default=3, show_default=True, type=click.IntRange(1, 100), help="Runs of each server for each row."
)
@click.option("--quick", is_flag=True, help="Small numbers, one round: does everything run?")
@click.option(
    "--json",
    "json_file",
    default=JSON_FILE,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where all figures go.",
)
@click.option(
    "--server",
    "command",
    help="Measure this command instead, {data} and {announces} filled in. It has to print `ready on ADDRESS:PORT`.",
)
@click.option("--connect", type=AddressAndPort(), help="Measure a server that runs already.")
@click.option("--pid", type=int, help="The process of that server; unless given, no CPU and no memory are measured.")
@click.option(
    "--py-spy",
    "profile",
    type=click.Path(path_type=Path),
    help="Record where the server spends its time, a file per row: .svg, or .json for speedscope.",
)
@click.option(
    "--scratch",
    default=SCRATCH,
    show_default=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where databases are made, and removed.",
)
def main(  # noqa: PLR0913 - one parameter an option
    *,
    keys: tuple[str, ...],
    rounds: int,
    quick: bool,
    json_file: Path,
    command: str | None,
    connect: Address | None,
    pid: int | None,
    profile: Path | None,
    scratch: Path,
) -> None:
    """Measure a server beside a bare broadcaster, print a table and write JSON.

    Exits with 1 when a row could not be measured; a goal that is not met is only stated.
    """
    server = choose(connect, pid, command, profile)
    rows = [row for row in ROWS if not keys or row.key in keys]
    scale = QUICK if quick else FULL
    allow_open_files(max(scale.connections, scale.newcomers, scale.pages) + SPARE_FILES)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # as an exception, so that servers and folders go too
    gc.disable()  # the load makes no cycles worth a pause; each run begins with a collection
    machine = describe_machine(scratch)
    floor = the_floor()
    print(show_heading(machine, server=server.name, floor=floor.name), flush=True)
    results = []
    for result in measure_rows(rows, floor, server, Plan(scale, 1 if quick else rounds, scratch)):
        print(show_row(result), flush=True)
        results.append(result)
    write_json(json_file, machine, results, command=server.command, scale=scale)
    sys.exit(any(result.failure for result in results))


def choose(connect: Address | None, pid: int | None, command: str | None, profile: Path | None) -> Contender:
    """Give the server that the options ask for."""
    if connect:
        return attached(Server(connect, pid))
    if command:
        return other(command, profile)
    return hubbub(profile)


def allow_open_files(needed: int) -> None:
    """Raise the limit of open files, which servers inherit; say so when the system does not allow what is needed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise click.ClickException(f"{needed} open files are needed and {hard} allowed: raise the limit (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, needed), hard))


if __name__ == "__main__":
    main()

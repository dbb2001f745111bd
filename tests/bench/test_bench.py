"""`python -m bench`: every row runs, and what goes wrong is said."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bench.contenders import FLOOR_COMMAND
from bench.figures import Row
from bench.rows.catalog import ROWS
from bench.rows.fanout import IRC_ONE_IN_FLIGHT
from bench.rows.hubs import HUBS
from bench.rows.returning import RETURNING
from bench.rows.tags import TAGS
from bench.servers import ROOT

GIVE_UP_SECONDS = 120

WITHOUT_FLOOR = (RETURNING, HUBS, TAGS)
"""Rows for which it has to be hubbub: the floor keeps nothing, and knows neither what programs speak nor tags."""


def run_bench(*options: str) -> subprocess.CompletedProcess[str]:
    """Run it with small numbers."""
    return subprocess.run(
        [sys.executable, "-m", "bench", "--quick", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=GIVE_UP_SECONDS,
        check=False,
    )


def test_every_row_gives_all_its_figures(tmp_path: Path) -> None:
    """The whole bench runs, here with the floor in both places, and leaves nothing behind."""
    scratch, json_file = tmp_path / "scratch", tmp_path / "figures.json"
    scratch.mkdir()
    floor = shlex.join(FLOOR_COMMAND)
    rows_of_both = [row for row in ROWS if row not in WITHOUT_FLOOR]
    only = [part for row in rows_of_both for part in ("--only", row.key)]
    done = run_bench("--server", floor, "--scratch", str(scratch), "--json", str(json_file), *only)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = {row["key"]: row for row in json.loads(json_file.read_bytes())["rows"]}
    for row in rows_of_both:
        figures = {figure["key"]: figure for figure in rows[row.key]["figures"]}
        assert list(figures) == [figure.key for figure in row.figures]
        assert all(figure["median"] > 0 and figure["floor_median"] > 0 for figure in figures.values()), figures
    assert not list(scratch.iterdir())


@pytest.mark.parametrize("row", WITHOUT_FLOOR, ids=lambda row: row.key)
def test_what_programs_do_is_measured_without_the_floor(row: Row, tmp_path: Path) -> None:
    """The floor's place is empty; and what is no hubbub is named."""
    options = ("--only", row.key, "--scratch", str(tmp_path), "--json", str(tmp_path / "json"))
    done = run_bench(*options)
    assert done.returncode == 0, done.stdout + done.stderr
    (measured,) = json.loads((tmp_path / "json").read_bytes())["rows"]
    assert all(figure["median"] > 0 and figure["floor_median"] == 0 for figure in measured["figures"])
    other = run_bench(*options, "--server", shlex.join(FLOOR_COMMAND))
    assert other.returncode == 1
    assert "not measured: " in other.stdout


def test_irc_from_hubbub_is_as_long_as_from_the_floor(tmp_path: Path) -> None:
    """Every byte is counted, at both of them, or what they cost could not be compared."""
    done = run_bench("--only", IRC_ONE_IN_FLIGHT.key, "--scratch", str(tmp_path), "--json", str(tmp_path / "json"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_server_that_does_not_start_is_named_with_its_last_words(tmp_path: Path) -> None:
    """The row says why it could not be measured, and the exit code says that one could not."""
    broken = shlex.join([sys.executable, "-c", "import sys; sys.exit('no such house')"])
    done = run_bench("--only", "one", "--server", broken, "--scratch", str(tmp_path), "--json", str(tmp_path / "json"))
    assert done.returncode == 1
    assert "not measured: the server ended with exit code 1 before it was ready" in done.stdout
    assert "no such house" in done.stdout

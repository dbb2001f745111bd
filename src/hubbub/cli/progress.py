"""Progress: a bar on standard error where a person watches, and silence where none does."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

STEPS: Final = 1_000
"""Into how many parts the whole is divided: a bar is drawn anew no more often."""


@contextmanager
def showing_progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is to be told how much is done, and of how much."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    shown = 0
    with click.progressbar(length=STEPS, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            nonlocal shown
            step = STEPS * done // total if total else STEPS
            if step > shown:
                bar.update(step - shown)
                shown = step

        yield tell

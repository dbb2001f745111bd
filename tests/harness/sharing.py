"""Sharing: which tests go to the same worker when several run at once, and which begin first.

Tests of a file share its server, so they stay together; a dialogue has a server of its own, so those of one folder do.
What waits for servers, clients and disks begins first: what only computes fills the gaps at the end.
"""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

SLOWEST: Final = "tests/outside/test_wheel.py"
"""One test that takes a minute: whoever began it last would be waited for."""

SLOW_FOLDERS: Final = (
    "tests/browser/",
    "tests/outside/",
    "tests/dialogues/",
    "tests/client/",
    "tests/cli/",
    "tests/stores/",
)

DIALOGUES: Final = "tests/dialogues/test_dialogues.py"


class Sharing(LoadFileScheduling):  # type: ignore[misc] # xdist comes without types
    """Gives each worker a file, or a folder of dialogues, at a time."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test belongs to. xdist says how to overwrite it: `--dist loadscope` in its documentation."""
        file, _, test = nodeid.partition("::")
        return f"{file}::{test.partition('-')[0]}" if file == DIALOGUES else file


def share(config: pytest.Config, log: Producer) -> Sharing | None:
    """Return how files are shared; None where xdist is to share otherwise."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return Sharing(config, log)


def begin_with_slow(items: list[pytest.Item]) -> None:
    """Put the slowest test first, and then those of the slow folders."""
    items.sort(key=lambda item: (not item.nodeid.startswith(SLOWEST), not item.nodeid.startswith(SLOW_FOLDERS)))

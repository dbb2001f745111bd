"""Sharing: which tests go to the same worker when several run at once, and which begin first.

Tests of a file share its server, so they stay together; a dialogue has a server of its own, so those of one folder do.
What waits for servers, clients and disks begins first: what only computes fills the gaps at the end.
"""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

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

ALONE: Final = "tests/dialogues/test_over_tls.py"
"""Each of its tests has a server of its own, and some hash many passwords."""

BROWSERS: Final = "tests/browser/"

BROWSERS_AT_ONCE: Final = 2
"""How many workers have a browser, as long as there is something else for the others: each alone keeps a core busy."""


class Sharing(LoadFileScheduling):  # type: ignore[misc] # xdist comes without types
    """Gives each worker a file, or a folder of dialogues, at a time."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test belongs to. xdist says how to overwrite it: `--dist loadscope` in its documentation."""
        file, _, test = nodeid.partition("::")
        if file == ALONE:
            return nodeid
        return f"{file}::{test.partition('-')[0]}" if file == DIALOGUES else file

    def _assign_work_unit(self, node: WorkerController) -> None:
        """Give a worker what comes next, but no browser while there are enough of them."""
        others = [work for other, work in self.assigned_work.items() if other is not node]
        if sum(map(_has_browser, others)) >= BROWSERS_AT_ONCE:
            besides = next((scope for scope in self.workqueue if not scope.startswith(BROWSERS)), None)
            if besides is not None:
                self.workqueue.move_to_end(besides, last=False)
        super()._assign_work_unit(node)


def _has_browser(work: dict[str, dict[str, bool]]) -> bool:
    """Return whether a worker has tests with a browser before it; `work` says of each of a file whether it is done."""
    return any(scope.startswith(BROWSERS) and not all(done.values()) for scope, done in work.items())


def share(config: pytest.Config, log: Producer) -> Sharing | None:
    """Return how files are shared; None where xdist is to share otherwise."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return Sharing(config, log)


def begin_with_slow(items: list[pytest.Item]) -> None:
    """Put the slowest test first, and then those of the slow folders."""
    items.sort(key=lambda item: (not item.nodeid.startswith(SLOWEST), not item.nodeid.startswith(SLOW_FOLDERS)))

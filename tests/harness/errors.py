"""How a dialogue says that it failed: where, why, and what everybody had seen."""

from pathlib import Path

from tests.harness.script import Step
from tests.seeds.screen import Screen


class Unmet(AssertionError):  # noqa: N818 - an expectation that was not met is the ordinary way to fail
    """An expectation was not met; the text says which and what came instead."""


class DialogueError(AssertionError):
    """A step of a dialogue failed; the text names file and line and holds the transcripts."""

    def __init__(self, path: Path, step: Step, why: str, screens: dict[str, Screen]) -> None:
        transcripts = "".join(f"\n--- {name}\n{screen.transcript}" for name, screen in screens.items())
        super().__init__(f"{path.name}:{step.line}: {step.words}\n    {why}{transcripts}")

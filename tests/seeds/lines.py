"""Put the lines of a text protocol together from the pieces in which they arrive."""

from typing import Final

PROMPT: Final = "Please enter your username:"
"""The one thing a server may say without ending the line. Source: S4's client, which prints it and waits for a name."""


class LineAssembler:
    """Collect decoded text; give out complete lines, and a prompt as soon as it stands there."""

    def __init__(self) -> None:
        self._rest = ""
        self._prompt_given = False

    @property
    def rest(self) -> str:
        """What has arrived of a line that is not complete."""
        return "" if self._prompt_given else self._rest

    def feed(self, text: str) -> list[str]:
        """Take text in, give the lines that it completed, without their line ends."""
        *ended, self._rest = (self._rest + text).split("\n")
        lines = [line.removesuffix("\r") for line in ended]
        if self._prompt_given and lines:
            self._prompt_given = False
            # The prompt was given out already. What stands behind it is new: the user has pressed Enter in between.
            behind = lines[0].rpartition(PROMPT)[2].strip()
            lines[:1] = [behind] if behind else []
        if self._rest.rstrip().endswith(PROMPT) and not self._prompt_given:
            self._prompt_given = True
            lines.append(self._rest.rstrip())
        return lines

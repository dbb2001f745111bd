"""A server that the system gives less than it would like."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.harness.server import Server


class ConfinedServer(Server):
    """Runs under a shell's `ulimit`, with what that takes: `"-n 64"` for 64 open files."""

    def __init__(
        self,
        data: Path,
        listen: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
        *,
        ulimit: str = "",
        options: Sequence[str] = (),
    ) -> None:
        super().__init__(data, listen, settings)
        self._ulimit = ulimit
        self._options = list(options)

    @property
    def command(self) -> list[str]:
        """The command line, with the shell in front of it where something is limited."""
        if not self._ulimit:
            return [*super().command, *self._options]
        return ["sh", "-c", f'ulimit {self._ulimit} && exec "$@"', "sh", *super().command, *self._options]

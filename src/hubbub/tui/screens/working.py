"""Working: what takes a while is done beside what is drawn, and what goes wrong is told where it was asked for."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from textual.screen import Screen

from hubbub.client.errors import ClientError
from hubbub.core.kinds import Refused
from hubbub.phrasing import phrases
from hubbub.tui.acting import Offline
from hubbub.tui.memory import Unremembered
from hubbub.tui.screens.card import Card
from hubbub.tui.visible import make_line_visible

T = TypeVar("T")


class Working(Screen[None]):
    """See the module."""

    def work(self, work: Coroutine[Any, Any, object], *, is_quiet: bool = False) -> None:
        """Do something beside everything else; say so where it goes wrong, unless nobody has asked for it."""
        self.run_worker(self._tell_failure(work, is_quiet=is_quiet), exit_on_error=True)

    async def _tell_failure(self, work: Coroutine[Any, Any, object], *, is_quiet: bool) -> None:
        try:
            await work
        except (Refused, ClientError, Offline, Unremembered, OSError) as error:
            if not is_quiet:
                self.complain(say_failure(error))

    def put_before(self, card: Card[T], then: Callable[[T | None], None]) -> None:
        """Put a card in front of everything, and call `then` with what it ends with."""
        _ = self.app.push_screen(card, then)

    def complain(self, sentence: str) -> None:
        """Say that something went wrong."""
        self.notify(make_line_visible(sentence), severity="error", markup=False)


def say_failure(error: Exception) -> str:
    """Return what went wrong, in a sentence."""
    match error:
        case Refused():
            return phrases.refused(error.refusal)
        case OSError():
            what = error.strerror or str(error)
            return f"{error.filename}: {what}." if error.filename else f"{what}."
        case _:
            return str(error)

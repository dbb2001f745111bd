"""Interviewing: the cards on which one answers what servers want to know, one after the other."""

from collections.abc import Mapping

from hubbub.tui import states
from hubbub.tui.desk import Desk
from hubbub.tui.memory import Memory, Unremembered
from hubbub.tui.screens.asking import Ask, Given
from hubbub.tui.screens.introducing import ask_about, take_answer
from hubbub.tui.screens.obeying import Obeying
from hubbub.tui.station import Station


class Interviewing(Obeying):
    """See the module."""

    def __init__(self, desk: Desk, memory: Memory, keymap: Mapping[str, str]) -> None:
        super().__init__(desk, memory, keymap)
        self._asking: Station | None = None
        """The station whose question stands in front."""

    def ask_next(self, but: Station | None = None) -> None:
        """Ask what a server wants to know, one question at a time."""
        stations = (one for one in self.desk.stations if one is not but)
        asking = next((one for one in stations if isinstance(one.state, states.Asking)), None)
        card = None if asking is None or self._asking is not None else ask_about(asking)
        if card is None or asking is None:
            return
        self._asking = asking
        self.call_later(self._ask, asking, card)

    def _ask(self, station: Station, card: Ask) -> None:
        def answer(given: Given | None) -> None:
            self._asking = None
            try:
                goes_on = given is not None and take_answer(station, given, self.memory)
            except Unremembered as error:
                self.complain(str(error))
                goes_on = True
            if not goes_on:
                self.work(self.desk.disconnect(station))
            # This one goes on in a moment, and is no longer asking then, or has another question.
            self.ask_next(but=station)

        self.put_before(card, answer)

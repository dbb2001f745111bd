"""Switching: go to a room, a person or a server by a few letters of its name; what is unread comes first."""

from textual.fuzzy import Matcher

from hubbub.tui.buffers import Buffer
from hubbub.tui.desk import Desk
from hubbub.tui.screens import around
from hubbub.tui.screens.picking import Picker
from hubbub.tui.widgets.offers import Offer


class Switcher(Picker):
    """See the module."""

    question = "Where to?"

    def __init__(self, desk: Desk, current: Buffer | None) -> None:
        super().__init__()
        self._desk = desk
        self._current = current

    def find(self, pattern: str) -> None:
        """Show what is called so, best first; of equals, what calls one, is unread, or is not where one is."""
        matcher = Matcher(pattern)
        found = []
        for buffer in around.places(self._desk.stations):
            score = matcher.match(f"{buffer.title} {buffer.server}") if pattern else 1.0
            if score > 0:
                news = 0 if buffer.is_muted else buffer.unread
                urgency = (buffer is self._current, -around.count_calls(buffer), -news)
                found.append(((-round(score, 2), *urgency), buffer))
        found.sort(key=lambda one: one[0])
        self.show([_offer(buffer) for _, buffer in found])


def _offer(buffer: Buffer) -> Offer:
    calls, server = around.count_calls(buffer), around.say_server(buffer.server)
    label, about = (server, "") if buffer.kind == "server" else (buffer.title, server)
    badge = f"{calls or buffer.unread}" if calls or buffer.unread else ""
    return Offer(buffer.key, label, about, badge, is_loud=bool(calls))

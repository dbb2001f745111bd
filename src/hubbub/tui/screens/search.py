"""Search: what was said anywhere, and from a hit to its place."""

from collections.abc import Hashable, Sequence
from typing import Final

import msgspec
from textual.timer import Timer

from hubbub.client.errors import ClientError
from hubbub.core.features.messages import Announced, Said
from hubbub.core.kinds import Refused
from hubbub.core.message_answers import Found, Hit
from hubbub.core.queries import FindMessages
from hubbub.phrasing.stamps import local_time
from hubbub.tui.acting import Offline
from hubbub.tui.screens.picking import Picker
from hubbub.tui.screens.working import say_failure
from hubbub.tui.station import Station
from hubbub.tui.visible import make_line_visible
from hubbub.tui.widgets.offers import Offer

HITS: Final = 50
"""How many hits are shown; whoever looks for an older one says more of it."""

PAUSE_SECONDS: Final = 0.25
"""How long somebody has to stop typing before it is looked for."""

BEFORE: Final = 24
"""How much of a message is shown before what was looked for, in characters."""


class Chosen(msgspec.Struct, frozen=True):
    """A hit that somebody wants to see in its place."""

    hit: Hit


class Search(Picker):
    """See the module; ends with a `Chosen`."""

    question = 'Search: words, "a phrase", from:ann in:#tea …'

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._timer: Timer | None = None
        self._hits: Sequence[Hit] = ()

    def find(self, pattern: str) -> None:
        """Look for it once nothing more is typed for a moment."""
        if self._timer is not None:
            self._timer.stop()
        if pattern.strip():
            self._timer = self.set_timer(PAUSE_SECONDS, lambda: self._look(pattern))
        else:
            self.show([])

    def _look(self, pattern: str) -> None:
        self.run_worker(self._search(pattern), exclusive=True)

    async def _search(self, pattern: str) -> None:
        try:
            answer = await self._station.ask(FindMessages(pattern, HITS))
        except (Refused, ClientError, Offline) as error:
            self.show([Offer(None, say_failure(error))])
            return
        if isinstance(answer, Found):
            self._hits = answer.hits
            rows = [_row(place, hit) for place, hit in enumerate(answer.hits)]
            self.show(rows or [Offer(None, "Nothing like that was said where you are.")])

    def taken(self, key: Hashable) -> Hashable | None:
        """Return the hit that is meant."""
        return Chosen(self._hits[key]) if isinstance(key, int) else None


def _row(place: int, hit: Hit) -> Offer:
    record = hit.record
    text = record.event.text if isinstance(record.event, Said | Announced) else ""
    start = max(hit.spans[0][0] - BEFORE, 0) if hit.spans else 0
    words = make_line_visible(("…" if start else "") + text[start : start + 200])
    when = local_time(record.time_ms)
    return Offer(place, f"{record.event.name}: {words}", hit.room, f"{when:%d %b %Y}")

"""The drawer: the lines of one message after the other, drawn when they are seen and kept for a while."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple, Protocol

from textual.strip import Strip

from hubbub.tui.shown import Shown
from hubbub.tui.widgets.blocks import Sheet, draw, draw_fold, draw_rule, say_day

KEPT_BLOCKS: Final = 300
"""How many messages are kept as they are drawn: some screens, so that leafing back and forth draws nothing twice."""

FOLDED: Final = 200
"""Most comings and goings in one line; it bounds how far is looked back for where they begin."""


class Source(Protocol):
    """What is shown, oldest first. It may grow at both ends, and what is in it may change."""

    def __len__(self) -> int:
        """How many there are."""

    def shown(self, place: int) -> Shown:
        """How one looks now: the same object as long as that does not change."""

    def key(self, place: int) -> Hashable:
        """By what it is known, wherever it stands later."""

    def find(self, key: Hashable) -> int:
        """Where it stands now; where it would, if it is there no longer."""

    @property
    def is_complete(self) -> bool:
        """Whether there are no older ones anywhere."""

    def is_marked(self, place: int) -> bool:
        """Whether the line that says from where on things are new stands before it."""

    @property
    def hint(self) -> str:
        """What helps somebody on, where nothing was said; empty elsewhere."""


class _Drawn(NamedTuple):
    shown: Shown
    before: Shown | None
    traits: tuple[object, ...]
    strips: Sequence[Strip]


class Nothing:
    """The source of a timeline that shows nothing, but for what helps somebody on."""

    is_complete = True

    def __init__(self, hint: str = "") -> None:
        self.hint = hint

    def __len__(self) -> int:
        return 0

    def shown(self, place: int) -> Shown:
        """There is none."""
        raise IndexError(place)

    def key(self, place: int) -> Hashable:
        """There is none."""
        raise IndexError(place)

    def find(self, key: Hashable) -> int:
        """Nothing is known by anything."""
        raise KeyError(key)

    def is_marked(self, place: int) -> bool:
        """There is none."""
        raise IndexError(place)


class Spot(NamedTuple):
    """A line of a message."""

    place: int
    line: int


class Drawer:
    """Draws what is in a source."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.source: Source = Nothing()
        self.selected: Hashable | None = None
        """Which message is chosen: what is hidden in it is shown."""
        self.today = date.today()  # noqa: DTZ011 - the day as it is here
        self._drawn: OrderedDict[Hashable, _Drawn] = OrderedDict()

    def begin(self, sheet: Sheet) -> None:
        """Draw on this from now on, where it is another one."""
        self.today = date.today()  # noqa: DTZ011 - the day as it is here
        if sheet != self.sheet:
            self.sheet = sheet
            self._drawn.clear()

    def show(self, source: Source) -> None:
        """Draw something else."""
        self.source = source
        self.selected = None
        self._drawn.clear()

    def up(self, spot: Spot, lines: int) -> Spot:
        """Return the line that is so many above one, or the first."""
        place, line = spot
        while lines > line and place > 0:
            lines -= line
            place -= 1
            line = len(self.block(place))
        return Spot(place, max(line - lines, 0))

    def down(self, spot: Spot, lines: int) -> Spot:
        """Return the line that is so many below one, or the last."""
        place, line = spot
        while lines and place < len(self.source) - 1:
            left = len(self.block(place)) - line
            if lines < left:
                break
            lines -= left
            place, line = place + 1, 0
        return Spot(place, min(line + lines, max(len(self.block(place)) - 1, 0)))

    def headed(self, place: int) -> Sequence[Strip]:
        """Return the lines of a message with who said it, though it goes on with what the one before says."""
        shown = self.source.shown(place)
        if not self.sheet.columns.name or shown.is_folded:
            return self.block(place)
        return draw(shown, None, self.sheet, is_open=self.selected == self.source.key(place))

    def block(self, place: int) -> Sequence[Strip]:
        """Return the lines of one message, those included that stand between it and the one before it."""
        source = self.source
        shown = source.shown(place)
        if shown.is_folded and self._goes_on(place):
            return ()
        key = source.key(place)
        folded = self._folded(place) if shown.is_folded else [place]
        before = source.shown(folded[0] - 1) if folded[0] else None
        is_new = source.is_marked(folded[0])
        traits = (is_new, self.today, key == self.selected, source.key(folded[0]), len(folded))
        drawn = self._drawn.get(key)
        if drawn is not None and drawn.shown is shown and drawn.before is before and drawn.traits == traits:
            self._drawn.move_to_end(key)
            return drawn.strips
        strips = [*self._rules(shown, before, is_new=is_new), *self._body(folded, before, is_new=is_new)]
        self._drawn[key] = _Drawn(shown, before, traits, strips)
        if len(self._drawn) > KEPT_BLOCKS:
            self._drawn.popitem(last=False)
        return strips

    def _body(self, folded: Sequence[int], before: Shown | None, *, is_new: bool) -> list[Strip]:
        place = folded[-1]
        shown = self.source.shown(place)
        if shown.is_folded:
            return draw_fold([self.source.shown(one) for one in folded], self.sheet)
        if before is not None and (is_new or before.is_folded or _day(before) != _day(shown)):
            before = None
        is_open = self.selected == self.source.key(place)
        return draw(shown, before, self.sheet, is_open=is_open)

    def _rules(self, shown: Shown, before: Shown | None, *, is_new: bool) -> Iterator[Strip]:
        columns, palette = self.sheet.columns, self.sheet.palette
        if shown.time_ms and (before is None or _day(before) != _day(shown)):
            yield draw_rule(say_day(_day(shown), self.today), columns, palette.soft, palette.line)
        if is_new:
            yield draw_rule("New", columns, palette.call, palette.accent)

    def _goes_on(self, place: int) -> bool:
        """Whether what follows one who came or went is of the same kind, and stands in its line."""
        source, behind = self.source, place + 1
        if behind >= len(source) or not source.shown(behind).is_folded or source.is_marked(behind):
            return False
        return behind % FOLDED != 0 and _day(source.shown(behind)) == _day(source.shown(place))

    def _folded(self, last: int) -> list[int]:
        """Return all that stand in the line of the last of them."""
        first = last
        while first and self.source.shown(first - 1).is_folded and self._goes_on(first - 1):
            first -= 1
        return list(range(first, last + 1))


def _day(shown: Shown) -> date:
    return datetime.fromtimestamp(shown.time_ms / 1_000).astimezone().date()

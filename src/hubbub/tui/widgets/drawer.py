"""The drawer: the lines of one message after the other, drawn when they are seen and kept for a while."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple, Protocol

from textual.strip import Strip

from hubbub.phrasing.stamps import local_time
from hubbub.tui.rasters import Raster, Sight
from hubbub.tui.shown import Shown, ShownFile
from hubbub.tui.widgets.blocks import Sheet, draw, draw_fold, draw_rule, say_day

KEPT_BLOCKS: Final = 300
"""How many messages are kept as they are drawn: some screens, so that leafing back and forth draws nothing twice."""

KEPT_LINES: Final = 150
"""How many lines of messages with pictures are kept: two high screens. A cell of a picture takes some 2 kB."""

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


class Pictures(Protocol):
    """What is known of pictures."""

    def see(self, file: ShownFile) -> Sight:
        """Return what is to be seen of a file: the same as long as that does not change."""


class _Drawn(NamedTuple):
    shown: Shown
    before: Shown | None
    traits: tuple[object, ...]
    strips: Sequence[Strip]
    painted: int
    """How many lines of it count towards `KEPT_LINES`."""


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
        self.pictures: Pictures | None = None
        """None where no pictures are drawn."""
        self.selected: Hashable | None = None
        """Which message is chosen: what is hidden in it is shown."""
        self.today = date.today()  # noqa: DTZ011 - the day as it is here
        self._drawn: OrderedDict[Hashable, _Drawn] = OrderedDict()
        self._painted = 0
        """How many lines of all that are kept count towards `KEPT_LINES`."""

    def begin(self, sheet: Sheet) -> None:
        """Draw on this from now on, where it is another one."""
        self.today = date.today()  # noqa: DTZ011 - the day as it is here
        if sheet != self.sheet:
            self.sheet = sheet
            self._drop_all()

    def show(self, source: Source) -> None:
        """Draw something else."""
        self.source = source
        self.selected = None
        self._drop_all()

    def _drop_all(self) -> None:
        self._drawn.clear()
        self._painted = 0

    def missing(self, places: Iterable[int]) -> list[ShownFile]:
        """Return the files of these messages whose pictures have room, and are not there yet."""
        shown = (self.source.shown(place) for place in places)
        return [
            file
            for one in shown
            for file, sight in zip(one.files, self._sights(one), strict=False)
            if sight == "coming"
        ]

    def _sights(self, shown: Shown) -> tuple[Sight, ...]:
        if self.pictures is None or self.sheet.canvas is None:
            return ()
        return tuple(self.pictures.see(file) for file in shown.files)

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
        # Its pictures take as much room as they do elsewhere, but nobody looks at them here.
        sights: list[Sight] = ["unseen" if sight == "unseen" else "coming" for sight in self._sights(shown)]
        return draw(shown, None, self.sheet, is_open=self.selected == self.source.key(place), sights=sights)

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
        sights = self._sights(shown)
        traits = (is_new, self.today, key == self.selected, source.key(folded[0]), len(folded), sights)
        drawn = self._drawn.get(key)
        if drawn is not None and drawn.shown is shown and drawn.before is before and drawn.traits == traits:
            self._drawn.move_to_end(key)
            return drawn.strips
        body = self._body(folded, before, sights, is_new=is_new)
        strips = [*self._rules(shown, before, is_new=is_new), *body]
        is_painted = any(isinstance(sight, Raster) for sight in sights)
        self._keep(key, _Drawn(shown, before, traits, strips, len(strips) if is_painted else 0))
        return strips

    def _keep(self, key: Hashable, drawn: _Drawn) -> None:
        if key in self._drawn:
            self._painted -= self._drawn.pop(key).painted
        self._drawn[key] = drawn
        self._painted += drawn.painted
        while len(self._drawn) > KEPT_BLOCKS or self._painted > KEPT_LINES:
            self._painted -= self._drawn.popitem(last=False)[1].painted

    def _body(
        self, folded: Sequence[int], before: Shown | None, sights: Sequence[Sight], *, is_new: bool
    ) -> list[Strip]:
        place = folded[-1]
        shown = self.source.shown(place)
        if shown.is_folded:
            return draw_fold([self.source.shown(one) for one in folded], self.sheet)
        if before is not None and (is_new or before.is_folded or _day(before) != _day(shown)):
            before = None
        is_open = self.selected == self.source.key(place)
        return draw(shown, before, self.sheet, is_open=is_open, sights=sights)

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
    return local_time(shown.time_ms).date()

"""Blocks: the lines that a message, or something else in a timeline, comes to in one width and one palette."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hubbub.core.files import FileView
from hubbub.core.texts import plural
from hubbub.phrasing.stamps import local_time
from hubbub.tui.flowing import flow, shorten
from hubbub.tui.marking import Look, Span, read_marks
from hubbub.tui.rasters import Cells, Raster, Sight
from hubbub.tui.shown import Shown
from hubbub.tui.visible import cut_text, make_line_visible
from hubbub.tui.widgets.columns import Columns
from hubbub.tui.widgets.painting import FEWEST_ROWS, Canvas, paint, reserve
from hubbub.tui.widgets.palette import Palette

GROUP_MS: Final = 5 * 60_000
"""Within so many milliseconds, what one person says stands together under his name."""

_HANG: Final = 2
"""Cells by which the lines of a message are indented where its name stands in the text."""

_HELP: Final = re.compile(r"/.*?\S {2,}(?=\S)")
"""How a line of the help begins: the command, and the gap before what it does."""

_BAR: Final = "│ "

Row = list[Segment]


def is_grouped(shown: Shown, before: Shown | None) -> bool:
    """Whether a message goes on with what the one before it says, so that the name need not be repeated."""
    return (
        before is not None
        and shown.sort == before.sort == "said"
        and shown.name == before.name
        and not shown.quote_name
        and 0 <= shown.time_ms - before.time_ms <= GROUP_MS
    )


class Sheet(NamedTuple):
    """What everything in one timeline is drawn on."""

    columns: Columns
    palette: Palette
    my_name: str = ""
    canvas: Canvas | None = None
    """None where no pictures are painted."""


def draw(
    shown: Shown, before: Shown | None, sheet: Sheet, *, is_open: bool = False, sights: Sequence[Sight] = ()
) -> list[Strip]:
    """Return the lines of a message below the one `before`; what is hidden in it is shown where it is open.

    Below each of its files stands what is to be seen of that: its place in `sights`.
    """
    return _Block(shown, sheet, sights, is_grouped=is_grouped(shown, before)).draw(is_open=is_open)


def draw_fold(folded: Sequence[Shown], sheet: Sheet) -> list[Strip]:
    """Return one line or more for those who came and went one after the other."""
    parts = []
    for sort, arrow in (("coming", "→"), ("going", "←")):
        names = list(dict.fromkeys(make_line_visible(one.name) for one in folded if one.sort == sort))
        if names:
            parts.append(f"{arrow} {_list(names)} {'came' if sort == 'coming' else 'left'}")
    event = Shown("event", folded[-1].time_ms, text=" · ".join(parts))
    return draw(event, None, sheet)


def draw_rule(label: str, columns: Columns, style: Style, line: Style) -> Strip:
    """Return a line across with some words in it."""
    words = f" {shorten(label, max(columns.width - 6, 1))} "
    left = max((columns.width - cell_len(words)) // 2, 1)
    right = max(columns.width - left - cell_len(words), 0)
    return Strip([Segment("─" * left, line), Segment(words, style), Segment("─" * right, line)]).crop(0, columns.width)


def say_day(day: date, today: date) -> str:
    """Return a day as people call it."""
    days = (today - day).days
    if days in {0, 1}:
        return ("Today", "Yesterday")[days]
    return f"{day:%A}, {day.day} {day:%B}{'' if day.year == today.year else f' {day.year}'}"


def say_clock(time_ms: int) -> str:
    """Return the time of the day as it is here."""
    return f"{local_time(time_ms):%H:%M}"


class _Block:
    """The lines of one message while they are made."""

    def __init__(self, shown: Shown, sheet: Sheet, sights: Sequence[Sight], *, is_grouped: bool) -> None:
        columns = sheet.columns
        self._shown = shown
        self._sights = sights
        self._canvas = sheet.canvas
        self._is_grouped = is_grouped
        self._columns = columns
        self._palette = sheet.palette
        self._my_name = sheet.my_name
        self._rows: list[Row] = []
        self._is_inline = not columns.name and shown.is_spoken
        self._width = columns.body - (_HANG if self._is_inline else 0)

    def draw(self, *, is_open: bool) -> list[Strip]:
        shown = self._shown
        if shown.quote_name:
            self._add_quote()
        match shown.sort:
            case "removed":
                self._add(shown.text, self._palette.faint + Style(italic=True))
            case "event" | "coming" | "going":
                self._add(shown.text, self._palette.soft)
            case "told":
                self._add(shown.text, self._palette.error if shown.is_grave else self._palette.soft, clip=False)
            case _:
                self._add_text(is_open=is_open)
        self._add_below()
        return self._with_lead()

    def _add(self, text: str, style: Style, *, clip: bool = True) -> None:
        for line in read_marks(cut_text(text), is_plain=True) if not clip else ():
            self._rows += [[Segment(one, style)] for one in _lines_of(line.spans, self._width)]
        for spans in flow((Span(make_line_visible(text)),), self._width) if clip else ():
            self._rows.append([Segment(span.text, style) for span in spans])

    def _add_quote(self) -> None:
        name, text = make_line_visible(self._shown.quote_name), make_line_visible(self._shown.quote_text)
        style = self._palette.faint
        room = self._width - 4 - cell_len(name)
        quoted = shorten(text or "deleted", room) if room > 4 else ""  # noqa: PLR2004 - too little to say anything
        self._rows.append([Segment("┌ ", style), Segment(f"{name} ", style + Style(bold=True)), Segment(quoted, style)])

    def _add_text(self, *, is_open: bool) -> None:
        shown, palette = self._shown, self._palette
        first = self._before_text()
        faint = palette.faint if shown.state == "waiting" else None
        for line in (
            read_marks(cut_text(shown.text), self._my_name, is_plain=shown.is_plain) if shown.text or first else ()
        ):
            lead = line.lead
            for spans in flow((*first, *line.spans), self._width - cell_len(lead)):
                style = palette.faint if line.kind == "quote" else palette.code if line.kind == "code" else palette.ink
                row = [Segment(lead, style)] if lead else []
                for span in spans:
                    text = "▒" * cell_len(span.text) if Look.HIDDEN in span.look and not is_open else span.text
                    row.append(Segment(text, self._style_of(span, faint)))
                if line.kind == "code":
                    row.append(Segment(" " * (self._width - sum(map(_cells, row))), palette.code))
                self._rows.append(row)
                lead = " " * cell_len(lead) if line.kind == "item" else lead
            first = []
        if shown.is_edited:
            self._append("(edited)", palette.faint)

    def _before_text(self) -> list[Span]:
        """Return what stands before the words in their line."""
        shown = self._shown
        spans = []
        if self._is_inline and shown.sort == "action":
            spans.append(Span("* ", Look.NAME))
        if shown.sort == "action" or (self._is_inline and not self._is_grouped):
            spans.append(Span(f"{make_line_visible(shown.name)} ", Look.NAME))
        if shown.more:
            spans.append(Span(f"{make_line_visible(shown.more)} ", Look.CALL))
        return spans

    def _style_of(self, span: Span, faint: Style | None) -> Style:
        if Look.NAME in span.look:
            return self._palette.name(self._shown.name)
        return faint or self._palette.look(span.look, span.url)

    def _append(self, word: str, style: Style) -> None:
        """Put a word behind the text, in a line of its own where there is no room."""
        segment = Segment(f" {word}", style)
        if self._rows and sum(map(_cells, self._rows[-1])) + _cells(segment) <= self._width:
            self._rows[-1].append(segment)
        else:
            self._rows.append([Segment(shorten(word, self._width), style)])

    def _add_below(self) -> None:
        shown, palette = self._shown, self._palette
        for place, file in enumerate(shown.files):
            about = f"  {file.about}"
            name = shorten(make_line_visible(file.name), max(self._width - 2 - cell_len(about), 6))
            link = palette.look(Look.LINK, make_line_visible(file.url))
            self._rows.append([Segment("▤ ", palette.accent), Segment(name, link), Segment(about, palette.faint)])
            self._add_picture(place, file.picture)
        if shown.reactions:
            self._add_reactions()
        if shown.replies:
            answers = "reply" if shown.replies == 1 else plural("reply")
            self._rows.append([Segment(f"↳ {shown.replies} {answers}", palette.accent)])
        if shown.state == "waiting":
            self._append("…", palette.faint)
        elif shown.state == "refused":
            reason = f"✗ not sent: {shown.reason}"
            for spans in flow((Span(make_line_visible(reason)),), self._width):
                self._rows.append([Segment(span.text, palette.error) for span in spans])

    def _add_picture(self, place: int, file: FileView | None) -> None:
        """Put a picture where there is one, or room for it, which the server has said how much it is."""
        canvas, sight = self._canvas, self._sights[place] if place < len(self._sights) else "unseen"
        if canvas is None or file is None or sight == "unseen":
            return
        is_alone = sum(1 for one in self._shown.files if one.picture is not None) == 1
        rows = canvas.most.rows if is_alone else max(canvas.most.rows // 2, FEWEST_ROWS)
        most = Cells(min(canvas.most.columns, self._width), rows)
        room = reserve(file.width, file.height, most, self._palette.well)
        if isinstance(sight, Raster):
            # Whatever the server has said of it, nothing below it moves.
            columns = sum(map(_cells, room[0]))
            painted = paint(sight, Cells(columns, len(room)), canvas.ground)
            room = [*painted, *([] for _ in room[len(painted) :])]
        self._rows += room

    def _add_reactions(self) -> None:
        row: Row = []
        for one in self._shown.reactions:
            chip = Segment(
                f" {shorten(make_line_visible(one.reaction), 20)} {one.count} ",
                self._palette.chip_mine if one.is_mine else self._palette.chip,
            )
            if row and sum(map(_cells, row)) + _cells(chip) + 1 > self._width:
                self._rows.append(row)
                row = []
            row += [*([Segment(" ")] if row else ()), chip]
        self._rows.append(row)

    def _with_lead(self) -> list[Strip]:
        shown, columns, palette = self._shown, self._columns, self._palette
        rows: Iterable[Row] = self._rows or [[]]
        strips = []
        for place, row in enumerate(rows):
            lead = self._lead(is_first=place == 0)
            strip = Strip([*lead, *row]).adjust_cell_length(columns.width)
            if shown.calls_me and not shown.is_mine:
                strip = strip.apply_style(palette.calling)
            strips.append(strip)
        return strips

    def _lead(self, *, is_first: bool) -> Row:
        shown, columns, palette = self._shown, self._columns, self._palette
        mark = Segment("▌", palette.accent) if shown.calls_me and not shown.is_mine else Segment(" ")
        row = [mark]
        if columns.time:
            clock = say_clock(shown.time_ms) if is_first and not self._is_grouped and shown.time_ms else ""
            row.append(Segment(clock.ljust(columns.time), palette.faint))
        if columns.name:
            row += [self._name_cell(is_first=is_first), Segment(_BAR, palette.line)]
        elif self._is_inline and not (is_first and not shown.quote_name):
            row.append(Segment(" " * _HANG))
        return row

    def _name_cell(self, *, is_first: bool) -> Segment:
        shown, width = self._shown, self._columns.name
        if not is_first or self._is_grouped:
            return Segment(" " * width)
        if shown.is_spoken and shown.sort != "action":
            name = shorten(make_line_visible(shown.name), width - 1)
            return Segment(" " * (width - 1 - cell_len(name)) + name + " ", self._palette.name(shown.name))
        sign = {"told": "»", "removed": "–", "action": "*"}.get(shown.sort, "·")
        return Segment(sign.rjust(width - 1) + " ", self._palette.faint)


def _lines_of(spans: Sequence[Span], width: int) -> Iterator[str]:
    """Yield the lines of a sentence; of one of the help, what a command does stands beside it, or indented below it."""
    text = "".join(span.text for span in spans)
    found = _HELP.match(text) if cell_len(text) > width else None
    if found is None:
        yield from ("".join(span.text for span in line) for line in flow(spans, width))
        return
    form, about = found[0], text[found.end() :]
    indent = cell_len(form)
    if indent > width // 2:
        yield from ("".join(span.text for span in line) for line in flow((Span(form.rstrip()),), width))
        form, indent = "", _HANG * 2
    for place, line in enumerate(flow((Span(about),), max(width - indent, 1))):
        lead = form if place == 0 and form else " " * indent
        yield lead + "".join(span.text for span in line)


def _cells(segment: Segment) -> int:
    return cell_len(segment.text)


def _list(names: Sequence[str]) -> str:
    """Return names as a sentence lists them, the first few of many."""
    most = 6
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))

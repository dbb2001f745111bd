"""The timeline shows where somebody stands, whatever comes before and behind it."""

from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.events import MouseScrollUp
from textual.pilot import Pilot

from hubbub.core.files import FileId, FileView
from hubbub.tui.rasters import Raster, Sight
from hubbub.tui.shown import Shown, ShownFile
from hubbub.tui.widgets.drawer import KEPT_LINES
from hubbub.tui.widgets.themes import DARK
from hubbub.tui.widgets.timeline import Timeline
from tests.tui.looking import lines_of, text_of, until, until_shown

NOON_MS = int(datetime(2026, 3, 2, 12).astimezone().timestamp() * 1_000)


class Lines:
    """A source of numbered messages."""

    def __init__(self, count: int = 0, *, is_complete: bool = True) -> None:
        self.items = [said(number) for number in range(count)]
        self.first = 0
        self.marked: Hashable = None
        self.hint = ""
        self.is_complete = is_complete

    def __len__(self) -> int:
        return len(self.items)

    def shown(self, place: int) -> Shown:
        """Return one."""
        return self.items[place]

    def key(self, place: int) -> Hashable:
        """Return its number."""
        return self.first + place

    def find(self, key: Hashable) -> int:
        """Return where a number is."""
        assert isinstance(key, int)
        return key - self.first

    def is_marked(self, place: int) -> bool:
        """Return whether news begins there."""
        return self.marked is not None and self.key(place) == self.marked


def said(number: int, text: str = "", name: str = "") -> Shown:
    """Return a message."""
    return Shown("said", NOON_MS + number * 1_000, name or "annbob"[number % 2 * 3 :][:3], text or f"line {number}")


class Frame(Vertical):
    """What is around it. The screen draws it, and what somebody says while he is drawn goes no further than to that."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[list[ShownFile]] = []

    def on_timeline_wants_pictures(self, event: Timeline.WantsPictures) -> None:
        """Note which pictures are wanted."""
        self.wanted.append(event.files)


class Alone(App[None]):
    """A timeline and nothing else."""

    CSS = "Timeline { width: 1fr; height: 1fr; background: $background; color: $foreground; }"

    def __init__(self, source: Lines) -> None:
        super().__init__()
        self.source = source
        self.wanted = 0
        self.frame = Frame()

    def compose(self) -> ComposeResult:
        """Show only that."""
        with self.frame:
            yield Timeline(id="timeline")

    def on_mount(self) -> None:
        """Begin at the end."""
        self.register_theme(DARK)
        self.theme = "dark"
        self.timeline.show(self.source, "ann")

    @property
    def timeline(self) -> Timeline:
        """The timeline."""
        return self.query_one(Timeline)

    def on_timeline_wants_older(self) -> None:
        """Count how often older ones are wanted."""
        self.wanted += 1


def place_of(app: Alone) -> Hashable:
    """Return which message is chosen."""
    return app.timeline.selected


@asynccontextmanager
async def shown(source: Lines, size: tuple[int, int] = (60, 10)) -> AsyncIterator[tuple[Alone, Pilot[None]]]:
    """Show a source."""
    app = Alone(source)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def test_it_stays_at_the_end() -> None:
    """What comes is seen at once by whoever is at the end."""
    source = Lines(100)
    async with shown(source) as (app, pilot):
        assert lines_of(app)[-1].endswith("line 99")
        source.items.append(said(100))
        app.timeline.update()
        await until_shown(pilot, "line 100")
        assert app.timeline.is_at_end


async def test_it_keeps_its_place() -> None:
    """Whoever has gone up reads on, and is told how much has come."""
    source = Lines(100)
    async with shown(source) as (app, pilot):
        app.timeline.scroll_by(-20)
        await pilot.pause()
        before = [line[:-1] for line in lines_of(app)[:-1]]
        source.items += [said(100), said(101)]
        app.timeline.update()
        await until_shown(pilot, "↓ 2 new")
        assert [line[:-1] for line in lines_of(app)[:-1]] == before
        app.timeline.scroll_by(22)
        await until_shown(pilot, "line 101")
        assert app.timeline.is_at_end


async def test_older_ones_do_not_move_what_is_read() -> None:
    """Older messages are wanted where they would be seen, and come above."""
    source = Lines(30, is_complete=False)
    async with shown(source) as (app, pilot):
        assert not app.wanted
        app.timeline.scroll_by(-100)
        await until(pilot, lambda: app.wanted > 0)
        first = lines_of(app)[1]
        source.first = -50
        source.items[:0] = [said(number) for number in range(-50, 0)]
        app.timeline.update()
        await pilot.pause()
        assert any(line[:40] == first[:40] for line in lines_of(app))
        assert "↓ End" in lines_of(app)[-1]
        app.timeline.scroll_by(-2)
        await until_shown(pilot, "line -1")


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (140, 40), (2, 1), (60, 10)])
async def test_any_size_will_do(size: tuple[int, int]) -> None:
    """It keeps its place through any storm of sizes, down to a cell."""
    source = Lines(200)
    async with shown(source) as (app, pilot):
        app.timeline.scroll_by(-50)
        await pilot.pause()
        top = app.timeline.top
        for width, height in (size, (79, 23), (11, 3), size, (60, 10)):
            await pilot.resize_terminal(width, height)
        await pilot.pause()
        assert app.timeline.top == top
        assert "line 1" in text_of(app)


async def test_days_and_news_have_lines() -> None:
    """A day begins with its date, and what is new with a line."""
    source = Lines(3)
    source.items.append(Shown("said", NOON_MS + 86_400_000, "bob", "the next day"))
    source.marked = 3
    async with shown(source) as (app, _pilot):
        dates = [line.strip("─ ") for line in lines_of(app) if "─" in line]
        assert dates[0].startswith("Monday, 2 March")
        assert dates[1].startswith("Tuesday, 3 March")
        assert dates[2] == "New"


async def test_comings_and_goings_are_one_line() -> None:
    """Who comes and goes one after the other does not push away what was said."""
    source = Lines(1)
    source.items += [Shown("coming", NOON_MS, name) for name in ("bob", "carol")]
    source.items += [Shown("going", NOON_MS, "bob"), said(1, "hello", "eve"), Shown("coming", NOON_MS, "dave")]
    async with shown(source) as (app, _pilot):
        text = text_of(app)
        assert "→ bob and carol came · ← bob left" in text
        assert "→ dave came" in text


async def test_choosing_goes_from_message_to_message() -> None:
    """One can be chosen that somebody said; the screen follows."""
    source = Lines(40)
    source.items.insert(39, Shown("event", NOON_MS, text="something happened"))
    async with shown(source) as (app, pilot):
        app.timeline.select_by(0)
        assert place_of(app) == 40
        app.timeline.select_by(-1)
        assert place_of(app) == 38
        for _ in range(30):
            app.timeline.select_by(-1)
        await until_shown(pilot, "line 8")
        assert place_of(app) == 8
        app.timeline.select_by(1)
        assert place_of(app) == 9


async def test_what_is_hidden_is_seen_by_choosing_it() -> None:
    """Nobody reads what is hidden by accident."""
    source = Lines()
    source.items.append(said(0, "it ends ||badly||"))
    async with shown(source) as (app, pilot):
        assert "badly" not in text_of(app)
        app.timeline.select_by(0)
        await until_shown(pilot, "it ends badly")


async def test_going_to_a_message_shows_what_is_around_it() -> None:
    """What was searched for stands in the middle."""
    source = Lines(1_000)
    async with shown(source) as (app, pilot):
        app.timeline.scroll_to(500)
        await until_shown(pilot, "line 500", "line 497", "line 503")


async def test_the_wheel_scrolls() -> None:
    """The mouse goes up and down."""
    source = Lines(100)
    async with shown(source) as (app, pilot):
        app.timeline.post_message(MouseScrollUp(app.timeline, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert not app.timeline.is_at_end


async def test_escapes_are_shown() -> None:
    """Nothing that somebody says reaches the terminal as a control."""
    source = Lines()
    source.items.append(
        Shown("said", NOON_MS, "e\x1b[2Jve", "a\x1b]52;c;x\x07b\u202ec", quote_name="x\x1b", quote_text="\x9b")
    )
    async with shown(source) as (app, _pilot):
        text = text_of(app)
        assert "␛]52;c;x␇b\\u202ec" in text
        assert all(character.isprintable() or character == "\n" for character in text)


async def test_a_hundred_thousand_messages_are_drawn_as_ten() -> None:
    """Only what is seen is drawn, from wherever one stands."""
    source = Lines(100_000)
    async with shown(source) as (app, pilot):
        app.timeline.scroll_to(50_000)
        await until_shown(pilot, "line 50000")
        assert len(app.timeline.drawer._drawn) < 100  # noqa: SLF001 - what is kept is not seen


class Album:
    """Pictures that come when they are put in."""

    def __init__(self) -> None:
        self.sights: dict[str, Sight] = {}

    def see(self, file: ShownFile) -> Sight:
        """Return what is to be seen of one."""
        return self.sights.get(file.url, "coming")


def depicted(number: int, *urls: str) -> Shown:
    """Return a message with pictures of 20 × 8 pixels."""
    files = (ShownFile("p.png", "1 kB", url, FileView(FileId(url), "p.png", "image/png", 1, 20, 8)) for url in urls)
    return replace(said(number), files=tuple(files))


RASTER = Raster(20, 8, bytes([200, 0, 0, 255] * 160))


async def test_a_picture_moves_nothing_when_it_comes() -> None:
    """There is room for it from the beginning, also above what is read."""
    source = Lines(30)
    source.items[25:] = [depicted(number, f"url {number}") for number in range(25, 30)]
    album = Album()
    async with shown(source, (60, 20)) as (app, pilot):
        app.timeline.illustrate(album)
        await until(pilot, lambda: bool(app.frame.wanted))
        assert {file.url for file in app.frame.wanted[-1]} == {f"url {number}" for number in range(26, 30)}
        for by in (0, -7):
            app.timeline.scroll_by(by)
            await pilot.pause()
            before = [line.rstrip("│┃ ") for line in lines_of(app)]
            album.sights = {f"url {number}": RASTER for number in range(30)} if by else {"url 28": RASTER}
            app.timeline.update()
            await pilot.pause()
            assert [line.rstrip("│┃ ") for line in lines_of(app)] == before


async def test_a_picture_that_cannot_be_drawn_takes_no_room() -> None:
    """Its link is left."""
    source = Lines(2)
    source.items.append(depicted(2, "url"))
    album = Album()
    async with shown(source, (60, 20)) as (app, pilot):
        app.timeline.illustrate(album)
        await pilot.pause()
        assert "▤ p.png" in lines_of(app)[-5]
        album.sights["url"] = "unseen"
        app.timeline.update()
        await until(pilot, lambda: "▤ p.png" in lines_of(app)[-1])


async def test_no_more_lines_with_pictures_are_kept_than_that() -> None:
    """Whoever leafs through an album needs no more memory for it than whoever looks at one page."""
    source = Lines(0)
    source.items = [depicted(number, "url") for number in range(100)]
    album = Album()
    album.sights["url"] = RASTER
    async with shown(source, (60, 20)) as (app, pilot):
        app.timeline.illustrate(album)
        for _ in range(100):
            app.timeline.scroll_by(-5)
            await pilot.pause()
        kept = app.timeline.drawer._drawn.values()  # noqa: SLF001 - what is kept is not seen
        assert 20 < sum(len(drawn.strips) for drawn in kept) <= KEPT_LINES

"""One writes in the composer as everywhere, and it remembers and completes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.pilot import Pilot

from hubbub.tui.completing import Words
from hubbub.tui.widgets.composer import TYPED, Composer
from tests.tui.looking import until


class Alone(App[None]):
    """A composer and nothing else."""

    CSS = "Composer { height: auto; max-height: 6; border: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []
        self.pasted: list[str] = []
        self.choices: list[tuple[str, ...]] = []

    def compose(self) -> ComposeResult:
        """Show only that."""
        yield Composer(id="composer")

    def on_mount(self) -> None:
        """Write at once."""
        self.composer.focus()

    @property
    def composer(self) -> Composer:
        """The composer."""
        return self.query_one(Composer)

    def on_composer_submitted(self, event: Composer.Submitted) -> None:
        """Note what is sent."""
        self.sent.append(event.text)

    def on_composer_pasted(self, event: Composer.Pasted) -> None:
        """Note what is pasted."""
        self.pasted.append(event.text)

    def on_composer_completing(self, event: Composer.Completing) -> None:
        """Note what may be chosen."""
        self.choices.append(tuple(event.labels))


@asynccontextmanager
async def alone() -> AsyncIterator[tuple[Alone, Pilot[None]]]:
    """Run it."""
    app = Alone()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        yield app, pilot


async def test_enter_sends() -> None:
    """Enter sends, and nothing is left; of nothing, nothing is sent."""
    async with alone() as (app, pilot):
        await pilot.press("enter", *"hi", "enter", "space", "enter")
        assert app.sent == ["hi"]


async def test_lines_are_broken() -> None:
    """It grows with its lines, to six of them, and shrinks again."""
    async with alone() as (app, pilot):
        for keys in ("alt+enter", "ctrl+j", "shift+enter"):
            await pilot.press("a", keys)
        await until(pilot, lambda: app.composer.size.height == 4)
        for _ in range(5):
            await pilot.press("ctrl+j")
        await until(pilot, lambda: app.composer.size.height == 6)
        await pilot.press("b", "enter")
        assert app.sent == ["a\na\na\n\n\n\n\n\nb"]
        await until(pilot, lambda: app.composer.size.height == 1)


async def test_what_was_written_comes_back() -> None:
    """Up goes back, down forward, and what was begun is there again."""
    async with alone() as (app, pilot):
        app.composer.written = ["first", "second"]
        await pilot.press(*"new", "up")
        assert app.composer.text == "second"
        await pilot.press("up", "up")
        assert app.composer.text == "first"
        await pilot.press("down", "down")
        assert app.composer.text == "new"


async def test_up_goes_through_lines_first() -> None:
    """In several lines up is a line up."""
    async with alone() as (app, pilot):
        app.composer.written = ["before"]
        await pilot.press("a", "ctrl+j", "b", "up")
        assert app.composer.text == "a\nb"
        await pilot.press("up")
        assert app.composer.text == "before"


async def test_tab_completes_and_goes_on() -> None:
    """Each press puts in another one; writing on ends it."""
    async with alone() as (app, pilot):
        app.composer.find_words = lambda: Words(names=("ann", "anna"))
        await pilot.press(*"hi an", "tab")
        assert app.composer.text == "hi @ann "
        await pilot.press("tab")
        assert app.composer.text == "hi @anna "
        await pilot.press("shift+tab")
        assert app.composer.text == "hi @ann "
        await pilot.press("x")
        assert app.choices[-2:] == [("ann", "anna"), ()]
        assert app.composer.text == "hi @ann x"


async def test_completing_in_a_later_line() -> None:
    """Only the word before the cursor is replaced."""
    async with alone() as (app, pilot):
        app.composer.find_words = lambda: Words(rooms=("#tea",))
        await pilot.press("a", "ctrl+j", *"see #t", "tab")
        assert app.composer.text == "a\nsee #tea "


async def test_much_is_not_pasted_at_once() -> None:
    """A line is; several, or a very long one, somebody is asked about."""
    async with alone() as (app, pilot):
        app.composer.post_message(Paste("one line\n"))
        await pilot.pause()
        assert app.composer.text == "one line"
        app.composer.post_message(Paste("a\r\nb"))
        app.composer.post_message(Paste("x" * 1_048_576))
        await pilot.pause()
        assert app.composer.text == "one line"
        assert [len(text) for text in app.pasted] == [3, 1_048_576]


async def test_wide_characters_are_written() -> None:
    """What has two cells, or joins others, is sent as it was written."""
    async with alone() as (app, pilot):
        app.composer.put_in("日本語 👩‍👩‍👧 e\u0301")
        await pilot.press("enter")
        assert app.sent == ["日本語 👩‍👩‍👧 e\u0301"]


async def test_keys_are_taken_in_their_order() -> None:
    """However fast they come: none that takes something away or sends it waits until others were typed."""
    async with alone() as (app, pilot):
        for key in ("a", "b", "backspace", "c", "enter", "d", "ctrl+u", "e"):
            app.composer.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: app.composer.text == "e")
        assert app.sent == ["ac"]


async def test_what_is_typed_without_end_is_cut() -> None:
    """A terminal that does not say what is pasted types it; each letter would cost more than the one before."""
    async with alone() as (app, pilot):
        app.composer.load("x" * (TYPED - 1))
        await pilot.press("y", "z", "z")
        assert app.composer.text == "x" * (TYPED - 1) + "y"
        await pilot.press("backspace", "a")
        assert app.composer.text == "x" * (TYPED - 1) + "a"

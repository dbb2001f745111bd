"""Pictures are drawn below their links where they are seen, where a terminal can, and where somebody wants it."""

from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from rich.color_triplet import ColorTriplet
from rich.style import Style

from hubbub.client import Hub, connect
from hubbub.core.features.annotating import Delete
from hubbub.tui.rasters import Raster
from hubbub.tui.screens.excerpt import Excerpt
from tests.client.proxy import Proxy
from tests.harness.server import Server
from tests.seeds.client import Address
from tests.tui.screens.sitting import Sitting, seated

RED, GREEN = "#ff0000", "#00ff00"

CELLS: Final = 40 * 5
"""How many cells each half of the flag has."""

NOWHERE: Final = Address("127.0.0.1", 1)
"""Where no server is."""

NEAR: Final = 24
"""By how much what went through a server's smaller picture may differ."""


@pytest.fixture(autouse=True)
def _true_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the terminal have all colours, whatever the one is that the tests are run in."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


def flag(folder: Path, size: tuple[int, int] = (40, 20), name: str = "flag.png") -> Path:
    """Write a picture whose upper half is red, and its lower half green."""
    picture = Image.new("RGB", size, RED)
    picture.paste(Image.new("RGB", (size[0], size[1] // 2), GREEN), (0, size[1] // 2))
    picture.save(folder / name)
    return folder / name


async def show(hub: Hub, room: str, *files: Path, text: str = "look") -> str:
    """Show pictures in a room."""
    return await hub.say(room, text, files=[await hub.upload(file) for file in files])


def grounds(sitting: Sitting) -> list[list[str]]:
    """Return the colour of the ground of each cell on the screen, line by line; empty for what is not coloured."""
    strips = sitting.app.screen._compositor.render_strips(sitting.app.size)  # noqa: SLF001 - see `looking`
    return [[ground_of(style) for text, style, _ in strip for _ in text] for strip in strips]


def ground_of(style: Style | None) -> str:
    """Return the colour of its ground as pages write it, or whichever of the flag's is so near that nobody sees it."""
    colour = style.bgcolor.triplet if style is not None and style.bgcolor is not None else None
    if colour is None:
        return ""
    for triplet, one in ((ColorTriplet(255, 0, 0), RED), (ColorTriplet(0, 255, 0), GREEN)):
        if all(abs(here - there) < NEAR for here, there in zip(colour, triplet, strict=True)):
            return one
    return colour.hex


def count(sitting: Sitting, colour: str) -> int:
    """Return how many cells have it."""
    return sum(line.count(colour) for line in grounds(sitting))


def spot_of(sitting: Sitting, words: str) -> tuple[int, int]:
    """Return where something stands: in which line, and behind how many letters."""
    return next((y, line.index(words)) for y, line in enumerate(sitting.text.split("\n")) if words in line)


async def until_painted(sitting: Sitting, cells: int = CELLS, most: int = 0) -> None:
    """Wait until so many cells are red, and so many green; or a few more, where what is between them is neither."""
    await sitting.until(lambda: all(cells <= count(sitting, one) <= max(cells, most) for one in (RED, GREEN)))


async def test_a_picture_is_drawn_below_its_link(address: str, tmp_path: Path) -> None:
    """Each pixel in its colour, where the message stands; nothing else moves when it comes."""
    async with seated() as ann, connect(address, name="bob", rooms=["#show"]) as bob:
        await ann.come_in(address, "ann", "#show")
        await show(bob, "#show", flag(tmp_path), text="our flag")
        await bob.say("#show", "nice, isn't it?")
        await ann.see("bob │ our flag", "▤ flag.png", "nice, isn't it?")
        before = spot_of(ann, "▤ flag.png"), spot_of(ann, "nice")
        await until_painted(ann)
        assert (spot_of(ann, "▤ flag.png"), spot_of(ann, "nice")) == before
        lines = grounds(ann)
        link, left = spot_of(ann, "▤ flag.png")
        for y, colour in enumerate([RED] * 5 + [GREEN] * 5, link + 1):
            assert lines[y][left : left + 40] == [colour] * 40
            assert colour not in lines[y][:left] + lines[y][left + 40 :]


async def test_a_large_one_is_as_large_as_there_is_room_for(address: str, tmp_path: Path) -> None:
    """By the smaller one that the server has of it, and in each width anew."""
    async with seated((140, 40)) as ann, connect(address, name="bob", rooms=["#large"]) as bob:
        await ann.come_in(address, "ann", "#large")
        await show(bob, "#large", flag(tmp_path, (4_000, 4_000)))
        await until_painted(ann, 24 * 5, 24 * 6)
        await ann.pilot.resize_terminal(80, 24)
        await ann.until(lambda: 0 < count(ann, RED) < 24 * 5)
        await ann.pilot.resize_terminal(20, 5)
        await ann.until(lambda: count(ann, RED) == 0)
        await ann.see("▤ flag.…")
        await ann.pilot.resize_terminal(140, 40)
        await until_painted(ann, 24 * 5, 24 * 6)


async def test_of_several_each_has_half_the_height(address: str, tmp_path: Path) -> None:
    """What was said keeps some room."""
    async with seated((140, 40)) as ann, connect(address, name="bob", rooms=["#several"]) as bob:
        await ann.come_in(address, "ann", "#several")
        two = [flag(tmp_path, (400, 400), name) for name in ("one.png", "two.png")]
        await show(bob, "#several", *two)
        await until_painted(ann, 2 * 12 * 3)


async def test_only_what_is_seen_is_fetched(address: str, tmp_path: Path) -> None:
    """Others are when somebody comes to them."""
    async with seated() as ann, connect(address, name="bob", rooms=["#long"]) as bob:
        station = await ann.come_in(address, "ann", "#long", "#other")
        await ann.see("2 #other")
        await ann.press("alt+2")
        await show(bob, "#long", flag(tmp_path))
        for number in range(40):
            await bob.say("#long", f"message {number}")
        room = station.find("#long")
        assert room is not None
        await ann.until(lambda: room.unread == 41)
        await ann.press("alt+1")
        await ann.see("message 39")
        source = ann.chat.source
        assert source is not None
        (picture,) = (file for place in range(len(source)) for file in source.shown(place).files)
        assert ann.chat.gallery.see(picture) == "coming"
        assert not ann.chat.gallery._coming  # noqa: SLF001 - what is not fetched is not seen
        await ann.press("ctrl+home")
        await until_painted(ann)
        assert isinstance(ann.chat.gallery.see(picture), Raster)


async def test_what_was_deleted_is_seen_no_longer(address: str, tmp_path: Path) -> None:
    """As soon as its message is."""
    async with seated() as ann, connect(address, name="bob", rooms=["#gone"]) as bob:
        await ann.come_in(address, "ann", "#gone")
        message = await show(bob, "#gone", flag(tmp_path))
        await until_painted(ann)
        await bob.ask(Delete(message))
        await ann.until(lambda: count(ann, RED) == 0)
        await ann.see("(deleted)")


async def test_what_is_no_picture_stays_a_link(address: str, tmp_path: Path) -> None:
    """Broken ones, other kinds, and those that are too large even for the server."""
    broken = tmp_path / "broken.png"
    broken.write_bytes(flag(tmp_path).read_bytes()[:90])
    drawing = tmp_path / "drawing.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
    Image.new("1", (20_000, 20)).save(tmp_path / "long.png")
    async with seated() as ann, connect(address, name="bob", rooms=["#odd"]) as bob:
        await ann.come_in(address, "ann", "#odd")
        await show(bob, "#odd", broken, drawing, tmp_path / "long.png", flag(tmp_path))
        await ann.see("▤ broken.png", "▤ drawing.svg", "▤ long.png", "▤ flag.png")
        await until_painted(ann)
        links = [line for line in ann.text.split("\n") if "▤" in line]
        at = ann.text.split("\n").index(links[0])
        assert ann.text.split("\n")[at : at + 4] == links


async def test_somebody_may_not_want_them(address: str, tmp_path: Path) -> None:
    """By a key, and by what is set."""
    async with seated() as ann, connect(address, name="bob", rooms=["#plain"]) as bob:
        await ann.come_in(address, "ann", "#plain")
        await show(bob, "#plain", flag(tmp_path))
        await until_painted(ann)
        await ann.press("f4")
        await ann.until(lambda: count(ann, RED) == 0)
        await ann.see("▤ flag.png")
        await ann.press("f4")
        await until_painted(ann)
    async with seated(shows_pictures=False) as carl:
        await carl.come_in(address, "carl", "#plain")
        await carl.see("▤ flag.png")
        assert not carl.chat.gallery._coming  # noqa: SLF001 - what is not fetched is not seen
        await carl.press("f4")
        await carl.until(lambda: carl.chat.pictures is not None)


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
async def test_without_colours_there_are_links(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """Nothing is fetched for nobody, and the key says why."""
    monkeypatch.setenv(variable, "xterm")
    if variable == "TERM":
        monkeypatch.delenv("COLORTERM")
    room = f"#grey-{variable.lower()}"
    async with seated(theme="dark") as ann, connect(address, name="bob", rooms=[room]) as bob:
        await ann.come_in(address, "ann", room)
        await show(bob, room, flag(tmp_path))
        await ann.see("▤ flag.png")
        await ann.press("f4")
        await ann.see("too few colours")
        assert not ann.chat.gallery._rasters  # noqa: SLF001 - what is not fetched is not seen
        assert count(ann, RED) == 0


async def test_the_terminals_own_colours_stay_alone(address: str, tmp_path: Path) -> None:
    """With the theme that keeps to them there are links; another theme has pictures at once."""
    async with seated(theme="ansi") as ann, connect(address, name="bob", rooms=["#ansi"]) as bob:
        await ann.come_in(address, "ann", "#ansi")
        await show(bob, "#ansi", flag(tmp_path))
        await ann.see("▤ flag.png")
        assert not ann.chat.gallery._rasters  # noqa: SLF001 - what is not fetched is not seen
        ann.app.theme = "light"
        await until_painted(ann)


async def test_threads_have_pictures_too(address: str, tmp_path: Path) -> None:
    """In front of everything."""
    async with seated() as ann, connect(address, name="bob", rooms=["#thread"]) as bob:
        await ann.come_in(address, "ann", "#thread")
        await show(bob, "#thread", flag(tmp_path))
        await ann.see("▤ flag.png")
        await ann.press("escape", "t")
        await ann.until(lambda: isinstance(ann.app.screen, Excerpt))
        await until_painted(ann)


async def test_a_picture_comes_when_the_server_is_back(place: Server, address: str, tmp_path: Path) -> None:
    """Its room is there meanwhile, so that nothing moves."""
    async with Proxy(place.address()) as proxy, seated() as ann, connect(address, name="bob", rooms=["#late"]) as bob:
        station = await ann.come_in(proxy.endpoint, "ann", "#late", "#other")
        await ann.see("2 #other")
        await ann.press("alt+2")
        await show(bob, "#late", flag(tmp_path))
        room = station.find("#late")
        assert room is not None
        await ann.until(lambda: room.unread == 1)
        proxy.server = NOWHERE
        proxy.cut_all()
        await ann.until(lambda: not station.is_online)
        await ann.press("alt+1")
        await ann.see("▤ flag.png")
        before = spot_of(ann, "▤ flag.png")
        assert count(ann, RED) == 0
        proxy.server = place.address()
        await until_painted(ann)
        assert spot_of(ann, "▤ flag.png") == before

"""The main screens, as lines of text: `RENEW_SNAPSHOTS=1 pytest tests/tui/screens/test_looks.py` writes them anew.

Look at the difference before it is committed. Colours are looked at in pictures: docs/topics/terminal.md.
"""

import pytest

from hubbub.tui.widgets.sidebar import PlaceRow, Sidebar
from tests.tui.looking import lines_of, require_snapshot
from tests.tui.screens.scene import make_scene
from tests.tui.screens.sitting import Sitting, seated

SIZES = [(80, 24), (140, 40)]

SCREENS = {
    "room": (),
    "going": ("ctrl+k",),
    "palette": ("ctrl+p",),
    "keys": ("f1",),
    "answering": ("escape", "k", "r", *"yes"),
    "deleting": ("escape", "k", "d"),
    "reacting": ("escape", "k", "plus"),
}
"""Which keys lead to each."""


async def show(sitting: Sitting, keys: tuple[str, ...]) -> None:
    """Let the scene be there, and press some keys."""
    station = make_scene(sitting.desk)
    room = station.find("#tea")
    assert room is not None
    sitting.chat.leave_gone()
    sitting.chat.go_to(room)
    await sitting.see("twelve", "carol is writing")
    sidebar = sitting.chat.query_one(Sidebar)
    await sitting.until(lambda: PlaceRow(room.key, "#tea", 4) in sidebar.rows)
    for key in keys:
        await sitting.press(key)
        if key == "escape":
            await sitting.see("e edit")
    if "escape" in keys and "r" in keys:
        await sitting.see("Esc choose")
    await sitting.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_screens(name: str, size: tuple[int, int]) -> None:
    """Each looks as it was looked at."""
    async with seated(size) as ann:
        await show(ann, SCREENS[name])
        require_snapshot(f"{name}-{size[0]}x{size[1]}", lines_of(ann.app))
        ann.desk.stations.clear()


@pytest.mark.parametrize("size", [(20, 5), (50, 16)])
async def test_small_screens(size: tuple[int, int]) -> None:
    """What there is room for: the last words and where one writes."""
    async with seated(size) as ann:
        await show(ann, (*"ok",))
        require_snapshot(f"room-{size[0]}x{size[1]}", lines_of(ann.app))
        ann.desk.stations.clear()


@pytest.mark.parametrize("theme", ["dark", "light", "ansi"])
async def test_themes_say_the_same(theme: str) -> None:
    """Colours add to what is said by words and signs, and never say it alone."""
    async with seated((80, 24), theme) as ann:
        await show(ann, ())
        require_snapshot("room-80x24", lines_of(ann.app))
        ann.desk.stations.clear()

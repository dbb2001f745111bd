"""`python -m tests.tui.picture`: what the terminal client looks like, for docs/screens and the README.

By the scene that the snapshots are of. Letters are those of whoever looks at it; nothing is fetched from elsewhere.
"""

import asyncio
import re
from pathlib import Path
from typing import Final

from hubbub.tui.widgets.sidebar import PlaceRow, Sidebar
from tests.tui.screens.scene import make_scene
from tests.tui.screens.sitting import seated

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "screens"

SIZE: Final = (112, 34)

WIDELY: Final = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
"""Letters that machines have."""


async def take(theme: str) -> str:
    """Return a picture in the colours of a theme."""
    async with seated(SIZE, theme) as ann:
        station = make_scene(ann.desk)
        room = station.find("#tea")
        if room is None:
            raise LookupError("The scene has no #tea.")
        ann.chat.go_to(room)
        ann.chat.composer.load("Shall I bring the scones, too?")
        sidebar = ann.chat.query_one(Sidebar)
        await ann.until(lambda: PlaceRow(room.key, "#tea", 4) in sidebar.rows)
        await ann.see("carol is writing", "twelve")
        picture = ann.app.export_screenshot(title="hubbub chat", simplify=True)
        ann.desk.stations.clear()
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return re.sub(r"font-family: Fira Code, monospace", f"font-family: {WIDELY}", picture)


def main() -> None:
    """Take it in the dark and in the light."""
    for theme in ("dark", "light"):
        (FOLDER / f"terminal-{theme}.svg").write_text(asyncio.run(take(theme)), encoding="utf-8")


if __name__ == "__main__":
    main()

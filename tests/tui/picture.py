"""`python -m tests.tui.picture`: what the terminal client looks like, for docs/screens and the README.

By the scene that the snapshots are of. Letters are those of whoever looks at it; nothing is fetched from elsewhere.
"""

import asyncio
import io
import os
import re
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from hubbub.core.catalog import Record
from hubbub.core.features.messages import Said
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import RoomId, Seq
from hubbub.tui.buffers import Buffer
from hubbub.tui.entries import entry_of
from hubbub.tui.widgets.sidebar import PlaceRow, Sidebar
from tests.tui.screens.scene import ANN, MORNING_MS, PEOPLE, make_scene
from tests.tui.screens.sitting import Sitting, seated

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "screens"

SIZE: Final = (112, 43)

VIEW: Final = FileView(FileId("Vw7"), "from-the-window.jpg", "image/jpeg", 412_300, 1_600, 800, has_thumbnail=True)

WIDELY: Final = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
"""Letters that machines have."""


class Window:
    """From where the picture in the picture comes."""

    is_online = True

    async def fetch_picture(self, file: FileView, limit_bytes: int) -> bytes:
        """Draw it: hills in the evening, at any size."""
        width, height = file.width // 4, file.height // 4
        dusk = Image.linear_gradient("L").resize((width, height))
        view = Image.composite(Image.new("RGB", dusk.size, "#f5b26b"), Image.new("RGB", dusk.size, "#3d5a8c"), dusk)
        pen = ImageDraw.Draw(view)
        pen.ellipse((width * 0.62, height * 0.3, width * 0.62 + height * 0.3, height * 0.6), "#ffe9b0")
        for colour, *hills in (
            ("#6a5a86", 0.62, 0.44, 0.66, 0.5, 0.74, 0.55, 0.66),
            ("#43486e", 0.74, 0.7, 0.54, 0.78, 0.68, 0.76, 0.6),
            ("#23314a", 0.8, 0.86, 0.8, 0.7, 0.86, 0.92, 0.82),
        ):
            ridge = [(width * place / (len(hills) - 1), height * hill) for place, hill in enumerate(hills)]
            pen.polygon([(0, height), *ridge, (width, height)], colour)
        data = io.BytesIO()
        view.save(data, "PNG")
        return data.getvalue()[:limit_bytes]


async def show_view(ann: Sitting, room: Buffer) -> None:
    """Let somebody show a picture, and have it be there."""
    event = Said(PEOPLE["carol"], "carol", "And this is what one sees from there", files=(VIEW,))
    room.merge([entry_of(Record(RoomId(1), Seq(room.last_seq + 1), MORNING_MS + 74 * 60_000, event), ANN)])
    ann.chat.go_to(room)
    source, gallery = ann.chat.source, ann.chat.gallery
    if source is None:
        raise LookupError("There is nothing to be seen.")
    (picture,) = (file for place in range(len(source)) for file in source.shown(place).files if file.picture)
    gallery.want(Window(), [picture])
    await ann.until(lambda: gallery.see(picture) != "coming")


async def take(theme: str) -> str:
    """Return a picture in the colours of a theme."""
    async with seated(SIZE, theme) as ann:
        station = make_scene(ann.desk)
        room = station.find("#tea")
        if room is None:
            raise LookupError("The scene has no #tea.")
        await show_view(ann, room)
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
    os.environ["COLORTERM"] = "truecolor"
    for theme in ("dark", "light"):
        (FOLDER / f"terminal-{theme}.svg").write_text(asyncio.run(take(theme)), encoding="utf-8")


if __name__ == "__main__":
    main()

"""A server where something goes on: people, rooms and days of talk, for tests and pictures that look at all of it."""

import asyncio
import io
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw

from hubbub.client import Endpoint, Hub, connect
from tests.harness.actor import PASSWORD
from tests.harness.administrator import claim
from tests.harness.processes import marked_environment
from tests.harness.server import PATIENT, Server

OWNER: Final = "ann"
"""Who has claimed the server."""

PEOPLE: Final = ("bob", "carol", "dilnoza", "emre")
"""Who else has an account."""

ROOMS: Final = {
    "#tea": "Leaves, kettles and what goes with them",
    "#garden": "What grows, and who waters it",
    "#build": "",
    "#a-room-with-quite-a-long-name-for-a-room": "A topic that is rather long, so that one sees where it ends: "
    "what is said here is said slowly, and read by few",
}

ADVICE: Final = """> Mine is bitter whatever I do.

Two minutes, not five. And less of it:

- a spoon a cup
- 75 °C
- two minutes"""

RECIPE: Final = """I wrote it down:

```python
def brew(leaves: Leaves, water: Water) -> Tea:
    # Two minutes, whoever asks; this line is as long as lines are that somebody has written without looking at it.
    return steep(leaves, water.heated(to=75), minutes=2)
```"""

LINK: Final = (
    "https://www.example.org/leaves/a-very-long-address/that-does-not-end/where-one/would-like-it-to?and=more&of=it"
)

TALK: Final = (
    ("bob", "Good morning! Does anybody know where the **good** kettle is?"),
    ("carol", "On the second shelf, behind the cups."),
    ("bob", "Found it, thanks 🫖"),
    ("dilnoza", "I have read that green tea wants 70 to 80 °C. Is that so?\nMine is bitter whatever I do."),
    ("ann", ADVICE),
    ("emre", "Turkish tea does not mind. `20` minutes, and then water."),
    ("carol", RECIPE),
    ("dilnoza", "השלום לכולם, מישהו רוצה תה?"),
    ("bob", LINK),
    ("emre", "the ending is ||that it was the kettle all along||"),
)

NOTES: Final = b"Two minutes, whoever asks.\n" * 40
"""What a file says that is shown."""

EARLIER: Final = tuple(
    f"{text} ({number})"
    for number in range(20)
    for text in ("Who makes the next pot?", "I do.", "Thank you! That was a good one, I must say, and there is more.")
)
"""What was said on the days before."""


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread: Playwright has a loop of its own in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


class Village:
    """A server that people have lived on for a week."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder / "village", settings={**PATIENT, "limits.commands_per_second": "0"})
        self.messages: dict[str, str] = {}
        """Ids of messages that screens are about: a thread's first one, and so on."""

    def settle(self) -> None:
        """Start the server, and let everything happen."""
        self.server.start()
        claim(self.server, OWNER, "auto")
        run(self._live())

    @property
    def address(self) -> str:
        """Where it is, as the SDK wants to be told."""
        return str(Endpoint(*self.server.address()))

    async def _live(self) -> None:
        async with AsyncExitStack() as stack:
            hubs = {name: await stack.enter_async_context(self._hub(name)) for name in (OWNER, *PEOPLE)}
            self._bring_the_past()
            for hub in hubs.values():
                for room in ROOMS:
                    await hub.join(room)
            for room, topic in ROOMS.items():
                await hubs[OWNER].set_topic(room, topic)
            said = [await hubs[name].say("#tea", text) for name, text in TALK]
            await self._respond(hubs, said)
            await hubs["bob"].say("#garden", "@ann the tomatoes want water")
            await hubs["carol"].say("#garden", "so do the beans")
            await hubs["bob"].say("@ann", "Have you got a minute?")
            await hubs["ann"].say("@carol", "The key is under the third pot.")
            await hubs["carol"].mark_read("#tea")

    async def _respond(self, hubs: dict[str, Hub], said: list[str]) -> None:
        question, recipe = said[3], said[6]
        await hubs["bob"].reply(question, "Is it the water? Ours is hard.")
        await hubs["emre"].reply(question, "It is the water.")
        await hubs["ann"].reply(question, "It is never the water.")
        for name, reaction in (("bob", "👍"), ("emre", "👍"), ("ann", "👍"), ("dilnoza", "🎉"), ("bob", "bravo")):
            await hubs[name].react(recipe, reaction)
        await hubs["ann"].pin(recipe)
        wrong = await hubs["bob"].say("#tea", "Coffee.")
        await hubs["bob"].delete(wrong)
        edited = await hubs["carol"].say("#tea", "And now it is raning.")
        await hubs["carol"].edit(edited, "And now it is raining.")
        await hubs["emre"].say("#tea", "puts on a hat", manner="action")
        picture = await hubs["dilnoza"].upload(_whole(paint()), name="garden.png")
        notes = await hubs["dilnoza"].upload(_whole(NOTES), name="notes on leaves.txt")
        view = await hubs["dilnoza"].say("#tea", "This is what I see from here.", files=[picture, notes])
        self.messages |= {"thread": question, "pinned": recipe, "edited": edited, "picture": f"{view}/{picture.id}"}

    def _hub(self, name: str) -> Hub:
        return connect(self.address, name=name, password=PASSWORD, register=name != OWNER)

    def _bring_the_past(self) -> None:
        """Import what was said on the days before: nothing else can be said in the past."""
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _the_past())
        file = self.server.data.with_name("past.jsonl")
        file.write_text(lines, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "hubbub",
            "import",
            "--match-names",
            "--data",
            str(self.server.data),
            str(file),
        ]
        subprocess.run(command, check=True, capture_output=True, env=marked_environment())


def _the_past() -> Iterator[dict[str, object]]:
    now = datetime.now(UTC)
    yield {"hubbub_export": 1, "source": "hubbub:0123456789abcdef", "made": _stamp(now)}
    yield {"type": "room", "id": "5", "name": "#tea"}
    for number, text in enumerate(EARLIER):
        when = now - timedelta(days=3 - number // 25, hours=2, seconds=-40 * number)
        name = ("bob", "carol", "dilnoza")[number % 3]
        yield {
            "type": "message",
            "id": str(number + 1),
            "time": _stamp(when),
            "name": name,
            "author": name,
            "text": text,
        }
    yield {"type": "end", "messages": len(EARLIER)}


def _stamp(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def paint() -> bytes:
    """Return a picture of hills in the evening, as PNG."""
    image = Image.new("RGB", (960, 540), "#f2c48d")
    draw = ImageDraw.Draw(image)
    draw.ellipse((610, 120, 750, 260), fill="#e8743b")
    draw.polygon([(0, 540), (0, 330), (300, 230), (640, 400), (960, 300), (960, 540)], fill="#7f8f5c")
    draw.polygon([(0, 540), (0, 450), (420, 360), (960, 480), (960, 540)], fill="#4e6244")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


async def _whole(file: bytes) -> AsyncIterator[bytes]:
    yield file

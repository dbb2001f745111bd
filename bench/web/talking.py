"""Talking: how soon one sees what one has said, and the room to which one goes."""

from collections.abc import Sequence
from statistics import median, quantiles
from typing import Final

from playwright.sync_api import BrowserContext

from bench.crowd import LoadError
from bench.figures import Figure, Goal, Sample, Sense
from bench.servers import Launch
from bench.web.browsing import Tab, chromium, show_room, visiting
from bench.web.filling import READER, fill, settle
from bench.web.scale import WebScale

SAYING: Final = (
    Figure("frames", "own message: in which frame, at worst", "", Goal(Sense.AT_MOST, 1)),
    Figure("painted_ms", "own message: painted after", "ms"),
)

SWITCHING: Final = (
    Figure("first_ms", "a room for the first time, by a pointer, p90", "ms", Goal(Sense.AT_MOST, 50)),
    Figure("walked_ms", "a room for the first time, by keys, p90", "ms", Goal(Sense.AT_MOST, 50)),
    Figure("sudden_ms", "a room for the first time, out of nowhere, p90", "ms", Goal(Sense.AT_MOST, 50)),
    Figure("again_ms", "a room again, median", "ms", Goal(Sense.AT_MOST, 50)),
    Figure("worst_ms", "a room again, p90", "ms", Goal(Sense.AT_MOST, 50)),
)

MESSAGES: Final = 400
"""Messages in each of the rooms."""

RESTING_MS: Final = 100
"""How long a pointer rests on a link before it is pressed, and a hand before the next key: about so long, or longer."""


def measure_saying(launches: Sequence[Launch], scale: WebScale) -> list[Sample]:
    """Type and press Enter; the empty page only counts frames."""
    launch = launches[-1]
    rooms = fill(launch, {"#room0": MESSAGES})
    with launch.started(announces=False, spoken="native") as server, chromium() as browser:
        settle(server, rooms)
        with visiting(browser, server.address, account=READER) as context:
            tab, empty = Tab(context.new_page()), Tab(context.new_page())
            empty.page.goto("/join")
            empty.page.bring_to_front()
            floor = [press(empty, "") for _ in range(scale.own)]
            tab.page.bring_to_front()
            show_room(tab, rooms[0])
            own = [say(tab, f"this is number {number};") for number in range(scale.own)]
    return [summary(floor), summary(own)]


def say(tab: Tab, text: str) -> dict[str, float]:
    """Say something; return in which frame it was there."""
    composer = tab.page.locator("#composer")
    composer.click()
    tab.page.keyboard.insert_text(text)
    return press(tab, text)


def press(tab: Tab, text: str) -> dict[str, float]:
    """Press Enter; return after how many frames the log has the text."""
    tab.ask("watchKey", text)
    tab.page.keyboard.press("Enter")
    answer: dict[str, float] = tab.page.evaluate("answer")
    return answer


def summary(pressed: list[dict[str, float]]) -> Sample:
    """Return the worst frame, and the median time."""
    return {"frames": max(one["frames"] for one in pressed), "painted_ms": median(one["ms"] for one in pressed)}


def measure_switching(launches: Sequence[Launch], scale: WebScale) -> list[Sample]:
    """Go from room to room: by the links, to which a hand comes first; by keys; by a script, out of nowhere."""
    launch = launches[-1]
    rooms = fill(launch, {f"#room{number}": MESSAGES for number in range(scale.rooms)})
    with launch.started(announces=False, spoken="native") as server, chromium() as browser:
        settle(server, rooms)
        with visiting(browser, server.address, account=READER) as context:
            tab = come(context, rooms[0])
            sudden = [follow(tab, room) for room in rooms[1:]]
        with visiting(browser, server.address, account=READER) as context:
            tab = come(context, rooms[0])
            walked = [walk(tab, room) for room in rooms[1:]]
        with visiting(browser, server.address, account=READER) as context:
            tab = come(context, rooms[0])
            first = [point(tab, room) for room in rooms[1:]]
            again = [follow(tab, rooms[number % len(rooms)]) for number in range(scale.switches)]
            tab.page.goto("/join")
            floor = [float(tab.ask("paint")) for _ in range(scale.switches)]
    return [summary_of(floor, floor, floor, floor), summary_of(first, walked, sudden, again)]


def summary_of(first: list[float], walked: list[float], sudden: list[float], again: list[float]) -> Sample:
    """Return what is told of these."""
    told = {"first_ms": p90(first), "walked_ms": p90(walked), "sudden_ms": p90(sudden)}
    return {**told, "again_ms": median(again), "worst_ms": p90(again)}


def come(context: BrowserContext, room: str) -> Tab:
    """Have a page with a room, which has nothing else to do."""
    tab = Tab(context.new_page())
    show_room(tab, room)
    # What the page fetches when nothing else is to be done belongs to coming in.
    tab.page.wait_for_load_state("networkidle")
    tab.wait_for_worker()
    return tab


def follow(tab: Tab, room: str) -> float:
    """Click on the link to a room; return how many milliseconds it took until its last message was painted."""
    return float(tab.ask("follow", path_of(room), last_in(room)))


def point(tab: Tab, room: str) -> float:
    """Press the link to a room by the pointer, after it has come there; return the same, from the click on."""
    link = tab.page.locator(f'nav a[href="{path_of(room)}"]')
    tab.ask("watchGoing", "click", last_in(room))
    link.hover()
    tab.page.wait_for_timeout(RESTING_MS)
    tab.page.mouse.down()
    tab.page.mouse.up()
    return painted(tab, room)


def walk(tab: Tab, room: str) -> float:
    """Go to the next room, which is this one, by its key; return the same."""
    tab.page.wait_for_timeout(RESTING_MS)
    tab.ask("watchGoing", "keydown", last_in(room))
    tab.page.keyboard.press("Alt+ArrowDown")
    return painted(tab, room)


def painted(tab: Tab, room: str) -> float:
    """Return after how many milliseconds what was watched for was painted."""
    painted_ms = tab.page.evaluate("answer")
    if painted_ms is None:
        raise LoadError(f"nothing of {room} within a minute")
    return float(painted_ms)


def path_of(room: str) -> str:
    """Return the path of a room's page."""
    return f"/c/{room[1:]}"


def last_in(room: str) -> str:
    """Return what its last message says."""
    return f"{room} {MESSAGES - 1}"


def p90(values: list[float]) -> float:
    """Return what nine of ten do not exceed."""
    return quantiles(values, n=10, method="inclusive")[-1]

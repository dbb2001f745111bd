"""Reading: how smoothly a long room scrolls, and one in which a lot is said; and what that does to the memory."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from bench.figures import Figure, Goal, Sample, Sense
from bench.servers import Launch, Server
from bench.web.browsing import Tab, chromium, show_room, visiting
from bench.web.filling import READER, Talker, fill, settle
from bench.web.scale import WebScale

LONG_ROOM: Final = "#long"

ROOM: Final = "#flood"

SCROLLING: Final = (
    Figure("rate", "frames a second while scrolling", "/s", Goal(Sense.AT_LEAST, 55)),
    Figure("dropped", "frames that were dropped", ""),
    Figure("longest_ms", "the longest time between two", "ms"),
    Figure("open_ms", "opening it, from navigation", "ms"),
    Figure("loaded", "messages loaded before", ""),
)

FLOOD: Final = (
    Figure("rate", "frames a second meanwhile", "/s", Goal(Sense.AT_LEAST, 55)),
    Figure("dropped", "frames that were dropped, per minute", ""),
    Figure("longest_ms", "the longest time between two", "ms"),
    Figure("grown_mb", "memory grows by", "MB", Goal(Sense.AT_MOST, 5)),
)

HOUR: Final = (
    Figure("heap_mb", "memory after it", "MB", Goal(Sense.AT_MOST, 150)),
    Figure("before_mb", "memory before it", "MB"),
    Figure("rate", "messages a second that the page took", "/s"),
)

SPEED_PX: Final = 3_000
"""How many pixels a second are scrolled: faster than anybody reads, as one does who looks for something."""

KEPT: Final = 2_000
"""Messages after which the page keeps no more of a room that nobody reads back in."""

AT_ONCE: Final = 500
"""Messages that are said before it is awaited that the page shows the last of them."""

PARAGRAPHS: Final = 2_000

TALL_PAGE: Final = f"<!doctype html><title>tall</title>{'<p>As tall as the room, and plain.</p>' * PARAGRAPHS}"


def measure_scrolling(launches: Sequence[Launch], scale: WebScale) -> list[Sample]:
    """Load many older pages, and scroll through them; then through a page of plain paragraphs."""
    launch = launches[-1]
    fill(launch, {LONG_ROOM: scale.history})
    with launch.started(announces=False, spoken="native") as server, chromium() as browser:
        settle(server, [LONG_ROOM])
        with visiting(browser, server.address, account=READER) as context:
            tab = Tab(context.new_page())
            show_room(tab, LONG_ROOM)
            opened = float(tab.ask("afterPaint"))
            loaded = load_older(tab, scale)
            frames = scroll(tab, scale.scrolled_px)
            empty = Tab(context.new_page())
            empty.page.set_content(TALL_PAGE)
            empty.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            floor = scroll(empty, scale.scrolled_px)
    return [{**floor, "open_ms": 0.0, "loaded": 0.0}, {**frames, "open_ms": opened, "loaded": loaded}]


def load_older(tab: Tab, scale: WebScale) -> float:
    """Go up until so many messages are there, and then to the middle of them; return how many there are."""
    oldest = scale.history
    while oldest > scale.history - scale.older:
        tab.page.evaluate("bench.scroller().scrollTop = 0")
        oldest = int(tab.ask("untilOlder", LONG_ROOM, oldest))
    tab.page.evaluate("(scroller => { scroller.scrollTop = scroller.scrollHeight / 2; })(bench.scroller())")
    tab.ask("afterPaint")
    return float(scale.history - oldest)


def scroll(tab: Tab, pixels: int) -> Sample:
    """Scroll upwards and downwards again, as by a finger, and count frames."""
    tab.page.bring_to_front()
    tab.ask("startFrames")
    for way in (1, -1):
        tab.tools.send(
            "Input.synthesizeScrollGesture",
            {"x": 700, "y": 400, "yDistance": way * pixels // 2, "speed": SPEED_PX, "preventFling": True},
        )
    return frames_of(tab)


def frames_of(tab: Tab) -> dict[str, float]:
    """Stop to count frames; return what was counted."""
    counted = tab.ask("stopFrames")
    return {"rate": counted["rate"], "dropped": counted["dropped"], "longest_ms": counted["longest"]}


def measure_flood(launches: Sequence[Launch], scale: WebScale) -> list[Sample]:
    """Have 100 messages a second come for a minute, as somebody looks on; and, as long, to an empty page."""
    with (
        launches[-1].started(announces=False, spoken="native") as server,
        hearing(server) as talker,
        chromium() as browser,
        visiting(browser, server.address, account=READER) as context,
    ):
        empty = Tab(context.new_page())
        empty.page.goto("/join")
        floor = look_on(empty, talker, scale)
        empty.page.close()
        tab = Tab(context.new_page())
        show_room(tab, ROOM)
        hear(tab, talker, KEPT)
        return [floor, look_on(tab, talker, scale)]


@contextmanager
def hearing(server: Server) -> Iterator[Talker]:
    """Have somebody who talks in the room, and has said something."""
    settle(server, [ROOM])
    with Talker(server, ROOM) as talker:
        talker.say_at_once(AT_ONCE)
        yield talker


def hear(tab: Tab, talker: Talker, messages: int) -> None:
    """Have so many messages said, as fast as the page takes them."""
    for _ in range(0, messages, AT_ONCE):
        last = talker.say_at_once(AT_ONCE)
        tab.ask("untilShown", last)


def look_on(tab: Tab, talker: Talker, scale: WebScale) -> Sample:
    """Count frames as others talk, and the memory before and after."""
    tab.page.bring_to_front()
    before = tab.heap_bytes()
    talking = talker.talk(scale.flood_seconds)
    tab.ask("startFrames")
    while not talking.done():
        tab.page.wait_for_timeout(100)
    talking.result()
    frames = frames_of(tab)
    frames["dropped"] *= 60 / scale.flood_seconds
    return {**frames, "grown_mb": (tab.heap_bytes() - before) / 1e6}


def measure_hour(launches: Sequence[Launch], scale: WebScale) -> list[Sample]:
    """Have as many messages said as an hour of that brings, as fast as the page takes them."""
    with (
        launches[-1].started(announces=False, spoken="native") as server,
        hearing(server) as talker,
        chromium() as browser,
        visiting(browser, server.address, account=READER) as context,
    ):
        empty = Tab(context.new_page())
        empty.page.goto("/join")
        floor = empty.heap_bytes() / 1e6
        empty.page.close()
        tab = Tab(context.new_page())
        show_room(tab, ROOM)
        before = tab.heap_bytes() / 1e6
        began = time.monotonic()
        hear(tab, talker, scale.hour)
        rate = scale.hour / (time.monotonic() - began)
        heap = tab.heap_bytes() / 1e6
    return [
        {"heap_mb": floor, "before_mb": floor, "rate": 0.0},
        {"heap_mb": heap, "before_mb": before, "rate": rate},
    ]

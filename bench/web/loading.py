"""Loading: what comes over the network, and how long it takes until one can write."""

import json
from collections.abc import Sequence
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext

from bench.crowd import Address
from bench.figures import Figure, Goal, Sample, Sense
from bench.servers import Launch
from bench.web.browsing import Tab, chromium, visiting
from bench.web.filling import READER, Talker, settle
from bench.web.probes import COMES_IN, IS_PAINTED
from bench.web.scale import THROTTLE, WebScale

ROOM: Final = "#lobby"

FIGURES: Final = (
    Figure("script_kb", "script that the page names, compressed", "kB", Goal(Sense.AT_MOST, 120)),
    Figure("style_kb", "styles that it names, compressed", "kB", Goal(Sense.AT_MOST, 30)),
    Figure("all_kb", "all script that came until one could write", "kB"),
    Figure("guest_s", "from nothing to a composer, a guest", "s", Goal(Sense.AT_MOST, 1)),
    Figure("known_s", "the same, somebody remembered", "s", Goal(Sense.AT_MOST, 1)),
)


def measure(launches: Sequence[Launch], scale: WebScale) -> list[Sample]:
    """Come as a guest for the first time, and then again as somebody who has an account and was here before."""
    with launches[-1].started(announces=False, spoken="native") as server, chromium() as browser:
        settle(server, [ROOM])
        with Talker(server, ROOM) as talker:
            talker.say_at_once(scale.greeting)
        plain = time_plain_page(browser, server.address)
        transferred, guest = load_as_guest(browser, server.address)
        known = load_as_known(browser, server.address)
    floor = {"script_kb": 0.0, "style_kb": 0.0, "all_kb": 0.0, "guest_s": plain, "known_s": plain}
    return [floor, {**transferred, "guest_s": guest, "known_s": known}]


def time_plain_page(browser: Browser, address: Address) -> float:
    """Return how many seconds a page without scripts takes, from the same server, on the same slow processor."""
    with visiting(browser, address) as context:
        context.add_init_script(IS_PAINTED)
        tab = Tab(context.new_page())
        tab.slow_down(THROTTLE)
        return _go(tab, "/join")


def load_as_guest(browser: Browser, address: Address) -> tuple[Sample, float]:
    """Return what came over the network, and the seconds."""
    with visiting(browser, address) as context:
        context.add_init_script(COMES_IN.replace("NAME", json.dumps("newcomer")))
        return _load(context)


def load_as_known(browser: Browser, address: Address) -> float:
    """Return the seconds."""
    with visiting(browser, address, account=READER) as context:
        context.add_init_script(COMES_IN)
        _load(context, is_stay=True)
        return _load(context)[1]


def _load(context: BrowserContext, *, is_stay: bool = False) -> tuple[Sample, float]:
    """Come in, and go at once, or, where it is a stay, once the browser keeps the page and what was seen."""
    tab = Tab(context.new_page())
    kinds: dict[str, str] = {}
    named: set[str] = set()
    sizes = {"Script": 0.0, "Stylesheet": 0.0}
    all_script = 0.0

    def note_request(event: dict[str, Any]) -> None:
        # What scripts ask for comes when it is wanted, or when nothing else is to be done.
        if event["initiator"]["type"] == "parser":
            named.add(event["requestId"])

    def note_size(event: dict[str, Any]) -> None:
        nonlocal all_script
        # Of bodies alone: headers are no script.
        kind, size = kinds.get(event["requestId"], ""), float(event["encodedDataLength"])
        all_script += size if kind == "Script" else 0
        if kind in sizes and event["requestId"] in named:
            sizes[kind] += size

    tab.tools.on("Network.requestWillBeSent", note_request)
    tab.tools.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    tab.tools.on("Network.dataReceived", note_size)
    tab.tools.send("Network.enable")
    tab.slow_down(THROTTLE)
    seconds = _go(tab, "/")
    if is_stay:
        tab.ask("untilKept")
        tab.wait_for_worker()
    tab.page.close()
    named_kb = {"script_kb": sizes["Script"] / 1_000, "style_kb": sizes["Stylesheet"] / 1_000}
    return {**named_kb, "all_kb": all_script / 1_000}, seconds


def _go(tab: Tab, path: str) -> float:
    """Return how many seconds it takes until the page tells by itself that it can be used.

    Nothing is asked of it before: whatever first evaluates something in a page brings scripts of its own into it, which
    take 150 ms on the slow processor.
    """
    with tab.page.expect_console_message(lambda message: message.text == "usable"):
        tab.page.goto(path)
    return float(tab.page.evaluate("usableAt")) / 1_000

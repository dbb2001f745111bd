"""Chromium, and what its own tools do with a page: tell its memory and its traffic, and slow its processor down."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from bench.crowd import Address, LoadError
from bench.web.chromium import CHROMIUM, FLAGS
from bench.web.probes import PROBES

PRECISE: Final = "--enable-precise-memory-info"
"""Otherwise the memory in use is told in steps."""

PATIENCE_MS: Final = 60_000
"""How long the page may take for anything before the row is given up."""

PASSWORD: Final = "correct horse"  # noqa: S105 - it protects what a measurement makes

REMEMBERED: Final = """
if (location.protocol === "http:" && localStorage.getItem("hubbub.accounts") === null)
    localStorage.setItem("hubbub.accounts", JSON.stringify(
        [{key: "", host: "", isPlain: false, name: %s, proof: {kind: "cookie"}}]));
"""
"""What the page keeps of whoever has logged in there."""


class Tab:
    """A page, and a connection to Chromium's tools for it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tools: CDPSession = page.context.new_cdp_session(page)
        page.set_default_timeout(PATIENCE_MS)

    def slow_down(self, times: int) -> None:
        """Make the processor so many times slower, for this page."""
        self.tools.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def heap_bytes(self) -> float:
        """Return how much memory the page's scripts use, without what nobody needs any more."""
        for _ in range(3):  # what a first collection finalises, another one frees
            self.tools.send("HeapProfiler.collectGarbage")
        return float(self.tools.send("Runtime.getHeapUsage")["usedSize"])

    def wait_for_worker(self) -> None:
        """Wait until the browser has the page for a next visit: it loads that when nothing else is to be done."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")

    def ask(self, what: str, *values: object) -> Any:  # noqa: ANN401 - whatever the page says
        """Call one of the probes."""
        return self.page.evaluate(f"values => bench.{what}(...values)", list(values))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Have a browser."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, PRECISE])
            try:
                yield browser
            finally:
                browser.close()
        except PlaywrightError as error:
            raise LoadError(f"the browser failed: {error}") from error


@contextmanager
def visiting(browser: Browser, address: Address, *, account: str = "") -> Iterator[BrowserContext]:
    """Have a profile of one's own, as nobody yet or logged in."""
    context = browser.new_context(base_url=f"http://{address[0]}:{address[1]}", viewport={"width": 1280, "height": 800})
    context.add_init_script(PROBES)
    try:
        if account:
            context.request.post(
                "/api/v1/session", data={"name": account, "password": PASSWORD}, fail_on_status_code=True
            )
            context.add_init_script(REMEMBERED % json.dumps(account))
        yield context
    finally:
        context.close()


def show_room(tab: Tab, room: str) -> None:
    """Go to a room, and wait until something that was said there is shown."""
    tab.page.goto(f"/c/{room.removeprefix('#')}")
    tab.page.locator("[role=log] [role=article], [role=log] article").first.wait_for()
    tab.page.locator("#composer").wait_for()

"""What the tests in a real browser share: Chromium, people with pages of their own, and pictures of what went wrong."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bench.web.chromium import CHROMIUM, FLAGS
from tests.browser.people import Person
from tests.browser.screens import Visitor, Who, visiting
from tests.browser.village import Village
from tests.conftest import FAILED, StartServer
from tests.harness.server import PATIENT, Server

PATIENCE_MS: Final = 20_000
"""How long anything may take on a busy machine before it counts as failed. Only a bound."""

expect.set_options(timeout=PATIENCE_MS)


class Visit(Protocol):
    """Open a page of somebody's own: `visit("ann")` comes in as a guest, with `come_in=False` it only opens."""

    def __call__(
        self, name: str, path: str = "/", *, come_in: bool = True, server: Server | None = None, **context: object
    ) -> Person:
        """Give the person; keyword arguments beyond these are Playwright's, for the context."""


@pytest.fixture
def start_server(start_server: StartServer) -> StartServer:
    """Start servers that wait for what a browser wants."""

    def start(*listen: str, settings: Mapping[str, str] | None = None) -> Server:
        return start_server(*listen, settings={**PATIENT, **(settings or {})})

    return start


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Start Playwright's driver. Not for longer than a file: it has a loop that runs, and no other can beside it."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium, once a file."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no {CHROMIUM}")
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    yield started
    started.close()


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """Start a server on which a lot has happened; tests look at it, and change nothing."""
    village = Village(tmp_path_factory.mktemp("village"))
    try:
        village.settle()
        yield village
    finally:
        code = village.server.stop()
    assert code == 0, village.server.explain("it did not stop in an orderly way")


@pytest.fixture(scope="module")
def visitors(browser: Browser, village: Village) -> Iterator[Mapping[Who, Visitor]]:
    """Give a page to nobody yet, and one to the owner of the village."""
    with visiting(browser, village, "nobody") as nobody, visiting(browser, village, "owner") as owner:
        yield {"nobody": nobody, "owner": owner}


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, server: Server, tmp_path: Path) -> Iterator[Visit]:
    """Let people visit the server, each with a browser profile of his own; none of their pages may complain."""
    contexts: list[BrowserContext] = []
    people: list[Person] = []

    def visit(
        name: str, path: str = "/", *, come_in: bool = True, server: Server | None = server, **context: object
    ) -> Person:
        if server is None:
            raise ValueError("visit which server?")
        address = server.address()
        opened = browser.new_context(base_url=f"http://{address.host}:{address.port}", **context)  # type: ignore[arg-type] # Playwright's own, by name
        opened.set_default_timeout(PATIENCE_MS)
        contexts.append(opened)
        person = Person(name, opened.new_page())
        people.append(person)
        person.page.goto(path)
        if come_in:
            person.come_in()
        return person

    yield visit
    if request.node.stash.get(FAILED, False):
        for number, person in enumerate(people):
            _picture(person.page, tmp_path / f"{number}-{person.name}.png")
    complaints = [complaint for person in people for complaint in person.complaints]
    for opened in contexts:
        opened.close()
    assert not complaints, complaints


def _picture(page: Page, path: Path) -> None:
    if not page.is_closed():
        page.screenshot(path=path)
        print(f"What was seen last: {path}")  # noqa: T201 - pytest shows it with the failure

"""The early door: stands in the page before the page is loaded, and what is done there is gone on with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_coming_in import open_tab, register

PAGE = "**/assets/vendor-*.js"
"""What nothing of the page is drawn without."""

AHEAD = "globalThis.hubbubAhead?.socket.readyState"
"""How far the connection is that was opened ahead; nothing where there is none, or it was taken."""


@contextmanager
def held_back(page: Page, path: str = "/") -> Iterator[None]:
    """Open the page, which is loaded only after the block."""
    held = list[Route]()
    page.route(PAGE, lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    with page.expect_request(PAGE):
        page.goto(path, wait_until="commit")
    yield
    for route in held:
        route.continue_()


def come(visit: Visit, name: str, **context: Any) -> Person:  # noqa: ANN401 - Playwright's own, by name
    """Open a browser at a page that brings nothing of the others."""
    return visit(name, "/join", come_in=False, **context)


def field(person: Person, label: str = "Your name") -> Locator:
    """Return where he says who he is."""
    return person.page.get_by_role("textbox", name=label)


def test_a_name_that_was_entered_before_the_page_had_come(visit: Visit) -> None:
    """It is said that one is coming in, and then one is in: the door is not drawn a second time."""
    ann = come(visit, "ann")
    with held_back(ann.page):
        expect(field(ann)).to_be_focused()
        expect(ann.page.get_by_role("main")).to_contain_text("127.0.0.1:")
        ann.page.keyboard.type("ann")
        ann.page.keyboard.press("Enter")
        expect(ann.page.get_by_role("button", name="Joining …")).to_be_disabled()
    expect(ann.composer).to_be_visible()
    expect(ann.page.get_by_role("main", name="#lobby")).to_be_visible()


def test_what_carries_it_comes_meanwhile(visit: Visit) -> None:
    """With the first letter of a name, and with the page for whoever is remembered; then the page takes it."""
    ann = come(visit, "ann", service_workers="block")
    # That is what Playwright blocks it with.
    ann.forgiven.append("Service Worker registration blocked")
    with held_back(ann.page):
        assert ann.page.evaluate(AHEAD) is None
        field(ann).press("a")
        ann.page.wait_for_function(f"() => {AHEAD} === WebSocket.OPEN")
        ann.page.keyboard.type("nn")
        ann.page.keyboard.press("Enter")
    expect(ann.composer).to_be_visible()
    assert ann.page.evaluate(AHEAD) is None

    with held_back(ann.page):
        ann.page.wait_for_function(f"() => {AHEAD} === WebSocket.OPEN")
    expect(ann.composer).to_be_visible()
    assert ann.page.evaluate(AHEAD) is None


def test_a_name_that_was_begun_is_gone_on_with(visit: Visit) -> None:
    """Where one was in it, by key; the tab that was chosen is open, and takes the name along."""
    ann, bob = come(visit, "ann"), come(visit, "bob")
    with held_back(ann.page):
        field(ann).fill("nn")
        ann.page.keyboard.press("Home")
    expect(ann.page.locator("[data-entering]")).to_have_count(0)
    expect(field(ann)).to_be_focused()
    ann.page.keyboard.type("a")
    expect(field(ann)).to_have_value("ann")
    ann.page.keyboard.press("Enter")
    expect(ann.composer).to_be_visible()

    with held_back(bob.page):
        field(bob).fill("bob")
        bob.page.get_by_role("tab", name="New account").click()
    expect(bob.page.get_by_role("tab", name="New account")).to_have_attribute("aria-selected", "true")
    expect(field(bob)).to_have_value("bob")
    expect(bob.page.get_by_label("Choose a password")).to_be_visible()


def test_a_name_that_was_entered_too_early_is_refused_like_any_other(visit: Visit) -> None:
    """The door says why, with what was entered, and what to do."""
    visit("ann")
    other = come(visit, "ann")
    with held_back(other.page, "/c/lobby"):
        field(other).fill("ann")
        other.page.get_by_role("button", name="Join the chat").click()
    expect(field(other)).to_have_attribute("aria-invalid", "true")
    expect(field(other)).to_have_value("ann")
    other.page.get_by_role("button", name="Take ann").click()
    other.page.get_by_role("button", name="Join the chat").click()
    expect(other.composer).to_be_visible()


def test_a_name_that_was_entered_too_early_may_be_ones_own(visit: Visit) -> None:
    """Whose account it is logs in."""
    ann = visit("ann", come_in=False)
    open_tab(ann, "New account")
    register(ann)
    expect(ann.composer).to_be_visible()
    other = come(visit, "ann")
    with held_back(other.page, "/c/lobby"):
        field(other).fill("ann")
        other.page.get_by_role("button", name="Join the chat").click()
    other.page.get_by_role("button", name="I am ann: log in").click()
    expect(other.page.get_by_role("tab", name="Log in")).to_have_attribute("aria-selected", "true")
    expect(field(other, "Name")).to_have_value("ann")


def test_refusals_are_said_in_the_readers_language(visit: Visit) -> None:
    """By their codes or sentences; at the door and inside, and what was refused before the page was there."""
    visit("ann")
    other = come(visit, "ann", locale="de-DE")
    with held_back(other.page):
        field(other, "Dein Name").fill("ann")
        other.page.keyboard.press("Enter")
    expect(other.page.get_by_role("alert")).to_contain_text("schon vergeben")
    field(other, "Dein Name").fill("ann.")
    other.page.keyboard.press("Enter")
    expect(other.page.get_by_role("alert")).to_contain_text("Ein Name endet nicht mit einem Punkt.")
    field(other, "Dein Name").fill("bob")
    other.page.keyboard.press("Enter")
    field(other, "An #lobby schreiben").fill("/kick carol")
    other.page.keyboard.press("Enter")
    expect(other.page.get_by_role("status").filter(has_text="Das darf in #lobby nur die")).to_be_visible()


def test_a_server_that_cannot_be_reached_is_told(visit: Visit) -> None:
    """Nobody waits at the early door for ever, and whoever has entered his name is in once it can be reached."""
    ann = come(visit, "ann")
    is_away = True

    def connect(socket: WebSocketRoute) -> None:
        if is_away:
            socket.close()
        else:
            socket.connect_to_server()

    ann.page.route_web_socket("**/ws", connect)
    with held_back(ann.page):
        field(ann).fill("ann")
        ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("button", name="Retry now")).to_be_visible()
    is_away = False
    expect(ann.composer).to_be_visible()


def test_it_speaks_and_looks_as_was_chosen(visit: Visit) -> None:
    """In the reader's language, and in the colours that he has chosen in this browser."""
    ann = come(visit, "ann", locale="de-CH", color_scheme="dark")
    with held_back(ann.page):
        expect(ann.page.get_by_role("heading", level=1)).to_have_text("Komm herein")
        expect(ann.page.locator(":root")).to_have_attribute("lang", "de")
    expect(ann.page.get_by_role("heading", level=1)).to_have_text("Komm herein")

    bob = come(visit, "bob", locale="de-CH", color_scheme="dark")
    bob.page.evaluate('localStorage.setItem(\'hubbub.appearance\', \'{"theme":"light","language":"en"}\')')
    with held_back(bob.page):
        expect(bob.page.get_by_role("heading", level=1)).to_have_text("Come in")
        expect(bob.page.locator(":root")).to_have_attribute("data-theme", "light")


def test_nobody_stands_there_who_needs_not(visit: Visit) -> None:
    """Neither whoever is known, nor whoever follows a link to another door."""
    guest = come(visit, "bob")
    with held_back(guest.page, "/invite/ABCD-EFGH"):
        expect(guest.page.locator("template[data-door]")).not_to_have_count(0)
        expect(guest.page.get_by_role("heading")).to_have_count(0)
    expect(guest.page.get_by_role("heading", name="You are invited")).to_be_visible()

    ann = visit("ann")
    again = come(visit, "ann", storage_state=ann.page.context.storage_state())
    with held_back(again.page):
        expect(again.page.locator("template[data-door]")).not_to_have_count(0)
        expect(again.page.get_by_role("heading")).to_have_count(0)
    expect(again.composer).to_be_visible()


def test_a_browser_that_is_too_old_is_told(visit: Visit) -> None:
    """It says which would do, and how else to come in; in others the sentence is nowhere."""
    page = visit("ann", come_in=False).page
    told = page.get_by_text("This browser is too old")
    expect(told).to_be_hidden()

    def age(route: Route) -> None:
        styles = route.fetch()
        route.fulfill(response=styles, body=styles.text().replace(":popover-open", ":unheard-of"))

    page.route("**/*.css", age)
    page.reload()
    expect(told).to_be_visible()
    expect(told.get_by_role("link", name="Join without it")).to_have_attribute("href", "/join")

"""Coming in: as a guest, with an account, by a link, again, and where something is in the way."""

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.harness.server import Server

PASSWORD = "four words in a row"


def open_tab(person: Person, name: str) -> None:
    """Choose how to come in."""
    person.page.get_by_role("tab", name=name).click()


def register(person: Person, button: str = "Open the account") -> None:
    """Fill in what it takes to open an account, and come in."""
    person.page.get_by_label("Your name").fill(person.name)
    person.page.get_by_label("Choose a password").fill(PASSWORD)
    person.page.get_by_role("button", name=button).click()


def log_in(person: Person, password: str = PASSWORD) -> None:
    """Come in with an account."""
    open_tab(person, "Log in")
    person.page.get_by_label("Name", exact=True).fill(person.name)
    person.page.get_by_label("Password", exact=True).fill(password)
    person.page.get_by_role("button", name="Log in").click()


def claim_link(server: Server) -> str:
    """Return the path of the link that the last start has printed."""
    links = [line for line in server.printed if "/claim/" in line]
    found = re.search(r"http://127\.0\.0\.1:\d+(/claim/[0-9A-Z-]{19})$", links[-1])
    assert found, links
    return found[1]


def test_an_account_is_opened_and_known_elsewhere(visit: Visit) -> None:
    """Who has registered is remembered, and logs in with another browser; a guest is told whose name it is."""
    ann = visit("ann", come_in=False)
    expect(ann.page.get_by_role("heading", name="Come in")).to_be_visible()
    open_tab(ann, "New account")
    ann.page.get_by_label("Your name").fill("ann")
    ann.page.get_by_label("Choose a password").fill("short")
    ann.page.get_by_role("button", name="Open the account").click()
    password = ann.page.get_by_label("Choose a password")
    expect(password).to_have_attribute("aria-invalid", "true")
    expect(ann.page.get_by_role("alert")).to_contain_text("at least 8 characters")
    ann.page.get_by_role("button", name="Show the password").click()
    expect(password).to_have_attribute("type", "text")
    with ann.page.expect_response("**/api/v1/session"):
        register(ann)
    ann.says("I am back soon")
    ann.sees("I am back soon")
    ann.page.reload()
    expect(ann.composer).to_be_visible()
    elsewhere = visit("ann", come_in=False)
    elsewhere.page.get_by_label("Your name").fill("Ann")
    elsewhere.page.get_by_role("button", name="Join the chat").click()
    elsewhere.page.get_by_role("button", name="I am Ann").click()
    elsewhere.page.get_by_label("Password", exact=True).fill("wrong")
    elsewhere.forgiven.append("status of 401")
    elsewhere.page.get_by_role("button", name="Log in").click()
    expect(elsewhere.page.get_by_role("alert")).to_contain_text("do not belong together")
    log_in(elsewhere)
    elsewhere.sees("I am back soon")


def test_whoever_opens_an_account_is_in_once_he_stays_in(visit: Visit) -> None:
    """Not before the browser is logged in: he would come in twice, and lose what he asks in between."""
    ann = visit("ann", come_in=False)
    held = list[Route]()
    ann.page.route("**/api/v1/session", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    open_tab(ann, "New account")
    with ann.page.expect_request("**/api/v1/session"):
        register(ann)
    expect(ann.page.get_by_role("button", name="Joining")).to_be_disabled()
    expect(ann.composer).to_have_count(0)
    for route in held:
        route.continue_()
    expect(ann.composer).to_be_visible()


def test_a_link_leads_into_its_room(visit: Visit) -> None:
    """Who follows a link to a room is in it once he is in; one that there is not is not made."""
    ann = visit("ann")
    ann.page.evaluate("history.replaceState(null, '', '/')")
    bob = visit("bob", "/c/lobby")
    bob.says("hello")
    ann.sees("hello")
    cat = visit("cat", "/#nowhere", come_in=False)
    cat.page.get_by_label("Your name").fill("cat")
    cat.page.get_by_role("button", name="Join the chat").click()
    expect(cat.page.get_by_role("button", name="Come into #nowhere")).to_be_visible()


def test_the_first_start_is_claimed_in_a_browser(visit: Visit, server: Server) -> None:
    """By the link that it prints, once; who comes later is told what to do."""
    path = claim_link(server)
    ann = visit("ann", path, come_in=False)
    expect(ann.page.get_by_role("heading", name="This server is yours")).to_be_visible()
    register(ann, "Claim the server")
    expect(ann.composer).to_be_visible()
    expect(ann.page).not_to_have_url(re.compile("claim"))
    late = visit("late", path, come_in=False)
    register(late, "Claim the server")
    expect(late.page.get_by_role("alert")).to_contain_text("only the last one counts")


def test_only_who_is_invited(visit: Visit, server: Server) -> None:
    """Where accounts are opened by invitation, the door says so, and a link of a member's opens it."""
    server.settings["people.access"] = "invited"
    server.restart()
    owner = visit("owner", claim_link(server), come_in=False)
    register(owner, "Claim the server")
    expect(owner.composer).to_be_visible()
    stranger = visit("stranger", come_in=False)
    expect(stranger.page.get_by_role("tab", name="Guest")).to_have_count(0)
    open_tab(stranger, "New account")
    stranger.page.get_by_label("Invitation").fill("0000-0000-0000-0000")
    register(stranger)
    expect(stranger.page.get_by_role("alert")).to_contain_text("not known here")


def test_nobody_sees_the_door_who_is_remembered(visit: Visit) -> None:
    """Who comes back sees his rooms, and never the door in between."""
    ann = visit("ann")
    seen = "window.sawTheDoor = false; new MutationObserver(() => { if (document.querySelector('[role=tablist]')) "
    ann.page.add_init_script(seen + "window.sawTheDoor = true }).observe(document, {subtree: true, childList: true})")
    ann.page.reload()
    expect(ann.composer).to_be_visible()
    assert ann.page.evaluate("window.sawTheDoor") is False

"""One's account: what it has, on several devices and servers, and how it ends."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_coming_in import PASSWORD, claim_link, log_in, open_tab, register
from tests.browser.test_offline import forgive, is_lost
from tests.conftest import StartServer
from tests.harness.server import Server


def open_account(visit: Visit, name: str, path: str = "/", button: str = "Open the account") -> Person:
    """Let somebody open an account, and wait until his browser is logged in."""
    person = visit(name, path, come_in=False)
    if path == "/":
        open_tab(person, "New account")
    with person.page.expect_response("**/api/v1/session"):
        register(person, button)
    expect(person.composer).to_be_attached()
    return person


def own_button(name: str) -> re.Pattern[str]:
    """Return what the button at the foot is called, whatever he is doing."""
    return re.compile(rf"^{name} .*: your account and presence$")


def choose(person: Person, item: str) -> None:
    """Choose something of the menu that is called like himself."""
    person.page.get_by_role("button", name=own_button(person.name)).click()
    person.page.get_by_role("menuitem", name=item).click()


def dialog(person: Person, tab: str = "") -> Locator:
    """Give the dialog that is open, with one of its tabs shown."""
    shown = person.page.get_by_role("dialog")
    if tab:
        shown.get_by_role("tab", name=tab).click()
    return shown


def test_the_owner_invites_somebody(visit: Visit, server: Server) -> None:
    """The first run says what comes next; a link is made, opens one account, and then says what to do."""
    ann = open_account(visit, "ann", claim_link(server), "Claim the server")
    expect(dialog(ann)).to_contain_text("The server is yours")
    dialog(ann).get_by_role("button", name="Make a link").click()
    dialog(ann).get_by_label("What it is for").fill("bob")
    dialog(ann).get_by_role("button", name="Make a link").click()
    link = dialog(ann).get_by_role("textbox", name="Your invitation").input_value()
    expect(dialog(ann).get_by_role("img", name="QR code")).to_be_visible()
    expect(dialog(ann).get_by_role("listitem").filter(has_text="for one more person")).to_be_visible()
    path = link[link.index("/invite/") :]
    bob = visit("bob", path, come_in=False)
    expect(bob.page.get_by_role("heading", name="You are invited")).to_be_visible()
    register(bob)
    expect(bob.composer).to_be_visible()
    late = visit("late", path, come_in=False)
    register(late)
    expect(late.page.get_by_role("alert")).to_contain_text("can make a new link")


def test_another_device_is_logged_in_once(visit: Visit) -> None:
    """By the link of the picture; the first device sees it, and can end it, and the other is told."""
    ann = open_account(visit, "ann")
    choose(ann, "Log in another device")
    dialog(ann).get_by_role("button", name="Show the picture").click()
    link = dialog(ann).get_by_role("textbox", name="Link").input_value()
    phone = visit("ann", link[link.index("/device") :], come_in=False, viewport={"width": 390, "height": 844})
    phone.page.get_by_role("button", name="Log in here").click()
    expect(phone.page.get_by_role("status").filter(has_text="logged in as ann")).to_be_visible()
    late = visit("late", link[link.index("/device") :], come_in=False)
    late.forgiven.append("status of 404")
    late.page.get_by_role("button", name="Log in here").click()
    expect(late.page.get_by_role("alert")).to_contain_text("logs nobody in any more")
    phone.page.goto("/c/lobby")
    phone.composer.fill("half a thought")
    expect(dialog(ann)).to_contain_text("A device was logged in just now")
    phone.forgiven.append("status of 401")
    dialog(ann).get_by_role("button", name="That was not me").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("what you have written is kept")
    log_in(phone)
    expect(phone.composer).to_have_value("half a thought")


def test_logging_out_ends_every_page_by_it(visit: Visit) -> None:
    """Of this browser, all its tabs, without a word; everywhere, other browsers too, which are told why."""
    ann = open_account(visit, "ann")
    tab = Person("ann", ann.page.context.new_page())
    # Where the server is quicker than the news between tabs, a tab asks whether its session holds.
    tab.forgiven.append("status of 401")
    tab.page.goto("/")
    expect(tab.composer).to_be_visible()
    elsewhere = visit("ann", come_in=False)
    log_in(elsewhere)
    elsewhere.composer.fill("half a thought")
    choose(ann, "Log out")
    dialog(ann).get_by_role("button", name="Log out").click()
    for page in (ann.page, tab.page):
        expect(page.get_by_role("heading", name="Come in")).to_be_visible()
        expect(page.get_by_text("logged out")).to_have_count(0)
    log_in(ann)
    expect(tab.composer).to_be_visible()
    elsewhere.forgiven.append("status of 401")
    choose(ann, "Account and settings")
    security = dialog(ann, "Log-in")
    security.get_by_role("button", name="Log out everywhere").click()
    security.get_by_role("button", name="Yes, everywhere").click()
    for page in (ann.page, tab.page):
        expect(page.get_by_role("heading", name="Come in")).to_be_visible()
    assert not tab.complaints
    expect(elsewhere.page.get_by_role("alert")).to_contain_text("You were logged out from elsewhere")
    expect(elsewhere.page.get_by_role("alert")).to_contain_text("what you have written is kept")
    log_in(elsewhere)
    expect(elsewhere.composer).to_have_value("half a thought")


def test_a_token_is_made_and_revoked(visit: Visit) -> None:
    """Shown once, good for a program, and worth nothing when it is revoked."""
    ann = open_account(visit, "ann")
    choose(ann, "Account and settings")
    devices = dialog(ann, "Devices")
    expect(devices.get_by_role("listitem").filter(has_text="This browser")).to_be_visible()
    devices.get_by_label("What it is for").fill("tea bot")
    devices.get_by_role("button", name="Make a token").click()
    secret = devices.get_by_role("textbox", name="Your token").input_value()
    assert secret.startswith("hub_")
    devices.get_by_role("button", name="Done").click()
    expect(devices.get_by_role("textbox", name="Your token")).to_have_count(0)
    assert secret not in ann.page.content()
    fields = {"Authorization": f"Bearer {secret}"}
    assert ann.page.request.get("/api/v1/me", headers=fields).status == 200
    devices.get_by_role("button", name="Revoke tea bot").click()
    expect(devices.get_by_role("listitem")).to_have_count(1)
    # What is known of a token holds for a second: `Recognising`.
    expect(ann.page.get_by_role("status").filter(has_text="worth nothing any more")).to_be_visible()


def test_what_an_account_says_of_itself(visit: Visit) -> None:
    """Name, about, who may write, whom one blocks, words that call: each is as it was left, and mistakes are told."""
    ann, _ = open_account(visit, "ann"), visit("bob")
    choose(ann, "Account and settings")
    profile = dialog(ann, "Profile")
    profile.get_by_label("About you").fill("makes tea")
    profile.get_by_role("button", name="Save").last.click()
    profile.get_by_label("Name", exact=True).fill("bob")
    profile.get_by_role("button", name="Save").first.click()
    expect(profile.get_by_role("alert")).to_contain_text("already taken")
    privacy = dialog(ann, "Privacy")
    privacy.get_by_label("Who may write to you alone").select_option(label="People with an account")
    privacy.get_by_role("switch", name="Others may know").click()
    blocked = privacy.get_by_role("region", name="Blocked")
    blocked.get_by_label("Name").fill("nobody")
    blocked.get_by_role("button", name="Block").click()
    expect(blocked.get_by_role("alert")).to_contain_text("Nobody is called nobody")
    blocked.get_by_label("Name").fill("bob")
    blocked.get_by_role("button", name="Block", exact=True).click()
    expect(blocked.get_by_role("button", name="Unblock bob")).to_be_visible()
    alerts = dialog(ann, "Alerts")
    alerts.get_by_label("Word").fill("kettle")
    alerts.get_by_role("button", name="Add").click()
    expect(alerts.get_by_role("listitem")).to_have_text("kettle")
    dialog(ann, "Looks").get_by_label("Colours").select_option(label="Dark")
    root = ann.page.locator(":root")
    expect(root).to_have_attribute("data-theme", "dark")
    ann.page.emulate_media(contrast="more")
    expect(root).to_have_attribute("data-contrast", "more")
    ann.page.emulate_media(contrast="no-preference")
    expect(root).not_to_have_attribute("data-contrast", "more")
    ann.page.reload()
    expect(dialog(ann, "Privacy").get_by_label("Who may write to you alone")).to_have_value("accounts")
    expect(dialog(ann).get_by_role("switch", name="Others may know")).to_be_checked()
    expect(dialog(ann, "Profile").get_by_label("About you")).to_have_value("makes tea")


def test_what_could_not_be_changed_stands_as_it_was(visit: Visit, server: Server) -> None:
    """A choice and a switch show what holds, and not what was wanted; why it does not hold is told."""
    ann = open_account(visit, "ann")
    choose(ann, "Account and settings")
    privacy = dialog(ann, "Privacy")
    senders = privacy.get_by_label("Who may write to you alone")
    before = senders.input_value()
    server.kill()
    is_lost(ann)
    senders.select_option(label="People with an account")
    expect(privacy.get_by_role("alert").filter(has_text="connection").first).to_be_visible()
    expect(senders).to_have_value(before)
    privacy.get_by_role("switch", name="Others may know").click()
    expect(privacy.get_by_role("switch", name="Others may know")).not_to_be_checked()
    forgive(ann)


def test_a_guest_keeps_his_name(visit: Visit) -> None:
    """He opens an account where he is, changes its password, and deletes it; then the name is not his."""
    ann = visit("ann")
    choose(ann, "Keep this name")
    dialog(ann).get_by_label("Choose a password").fill(PASSWORD)
    with ann.page.expect_response("**/api/v1/session"):
        dialog(ann).get_by_role("button", name="Open the account").click()
    security = dialog(ann)
    security.get_by_label("Password until now").fill("wrong")
    security.get_by_label("New password").fill("another four words")
    security.get_by_role("button", name="Change it").click()
    expect(security.get_by_role("alert")).to_contain_text("not your password")
    security.get_by_label("Password until now").fill(PASSWORD)
    security.get_by_role("button", name="Change it").click()
    expect(ann.page.get_by_role("status").filter(has_text="password is changed")).to_be_visible()
    security.get_by_role("button", name="Delete the account").click()
    security.get_by_label("Type ann to confirm").fill("ann")
    security.get_by_label("Password", exact=True).fill("another four words")
    ann.forgiven.append("status of 401")
    security.get_by_role("button", name="Delete my account").click()
    expect(ann.page.get_by_role("heading", name="Come in")).to_be_visible()


@pytest.mark.usefixtures("server")
def test_accounts_on_two_servers(visit: Visit, start_server: StartServer) -> None:
    """A second account here and one elsewhere live in one page, each with a square; the keyboard goes between them."""
    other = start_server()
    bea = visit("bea", server=other, come_in=False)
    open_tab(bea, "New account")
    register(bea)
    expect(bea.composer).to_be_visible()
    ann = visit("ann")
    choose(ann, "Add an account or a server")
    dialog(ann).get_by_label("Server", exact=True).fill("no address")
    dialog(ann).get_by_role("button", name="Go to its door").click()
    expect(dialog(ann).get_by_role("alert")).to_contain_text("no address of a server")
    dialog(ann).get_by_role("textbox", name="Server").fill("")
    dialog(ann).get_by_role("button", name="Go to its door").click()
    ann.page.get_by_label("Your name").fill("ann at work")
    ann.page.get_by_label("Your name").fill("annwork")
    ann.page.get_by_role("button", name="Join the chat").click()
    expect(ann.page.get_by_role("button", name=own_button("annwork"))).to_be_visible()
    rail = ann.page.get_by_role("navigation", name="Accounts")
    rail.get_by_role("button", name="Add an account").click()
    address = other.address()
    dialog(ann).get_by_role("textbox", name="Server").fill(f"hubbub://{address.host}:{address.port}/#lobby")
    dialog(ann).get_by_role("button", name="Go to its door").click()
    log_in(Person("bea", ann.page))
    ann.says("from the other page")
    bea.sees("from the other page")
    expect(rail.get_by_role("link")).to_have_count(3)
    ann.page.keyboard.press("Control+1")
    expect(ann.page.get_by_role("button", name=own_button("ann"))).to_be_visible()
    expect(ann.page).not_to_have_url(re.compile("on="))
    ann.page.reload()
    rail.get_by_role("link").nth(2).click()
    ann.sees("from the other page")

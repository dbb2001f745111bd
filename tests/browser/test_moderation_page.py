"""Moderating and administrating in a browser: what is done to somebody holds in his own page, at once."""

import json
import re
import urllib.request

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_coming_in import log_in, register
from tests.browser.test_rooms import choose, make_room, open_settings, stands_in
from tests.harness.actor import PASSWORD
from tests.harness.administrator import claim
from tests.harness.server import Server


def bring(visit: Visit, room: str, *names: str) -> list[Person]:
    """Bring guests into a room; the first makes it."""
    people = [visit(name) for name in names]
    make_room(people[0], room, people=",".join(names[1:]))
    for person in people[1:]:
        person.page.get_by_role("button", name="Come in").click()
        stands_in(person, room)
    people[0].page.get_by_role("button", name=f"{len(names)} members").click()
    return people


def ask_for(person: Person, whom: str, what: str) -> Locator:
    """Choose something to be done with a member; give the dialog that asks for the rest."""
    choose(person, f"What to do with {whom}", what)
    return person.page.get_by_role("dialog")


def test_a_role_and_a_mute_and_a_ban(visit: Visit) -> None:
    """A moderator has what he may do in his menus; who is muted is told where he would write; who is banned is out."""
    ann, bob, carl = bring(visit, "tea", "ann", "bob", "carl")
    dialog = ask_for(ann, "bob", "Change the role")
    dialog.get_by_role("radio", name="Moderator").check()
    dialog.get_by_role("button", name="Change the role").click()
    expect(ann.page.get_by_text("bob is now: Moderator.")).to_be_visible()
    bob.page.get_by_role("button", name="3 members").click()
    dialog = ask_for(bob, "carl", "Mute")
    dialog.get_by_label("Why").fill("enough")
    dialog.get_by_role("button", name="Mute").click()
    expect(bob.page.get_by_text("carl is muted here.")).to_be_visible()
    expect(carl.page.get_by_text("You may not write here until")).to_be_visible()
    expect(carl.composer).to_be_hidden()
    dialog = ask_for(bob, "carl", "Ban")
    dialog.get_by_label("For how long").select_option("3600")
    dialog.get_by_role("button", name="Ban").click()
    expect(carl.page.get_by_text("bob has put you out of #tea and keeps you out.")).to_be_visible()
    expect(carl.page.get_by_text("You are not in this room")).to_be_visible()
    settings = open_settings(ann)
    settings.get_by_role("tab", name="Bans and invitations").click()
    banned = settings.get_by_role("region", name="Banned")
    expect(banned.get_by_text("by bob")).to_be_visible()
    banned.get_by_role("button", name="Take carl off the list").click()
    expect(banned.get_by_text("Nobody is kept out.")).to_be_visible()
    expect(banned.get_by_role("textbox")).to_have_count(0)
    banned.get_by_role("button", name="Add").click()
    expect(banned.get_by_label("Whom to ban")).to_be_focused()
    banned.get_by_label("Whom to ban").fill("spam*")
    banned.get_by_label("Why").fill("ads")
    banned.get_by_label("Whom to ban").press("Enter")
    expect(banned.get_by_role("list", name="Banned")).to_contain_text("ads")
    expect(banned.get_by_role("button", name="Add")).to_be_focused()
    settings.get_by_role("tab", name="Moderation log").click()
    expect(settings.get_by_role("list", name="Moderation log")).to_contain_text("bob · ban · carl")


def test_a_program_writes_by_a_webhook(visit: Visit) -> None:
    """Its address is shown once; what is posted there is said in the room, and nothing once it is revoked."""
    ann = visit("ann", come_in=False)
    register_account(ann)
    make_room(ann, "ops")
    settings = open_settings(ann)
    settings.get_by_role("tab", name="Webhooks").click()
    settings.get_by_label("Label").fill("ci")
    settings.get_by_role("button", name="Make it").click()
    address = settings.get_by_role("textbox", name="Address", exact=True).input_value()
    body = json.dumps({"text": "build ok"}).encode()
    request = urllib.request.Request(address, body, {"content-type": "application/json"})  # noqa: S310 - of this very server
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - as above
        assert answer.status == 200
    ann.sees("build ok")
    settings.get_by_role("button", name="Revoke ci").click()
    settings.get_by_role("button", name="Revoke it for good").click()
    expect(settings.get_by_text("The webhook is worth nothing any more.")).to_be_visible()
    expect(settings.get_by_role("list", name="Webhooks")).to_be_hidden()


def test_an_administrator_disables_an_account(visit: Visit, server: Server) -> None:
    """It is logged in no longer; the audit shows who did it, as it is done."""
    claim(server, "owner", "auto")
    owner, bob = visit("owner", come_in=False), visit("bob", come_in=False)
    log_in(owner, PASSWORD)
    expect(owner.composer).to_be_visible()
    register_account(bob)
    choose(owner, "owner online: your account and presence", "Administration")
    admin = owner.page.get_by_role("dialog", name="Administration")
    people = admin.get_by_role("list", name="People")
    expect(people.get_by_role("listitem")).to_have_count(2)
    admin.get_by_label("Find somebody").fill("BO")
    expect(people.get_by_role("listitem")).to_have_count(1)
    expect(people).to_contain_text("online")
    people.get_by_role("button", name="What to do with bob").click()
    owner.page.get_by_role("menuitem", name="Disable the account").click()
    asked = owner.page.get_by_role("dialog", name="Disable the account of bob?")
    asked.get_by_label("Why").fill("spam")
    bob.forgiven.append("403")
    with bob.page.expect_response("**/api/v1/session") as checked:
        asked.get_by_role("button", name="Disable the account").click()
    expect(asked).to_be_hidden()
    expect(people.get_by_text("disabled")).to_be_visible()
    told = bob.page.get_by_text("Your account was disabled.")
    expect(told).to_be_visible()
    # The page has asked whether its session is over, and knows better than to say so.
    assert checked.value.status == 403
    expect(told).to_be_visible()
    bob.page.reload()
    expect(bob.page.get_by_role("alert")).to_contain_text("is disabled. Ask an administrator")
    admin.get_by_role("tab", name="Audit").click()
    trail = admin.get_by_role("list", name="Audit")
    expect(trail).to_contain_text("owner · account disabled · bob — spam")
    admin.get_by_role("tab", name="Invitations").click()
    admin.get_by_label("What it is for").fill("class 4b")
    admin.get_by_role("button", name="Make a link").click()
    expect(admin.get_by_role("textbox", name="Your invitation")).to_have_value(re.compile("/invite/"))
    expect(admin.get_by_role("list", name="Open invitations")).to_contain_text("class 4b")
    admin.get_by_role("tab", name="Server", exact=True).click()
    admin.get_by_role("button", name="Read the settings again").click()
    expect(admin.get_by_text("The settings are read again.")).to_be_visible()


def register_account(person: Person) -> None:
    """Open an account by the page, and be in."""
    person.page.get_by_role("tab", name="New account").click()
    register(person)
    expect(person.composer).to_be_visible()

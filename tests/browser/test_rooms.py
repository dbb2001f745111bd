"""Rooms in a browser: people find them, make them, are let in, and see at once what holds there."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person


def choose(person: Person, button: str, item: str) -> None:
    """Open a menu, and choose something."""
    person.page.get_by_role("button", name=button, exact=True).click()
    person.page.get_by_role("menuitem", name=item, exact=True).click()


def choose_level(person: Person, button: str, level: str) -> None:
    """Open a room's menu, and choose of what one is told there."""
    person.page.get_by_role("button", name=button, exact=True).click()
    person.page.get_by_role("group", name="Notifications").get_by_role("menuitemradio", name=level).click()


def make_room(person: Person, name: str, access: str = "", key: str = "", people: str = "") -> None:
    """Make a room, and be there."""
    choose(person, "Find or make a room", "New room")
    dialog = person.page.get_by_role("dialog", name="New room")
    dialog.get_by_label("Name", exact=True).fill(name)
    if access:
        dialog.get_by_label("Who may come in").select_option(access)
    dialog.get_by_label("Key").fill(key)
    dialog.get_by_label("Invite").fill(people)
    dialog.get_by_role("button", name="Make the room").click()
    expect(dialog).to_be_hidden()
    stands_in(person, name)


def stands_in(person: Person, name: str) -> None:
    """Wait until he looks at a room."""
    expect(person.page.get_by_role("heading", name=name, level=1)).to_be_visible()


def link(person: Person, name: str) -> Locator:
    """Find the way into a room in his list."""
    return person.page.get_by_role("navigation", name="Rooms").get_by_role("link", name=re.compile(rf"\b{name}\b"))


def browse(person: Person, text: str) -> Locator:
    """Look for a room in the list of all."""
    choose(person, "Find or make a room", "Browse rooms")
    dialog = person.page.get_by_role("dialog", name="Browse rooms")
    dialog.get_by_role("searchbox", name="Find a room").fill(text)
    return dialog


def open_settings(person: Person) -> Locator:
    """Look at everything that holds in the room that he looks at."""
    choose(person, "More about this room", "Room settings")
    return person.page.get_by_role("dialog", name=re.compile("settings"))


def test_a_room_is_made_found_and_entered_with_its_key(visit: Visit) -> None:
    """Who makes it owns it; a wrong key is refused where it was typed, and the right one opens."""
    ann, bob = visit("ann"), visit("bob")
    make_room(ann, "tea", key="oolong")
    ann.says("the kettle is on")
    found = browse(bob, "tea")
    found.get_by_role("button", name="Join #tea").click()
    expect(found.get_by_role("alert")).to_contain_text("key")
    found.get_by_label("Key").fill("wrong")
    found.get_by_role("button", name="Come in").click()
    expect(found.get_by_role("alert")).to_contain_text("key")
    found.get_by_label("Key").fill("oolong")
    found.get_by_role("button", name="Come in").click()
    stands_in(bob, "tea")
    bob.sees("the kettle is on")
    ann.page.get_by_role("button", name="2 members").click()
    members = ann.page.get_by_role("list", name="Members")
    expect(members.get_by_text("Owner")).to_be_visible()
    expect(members.get_by_text("bob", exact=True)).to_be_visible()
    make_room_again = visit("carol")
    choose(make_room_again, "Find or make a room", "New room")
    dialog = make_room_again.page.get_by_role("dialog", name="New room")
    dialog.get_by_label("Name", exact=True).fill("tea")
    dialog.get_by_role("button", name="Make the room").click()
    expect(dialog.get_by_role("alert")).to_contain_text("There is a room #tea already")


def test_who_knocks_is_let_in(visit: Visit) -> None:
    """A private room is in no list; its owner hears who would like to come in, and lets him."""
    ann, bob = visit("ann"), visit("bob")
    make_room(ann, "vault", access="private")
    expect(link(ann, "vault")).to_contain_text("Private room")
    found = browse(bob, "vault")
    found.get_by_role("button", name="Join #vault").click()
    expect(found.get_by_role("alert")).to_be_visible()
    found.get_by_label("What do you want to tell them").fill("it is me")
    found.get_by_role("button", name="Ask to be let in").click()
    expect(found.get_by_text("They have been asked")).to_be_visible()
    expect(ann.page.get_by_text("bob would like to come into #vault: it is me")).to_be_visible()
    ann.page.get_by_role("button", name="Let in").click()
    expect(bob.page.get_by_text("ann invites you into #vault")).to_be_visible()
    bob.page.get_by_role("button", name="Come in").click()
    stands_in(bob, "vault")


def test_settings_are_seen_by_the_other_at_once(visit: Visit) -> None:
    """Whoever may not change them sees why; a room that is renamed keeps its place for both."""
    ann, bob = visit("ann"), visit("bob")
    make_room(ann, "garden", people="bob")
    bob.page.get_by_role("button", name="Come in").click()
    stands_in(bob, "garden")
    seen = open_settings(bob)
    expect(seen.get_by_role("switch", name="Archived")).to_be_disabled()
    expect(seen.get_by_text("Deputies and owners of this room change this.").first).to_be_visible()
    changed = open_settings(ann)
    topic = changed.get_by_label("Topic", exact=True)
    topic.fill("what grows")
    changed.get_by_role("button", name="Save").click()
    expect(changed.get_by_text("It is changed.")).to_be_visible()
    expect(seen.get_by_label("Topic", exact=True)).to_have_value("what grows")
    changed.get_by_role("switch", name="Only speakers write").click()
    expect(seen.get_by_role("switch", name="Only speakers write")).to_be_checked()
    changed.get_by_label("Most members").fill("-1")
    changed.get_by_label("Name", exact=True).fill("#orchard")
    changed.get_by_role("button", name="Save").first.click()
    expect(seen.get_by_label("Name", exact=True)).to_have_value("#orchard")
    bob.page.keyboard.press("Escape")
    stands_in(bob, "orchard")
    expect(link(bob, "orchard")).to_be_visible()


def test_the_list_is_arranged_as_one_likes(visit: Visit) -> None:
    """What is pinned stands on top, what is muted is marked, what is folded hides; also after a reload, and by keys."""
    ann, bob = visit("ann"), visit("bob")
    make_room(ann, "milk", people="bob")
    make_room(ann, "tea")
    choose(ann, "What to do with tea", "Pin to the top")
    choose_level(ann, "What to do with milk", "Nothing")
    ann.page.reload()
    expect(ann.page.get_by_role("region", name="Pinned").get_by_role("link")).to_have_count(1)
    expect(link(ann, "milk")).to_contain_text("muted")
    link(ann, "tea").focus()
    ann.page.keyboard.press("ArrowDown")
    expect(link(ann, "lobby")).to_be_focused()
    ann.page.get_by_role("button", name="Rooms", exact=True).click()
    expect(link(ann, "milk")).to_be_hidden()
    bob.says("@ann look")
    expect(link(ann, "lobby")).to_contain_text("message for you")
    ann.page.get_by_role("button", name="Rooms", exact=True).click()
    choose(ann, "What to do with milk", "Leave")
    ann.page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(link(ann, "milk")).to_be_hidden()


def test_what_was_said_is_saved_as_a_file(visit: Visit, tmp_path: Path) -> None:
    """In the format that one has chosen, with how much it was."""
    ann = visit("ann")
    make_room(ann, "tea")
    for number in range(3):
        ann.says(f"cup {number}")
        ann.sees(f"cup {number}")
    choose(ann, "More about this room", "Export what was said")
    dialog = ann.page.get_by_role("dialog")
    dialog.get_by_label("Format").select_option("markdown")
    with ann.page.expect_download() as saved:
        dialog.get_by_role("button", name="Save as a file").click()
    expect(dialog.get_by_text("3 messages")).to_be_visible()
    assert saved.value.suggested_filename.endswith(".md")
    saved.value.save_as(tmp_path / "tea.md")
    text = (tmp_path / "tea.md").read_text()
    assert [line for line in text.splitlines() if line.startswith("> ")] == [f"> cup {number}" for number in range(3)]
    assert text.rstrip().endswith("3 messages")


def test_a_link_is_copied_where_there_is_no_clipboard(visit: Visit) -> None:
    """Browsers offer none to a page by plain HTTP from another machine; from both menus it is copied all the same."""
    ann = visit("ann", come_in=False)
    ann.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    ann.come_in()
    for button in ("More about this room", "What to do with lobby"):
        choose(ann, button, "Copy link")
        expect(ann.page.get_by_text("The link is copied.").last).to_be_visible()
        ann.composer.press("ControlOrMeta+v")
        expect(ann.composer).to_have_value(re.compile(r"/c/lobby$"))
        ann.composer.fill("")

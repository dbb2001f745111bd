"""Conversations of several people: begun, joined by others, called something else, and left."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_rooms import choose, link, open_settings, stands_in


def gather(person: Person, *names: str) -> None:
    """Begin a conversation with people by their names."""
    choose(person, "Begin a conversation", "New conversation")
    dialog = person.page.get_by_role("dialog", name="New conversation")
    field = dialog.get_by_role("combobox", name="With whom")
    for name in names:
        field.fill(name)
        field.press("Enter")
        expect(dialog.get_by_role("button", name=f"Without {name}")).to_be_visible()
    dialog.get_by_role("button", name="Begin a group").click()
    expect(dialog).to_be_hidden()


def block(person: Person, name: str) -> None:
    """Hear nothing of somebody any more, who may know it."""
    person.page.goto(f"/c/lobby?dialog=block/{name}")
    dialog = person.page.get_by_role("dialog", name=f"Block {name}?")
    dialog.get_by_role("button", name="Block", exact=True).click()
    expect(dialog).to_be_hidden()


def test_a_group_begins_grows_and_is_left(visit: Visit) -> None:
    """Who is taken in sees what is said; who has blocked one is not, and whom one blocks is not heard there."""
    ann, bob, cat, dan, eve = (visit(name) for name in ("ann", "bob", "cat", "dan", "eve"))
    block(eve, "ann")
    gather(ann, "bob", "cat")
    stands_in(ann, "ann, bob, cat")
    ann.says("for two")
    for person in (bob, cat):
        link(person, "ann, bob, cat").click()
        person.sees("for two")
    choose(ann, "More about this room", "Invite people")
    dialog = ann.page.get_by_role("dialog", name="Invite")
    dialog.get_by_label("Names").fill("dan, eve, nobody")
    dialog.get_by_role("button", name="Invite").click()
    expect(dialog.get_by_role("alert")).to_contain_text("eve takes no messages from you")
    expect(dialog.get_by_role("alert")).to_contain_text("Nobody is called nobody")
    expect(dialog.get_by_label("Names")).to_have_value("eve, nobody")
    dialog.get_by_role("button", name="Cancel").click()
    expect(ann.page.get_by_role("button", name="4 members")).to_be_visible()
    link(dan, "ann, bob, cat").click()
    dan.sees("for two")
    block(dan, "bob")
    link(dan, "ann, bob, cat").click()
    bob.says("from bob")
    cat.sees("from bob")
    cat.says("from cat")
    dan.sees("from cat")
    expect(dan.timeline.get_by_text("from bob")).to_have_count(0)
    settings = open_settings(ann)
    name = settings.get_by_role("textbox", name="Name", exact=True)
    name.fill("#picnic")
    settings.get_by_role("button", name="Save").first.click()
    for person in (ann, bob, dan):
        expect(person.page.get_by_role("heading", name="picnic", level=1, include_hidden=True)).to_be_attached()
    ann.page.keyboard.press("Escape")
    choose(cat, "More about this room", "Leave")
    leaving = cat.page.get_by_role("dialog", name=re.compile("Leave"))
    expect(leaving).to_contain_text("one of them has to take you in again")
    leaving.get_by_role("button", name="Leave").click()
    expect(link(cat, "picnic")).to_have_count(0)
    expect(ann.page.get_by_role("button", name="3 members")).to_be_visible()
    bob.says("without cat")
    ann.sees("without cat")

"""Two tabs of one browser: the same person, and nothing is said twice."""

from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_offline import forgive, is_lost
from tests.harness.server import Server

KEEP_NOTHING: Final = """
const forbid = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {get: forbid});
indexedDB.open = forbid;
window.BroadcastChannel = class { constructor() { forbid(); } };
"""
"""What Firefox does where somebody has blocked cookies, and with them all that pages keep."""


def open_tab(person: Person) -> Person:
    """Open another tab in somebody's browser: he is in at once."""
    page: Page = person.page.context.new_page()
    tab = Person(person.name, page)
    page.goto("/")
    expect(tab.composer).to_be_visible()
    return tab


def test_two_tabs_are_one_person(visit: Visit) -> None:
    """What is written in one is seen in the other, also while it is only begun."""
    ann = visit("ann")
    bob = visit("bob")
    tab = open_tab(ann)
    tab.says("from the second tab")
    for person in (ann, bob):
        person.sees("from the second tab")
    ann.composer.fill("begun here")
    expect(tab.composer).to_have_value("begun here")
    assert not tab.complaints


def test_a_tab_sends_what_another_left_behind(visit: Visit, server: Server) -> None:
    """What waited in a tab that was closed is sent by the one that is left, and nothing twice."""
    ann = visit("ann")
    tab = open_tab(ann)
    bob = visit("bob")
    server.kill()
    is_lost(tab)
    is_lost(ann)
    ann.says("from the first tab")
    tab.says("from the second tab")
    expect(ann.page.get_by_text("from the second tab")).to_be_visible()
    tab.page.close()
    server.start()
    bob.sees("from the first tab")
    bob.sees("from the second tab")
    for text in ("from the first tab", "from the second tab"):
        expect(bob.timeline.get_by_role("article").filter(has_text=text)).to_have_count(1)
        expect(ann.timeline.get_by_text(text, exact=True)).to_have_count(1)
    forgive(ann, bob)


def test_whoever_lets_pages_keep_nothing_can_talk(visit: Visit) -> None:
    """A page that nothing is kept of knows of no other tab, and is all there is."""
    ann = visit("ann", come_in=False)
    ann.page.add_init_script(KEEP_NOTHING)
    ann.page.reload()
    ann.come_in()
    ann.says("from the only tab")
    ann.sees("from the only tab")

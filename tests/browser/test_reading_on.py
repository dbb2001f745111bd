"""Going from room to room and back: where one was reading, what one has left unread, looking for something there."""

import re
from typing import Final

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_rooms import link, stands_in
from tests.browser.test_timeline import QUICK, numbered, scroll, talking
from tests.conftest import StartServer

ON_TOP: Final = """log => {
  const top = log.getBoundingClientRect().top;
  const seen = [...log.querySelectorAll("article")].find((one) => one.getBoundingClientRect().top >= top);
  return Number(/number (\\d+)\\./.exec(seen.textContent)[1]);
}"""
"""Which of the numbered messages is the first that is seen as a whole."""

IS_NEAR: Final = f"""on_top => {{
  const log = document.querySelector("[role=log]");
  return Math.abs(({ON_TOP})(log) - on_top) <= 1;
}}"""
"""Whether that is one of these, or next to it."""


def goes_to(person: Person, room: str) -> None:
    """Go to another room by the list of them."""
    link(person, room).click()
    stands_in(person, room)


def said(person: Person, text: str) -> Locator:
    """Find what somebody said."""
    return person.timeline.get_by_role("article").filter(has_text=text)


def test_one_reads_on_where_one_was(visit: Visit, start_server: StartServer) -> None:
    """A room left in the middle is there when one comes back, until something new is said in it."""
    server = start_server(settings=QUICK)
    ann = visit("ann", server=server)
    ann.says("/join #tea")
    stands_in(ann, "tea")
    with talking(server) as bob:
        goes_to(ann, "lobby")
        bob.says(*numbered(0, 150))
        ann.sees("number 149.")
        scroll(ann, -2_500)
        expect(said(ann, "number 149.")).not_to_be_in_viewport()
        on_top = ann.timeline.evaluate(ON_TOP)
        goes_to(ann, "tea")
        goes_to(ann, "lobby")
        expect(said(ann, f"number {on_top + 1}.")).to_be_in_viewport()
        # What stands above a message, such as a day, belongs to it.
        ann.page.wait_for_function(IS_NEAR, arg=on_top)
        goes_to(ann, "tea")
        bob.says("something new")
        expect(link(ann, "lobby")).to_contain_text("1")
        goes_to(ann, "lobby")
        expect(said(ann, "something new")).to_be_in_viewport()


def test_what_is_left_unread_stays_so(visit: Visit) -> None:
    """Also while one looks at it; whoever comes back is led there, and then it is read."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("/join #tea")
    stands_in(ann, "tea")
    goes_to(ann, "lobby")
    for text in ("first", "second", "third"):
        bob.says(text)
        ann.sees(text)
    said(ann, "second").press("Enter")
    ann.page.get_by_role("menuitem", name="Mark unread from here").click()
    expect(link(ann, "lobby")).to_contain_text("2")
    bob.says("fourth")
    ann.sees("fourth")
    expect(link(ann, "lobby")).to_contain_text("3")
    goes_to(ann, "tea")
    expect(link(ann, "lobby")).to_contain_text("3")
    goes_to(ann, "lobby")
    expect(ann.timeline.get_by_text("New messages", exact=True)).to_be_visible()
    expect(link(ann, "lobby")).not_to_contain_text("3")


def test_something_is_looked_for_in_the_room_that_one_sees(visit: Visit) -> None:
    """Its header begins the search; what is typed behind is found there, and not elsewhere."""
    ann = visit("ann")
    ann.says("green tea")
    ann.sees("green tea")
    ann.says("/join #tea")
    stands_in(ann, "tea")
    ann.says("black tea")
    ann.sees("black tea")
    ann.page.get_by_role("button", name="Search in this room").click()
    field = ann.page.get_by_role("searchbox", name="What to look for")
    expect(field).to_be_focused()
    expect(field).to_have_value("in:#tea ")
    ann.page.keyboard.type("tea")
    ann.page.keyboard.press("Enter")
    found = ann.page.get_by_role("complementary")
    expect(found.get_by_role("link", name=re.compile("black tea"))).to_be_visible()
    expect(found.get_by_text("1 found")).to_be_visible()
    ann.page.get_by_role("button", name="Search in this room").click()
    expect(found).to_have_count(0)

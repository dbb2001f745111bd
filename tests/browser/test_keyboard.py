"""With the keyboard alone, from the door to everything that people do every day: nothing here is clicked."""

from typing import Final

from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_account import own_button
from tests.browser.test_rooms import stands_in

MOST_KEYS: Final = 60
"""Presses after which something counts as out of reach."""


TYPE_QUICKLY: Final = """(element, keys) => {
    for (const key of keys) element.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
}"""
"""Let several keys come before the page can do anything else, as on a busy machine."""


def press_until(person: Person, key: str, wanted: Locator) -> None:
    """Press a key until what is wanted has the focus."""
    for _ in range(MOST_KEYS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        person.page.keyboard.press(key)
    expect(wanted).to_be_focused()


def enter(person: Person, text: str) -> None:
    """Type something where the focus is, and press Enter."""
    person.page.keyboard.type(text)
    person.page.keyboard.press("Enter")


def said(person: Person, text: str) -> Locator:
    """Find what somebody said."""
    return person.timeline.get_by_role("article", name=text)


def choose(person: Person, key: str, item: str) -> None:
    """Open what has the focus, and go to an item of its menu by the letter that it begins with."""
    person.page.keyboard.press("Enter")
    expect(person.page.get_by_role("menuitem").first).to_be_focused()
    press_until(person, key, person.page.get_by_role("menuitem", name=item, exact=True))
    person.page.keyboard.press("Enter")


def test_a_conversation_without_a_mouse(visit: Visit) -> None:
    """From the door into the room: what is said there is answered, and reacted to."""
    ann, bob = visit("ann", come_in=False), visit("bob")
    expect(ann.page.get_by_label("Your name")).to_be_focused()
    enter(ann, "ann")
    expect(ann.composer).to_be_focused()
    enter(ann, "hello")
    bob.sees("hello")
    bob.says("tea or coffee?")
    ann.sees("tea or coffee?")
    press_until(ann, "Shift+Tab", ann.timeline)
    press_until(ann, "ArrowUp", said(ann, "bob: tea or coffee?"))
    choose(ann, "r", "Reply")
    expect(ann.composer).to_be_focused()
    enter(ann, "tea, please")
    expect(said(bob, "ann: tea, please")).to_contain_text("tea or coffee?")
    expect(ann.composer).to_be_focused()
    press_until(ann, "Shift+Tab", ann.timeline)
    press_until(ann, "ArrowUp", said(ann, "ann: hello"))
    press_until(ann, "ArrowDown", said(ann, "bob: tea or coffee?"))
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("menuitem").first).to_be_focused()
    ann.page.keyboard.press("Enter")
    expect(said(bob, "bob: tea or coffee?").get_by_role("button", name="ann")).to_be_visible()
    ann.page.keyboard.press("Escape")
    expect(ann.composer).to_be_focused()


def test_the_messages_are_one_stop(visit: Visit) -> None:
    """Tab leads past all names and links to the list, from a message to its links, and out of it again."""
    ann, bob = visit("ann"), visit("bob")
    for number in range(8):
        bob.says(f"look: https://example.org/{number}")
        ann.sees(f"look: https://example.org/{number}")
    keys = ann.page.keyboard
    passed = 0
    while not ann.timeline.evaluate("log => log.contains(document.activeElement)"):
        keys.press("Shift+Tab")
        passed += 1
        assert passed < MOST_KEYS
    expect(ann.timeline).to_be_focused()
    press_until(ann, "ArrowUp", said(ann, "bob: look: https://example.org/6"))
    keys.press("Tab")
    expect(ann.timeline.get_by_role("link", name="https://example.org/6")).to_be_focused()
    keys.press("Tab")
    assert not ann.timeline.evaluate("log => log.contains(document.activeElement)")
    keys.press("Shift+Tab")
    expect(ann.timeline).to_be_focused()
    keys.press("Tab")
    assert not ann.timeline.evaluate("log => log.contains(document.activeElement)")
    expect(ann.timeline.locator("[inert]")).to_have_count(0)


def test_a_thread_is_one_stop(visit: Visit) -> None:
    """Tab leads past its messages to what is written; arrows lead from one to the next, and Enter to its menu."""
    ann = visit("ann")
    enter(ann, "tea?")
    ann.sees("tea?")
    press_until(ann, "Shift+Tab", ann.timeline)
    press_until(ann, "ArrowUp", said(ann, "ann: tea?"))
    choose(ann, "r", "Reply in thread")
    pane = ann.page.get_by_role("complementary", name="Thread in")
    answering = ann.page.get_by_role("textbox", name="Reply in this thread")
    expect(answering).to_be_focused()
    for number in range(3):
        enter(ann, f"see https://example.org/{number}")
        expect(pane.get_by_role("article")).to_have_count(number + 2)
    thread, messages = pane.get_by_role("feed"), pane.get_by_role("article")
    while not thread.evaluate("feed => feed.contains(document.activeElement)"):
        ann.page.keyboard.press("Shift+Tab")
    expect(thread).to_be_focused()
    for key, place in (("ArrowUp", 3), ("ArrowUp", 2), ("k", 1), ("j", 2), ("Home", 0), ("End", 3), ("ArrowUp", 2)):
        ann.page.keyboard.press(key)
        expect(messages.nth(place)).to_be_focused()
    ann.page.keyboard.press("Tab")
    expect(pane.get_by_role("link", name="https://example.org/1")).to_be_focused()
    ann.page.keyboard.press("Shift+Tab")
    expect(thread).to_be_focused()
    thread.evaluate(TYPE_QUICKLY, ["Tab", "ArrowDown"])
    expect(messages.nth(3)).to_be_focused()
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("menuitem").first).to_be_focused()


def test_escape_takes_away_one_thing_at_a_time(visit: Visit) -> None:
    """A menu goes alone, and then what it stood in."""
    page = visit("ann").page
    page.get_by_role("button", name="1 member").click()
    menu = page.get_by_role("button", name="What to do with ann")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(menu).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="1 member")).to_have_count(0)


def test_rooms_and_settings_without_a_mouse(visit: Visit) -> None:
    """To another room and back, to one's settings and out of them; what is typed too early is said nowhere."""
    ann = visit("ann")
    keys = ann.page.keyboard
    enter(ann, "/join #tea")
    stands_in(ann, "tea")
    keys.press("Alt+ArrowUp")
    stands_in(ann, "lobby")
    held = list[Route]()
    ann.page.route("**/assets/*.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    keys.press("Control+k")
    expect(ann.page.get_by_role("dialog", name="Loading")).to_be_focused()
    enter(ann, "said too early")
    # First, so that none is held that is asked for meanwhile.
    ann.page.route("**/assets/*.js", lambda route: route.continue_())
    for route in held:
        route.continue_()
    expect(ann.page.get_by_role("combobox", name="A room, a person")).to_be_focused()
    enter(ann, "tea")
    stands_in(ann, "tea")
    own = ann.page.get_by_role("button", name=own_button("ann"))
    press_until(ann, "Shift+Tab", own)
    choose(ann, "a", "Account and settings")
    settings = ann.page.get_by_role("dialog", name="Your account")
    expect(settings).to_be_visible()
    press_until(ann, "Tab", settings.get_by_role("tab", selected=True))
    press_until(ann, "ArrowRight", settings.get_by_role("tab", name="Looks"))
    press_until(ann, "Tab", settings.get_by_label("Colours"))
    keys.type("Dark")
    expect(ann.page.locator(":root")).to_have_attribute("data-theme", "dark")
    keys.press("Escape")
    expect(settings).to_be_hidden()
    expect(own).to_be_focused()
    keys.press("Alt+ArrowUp")
    stands_in(ann, "lobby")
    keys.press("c")
    expect(ann.composer).to_be_focused()
    enter(ann, "done without a mouse")
    ann.sees("done without a mouse")
    expect(ann.timeline.get_by_text("said too early")).to_have_count(0)

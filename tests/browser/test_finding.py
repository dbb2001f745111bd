"""Finding one's way: by keys alone, by search, to people, by what calls one, and with a finger on a phone."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person

PHONE: Final = {"width": 390, "height": 844}

STUB: Final = """
window.told = [];
window.Notification = class {
  static permission = "granted";
  static requestPermission = async () => "granted";
  constructor(title, options) { Object.assign(this, options, { title, isClosed: false }); told.push(this); }
  close() { this.isClosed = true; }
};
"""
"""Notifications that can be looked at: a browser without a screen shows none."""

SWIPE: Final = """([from, to]) => {
  const surface = document.elementFromPoint(from, 300);
  const send = (type, x) => surface.dispatchEvent(new PointerEvent(type, {
    pointerType: "touch", isPrimary: true, pointerId: 1, bubbles: true, clientX: x, clientY: 300,
  }));
  send("pointerdown", from); send("pointermove", (from + to) / 2); send("pointerup", to);
}"""


def test_everything_is_reached_by_keys(visit: Visit) -> None:
    """From the door to a message, to another room by a few letters of it, and to the keys themselves."""
    ann = visit("ann", come_in=False)
    page, keys = ann.page, ann.page.keyboard
    field = page.get_by_label("Your name")
    while not field.evaluate("field => field === document.activeElement"):
        keys.press("Tab")
    keys.type("ann")
    keys.press("Enter")
    expect(ann.composer).to_be_focused()
    keys.type("hello")
    keys.press("Enter")
    ann.sees("hello")
    _come_into(page, "green-tea")
    keys.press("Control+k")
    expect(page.get_by_role("dialog", name="Go to")).to_be_visible()
    keys.type("lby")
    expect(page.get_by_role("option", selected=True)).to_contain_text("#lobby")
    keys.press("Enter")
    expect(page).to_have_url(re.compile("/c/lobby$"))
    expect(ann.composer).to_be_focused()
    keys.press("Alt+ArrowDown")
    expect(page).to_have_url(re.compile("/c/green-tea$"))
    keys.press("Control+/")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Next room")
    keys.press("Escape")
    expect(ann.composer).to_be_focused()
    keys.type("where ? writes")
    expect(ann.composer).to_have_value("where ? writes")


def test_what_was_said_is_found_and_gone_to(visit: Visit) -> None:
    """Words and operators; hits are marked, read as the message does and lead there; what was looked for is kept."""
    ann = visit("ann")
    for text, said in (("**hot** [tea](https://example.org), `please`", "hot tea, please"), ("with milk", "with milk")):
        ann.says(text)
        ann.sees(said)
    page = ann.page
    page.keyboard.press("Control+Shift+F")
    field = page.get_by_role("searchbox", name="What to look for")
    expect(field).to_be_focused()
    expect(page.get_by_role("button", name="from:")).to_be_visible()
    field.fill("from:me tea")
    field.press("Enter")
    hit = page.get_by_role("region", name="#lobby").get_by_role("link")
    expect(hit).to_contain_text("hot tea, please")
    expect(hit.locator("mark")).to_have_text("tea")
    expect(page.get_by_text("1 found")).to_be_visible()
    hit.click()
    expect(page).to_have_url(re.compile(r"/m/\d+-\d+"))
    ann.sees("hot tea, please")
    field.fill("in:#nowhere tea")
    field.press("Enter")
    expect(page.get_by_role("complementary").get_by_text(re.compile("nowhere")).first).to_be_visible()
    page.get_by_role("complementary").get_by_role("button", name="Close").click()
    page.keyboard.press("Control+Shift+F")
    expect(page.get_by_role("button", name="from:me tea")).to_be_visible()


def test_a_conversation_begins_with_one_or_several(visit: Visit) -> None:
    """By a few letters of names; with one it begins when something is said, with several at once."""
    ann, bob, eve = visit("ann"), visit("bob"), visit("eve")
    page = ann.page
    _choose(page, "New conversation", ["bo"])
    expect(page).to_have_url(re.compile("/d/bob$"))
    ann.says("only for you")
    ann.sees("only for you")
    bob.page.get_by_role("link", name="ann").click()
    bob.sees("only for you")
    _choose(page, "New conversation", ["bo", "ev"])
    expect(page).to_have_url(re.compile("/c/ann%2Bbob%2Beve$"))
    ann.says("for both")
    eve.page.get_by_role("navigation").get_by_role("link").filter(has_text=re.compile("bob")).click()
    eve.sees("for both")
    _choose(page, "New conversation", [], "nobody")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("nobody")


def test_somebody_is_looked_at_and_blocked(visit: Visit) -> None:
    """Who he is and where one meets him; nothing of him is heard until that is taken back."""
    ann, bob = visit("ann"), visit("bob")
    bob.says("good morning")
    ann.timeline.get_by_role("article").filter(has_text="good morning").get_by_role("button", name="bob").click()
    profile = ann.page.get_by_role("complementary", name="Profile")
    expect(profile).to_contain_text("Here")
    expect(profile.get_by_role("link", name="#lobby")).to_be_visible()
    profile.get_by_role("button", name="Block").click()
    dialog = ann.page.get_by_role("dialog", name="Block bob?")
    dialog.get_by_label("For how long").select_option(label="A day")
    dialog.get_by_role("switch", name="Let bob know").uncheck()
    dialog.get_by_role("button", name="Block").click()
    expect(ann.page.get_by_role("status").filter(has_text="bob is blocked")).to_be_visible()
    ann.page.goto("/c/lobby?side=person/bob")
    profile.get_by_role("button", name="Unblock").click()
    expect(profile.get_by_role("button", name="Block", exact=True)).to_be_visible()
    bob.says("@ann hello")
    ann.sees("hello")


def test_who_does_not_look_is_called(visit: Visit) -> None:
    """The title counts; a notification for each room, asked for by a button, leads there and goes with reading."""
    ann, bob = visit("ann", come_in=False), visit("bob")
    ann.page.add_init_script(STUB)
    ann.page.reload()
    ann.come_in()
    page = ann.page
    expect(page).to_have_title("#lobby – hubbub")
    page.goto("/c/lobby?dialog=notifications")
    page.get_by_role("switch", name="Tell me when I do not look").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    _write_to(bob, "ann", "one")
    expect(page).to_have_title("(1) #lobby – hubbub")
    bob.says("two")
    expect(page).to_have_title("(2) #lobby – hubbub")
    page.wait_for_function("() => told.length === 2")
    assert page.evaluate("told.map(one => [one.title, one.body])") == [["@bob", "one"], ["@bob (2)", "two"]]
    assert page.evaluate("new Set(told.map(one => one.tag)).size") == 1
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", "/icon-new.svg")
    page.evaluate("told[1].onclick()")
    expect(page).to_have_url(re.compile("/d/bob$"))
    ann.sees("two")
    expect(page).to_have_title("@bob – hubbub")
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", "/icon.svg")


def test_a_phone_shows_one_thing_and_a_finger_leads_back(visit: Visit) -> None:
    """From what stands beside the room to it, to the list, and into the room again."""
    ann = visit("ann", come_in=False, viewport=PHONE, has_touch=True, is_mobile=True)
    ann.page.goto("/c/lobby")
    ann.come_in()
    page = ann.page
    ann.composer.fill("hello")
    page.get_by_role("button", name="Send", exact=True).click()
    ann.sees("hello")
    page.goto("/c/lobby?side=search")
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(ann.composer).to_be_hidden()
    page.evaluate(SWIPE, [20, 200])
    expect(ann.composer).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="lobby")).to_be_hidden()
    page.evaluate(SWIPE, [20, 200])
    room = page.get_by_role("navigation").get_by_role("link", name="lobby")
    expect(room).to_be_visible()
    page.evaluate(SWIPE, [300, 100])
    ann.sees("hello")
    page.go_back()
    expect(room).to_be_visible()


def _come_into(page: Page, room: str) -> None:
    page.goto(f"/c/{room}")
    composer = page.get_by_role("textbox", name=f"Write to #{room}")
    door = page.get_by_role("button", name=f"Come into #{room}")
    expect(composer.or_(door)).to_be_visible()
    if door.is_visible():
        door.click()
    expect(composer).to_be_visible()


def _choose(page: Page, command: str, letters: list[str], name: str = "") -> None:
    """Run a command of the switcher, and write the names that it asks for: by letters, or one that nobody has."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="A room, a person").fill(f">{command}")
    expect(page.get_by_role("option", selected=True)).to_contain_text(command)
    page.keyboard.press("Enter")
    people = page.get_by_role("combobox", name="With whom")
    for some in letters:
        people.fill(some)
        expect(page.get_by_role("option", selected=True)).to_contain_text(some)
        people.press("Enter")
    if name:
        people.fill(name)
        people.press("Enter")
    people.press("Enter")


def _write_to(person: Person, name: str, text: str) -> None:
    person.page.keyboard.press("Control+k")
    person.page.get_by_role("combobox", name="A room, a person").fill(f"@{name}")
    expect(person.page.get_by_role("option", selected=True)).to_contain_text(name)
    person.page.keyboard.press("Enter")
    expect(person.page).to_have_url(re.compile(f"/d/{name}$"))
    person.says(text)

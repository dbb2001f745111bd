"""What one prefers: how the page looks, which rooms do not call, and a connection that nobody can read."""

import re
from typing import Final

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_account import choose, dialog
from tests.browser.test_coming_in import log_in, open_tab, register
from tests.browser.test_finding import STUB
from tests.browser.test_rooms import choose_level, link, stands_in
from tests.conftest import StartServer

THE_BAR: Final = "meta[name=theme-color]"

BAR: Final = """(() => [...document.querySelectorAll("meta[name=theme-color]")]
    .find((bar) => matchMedia(bar.media).matches)?.content)"""
"""Which colour a browser takes for its own bar: that of the first that holds."""

LIGHT: Final = "#fcfaf6"
DARK: Final = "#1d1a17"


def height_of(person: Person) -> float:
    """Return how high the list of rooms draws one of them, in pixels."""
    box = link(person, "lobby").bounding_box()
    assert box is not None
    return box["height"]


def test_compact_and_without_motion(visit: Visit) -> None:
    """Both hold at once, in the other tab as well, and after a reload."""
    ann = visit("ann")
    tab = Person("ann", ann.page.context.new_page())
    tab.page.goto("/")
    root = ann.page.locator(":root")
    cosy = height_of(ann)
    choose(ann, "Account and settings")
    looks = dialog(ann, "Looks")
    looks.get_by_label("Density").select_option(label="Compact")
    looks.get_by_label("Motion").select_option(label="None")
    for page in (ann.page, tab.page):
        expect(page.locator(":root")).to_have_attribute("data-density", "compact")
        expect(page.locator(":root")).to_have_attribute("data-motion", "none")
    ann.page.keyboard.press("Escape")
    ann.page.reload()
    expect(ann.composer).to_be_visible()
    expect(root).to_have_attribute("data-density", "compact")
    assert height_of(ann) < cosy, "compact is no smaller than cosy"
    ann.page.keyboard.press("Control+k")
    expect(ann.page.get_by_role("dialog", name="Go to")).to_be_visible()
    moving = ann.page.evaluate("document.getAnimations().map(({ effect }) => effect.getComputedTiming().duration)")
    assert all(duration <= 1 for duration in moving), moving
    assert not tab.complaints


def test_the_browsers_own_bar_is_coloured_like_the_page(visit: Visit) -> None:
    """By the theme that is chosen, whatever the system says; and by the system's where none is."""
    ann = visit("ann", color_scheme="dark")
    expect(ann.page.locator(THE_BAR)).to_have_count(2)
    assert ann.page.evaluate(BAR) == DARK
    choose(ann, "Account and settings")
    colours = dialog(ann, "Looks").get_by_label("Colours")
    for theme, colour in (("Light", LIGHT), ("Dark", DARK)):
        colours.select_option(label=theme)
        expect(ann.page.locator(":root")).to_have_attribute("data-theme", theme.lower())
        assert ann.page.evaluate(BAR) == colour
    colours.select_option(label="As the system")
    ann.page.emulate_media(color_scheme="light")
    ann.page.wait_for_function(f"() => {BAR}() === '{LIGHT}'")


def test_a_room_that_does_not_call(visit: Visit) -> None:
    """A muted room counts nothing but what calls one, also after a reload, until it is unmuted."""
    ann, bob = visit("ann"), visit("bob")
    choose_level(ann, "More about this room", "Nothing")
    expect(ann.page.get_by_role("heading", level=1).get_by_role("img", name="muted")).to_be_visible()
    ann.says("/join #tea")
    stands_in(ann, "tea")
    bob.says("nothing for anybody")
    bob.says("@ann, for you")
    lobby = link(ann, "lobby")
    expect(lobby).to_contain_text("1 message for you")
    expect(lobby).to_contain_text("muted")
    ann.page.reload()
    expect(lobby).to_contain_text("muted")
    expect(lobby).to_contain_text("1 message for you")
    lobby.click()
    stands_in(ann, "lobby")
    choose_level(ann, "More about this room", "When I am called")
    link(ann, "tea").click()
    stands_in(ann, "tea")
    bob.says("for all")
    expect(lobby).to_contain_text("1 unread")


def test_what_is_mute_is_so_on_all_of_ones_devices(visit: Visit) -> None:
    """At once, in both directions, and for notifications as well."""
    ann, bob = visit("ann", come_in=False), visit("bob")
    ann.page.add_init_script(STUB)
    ann.page.reload()
    open_tab(ann, "New account")
    with ann.page.expect_response("**/api/v1/session"):
        register(ann)
    stands_in(ann, "lobby")
    choose_level(ann, "What to do with lobby", "Nothing")
    ann.page.evaluate("localStorage.setItem('hubbub.notices.', '{\"isOn\":true}')")
    ann.page.reload()
    expect(link(ann, "lobby")).to_contain_text("muted")
    ann.says("/join #tea")
    stands_in(ann, "tea")

    phone = visit("ann", come_in=False, viewport={"width": 390, "height": 844})
    log_in(phone)
    expect(link(phone, "lobby")).to_contain_text("muted")
    link(phone, "lobby").click()
    stands_in(phone, "lobby")
    muted = phone.page.get_by_role("heading", level=1).get_by_role("img", name="muted")
    expect(muted).to_be_visible()
    bob.says("for nobody")
    phone.sees("for nobody")
    choose_level(phone, "More about this room", "Everything")
    expect(muted).to_have_count(0)
    expect(link(ann, "lobby")).not_to_contain_text("muted")
    bob.says("for all")
    ann.page.wait_for_function("() => told.length === 1")
    assert ann.page.evaluate("told[0].body") == "bob: for all"

    choose_level(ann, "What to do with lobby", "Nothing")
    expect(muted).to_be_visible()
    phone.page.get_by_role("button", name="More about this room").click()
    chosen = phone.page.get_by_role("menuitemradio", checked=True)
    expect(chosen).to_have_text("Nothing: muted")
    phone.page.reload()
    expect(muted).to_be_visible()


def test_a_server_that_takes_no_passwords_in_clear_text(visit: Visit, start_server: StartServer) -> None:
    """The door says so before one is typed, and leads to the same page where nobody reads along."""
    server = start_server(settings={"tls.require": "always"})
    ann = visit("ann", server=server, come_in=False, ignore_https_errors=True)
    # No browser keeps a page whose certificate it does not know.
    ann.forgiven.append("SSL certificate error")
    told = ann.page.get_by_role("alert").filter(has_text="not encrypted")
    for tab in ("Log in", "New account"):
        open_tab(ann, tab)
        expect(told).to_contain_text("the server takes no passwords")
    told.get_by_role("link", name="Open it encrypted").click()
    expect(ann.page).to_have_url(re.compile("^https://"))
    open_tab(ann, "New account")
    expect(ann.page.get_by_role("heading", name="Come in")).to_be_visible()
    expect(ann.page.get_by_text("not encrypted")).to_have_count(0)

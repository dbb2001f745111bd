"""What whoever goes to a room has to wait for is asked for while he is about to go, and not again when he does."""

import re
from collections.abc import Callable

from playwright.sync_api import WebSocket, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person


def asks_for(room: str) -> Callable[[str | bytes], bool]:
    """Return whether a frame asks for what was said in a room last."""
    return lambda payload: f'"find_history","room":"{room}"' in str(payload) and "before" not in str(payload)


def spoken_to(visit: Visit, *names: str) -> tuple[Person, WebSocket]:
    """Let people write to somebody who is elsewhere; return him, and the connection of his page."""
    others = [visit(name) for name in names]
    ann = visit("ann", "/join", come_in=False)
    with ann.page.expect_websocket() as opened:
        ann.page.goto("/")
        ann.come_in()
    for other in others:
        other.says("/msg ann hello")
    for name in names:
        # A conversation begins before the first words in it are there.
        link = ann.page.get_by_role("navigation").get_by_role("link", name=name)
        expect(link).to_have_accessible_name(re.compile("message for you"))
    return ann, opened.value


def test_a_pointer_that_rests_on_a_link(visit: Visit) -> None:
    """Its room is there when the link is pressed."""
    ann, socket = spoken_to(visit, "bob")
    link = ann.page.get_by_role("navigation").get_by_role("link", name="bob")
    with socket.expect_event("framesent", asks_for("@bob")):
        link.hover()
    again = list[str | bytes]()
    socket.on("framesent", lambda payload: again.append(payload))  # noqa: PLW0108 - Playwright marks what it calls
    link.click()
    ann.sees("hello")
    ann.says("hello, bob")
    ann.sees("hello, bob")
    assert again
    assert not any(map(asks_for("@bob"), again))


def test_a_link_to_which_keys_lead(visit: Visit) -> None:
    """So is the room of a link that has the focus."""
    ann, socket = spoken_to(visit, "bob")
    ann.page.locator("nav [data-room='#lobby']").focus()
    with socket.expect_event("framesent", asks_for("@bob")):
        ann.page.keyboard.press("ArrowDown")
    ann.page.keyboard.press("Enter")
    ann.sees("hello")


def test_the_room_after_the_one_to_which_one_walks(visit: Visit) -> None:
    """Whoever goes on by the same keys finds it there."""
    ann, socket = spoken_to(visit, "bob", "carl")
    names = ann.page.locator("nav [data-room]").evaluate_all("links => links.map(link => link.dataset.room)")
    assert names[0] == "#lobby"
    with socket.expect_event("framesent", asks_for(names[2])):
        ann.page.keyboard.press("Alt+ArrowDown")
    expect(ann.page.get_by_role("main", name=names[1])).to_be_visible()


def test_what_the_switcher_offers(visit: Visit) -> None:
    """The room that Enter would lead to."""
    ann, socket = spoken_to(visit, "bob", "carl")
    ann.page.keyboard.press("Control+k")
    with socket.expect_event("framesent", asks_for("@carl")):
        ann.page.get_by_role("combobox", name="A room, a person").fill("carl")
    ann.page.keyboard.press("Enter")
    ann.sees("hello")

"""What whoever goes to a room has to wait for is asked for while he is about to go, and not again when he does."""

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
        expect(ann.page.get_by_role("navigation").get_by_role("link", name=name)).to_be_visible()
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

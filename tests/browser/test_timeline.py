"""Stories of the list of what was said: it keeps one's place, says what is new, and never loses a word."""

import json
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.conftest import StartServer
from tests.harness.server import Server

QUICK: Final = {"limits.burst": "5000", "limits.commands_per_second": "5000"}
"""A pace at which a room is filled at once."""

WATCH: Final = """(log, pixels) => {
  const isAtEdge = pixels < 0 ? log.scrollTop <= 0 : log.scrollTop >= log.scrollHeight - log.clientHeight - 1;
  const move = { isOver: isAtEdge };
  log.addEventListener("scrollend", () => { move.isOver = true; }, { once: true });
  return move;
}"""
"""Learn when the list has been scrolled; where it cannot be, it has."""

GOES_ON: Final = """() => {
  const log = document.querySelector("[role=log]");
  return log.scrollTop < log.scrollHeight - log.clientHeight - 1 || log.textContent.includes("number 449.");
}"""
"""Whether there is more below what is seen, or it is the end."""

IS_AT_END: Final = """() => {
  const log = document.querySelector("[role=log]");
  return log.scrollHeight - log.clientHeight - log.scrollTop <= 1;
}"""
"""Whether nothing is below what is seen; sizes are rounded."""

LOOK_ELSEWHERE: Final = """() => {
  const held = [];
  const { requestAnimationFrame } = window;
  window.requestAnimationFrame = (tell) => held.push(tell);
  const turn = (state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  };
  window.lookHere = () => {
    window.requestAnimationFrame = requestAnimationFrame;
    turn("visible");
    for (const tell of held) requestAnimationFrame(tell);
  };
  turn("hidden");
}"""
"""Have the page be where nobody sees it: it gets no frames then. Browsers that tests run show all their pages."""

TO_THE_TOP: Final = """() => {
  const log = document.querySelector("[role=log]");
  const ascend = () => {
    log.scrollTop = 0;
    requestAnimationFrame(ascend);
  };
  ascend();
}"""
"""Be at the top whenever something is drawn, as one is who holds the key down."""

NOTE_ERRORS: Final = """() => {
  window.errors = [];
  addEventListener("error", ({ message }) => errors.push(message));
}"""
"""Hear of errors that this browser keeps to the page."""

BELOW: Final = "(line, said) => said.getBoundingClientRect().y - line.getBoundingClientRect().y"
"""By how much a message stands below a line."""

SHIFT: Final = 2.0
"""By how many pixels a message may move that one reads: sizes are rounded."""


@pytest.fixture
def server(start_server: StartServer) -> Server:
    """Start a server that lets people speak quickly."""
    return start_server(settings=QUICK)


class Talker:
    """Somebody who talks by a socket, as quickly as one likes."""

    def __init__(self, connection: socket.socket, lines: Iterable[bytes], name: str) -> None:
        self._connection = connection
        self._lines = lines
        self._asked = 0
        self._send(type="hello", name=name)
        self._hear("welcome")

    def does(self, **command: object) -> str:
        """Have something done, and wait until it is; gives the message that was said by it."""
        self._asked += 1
        self._send(id=self._asked, **command)
        return self._hear("done", "answer")

    def says(self, *texts: str) -> str:
        """Say these, one after the other, and wait until all of it is stored; gives the last message."""
        for text in texts[:-1]:
            self._send(type="say", room="#lobby", text=text, id=0)
        return self.does(type="say", room="#lobby", text=texts[-1])

    def tells(self, name: str, *texts: str) -> None:
        """Tell somebody these."""
        for text in texts:
            self.does(type="tell", recipients=[name], text=text)

    def _send(self, **message: object) -> None:
        self._connection.sendall(json.dumps(message).encode() + b"\n")

    def _hear(self, *kinds: str) -> str:
        for line in self._lines:
            message = json.loads(line)
            assert message["type"] != "refusal", message
            if message["type"] in kinds and message.get("id", self._asked) == self._asked:
                return str(message.get("message", ""))
        raise AssertionError("the server has closed the connection")


@contextmanager
def talking(server: Server, name: str = "bob") -> Iterator[Talker]:
    """Let somebody come in and talk."""
    address = server.address()
    # Both are closed: otherwise the collector finds an open socket, and complains in the middle of any test.
    with socket.create_connection((address.host, address.port)) as connection, connection.makefile("rb") as lines:
        yield Talker(connection, lines, name)


def numbered(first: int, last: int) -> list[str]:
    """Return texts of several heights."""
    return [f"number {number}." + " and so on" * (number * 7 % 40) for number in range(first, last)]


def top_of(person: Person, text: str) -> float:
    """Return where a message stands in the window, from its top."""
    box = person.timeline.get_by_text(text).first.bounding_box()
    assert box is not None
    return box["y"]


def scroll(person: Person, pixels: int) -> None:
    """Turn the wheel over the list, and wait until that has moved it, if it can move: wheels turn beside the page."""
    person.timeline.hover()
    move = person.timeline.evaluate_handle(WATCH, pixels)
    person.page.mouse.wheel(0, pixels)
    person.page.wait_for_function("move => move.isOver", arg=move)


def first_seen(page: Page) -> str:
    """Return the beginning of the first message that is wholly seen."""
    return str(
        page.evaluate(
            """() => {
                const log = document.querySelector("[role=log]").getBoundingClientRect();
                const seen = [...document.querySelectorAll("[role=log] article")].find(
                    (article) => article.getBoundingClientRect().top >= log.top);
                return /number \\d+\\./.exec(seen.textContent)[0];
            }"""
        )
    )


def oldest(page: Page) -> int:
    """Return the number of the oldest message that is drawn."""
    return int(
        page.evaluate(
            """() => Math.min(...[...document.querySelectorAll("[role=log] article")]
                .map((article) => Number(/number (\\d+)\\./.exec(article.textContent)?.[1] ?? Infinity)))"""
        )
    )


def test_reading_back_moves_nothing(visit: Visit, server: Server) -> None:
    """Pages come above what one reads, up to the beginning, while others talk on, and nothing of it moves."""
    with talking(server) as bob:
        bob.says(*numbered(0, 350))
        ann = visit("ann")
        ann.sees("number 349.")
        while oldest(ann.page) > 60:
            scroll(ann, -900)
            ann.page.wait_for_function("() => document.querySelector('[role=log]').scrollTop > 400")
        read = first_seen(ann.page)
        at = top_of(ann, read)
        bob.says(*numbered(350, 360))
        expect(ann.page.get_by_role("button", name="10 new messages")).to_be_visible()
        assert abs(top_of(ann, read) - at) <= SHIFT
        scroll(ann, -100_000)
        expect(ann.page.get_by_text("This is the beginning of #lobby.")).to_be_visible()
        ann.page.get_by_role("button", name="10 new messages").click()
        ann.sees("number 359.")
        expect(ann.page.get_by_role("button", name="Jump to now")).to_have_count(0)


def test_rows_are_measured_in_the_frame_in_which_they_come(visit: Visit, server: Server) -> None:
    """Nothing is left for the next frame: what has to wait for it is an error, which Safari's console shows."""
    with talking(server) as bob:
        bob.says(*numbered(0, 350))
        ann = visit("ann")
        ann.sees("number 349.")
        ann.page.evaluate(NOTE_ERRORS)
        while oldest(ann.page) > 200:
            scroll(ann, -300)
        assert ann.page.evaluate("() => errors") == []


def test_going_up_at_once_leads_to_the_beginning(visit: Visit, server: Server) -> None:
    """Pages go on to come when one is at the top again before the last one was drawn, and nobody has to scroll anew."""
    with talking(server) as bob:
        bob.says(*(f"number {number}." for number in range(600)))
        ann = visit("ann")
        ann.sees("number 599.")
        ann.page.evaluate(TO_THE_TOP)
        expect(ann.page.get_by_text("This is the beginning of #lobby.")).to_be_visible()


def test_the_end_is_followed_only_from_there(visit: Visit, server: Server) -> None:
    """Whoever is at the end reads along; whoever is not is told how much there is, and where it begins."""
    with talking(server) as bob:
        bob.says(*numbered(0, 60))
        ann = visit("ann")
        bob.says("along with you")
        ann.sees("along with you")
        expect(ann.page.get_by_text("New messages", exact=True)).to_have_count(0)
        scroll(ann, -600)
        expect(ann.page.get_by_role("button", name="Jump to now")).to_be_visible()
        bob.says("one more", "two more", "three more")
        pill = ann.page.get_by_role("button", name="3 new messages")
        expect(pill).to_have_text("3 new")
        pill.click()
        ann.sees("three more")
        line = ann.timeline.get_by_text("New messages", exact=True)
        expect(line).to_be_visible()
        bob.says("four more")
        ann.sees("four more")
        # Both at once: the list may still be on its way to the end.
        below = line.evaluate(BELOW, ann.timeline.get_by_text("one more").element_handle())
        assert 0 < below < 90
        ann.says("I have seen it")
        expect(line).to_have_count(0)


def test_what_is_new_is_told_where_one_comes_in(visit: Visit, server: Server) -> None:
    """A room that one comes to says how much is unread and leads to the first of it; then it is read, for good."""
    with talking(server) as bob:
        ann = visit("ann")
        bob.tells("ann", *numbered(0, 40))
        link = ann.page.get_by_role("link", name="bob")
        expect(link).to_contain_text("40")
        link.click()
        ann.sees("number 39.")
        expect(link).not_to_contain_text("40")
        expect(ann.page.get_by_text("40 unread since")).to_be_visible()
        ann.page.get_by_role("button", name="Jump to first unread").click()
        expect(ann.timeline.get_by_text("New messages", exact=True)).to_be_visible()
        expect(ann.timeline.locator("article:focus")).to_contain_text("number 0.")
        ann.page.reload()
        ann.sees("number 39.")
        expect(ann.page.get_by_text("unread since")).to_have_count(0)


def test_what_came_while_one_looked_elsewhere_has_a_line_above_it(visit: Visit, server: Server) -> None:
    """In the room that is open, too: who comes back to the page sees where he left."""
    with talking(server) as bob:
        ann = visit("ann")
        bob.says("the kettle is on")
        ann.sees("the kettle is on")
        ann.page.evaluate(LOOK_ELSEWHERE)
        bob.says("it boils")
        ann.sees("it boils")
        bob.says("it is cold again")
        ann.page.evaluate("lookHere()")
        ann.sees("it is cold again")
        line = ann.timeline.get_by_text("New messages", exact=True)
        expect(line).to_be_visible()
        below = line.evaluate(BELOW, ann.timeline.get_by_text("it boils").element_handle())
        assert 0 < below < 90


def test_a_link_leads_to_a_message(visit: Visit, server: Server) -> None:
    """It stands with what was said around it, is marked and has the focus; from there one reads on to the present."""
    with talking(server) as bob:
        message = bob.says(*numbered(0, 101))
        bob.says(*numbered(101, 450))
        ann = visit("ann")
        ann.sees("number 449.")
        ann.page.goto(f"/m/{message}")
        expect(ann.timeline.locator("article:focus")).to_contain_text("number 100.")
        ann.sees("number 99.")
        ann.sees("number 101.")
        while ann.timeline.get_by_text("number 449.").count() == 0:
            # At the end of what is there, the next page comes.
            ann.page.wait_for_function(GOES_ON)
            scroll(ann, 2_000)
        ann.sees("number 449.")
        bob.says("after all of it")
        scroll(ann, 100_000)
        ann.sees("after all of it")


def test_a_link_to_what_one_cannot_read_says_so(visit: Visit, server: Server) -> None:
    """Nothing at all is there, or it is not there any more."""
    with talking(server) as bob:
        room = bob.says("hello").split("-")[0]
        ann = visit("ann")
        ann.page.goto("/m/999-1")
        expect(ann.page.get_by_text("There is no such message")).to_be_visible()
        ann.page.goto(f"/m/{room}-900")
        expect(ann.page.get_by_text("This message is not there any more.")).to_be_visible()


def test_what_is_refused_is_red_and_goes_out_after_all(visit: Visit, server: Server) -> None:
    """Whoever is refused keeps what he wrote, with the reason; it is sent once it may be, and stands there once."""
    with talking(server) as bob:
        ann = visit("ann")
        bob.tells("ann", "hello")
        ann.page.get_by_role("link", name="bob").click()
        ann.sees("hello")
        bob.does(type="block", names=["ann"])
        ann.says("may I?")
        message = ann.timeline.get_by_role("article").filter(has_text="may I?")
        expect(message.get_by_role("alert")).to_contain_text("Not sent")
        bob.does(type="unblock", names=["ann"])
        message.get_by_role("button", name="Retry").click()
        expect(message.get_by_role("alert")).to_have_count(0)
        bob.tells("ann", "you may")
        ann.sees("you may")
        expect(message).to_have_count(1)
        bob.does(type="block", names=["ann"])
        ann.says("and this?")
        refused = ann.timeline.get_by_role("article").filter(has_text="and this?")
        refused.get_by_role("button", name="Edit").click()
        expect(refused).to_have_count(0)
        expect(ann.composer).to_have_value("and this?")


def test_the_keyboard_walks_through_it(visit: Visit, server: Server) -> None:
    """One stop leads into the list; arrows, j, k, Home and End lead from message to message, Escape to writing."""
    with talking(server) as bob:
        bob.says(*numbered(0, 30))
        ann = visit("ann")
        ann.sees("number 29.")
        # What happened between the messages comes a moment later, and is where End leads to.
        expect(ann.timeline.get_by_text("ann joined")).to_be_visible()
        focused = ann.timeline.locator("article:focus, p:focus")
        ann.timeline.focus()
        ann.page.keyboard.press("End")
        ann.page.keyboard.press("k")
        expect(focused).to_contain_text("number 29.")
        ann.page.keyboard.press("ArrowUp")
        expect(focused).to_contain_text("number 28.")
        ann.page.keyboard.press("j")
        expect(focused).to_contain_text("number 29.")
        ann.page.keyboard.press("Home")
        expect(focused).to_contain_text("bob joined")
        ann.page.keyboard.press("ArrowDown")
        expect(focused).to_contain_text("number 0.")
        ann.page.keyboard.press("Escape")
        expect(ann.composer).to_be_focused()


def test_who_came_and_went_is_one_line(visit: Visit, server: Server) -> None:
    """It opens; and what others say is announced by a region of its own, not by the list."""
    ann = visit("ann")
    for name in ("carol", "dave"):
        with talking(server, name) as somebody:
            somebody.does(type="leave", room="#lobby")
    line = ann.timeline.get_by_role("button", name="carol and dave came and went")
    expect(line).to_have_attribute("aria-expanded", "false")
    line.click()
    expect(ann.timeline.get_by_role("listitem").filter(has_text="carol left")).to_be_visible()
    expect(ann.timeline).to_have_attribute("aria-live", "off")
    with talking(server) as bob:
        bob.says("hello there")
        expect(ann.page.get_by_role("status").filter(has_text="bob: hello there")).to_have_count(1)
        bob.does(type="show_typing", room="#lobby", state="active")
        expect(ann.page.get_by_text("bob is writing …")).to_be_visible()
        bob.says("done")
        expect(ann.page.get_by_text("bob is writing …")).to_have_count(0)


def test_a_folded_line_stays_open(visit: Visit, server: Server) -> None:
    """Also when more is folded into it, and when one comes back to it from elsewhere in the room."""
    ann = visit("ann")
    with talking(server, "carol") as carol:
        carol.does(type="leave", room="#lobby")
    line = ann.timeline.get_by_role("button", name="carol came and went")
    line.click()
    expect(line).to_have_attribute("aria-expanded", "true")
    with talking(server, "dave") as dave:
        dave.does(type="leave", room="#lobby")
    line = ann.timeline.get_by_role("button", name="carol and dave came and went")
    expect(line).to_have_attribute("aria-expanded", "true")
    with talking(server) as bob:
        bob.says(*numbered(0, 60))
        ann.sees("number 59.")
        expect(line).to_have_count(0)
        ann.timeline.focus()
        ann.page.keyboard.press("Home")
        expect(line).to_have_attribute("aria-expanded", "true")
        expect(ann.timeline.get_by_role("listitem").filter(has_text="dave left")).to_be_visible()


def test_a_room_opens_exactly_at_its_end(visit: Visit, server: Server) -> None:
    """Not nearly there: at first, when one comes back from elsewhere, and after the page was loaded again."""
    with talking(server) as bob:
        bob.says(*numbered(0, 150))
        ann = visit("ann")
        ann.sees("number 149.")
        ann.page.wait_for_function(IS_AT_END)
        bob.tells("ann", "hello")
        ann.page.get_by_role("link", name="bob").click()
        ann.sees("hello")
        bob.says(*numbered(150, 190))
        ann.page.get_by_role("link", name="lobby").click()
        ann.sees("number 189.")
        ann.page.wait_for_function(IS_AT_END)
        ann.page.reload()
        ann.sees("number 189.")
        ann.page.wait_for_function(IS_AT_END)

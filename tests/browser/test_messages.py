"""What a message looks like, and what people do with it; each of them in a browser of his own."""

import asyncio
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Dialog, Locator, WebSocketRoute, expect

from hubbub.client import Endpoint, Hub, connect
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.conftest import StartServer
from tests.harness.server import Server

VECTORS: Final = Path(__file__).with_name("xss.txt").read_text(encoding="utf-8").splitlines()

LONG: Final = 16_000

SLOW: Final = (
    *("x" * 10_000, "*" * LONG, "*a_" * (LONG // 3), "[" * LONG, "[a](" * (LONG // 4), "`" * LONG),
    *("> " * 5_000 + "tea", ">" * 5_000, "- " * 5_000, "||" * (LONG // 2), "a\u0301" * 2_000 + "\u0301" * 500),
)
"""Texts made to be slow, wide or tall."""

ALLOWED: Final = frozenset(
    "a article b bdi blockquote button code div em fieldset figcaption figure h1 header img legend li ol p path pre s "
    "section span strong svg time ul rect circle line polyline".upper().split()
)
"""Elements of which messages are made; the icons among them are the page's own."""

FIND_FOREIGN: Final = """(allowed) => {
  const foreign = [];
  for (const element of document.querySelectorAll("[role=log] article *")) {
    const name = element.tagName.toUpperCase();
    if (!allowed.includes(name)) foreign.push(name);
    for (const attribute of element.attributes)
      if (/^on|^srcdoc$|^formaction$/i.test(attribute.name)) foreign.push(`${name} ${attribute.name}`);
    const href = element.getAttribute("href");
    if (href !== null && !/^(https?:|mailto:|ircs?:|hubbub:|[/]c[/]|[/]m[/]|[/]d[/])/.test(href)) foreign.push(href);
  }
  return foreign;
}"""
"""What stands in messages and may not."""


BESIDE: Final = "article => getComputedStyle(article.firstElementChild, '::before').content"
"""What the stylesheet writes beside a message."""

TIME_BESIDE: Final = r'"\d?\d:\d\d.[AP]M"'

IS_SEEN_AT_ITS_TOP: Final = """(it) => {
  const { left, width, top } = it.getBoundingClientRect();
  return it.contains(document.elementFromPoint(left + width / 2, top + 3));
}"""


def message(person: Person, text: str) -> Locator:
    """Return the message that says something, as somebody sees it."""
    return person.timeline.get_by_role("article").filter(has_text=text).first


def choose(person: Person, text: str, action: str) -> None:
    """Do something with a message, by its menu."""
    one = message(person, text)
    one.hover()
    one.get_by_role("button", name="What to do with it").click()
    person.page.get_by_role("menuitem", name=action, exact=True).click()


def test_two_people_react(visit: Visit) -> None:
    """One reacts from the menu, the other by a click on that; a second click takes it back."""
    ann, bob = visit("ann"), visit("bob")
    bob.says("tea?")
    ann.sees("tea?")
    choose(ann, "tea?", "React with 👍")
    theirs = message(bob, "tea?").get_by_role("button", name="👍 1 : ann")
    theirs.click()
    both = message(ann, "tea?").get_by_role("button", name="👍 2")
    expect(both).to_have_attribute("aria-pressed", "true")
    both.click()
    expect(message(bob, "tea?").get_by_role("button", name="👍 1 : you")).to_have_attribute("aria-pressed", "true")


def test_when_what_goes_on_was_said(visit: Visit) -> None:
    """Only the first of what somebody says has a head; beside the others the time stands for who is at them."""
    ann = visit("ann")
    ann.says("tea?")
    ann.says("or coffee?")
    ann.sees("or coffee?")
    first, second = message(ann, "tea?"), message(ann, "or coffee?")
    expect(second.get_by_role("time")).to_have_count(0)
    second.hover()
    expect(second.get_by_role("time")).to_be_visible()
    expect(second.get_by_role("time")).to_have_attribute("title", re.compile(r"\d{4}"))
    first.hover()
    expect(second.get_by_role("time")).to_have_count(0)
    second.focus()
    assert re.fullmatch(TIME_BESIDE, second.evaluate(BESIDE))
    expect(first.get_by_role("time")).to_be_visible()


def test_what_can_be_done_stands_out_of_its_row(visit: Visit) -> None:
    """Rows cut off what is painted outside them, but not the buttons of the one that is pointed at."""
    ann = visit("ann")
    ann.says("tea?")
    ann.says("or coffee?")
    said = message(ann, "or coffee?")
    said.hover()
    buttons = said.get_by_role("toolbar")
    expect(buttons).to_be_visible()
    assert buttons.evaluate("(it) => it.getBoundingClientRect().top") < said.evaluate(
        "(it) => it.getBoundingClientRect().top"
    )
    assert buttons.evaluate(IS_SEEN_AT_ITS_TOP)


def test_when_what_goes_on_was_said_on_a_phone(visit: Visit) -> None:
    """A finger that comes down on it has the time shown: there is no pointer that rests anywhere."""
    bob, ann = (
        visit("bob"),
        visit("ann", "/c/lobby", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}),
    )
    bob.says("tea?")
    bob.says("or coffee?")
    ann.sees("or coffee?")
    second = message(ann, "or coffee?")
    assert second.evaluate(BESIDE) == "none"
    second.tap()
    assert re.fullmatch(TIME_BESIDE, second.evaluate(BESIDE))


def test_what_lies_over_a_message_stands_beside_it(visit: Visit) -> None:
    """Else the pointer would be on the message for ever in Safari, once it was on what is taken away."""
    ann = visit("ann")
    ann.says("tea?")
    message(ann, "tea?").hover()
    message(ann, "tea?").get_by_role("button", name="What to do with it").click()
    expect(ann.page.get_by_role("menu")).to_be_visible()
    expect(message(ann, "tea?").get_by_role("menu")).to_have_count(0)
    ann.page.get_by_role("menuitem", name="React", exact=True).click()
    expect(ann.page.get_by_role("dialog", name="Emoji")).to_be_visible()
    expect(message(ann, "tea?").get_by_role("dialog")).to_have_count(0)


def test_any_emoji_is_found_by_its_name(visit: Visit) -> None:
    """The picker is the page's own: nothing is asked of anybody else."""
    ann = visit("ann")
    asked: list[str] = []
    ann.page.on("request", lambda request: asked.append(request.url))
    ann.says("tea?")
    ann.sees("tea?")
    choose(ann, "tea?", "React")
    ann.page.get_by_role("searchbox", name="Search emoji").fill("teacup")
    ann.page.get_by_role("gridcell").first.click()
    expect(message(ann, "tea?").get_by_role("button", name="1 : you")).to_be_visible()
    origin = ann.page.evaluate("location.origin")
    assert [url for url in asked if not url.startswith(origin)] == []


def test_what_was_edited_shows_what_it_said(visit: Visit, server: Server) -> None:
    """Behind the mark is every earlier version."""
    ann = visit("ann")

    async def edit(hub: Hub) -> None:
        await hub.edit(await hub.say("#lobby", "It is raning."), "It is raining.")

    act_as("bob", server, edit)
    message(ann, "It is raining.").get_by_role("button", name="edited").click()
    versions = ann.page.get_by_role("dialog", name="Earlier versions")
    expect(versions).to_contain_text("It is raning.")
    ann.page.keyboard.press("Escape")
    expect(versions).to_have_count(0)


def test_an_answer_shows_what_it_answers(visit: Visit, server: Server) -> None:
    """In one line, which reads as the message does, and leads there."""
    ann = visit("ann")

    async def answer(hub: Hub) -> None:
        await hub.reply(await hub.say("#lobby", "Where is the **good** `kettle`?"), "On the shelf.")

    act_as("bob", server, answer)
    answered = message(ann, "On the shelf.").get_by_role("link", name="Answers")
    expect(answered).to_contain_text("Where is the good kettle?")
    answered.click()
    expect(ann.page).to_have_url(re.compile(r"/m/\d+-\d+"))


def test_one_deletes_ones_own(visit: Visit) -> None:
    """After one was asked once more; of others' messages it is not offered."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("a secret")
    bob.sees("a secret")
    bob_sees = message(bob, "a secret")
    bob_sees.hover()
    bob_sees.get_by_role("button", name="What to do with it").click()
    expect(bob.page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    expect(bob.page.get_by_role("menuitem", name="Delete")).to_have_count(0)
    choose(ann, "a secret", "Delete")
    ann.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(bob.timeline).to_contain_text("ann deleted this message")
    expect(bob.timeline).not_to_contain_text("a secret")


def test_a_thread_is_answered_beside_the_room(visit: Visit) -> None:
    """Both see it grow, in the pane and by its count in the room; who opens it can write at once."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("Which tea?")
    bob.sees("Which tea?")
    choose(bob, "Which tea?", "Reply in thread")
    expect(bob.page.get_by_role("textbox", name="Reply in this thread")).to_be_focused()
    answer(bob, "Green.")
    message(ann, "Which tea?").get_by_role("button", name="1 reply").click()
    thread = ann.page.get_by_role("complementary", name="Thread in")
    expect(thread.get_by_role("article").filter(has_text="Green.")).to_be_visible()
    answer(ann, "Jasmine, then.")
    expect(bob.page.get_by_role("complementary").get_by_role("article").last).to_contain_text("Jasmine, then.")
    expect(message(bob, "Which tea?").get_by_role("button", name="2 replies")).to_be_visible()


def answer(person: Person, text: str) -> None:
    """Write into the thread that is open."""
    composer = person.page.get_by_role("textbox", name="Reply in this thread")
    composer.fill(text)
    composer.press("Enter")


def test_pins_are_listed_and_taken_down(visit: Visit) -> None:
    """What one pins, the other finds in the pane."""
    ann, bob = visit("ann"), visit("bob", "/c/lobby?side=pins")
    pane = bob.page.get_by_role("complementary", name="Pinned in #lobby")
    expect(pane).to_contain_text("Nothing is pinned here.")
    ann.says("The kettle is on the second shelf.")
    ann.sees("second shelf")
    choose(ann, "second shelf", "Pin")
    expect(pane.get_by_role("article")).to_contain_text("second shelf")
    expect(pane.get_by_role("article").get_by_text("pinned")).to_have_text("Pinned by ann")
    pane.get_by_role("button", name="Unpin").click()
    expect(pane.get_by_role("article")).to_have_count(0)


def test_files_are_shown(visit: Visit, server: Server) -> None:
    """A picture has its place before it is there, and is seen large; everything else can be saved under its name."""
    ann = visit("ann")

    async def send(hub: Hub) -> None:
        picture = await hub.upload(_picture("#e8743b"), name="sun.png")
        other = await hub.upload(_picture("#4e6244"), name="hill.png")
        notes = await hub.upload(_pieces(b"tea\n" * 500), name="notes on leaves.txt")
        await hub.say("#lobby", "look", files=[picture, other, notes])

    act_as("bob", server, send)
    saved = ann.timeline.get_by_role("link", name="Save notes on leaves.txt")
    expect(saved).to_have_attribute("download", "notes on leaves.txt")
    small = ann.timeline.get_by_role("button", name="Show sun.png")
    expect(small.get_by_role("img")).to_have_attribute("width", "280")
    small.click()
    large = ann.page.get_by_role("dialog", name="sun.png")
    expect(large.get_by_role("img")).to_have_js_property("naturalWidth", 400)
    ann.page.keyboard.press("ArrowRight")
    expect(ann.page.get_by_role("dialog", name="hill.png")).to_be_visible()
    ann.page.keyboard.press("Escape")
    expect(ann.page.get_by_role("dialog")).to_have_count(0)


def test_code_is_coloured_and_copied(visit: Visit) -> None:
    """What is copied is what was written."""
    ann = visit("ann", permissions=["clipboard-read", "clipboard-write"])
    ann.composer.fill("```python\ndef tea():\n    return 'green'\n```")
    ann.composer.press("Enter")
    code = ann.timeline.get_by_role("figure", name="Code in python")
    expect(code.locator("span.hljs-keyword").first).to_have_text("def")
    code.get_by_role("button", name="Copy").click()
    expect(code.get_by_role("status")).to_have_text("Copied")
    assert ann.page.evaluate("navigator.clipboard.readText()") == "def tea():\n    return 'green'"


def test_what_is_hidden_is_shown_once_asked_for(visit: Visit) -> None:
    """Before, it is nowhere to be read; links in it cannot be followed."""
    ann = visit("ann")
    ann.says("it was ||[the butler](https://example.org/)||")
    ann.sees("it was")
    expect(ann.timeline.get_by_role("link")).to_have_count(0)
    ann.timeline.get_by_role("button", name="Hidden").click()
    expect(ann.timeline.get_by_role("link", name="the butler")).to_be_visible()


def test_everything_is_done_by_keyboard(visit: Visit) -> None:
    """Enter on a message shows what can be done with it; Escape leads back."""
    ann = visit("ann")
    ann.says("tea?")
    ann.sees("tea?")
    # Nothing can be done with what is still on its way.
    expect(message(ann, "tea?").locator("[data-outgoing]")).to_have_count(0)
    message(ann, "tea?").focus()
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("menuitem").first).to_be_focused()
    ann.page.keyboard.press("Escape")
    expect(message(ann, "tea?")).to_be_focused()
    ann.page.keyboard.press("Enter")
    ann.page.keyboard.press("p")
    expect(ann.page.get_by_role("menuitem", name="Pin")).to_be_focused()
    ann.page.keyboard.press("r")
    ann.page.keyboard.press("r")
    expect(ann.page.get_by_role("menuitem", name="Reply", exact=True)).to_be_focused()
    ann.page.keyboard.press("Enter")
    expect(ann.composer).to_be_focused()


def test_no_text_runs_anything_or_is_in_the_way(visit: Visit, start_server: StartServer) -> None:
    """Every vector alone and all of them together, and what is made to be slow: texts stay texts."""
    server = start_server(settings={"limits.commands_per_second": "0"})
    ann = visit("ann", server=server)
    alerts: list[str] = []

    def note(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    ann.page.on("dialog", note)

    async def say(hub: Hub) -> None:
        for text in (*VECTORS, "\n".join(VECTORS), "\n\n".join(VECTORS), *SLOW, "that was all"):
            await hub.say("#lobby", text)

    act_as("bob", server, say)
    ann.sees("that was all")
    ann.page.keyboard.press("Home")
    for step in range(0, 101, 4):
        ann.timeline.evaluate("(log, step) => { log.scrollTop = log.scrollHeight * step / 100; }", step)
        ann.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert ann.page.evaluate(FIND_FOREIGN, sorted(ALLOWED)) == []
        assert ann.timeline.evaluate("(log) => log.scrollWidth <= log.clientWidth + 1")
    assert alerts == []


def act_as(name: str, server: Server, doing: Callable[[Hub], Awaitable[None]]) -> None:
    """Let somebody who has no browser do something; in a thread, for Playwright has a loop of its own in this one."""

    async def work() -> None:
        async with connect(str(Endpoint(*server.address())), name=name) as hub:
            await doing(hub)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work()).result()


def _picture(colour: str) -> AsyncIterator[bytes]:
    file = io.BytesIO()
    Image.new("RGB", (400, 400), colour).save(file, "PNG")
    return _pieces(file.getvalue())


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


def test_what_a_slow_server_has_not_taken_waits_its_turn(visit: Visit) -> None:
    """It is not said that there is no connection, and all of it is said in its order."""
    ann = visit("ann", "/join", come_in=False)
    pages = list[WebSocketRoute]()
    held = list[str | bytes]()
    is_slow = False

    def connect(socket: WebSocketRoute) -> None:
        pages.append(socket)
        server = socket.connect_to_server()

        def ask(message: str | bytes) -> None:
            # The page sends it when everything before it is answered.
            nonlocal is_slow
            is_slow = is_slow or "line one" in str(message)
            server.send(message)

        socket.on_message(ask)
        server.on_message(lambda message: held.append(message) if is_slow else socket.send(message))

    ann.page.route_web_socket("**/ws", connect)
    ann.page.goto("/")
    ann.page.get_by_label("Your name").fill("ann")
    ann.page.keyboard.press("Enter")
    ann.says("before")
    ann.sees("before")
    expect(ann.page.get_by_text("Waits")).to_have_count(0)
    for line in ("line one", "line two"):
        ann.says(line)
    expect(ann.page.get_by_text("Waits its turn")).to_have_count(1)
    is_slow = False
    for message in held:
        pages[-1].send(message)
    expect(ann.page.get_by_text("Waits")).to_have_count(0)
    expect(ann.timeline.get_by_role("article").filter(has_text="line")).to_have_text(
        [re.compile("line one"), re.compile("line two")]
    )

"""What pages have to bear: texts that are meant to break them, crowds, wrong clocks, full disks, and sudden ends."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import WebSocketRoute, expect

from bench.__main__ import allow_open_files
from bench.crowd import Crowd
from hubbub.client import Endpoint, Hub, connect
from hubbub.core.account_requests import ChangePassword
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.village import run
from tests.harness.actor import PASSWORD
from tests.harness.processes import marked_environment
from tests.harness.server import PATIENT, Server

MEMBERS: Final = 2_000

MESSAGES: Final = 50_000

MOST_ELEMENTS: Final = 6_000
"""Of the page, however much was said: what nobody sees is not drawn."""

MOST_ROWS: Final = 60
"""Of a list of 2 000."""

SPARE_FILES: Final = 500

ZALGO: Final = "".join(letter + "\u0300\u0316\u0323\u034d\u0359\u0489" * 12 for letter in "he comes")

TURNED: Final = "\u202e\u2067txet denrut a\u202e"
"""An override and an isolate that nothing ends: what follows a text must not be turned with it."""

TEXTS: Final = {
    "16 KiB": "sixteen kibibytes " * 909,
    "a long word": "w" * 10_000,
    "zalgo": ZALGO,
    "turned": TURNED,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server for all of this, with a room in which a lot was said."""
    folder = tmp_path_factory.mktemp("hostile")
    server = Server(folder / "server", settings={**PATIENT, "limits.enabled": "false", "rooms.announce": "false"})
    (folder / "server").mkdir()
    fill(folder / "server", "#long", MESSAGES)
    server.start()
    yield server
    if server.running:
        assert server.stop() == 0, server.explain("it did not stop in an orderly way")


def fill(data: Path, room: str, messages: int) -> None:
    """Import so many messages: nothing else is as quick."""
    archive = data.with_name("long.jsonl")
    began = datetime.now(UTC) - timedelta(days=9)
    with archive.open("w") as file:
        print(json.dumps({"hubbub_export": 1, "source": "hubbub:0123456789abcdef", "made": stamp(began)}), file=file)
        print(json.dumps({"type": "room", "id": "5", "name": room}), file=file)
        for number in range(messages):
            said = {"time": stamp(began + timedelta(seconds=10 * number)), "name": "zoe", "author": "zoe"}
            text = f"this was number {number}"
            print(json.dumps({"type": "message", "id": str(number + 6), **said, "text": text}), file=file)
        print(json.dumps({"type": "end", "messages": messages}), file=file)
    command = [sys.executable, "-m", "hubbub", "import", "--data", str(data), str(archive)]
    subprocess.run(command, check=True, capture_output=True, env=marked_environment())


def stamp(when: datetime) -> str:
    """Write a time as an export does."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def as_somebody(
    server: Server, name: str, work: Callable[[Hub], Coroutine[Any, Any, object]], *, register: bool = True
) -> None:
    """Do something by the SDK as somebody who has an account, from now on where he is to register."""

    async def come() -> None:
        address = str(Endpoint(*server.address()))
        async with connect(address, name=name, password=PASSWORD, register=register) as hub:
            await work(hub)

    run(come())


def log_in(visit: Visit, server: Server, name: str, room: str = "#lobby") -> Person:
    """Open an account that is in a room, and have a page whose cookie proves it."""
    as_somebody(server, name, lambda hub: hub.join(room))
    person = visit(name, come_in=False)
    answer = person.page.context.request.post("/api/v1/session", data={"name": name, "password": PASSWORD})
    assert answer.ok, answer.text()
    account = {"key": "", "host": "", "isPlain": False, "name": name, "proof": {"kind": "cookie"}}
    person.page.evaluate("one => localStorage.setItem('hubbub.accounts', JSON.stringify([one]))", account)
    person.page.reload()
    expect(person.composer).to_be_visible()
    return person


def test_texts_that_are_meant_to_break_pages(visit: Visit, server: Server) -> None:
    """Each stays within its lines: nothing scrolls sideways, nothing is turned around, and one can go on talking."""
    ann = visit("ann", "/c/lobby", reduced_motion="reduce")
    as_somebody(server, "mallory", lambda hub: hub.join("#lobby"))
    for kind, text in TEXTS.items():
        as_somebody(server, "mallory", partial(say, f"{kind}: {text}"), register=False)
        ann.sees(f"{kind}: ")
        for width in (1280, 320):
            ann.page.set_viewport_size({"width": width, "height": 800})
            ann.says(f"after {kind} at {width}")
            ann.sees(f"after {kind} at {width}")
            wide = ann.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{kind} at {width} px: the page scrolls sideways by {wide} px"
            inside = ann.timeline.evaluate("log => log.scrollWidth - log.clientWidth")
            assert inside <= 0, f"{kind} at {width} px: the room scrolls sideways by {inside} px"
    expect(ann.page.get_by_role("heading", level=1)).to_have_text("lobby")


async def say(text: str, hub: Hub) -> None:
    """Say something in the lobby."""
    await hub.say("#lobby", text)


def test_what_is_too_long_is_said_so(visit: Visit) -> None:
    """A text that no message can be is neither sent nor lost: it waits, with a sentence of what is wrong."""
    bea = visit("bea")
    text = "much " * 8_000
    bea.says(text)
    expect(bea.page.get_by_text("This is too long for one message.")).to_be_visible()
    expect(bea.composer).to_have_value(text)


def test_a_long_room_with_a_crowd_opens(visit: Visit, server: Server) -> None:
    """The newest of 50 000 messages is there at once, with 2 000 members; little of it is drawn."""
    allow_open_files(MEMBERS + SPARE_FILES)
    cal = log_in(visit, server, "cal", "#long")
    # Whoever has read nothing there may be shown where the unread begins.
    as_somebody(server, "cal", lambda hub: hub.mark_read("#long"), register=False)
    with Crowd(server.address()) as crowd:
        crowd.admit(MEMBERS, at_once=200, words=b"/join #long\n")
        cal.page.goto("/c/long")
        cal.sees(f"number {MESSAGES - 1}")
        assert cal.page.locator("*").count() < MOST_ELEMENTS
        cal.says("so many of us")
        cal.sees("so many of us")
        somebody = crowd.members[-1].name
        cal.composer.fill(f"and you, @{somebody}")
        offered = cal.page.get_by_role("option", name=somebody)
        expect(offered).to_be_visible()
        cal.composer.fill("")
        cal.page.get_by_role("button", name=re.compile("^2.?0.. members$")).click()
        members = cal.page.get_by_role("complementary").get_by_role("list", name="Members")
        expect(members.get_by_role("listitem").nth(10)).to_be_visible()
        assert members.get_by_role("listitem").count() < MOST_ROWS
        cal.page.get_by_role("searchbox", name="Find a member").fill(somebody)
        expect(members.get_by_role("listitem").filter(has_text=somebody)).to_be_visible()
        expect(members.get_by_role("listitem")).to_have_count(2)
        cal.page.goto("/c/lobby")
        cal.says("back from the crowd")
        cal.sees("back from the crowd")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_wrong_by_a_day(visit: Visit, days: int) -> None:
    """Both see what the other says, once and in order, whatever time it is for one of them."""
    wrong, right = visit(f"dan{days + 1}", come_in=False), visit(f"eve{days + 1}")
    wrong.page.clock.install(time=datetime.now(UTC) + timedelta(days=days))
    wrong.page.reload()
    wrong.come_in()
    for number in range(3):
        wrong.says(f"from {wrong.name}: {number}")
        right.sees(f"from {wrong.name}: {number}")
        right.says(f"from {right.name}: {number}")
        wrong.sees(f"from {right.name}: {number}")
    said = [text for text in wrong.timeline.get_by_text(f"{days + 1}: ").all_text_contents() if "from" in text]
    assert len(said) == len(set(said)) == 6, said


def test_a_browser_that_is_full(visit: Visit, server: Server) -> None:
    """Where nothing can be kept, one can still talk; a page that is loaded again has it from the server."""
    fay, gus = visit("fay", come_in=False), visit("gus")
    address = server.address()
    tools = fay.page.context.new_cdp_session(fay.page)
    origin = f"http://{address.host}:{address.port}"
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    # Before anything is kept: how much room there is, Chromium looks up once in a while only.
    fay.come_in()
    expect(fay.page.get_by_text("This browser keeps nothing")).to_have_count(1)
    for number in range(3):
        fay.says(f"full {number}")
        gus.sees(f"full {number}")
    gus.says("and yet you talk")
    fay.sees("and yet you talk")
    fay.page.reload()
    fay.sees("and yet you talk")


def test_a_session_that_is_revoked_elsewhere(visit: Visit, server: Server) -> None:
    """One is told, with what to do; and what was begun is there when one comes in again."""
    hal = log_in(visit, server, "hal")
    hal.forgiven.append("401")
    hal.composer.fill("half a sentence")
    as_somebody(server, "hal", lambda hub: hub.ask(ChangePassword(PASSWORD, "battery staple")), register=False)
    expect(hal.page.get_by_role("alert").filter(has_text="You are logged out as hal")).to_be_visible()
    hal.page.reload()
    hal.page.get_by_role("tab", name="Log in").click()
    hal.page.get_by_label("Name").fill("hal")
    hal.page.get_by_label("Password", exact=True).fill("battery staple")
    hal.page.get_by_role("button", name="Log in").click()
    expect(hal.composer).to_have_value("half a sentence")


def test_a_version_that_the_server_does_not_speak(visit: Visit) -> None:
    """The page says that it has to be loaded anew, at the door and inside, and has a button for it, which mends it."""
    ida = visit("ida", come_in=False)
    versions, routes = [99], []

    def age(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        routes.append(route)

        def hand_on(message: str | bytes) -> None:
            said = json.loads(message)
            server.send(json.dumps({**said, "versions": versions}) if said.get("type") == "hello" else message)

        route.on_message(hand_on)

    ida.page.route_web_socket("**", age)
    ida.page.reload()
    ida.page.get_by_label("Your name").fill(ida.name)
    ida.page.get_by_role("button", name="Join the chat").click()
    expect(ida.page.get_by_role("alert")).to_contain_text("version")
    expect(ida.page.get_by_text("The connection was lost")).to_have_count(0)
    versions[:] = [1]
    reload = ida.page.get_by_role("button", name="Reload")
    with ida.page.expect_event("load"):
        reload.click()
    ida.come_in()
    ida.composer.fill("half a sentence")
    versions[:] = [99]
    routes[-1].close()
    expect(reload).to_be_visible()
    versions[:] = [1]
    with ida.page.expect_event("load"):
        reload.click()
    expect(ida.composer).to_have_value("half a sentence")
    ida.says("it is mended")
    ida.sees("it is mended")

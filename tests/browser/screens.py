"""Every screen that there is, and how to get there: for tests of access and of narrow screens, and for pictures."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.browser.village import NOTES, OWNER, Village, paint
from tests.harness.actor import PASSWORD

APP: Final = Path(__file__).parents[2] / "web/src/app"

REMEMBERED: Final = """
if (location.protocol === "http:" && localStorage.getItem("hubbub.accounts") === null)
    localStorage.setItem("hubbub.accounts", JSON.stringify(
        [{key: "", host: "", isPlain: false, name: %s, proof: {kind: "cookie"}}]));
"""
"""What the page keeps of whoever has logged in there."""

KEEP_SOCKETS: Final = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
    constructor(...told) {
        super(...told);
        sockets.push(this);
    }
};
"""
"""Lets whoever looks at a page end its connections."""

Who = Literal["nobody", "owner"]


@dataclass(frozen=True)
class Screen:
    """One screen."""

    key: str
    path: str
    """Its address; `{thread}` and the like are ids of the village's messages."""
    who: Who = "owner"
    steps: Callable[[Page], None] | None = None
    """What is done there before one looks."""
    undo: Callable[[Page], None] | None = None
    """What is done before one looks at another: nothing is left that others would show."""

    def __str__(self) -> str:
        """Be called so by pytest."""
        return self.key


def open_actions(page: Page) -> None:
    """Ask what can be done with a message."""
    page.get_by_role("article").filter(has_text="raining").press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()


def pick_emoji(page: Page) -> None:
    """Look for something to react with."""
    open_actions(page)
    page.get_by_role("menuitem", name="React", exact=True).click()
    expect(page.get_by_role("gridcell").first).to_be_visible()


def wait_for_beginning(page: Page) -> None:
    """Wait until it is known that nothing was said before."""
    expect(page.get_by_role("log").get_by_role("heading")).to_be_visible()


def attach_files(page: Page) -> None:
    """Choose a picture and a text, and wait until the server has them."""
    picture: FilePayload = {"name": "garden.png", "mimeType": "image/png", "buffer": paint()}
    notes: FilePayload = {"name": "notes on leaves.txt", "mimeType": "text/plain", "buffer": NOTES}
    page.locator("main input[type=file]").set_input_files([picture, notes])
    files = page.get_by_role("list", name="Files to send")
    expect(files.get_by_role("button", name=re.compile("^Remove"))).to_have_count(2)
    expect(files.get_by_role("progressbar")).to_have_count(0)


def remove_files(page: Page) -> None:
    """Send none of them."""
    for name in ("garden.png", "notes on leaves.txt"):
        page.get_by_role("button", name=f"Remove {name}").click()


def lose_network(page: Page) -> None:
    """Have no network any more; connections that are there survive that in Chromium, so they are ended."""
    page.add_init_script(KEEP_SOCKETS)
    page.reload()
    expect(page.get_by_role("log")).to_be_visible()
    page.wait_for_function("() => sockets.some((socket) => socket.readyState === WebSocket.OPEN)")
    page.context.set_offline(True)
    page.evaluate("sockets.forEach((socket) => socket.close())")
    expect(page.get_by_role("button", name="Retry now")).to_be_visible()


def find_network(page: Page) -> None:
    """Have one again."""
    page.context.set_offline(False)


def learn_of_update(page: Page) -> None:
    """Miss a part of the page, because the server has another page by now."""
    page.evaluate(
        """() => {
            window.fetch = async () => new Response("another page");
            dispatchEvent(new Event("vite:preloadError", {cancelable: true}));
        }"""
    )
    expect(page.get_by_text("A new version is here.")).to_be_visible()


def choose_tab(name: str) -> Callable[[Page], None]:
    """Come in another way than the one that is offered first."""
    return lambda page: page.get_by_role("tab", name=name).click()


def open_menu(name: str) -> Callable[[Page], None]:
    """Open what a button offers."""
    pattern = re.compile(name)
    return lambda page: page.get_by_role("button", name=pattern).filter(visible=True).first.click()


def choose_in_dialog(name: str) -> Callable[[Page], None]:
    """Press a button of the dialog that is open."""
    return lambda page: page.get_by_role("dialog").get_by_role("button", name=name).click()


def send_to_strangers(page: Page) -> None:
    """Write to people whom nobody knows: nothing changes by that, and one is told."""
    page.get_by_role("textbox", name="Message").fill("Is anybody there?")
    page.get_by_role("button", name="Send to 2 people").click()
    expect(page.get_by_role("table")).to_be_visible()


ACCOUNT_TABS: Final = ("profile", "security", "sessions", "invitations", "privacy", "alerts", "appearance")

ADMIN_TABS: Final = ("people", "bans", "invitations", "rooms", "audit", "server")

SCREENS: Final = (
    Screen("entrance", "/", "nobody"),
    Screen("entrance-log-in", "/", "nobody", steps=choose_tab("Log in")),
    Screen("entrance-register", "/", "nobody", steps=choose_tab("New account")),
    Screen("entrance-claim", "/claim/AAAA-BBBB-CCCC-DDDD", "nobody"),
    Screen("entrance-invitation", "/invite/AAAA-BBBB-CCCC-DDDD", "nobody"),
    Screen("home", "/"),
    Screen("room", "/c/tea"),
    Screen("room-new", "/c/build", steps=wait_for_beginning),
    Screen("room-long-name", "/c/a-room-with-quite-a-long-name-for-a-room"),
    Screen("conversation", "/d/bob", steps=wait_for_beginning),
    Screen("message", "/m/{thread}"),
    Screen("message-actions", "/c/tea", steps=open_actions),
    Screen("emoji", "/c/tea", steps=pick_emoji),
    Screen("room-menu", "/c/tea", steps=open_menu("^More about this room")),
    Screen("own-menu", "/", steps=open_menu("^ann")),
    Screen("attachments", "/d/carol", steps=attach_files, undo=remove_files),
    Screen("offline", "/c/tea", steps=lose_network, undo=find_network),
    Screen("update", "/c/tea", steps=learn_of_update),
)
"""Those that are neither panes nor dialogs."""

PANES: Final = (
    Screen("thread", "/c/tea?side=thread/{thread}"),
    Screen("pins", "/c/tea?side=pins"),
    Screen("no-pins", "/c/build?side=pins"),
    Screen("person", "/c/tea?side=person/bob"),
    Screen("search", "/c/tea?side=search/kettle"),
    Screen("search-nothing", "/c/tea?side=search/xylophone"),
    Screen("members", "/c/tea?side=members"),
)
"""What stands beside a room."""

DIALOGS: Final = (
    Screen("tell", "/c/tea?dialog=tell/bob,carol"),
    Screen("tell-outcomes", "/c/tea?dialog=tell/ghost,nessie", steps=send_to_strangers),
    Screen("broadcast", "/c/tea?dialog=tell/everybody"),
    Screen("writing", "/c/tea?dialog=writing"),
    Screen("delete", "/c/tea?dialog=delete/{pinned}"),
    Screen("picture", "/c/tea?dialog=picture/{picture}"),
    Screen("versions", "/c/tea?dialog=versions/{edited}"),
    Screen("block", "/c/tea?dialog=block/bob"),
    Screen("talk", "/c/tea?dialog=talk"),
    Screen("switch", "/c/tea?dialog=switch"),
    Screen("shortcuts", "/c/tea?dialog=shortcuts"),
    Screen("new-room", "/c/tea?dialog=new-room"),
    Screen("browse", "/c/tea?dialog=browse"),
    Screen("invite", "/c/tea?dialog=invite"),
    Screen("leave", "/c/tea?dialog=leave/%23tea"),
    Screen("room-general", "/c/tea?dialog=room/general"),
    Screen("room-lists", "/c/tea?dialog=room/lists"),
    Screen("room-lists-adding", "/c/tea?dialog=room/lists", steps=choose_in_dialog("Add: Silent as one of many")),
    Screen("room-hooks", "/c/tea?dialog=room/hooks"),
    Screen("room-export", "/c/tea?dialog=room/export"),
    Screen("room-log", "/c/tea?dialog=room/log"),
    *(Screen(f"account-{tab}", f"/c/tea?dialog=account/{tab}") for tab in ACCOUNT_TABS),
    Screen("admin-people-menu", "/c/tea?dialog=admin/people", steps=choose_in_dialog("What to do with bob")),
    *(Screen(f"admin-{tab}", f"/c/tea?dialog=admin/{tab}") for tab in ADMIN_TABS),
)
"""What lies over everything."""


def words_of(table: Literal["panes", "dialogs"]) -> set[str]:
    """Return which panes or dialogs the app has, by the first words of their addresses."""
    source = (APP / f"{table}.tsx").read_text(encoding="utf-8")
    return set(re.findall(r'^  "?([a-z][\w-]*)"?: (?:pane|dialog)\(', source, re.MULTILINE))


def words_shown(screens: Iterable[Screen], parameter: Literal["side", "dialog"]) -> set[str]:
    """Return the first words that these screens have in their addresses."""
    return {word for screen in screens for word in re.findall(rf"[?&]{parameter}=([\w-]+)", screen.path)}


def _by_their_words() -> Iterator[Screen]:
    """Yield the panes and dialogs that the tables above do not list: nothing is left out for want of a line here."""
    for word in sorted(words_of("panes") - words_shown(PANES, "side")):
        yield Screen(word, f"/c/tea?side={word}")
    for word in sorted(words_of("dialogs") - words_shown(DIALOGS, "dialog")):
        yield Screen(word, f"/c/tea?dialog={word}")


EVERY_SCREEN: Final = (*SCREENS, *PANES, *DIALOGS, *_by_their_words())


class Visitor:
    """Somebody who looks at one screen after the other."""

    def __init__(self, village: Village, page: Page) -> None:
        self.page = page
        self._village = village
        self._undo: Callable[[Page], None] | None = None

    def look(self, screen: Screen) -> Page:
        """Go there, and wait until everything is there."""
        page = self.page
        if self._undo:
            self._undo(page)
        self._undo = screen.undo
        page.goto("about:blank")
        page.goto(screen.path.format(**self._village.messages))
        # On a phone, only one of them is shown.
        shown = page.get_by_role("log").or_(page.get_by_role("navigation"))
        if "dialog=" in screen.path:
            shown = page.get_by_role("dialog")
        elif "side=" in screen.path:
            shown = page.get_by_role("complementary").get_by_role("heading")
        elif screen.who == "nobody":
            shown = page.get_by_role("main")
        expect(shown.filter(visible=True).first).to_be_visible()
        if screen.steps:
            screen.steps(page)
        expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        return page


@contextmanager
def visiting(browser: Browser, village: Village, who: Who, **options: object) -> Iterator[Visitor]:
    """Open a page as somebody: as nobody yet, or as the owner of the server."""
    address = village.server.address()
    options = {"reduced_motion": "reduce", **options}
    context = browser.new_context(base_url=f"http://{address.host}:{address.port}", **options)  # type: ignore[arg-type] # Playwright's own, by name
    try:
        if who == "owner":
            _log_in(context)
        yield Visitor(village, context.new_page())
    finally:
        context.close()


def _log_in(context: BrowserContext) -> None:
    """Have a cookie, and remember it as the page does who has logged in there."""
    answer = context.request.post("/api/v1/session", data={"name": OWNER, "password": PASSWORD})
    assert answer.ok, answer.text()
    context.add_init_script(REMEMBERED % json.dumps(OWNER))

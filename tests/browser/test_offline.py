"""Without a connection: what was seen stays, what is written waits, and on return nothing is lost or doubled."""

import json
import socket
from typing import Any, Final

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_coming_in import PASSWORD, log_in, open_tab, register
from tests.harness.server import Server

IS_KEPT: Final = """async (text) => {
  const kept = () => new Promise((done, fail) => {
    const opening = indexedDB.open("hubbub");
    opening.onerror = fail;
    opening.onsuccess = () => {
      const rooms = opening.result.transaction("rooms").objectStore("rooms").getAll();
      rooms.onerror = fail;
      rooms.onsuccess = () => {
        opening.result.close();
        done(JSON.stringify(rooms.result));
      };
    };
  });
  while (!(await kept()).includes(text)) await new Promise(requestAnimationFrame);
}"""
"""Waits until something that was said is kept by the browser."""

NOTE_DATABASES: Final = """
window.databases = new Set();
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (...what) {
  databases.add(this);
  return transaction.apply(this, what);
};
"""
"""Know which databases the page uses."""


def forgive(*people: Person) -> None:
    """Let pass what a browser itself complains of where a connection cannot be made."""
    for person in people:
        person.complaints[:] = [one for one in person.complaints if "WebSocket" not in one and "net::ERR" not in one]


def is_lost(person: Person) -> None:
    """Wait until his page says that there is no connection."""
    expect(person.page.get_by_role("status").filter(has_text="No connection")).to_be_visible()


def is_back(person: Person) -> None:
    """Wait until it says so no longer."""
    expect(person.page.get_by_role("status").filter(has_text="No connection")).to_have_count(0)


def test_what_is_written_without_a_server_is_sent_once_it_is_back(visit: Visit, server: Server) -> None:
    """A server that is killed forgets its guests: they come in anew, under their names, with what they wrote."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("before")
    bob.sees("before")
    server.kill()
    is_lost(ann)
    for text in ("first", "second", "third"):
        ann.says(text)
    server.start()
    bob.sees("third")
    ann.sees("third")
    is_back(ann)
    for person in (ann, bob):
        said = (
            person.timeline.get_by_role("article")
            .filter(has_text="first")
            .or_(person.timeline.get_by_role("article").filter(has_text="second"))
        )
        expect(said).to_have_count(2)
        expect(person.timeline.get_by_role("article").filter(has_text="third")).to_have_count(1)
    forgive(ann, bob)


def test_a_server_that_is_gone_for_an_hour(visit: Visit, server: Server) -> None:
    """The page goes on trying, and keeps what was written; an hour later all of it is there, once and in order."""
    ann, bob = visit("ann", come_in=False), visit("bob")
    ann.page.clock.install()
    ann.page.reload()
    ann.come_in()
    bob.says("before")
    ann.sees("before")
    server.kill()
    is_lost(ann)
    ann.says("in the first minute")
    ann.page.clock.fast_forward("01:00:00")
    is_lost(ann)
    ann.says("an hour later")
    server.start()
    # However long it has tried in vain, it does not wait longer than this.
    ann.page.clock.fast_forward("00:30")
    is_back(ann)
    for person in (ann, bob):
        person.sees("an hour later")
        texts = person.timeline.get_by_role("article", name="ann").all_inner_texts()
        said = [text for one in texts for text in ("in the first minute", "an hour later") if text in one]
        assert said == ["in the first minute", "an hour later"]
    forgive(ann, bob)


def test_a_reload_keeps_who_one_is_and_what_was_begun(visit: Visit) -> None:
    """A guest is the same guest after a reload, with what he was writing; nothing is shown twice."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("before")
    bob.sees("before")
    ann.composer.fill("half a sen")
    ann.page.reload()
    expect(ann.composer).to_have_value("half a sen")
    ann.sees("before")
    ann.says("after")
    bob.sees("after")
    expect(bob.timeline.get_by_role("article", name="ann")).to_have_count(2)
    expect(ann.timeline.get_by_text("before", exact=True)).to_have_count(1)


def test_a_database_that_the_browser_has_ended_is_opened_again(visit: Visit) -> None:
    """Safari ends it in the background, and what is said after that is kept all the same."""
    ann = visit("ann", come_in=False)
    ann.page.add_init_script(NOTE_DATABASES)
    ann.page.reload()
    ann.come_in()
    ann.says("before")
    ann.page.evaluate(IS_KEPT, "before")
    ann.page.evaluate("() => { for (const one of databases) one.close(); }")
    ann.says("after")
    ann.page.evaluate(IS_KEPT, "after")


def test_the_page_opens_without_a_server(visit: Visit, server: Server) -> None:
    """Once visited, it opens with what was seen; what is written then is sent on return, once and in order."""
    ann, bob = visit("ann"), visit("bob")
    bob.says("before")
    ann.sees("before")
    ann.page.wait_for_function("() => navigator.serviceWorker.ready.then((it) => it.active.state === 'activated')")
    ann.page.reload()
    ann.sees("before")
    ann.page.evaluate(IS_KEPT, "before")
    server.kill()
    is_lost(ann)
    ann.page.reload()
    ann.sees("before")
    ann.says("written without a server")
    ann.says("and more")
    is_lost(ann)
    ann.page.reload()
    expect(ann.page.get_by_text("written without a server", exact=True)).to_have_count(1)
    server.start()
    for person in (ann, bob):
        person.sees("and more")
        texts = person.timeline.get_by_role("article", name="ann").all_inner_texts()
        order = [text for text in ("written without a server", "and more") if any(text in one for one in texts)]
        assert order == ["written without a server", "and more"]
        expect(person.timeline.get_by_text("written without a server", exact=True)).to_have_count(1)
    forgive(ann, bob)


def test_what_an_address_opens_waits_for_the_connection(visit: Visit) -> None:
    """What was seen last is there before anything can be asked; what is to be asked is asked once it can be."""
    ann = visit("ann")
    ann.says("before")
    ann.sees("before")
    ann.page.evaluate(IS_KEPT, "before")
    held: list[tuple[WebSocketRoute, str | bytes]] = []
    is_held = True

    def hold(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def hand_on(message: str | bytes) -> None:
            if is_held:
                held.append((server, message))
            else:
                server.send(message)

        route.on_message(hand_on)

    ann.page.route_web_socket("**", hold)
    ann.page.goto("/c/lobby?dialog=browse")
    ann.sees("before")
    expect(ann.page.get_by_role("dialog", name="Loading")).to_be_visible()
    is_held = False
    for server, message in held:
        server.send(message)
    browsing = ann.page.get_by_role("dialog", name="Browse rooms")
    expect(browsing.get_by_role("listitem").filter(has_text="lobby")).to_be_visible()


class Program:
    """A program of somebody's own, which speaks the native protocol."""

    def __init__(self, server: Server, name: str) -> None:
        address = server.address()
        self._socket = socket.create_connection((address.host, address.port), timeout=20)
        self._lines = self._socket.makefile("rw", encoding="utf-8", newline="\n")
        self._send({"type": "hello", "name": name, "password": PASSWORD})
        self._hear("welcome")

    def ask(self, **request: object) -> dict[str, Any]:
        """Ask something, and return what comes of it."""
        self._send({"id": 1, **request})
        return self._hear("done", "answer")

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()

    def _send(self, message: dict[str, object]) -> None:
        self._lines.write(json.dumps(message) + "\n")
        self._lines.flush()

    def _hear(self, *kinds: str) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(self._lines.readline())
            assert message["type"] != "refusal", message
            if message["type"] in kinds:
                return message


def test_a_session_that_is_revoked_elsewhere_asks_one_to_log_in(visit: Visit, server: Server) -> None:
    """It says so at once; what was being written is there again afterwards."""
    ann = visit("ann", come_in=False)
    ann.forgiven.append("401")
    open_tab(ann, "New account")
    with ann.page.expect_response("**/api/v1/session"):
        register(ann)
    ann.composer.fill("half a sentence")
    program = Program(server, "ann")
    tokens = program.ask(type="list_tokens")["answer"]["tokens"]
    (browser,) = [token["id"] for token in tokens if token["label"] == "Browser"]
    program.ask(type="revoke_token", token=browser)
    expect(ann.page.get_by_text("You are logged out as ann")).to_be_visible()
    log_in(ann)
    expect(ann.composer).to_have_value("half a sentence")
    ann.says("back again")
    ann.sees("back again")
    program.close()


def test_a_full_browser_and_a_wrong_clock_stop_nobody(visit: Visit) -> None:
    """That nothing can be kept is told once, and one talks on; a clock may be wrong by a day."""
    ann, bob = visit("ann"), visit("bob")
    ann.page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    for text in ("one", "two"):
        ann.says(text)
        bob.sees(text)
    expect(ann.page.get_by_text("This browser keeps nothing")).to_have_count(1)
    bob.page.add_init_script("const now = Date.now; Date.now = () => now() + 86_400_000;")
    bob.page.reload()
    bob.says("from tomorrow")
    ann.sees("from tomorrow")
    expect(bob.timeline.get_by_text("from tomorrow", exact=True)).to_have_count(1)


def test_a_part_that_cannot_be_loaded_is_told_and_tried_again(visit: Visit) -> None:
    """What is loaded when it is wanted may not come: the page stays, says so, and asks again when one wants that.

    Older browsers do not ask again for what did not come, so it may take a new page, which is where the old one was.
    """
    ann = visit("ann")
    ann.page.route("**/assets/Shortcuts-*.js", lambda route: route.abort())
    ann.page.get_by_role("log").press("?")
    missing = ann.page.get_by_text("could not be loaded")
    expect(missing).to_be_visible()
    ann.says("still here")
    ann.composer.fill("half a thought")
    ann.page.unroute("**/assets/Shortcuts-*.js")
    ann.page.get_by_role("button", name="Try again").click()
    expect(ann.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    expect(missing).to_have_count(0)
    ann.sees("still here")
    expect(ann.composer).to_have_value("half a thought")
    forgive(ann)

"""Without a connection: what was seen stays, what is written waits, and on return nothing is lost or doubled."""

from typing import Final

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
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


def forgive(*people: Person) -> None:
    """Let pass what a browser itself complains of where a connection cannot be made."""
    for person in people:
        person.complaints[:] = [one for one in person.complaints if "WebSocket" not in one and "net::ERR" not in one]


def hold_port(server: Server) -> None:
    """Let it come back where it was."""
    address = server.address()
    server.listen = [f"{address.host}:{address.port}"]


def is_lost(person: Person) -> None:
    """Wait until his page says that there is no connection."""
    expect(person.page.get_by_role("status").filter(has_text="No connection")).to_be_visible()


def is_back(person: Person) -> None:
    """Wait until it says so no longer."""
    expect(person.page.get_by_role("status").filter(has_text="No connection")).to_have_count(0)


def test_what_is_written_without_a_server_is_sent_once_it_is_back(visit: Visit, server: Server) -> None:
    """A server that is killed forgets its guests: they come in anew, under their names, with what they wrote."""
    hold_port(server)
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
    expect(bob.timeline.get_by_role("article").filter(has_text="ann")).to_have_count(2)
    expect(ann.timeline.get_by_text("before", exact=True)).to_have_count(1)


def test_the_page_opens_without_a_server(visit: Visit, server: Server) -> None:
    """Once visited, it opens with what was seen; what is written then is sent on return, once and in order."""
    hold_port(server)
    ann, bob = visit("ann"), visit("bob")
    bob.says("before")
    ann.sees("before")
    ann.page.wait_for_function("navigator.serviceWorker.ready.then((it) => it.active.state === 'activated')")
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
        texts = person.timeline.get_by_role("article").filter(has_text="ann").all_inner_texts()
        order = [text for text in ("written without a server", "and more") if any(text in one for one in texts)]
        assert order == ["written without a server", "and more"]
        expect(person.timeline.get_by_text("written without a server", exact=True)).to_have_count(1)
    forgive(ann, bob)

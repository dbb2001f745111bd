"""Writing: what the composer sends, keeps, completes and refuses to send by accident."""

from pathlib import Path

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_coming_in import log_in, open_tab, register
from tests.browser.test_offline import forgive, is_back, is_lost
from tests.harness.server import Server

COMPOSE = """(field, [text, ends]) => {
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    const way = {isComposing: !ends, keyCode: 229, bubbles: true, cancelable: true};
    const key = new KeyboardEvent("keydown", {key: "Enter", ...way});
    if (ends) field.dispatchEvent(new CompositionEvent("compositionend", {data: text}));
    field.dispatchEvent(key);
    return key.defaultPrevented;
}"""
"""Press Enter while an input method composes, or as Safari tells it: just after it has."""


def notice(person: Person) -> Locator:
    """Return what stands above the composer."""
    return person.page.get_by_role("form", name="Write to").get_by_role("status")


def options(page: Page) -> Locator:
    """Return what is suggested."""
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_a_field_grows_where_browsers_do_not_let_it(visit: Visit) -> None:
    """A long line is seen whole while it is written, and the field is small again when it was sent."""
    ann = visit("ann", come_in=False)
    ann.page.add_init_script("CSS.supports = (property) => property !== 'field-sizing';")
    ann.page.reload()
    ann.come_in()
    ann.composer.evaluate("field => { field.style.fieldSizing = 'fixed'; }")
    small = ann.composer.evaluate("field => field.clientHeight")
    ann.composer.fill("and so on " * 60)
    expect(ann.composer).to_have_js_property("scrollTop", 0)
    assert ann.composer.evaluate("field => field.clientHeight === field.scrollHeight && field.clientHeight") > 2 * small
    ann.composer.press("Enter")
    ann.sees("and so on")
    assert ann.composer.evaluate("field => field.clientHeight") == small


def test_enter_sends_and_only_enter(visit: Visit) -> None:
    """Shift breaks the line, an input method's Enter does nothing, and a phone's breaks the line too."""
    ann = visit("ann")
    ann.composer.press_sequentially("one")
    ann.composer.press("Shift+Enter")
    ann.composer.press_sequentially("two")
    for ends in (False, True):
        assert not ann.composer.evaluate(COMPOSE, ["two", ends])
    expect(ann.composer).to_have_value("one\ntwo")
    ann.composer.press("Enter")
    ann.sees("one\ntwo")
    expect(ann.composer).to_have_value("")

    phone = visit("bob", "/c/lobby", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    phone.composer.tap()
    phone.composer.press_sequentially("from")
    phone.composer.press("Enter")
    phone.composer.press_sequentially("the phone")
    expect(phone.composer).to_have_value("from\nthe phone")
    phone.page.get_by_role("button", name="Send", exact=True).tap()
    ann.sees("from\nthe phone")
    expect(phone.composer).to_be_focused()


def test_the_last_message_is_edited_by_the_arrow(visit: Visit) -> None:
    """What was begun comes back after it, and Escape leaves everything as it was."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("helo")
    bob.sees("helo")
    ann.composer.press("ArrowUp")
    expect(ann.page.get_by_role("region", name="Change a message")).to_be_visible()
    expect(ann.composer).to_have_value("helo")
    ann.composer.press("Escape")
    expect(ann.composer).to_have_value("")
    ann.composer.press("ArrowUp")
    ann.composer.fill("hello")
    ann.composer.press("Enter")
    bob.sees("hello")
    expect(ann.page.get_by_role("region", name="Change a message")).to_have_count(0)
    ann.composer.press("ArrowUp")
    ann.composer.fill("")
    ann.composer.press("Enter")
    expect(notice(ann).filter(has_text="A message says something")).to_be_visible()
    bob.sees("hello")


def test_words_are_completed_by_keys(visit: Visit) -> None:
    """The list is told to screen readers, and the focus stays in the text."""
    ann, bob = visit("ann"), visit("bob")
    bob.says("hi")
    ann.sees("hi")
    ann.composer.press_sequentially("so @")
    expect(options(ann.page).first).to_contain_text("bob")
    expect(options(ann.page).first).to_have_attribute("aria-selected", "true")
    first = options(ann.page).first.get_attribute("id")
    assert first, "what is not called anything, no screen reader can be led to"
    expect(ann.composer).to_have_attribute("aria-activedescendant", first)
    ann.composer.press("ArrowDown")
    expect(options(ann.page).nth(1)).to_have_attribute("aria-selected", "true")
    ann.composer.press("ArrowUp")
    ann.composer.press("Enter")
    expect(ann.composer).to_have_value("so @bob ")
    ann.composer.press_sequentially(":teap")
    expect(options(ann.page).first).to_contain_text(":teapot:")
    ann.composer.press("Tab")
    expect(ann.composer).to_have_value("so @bob 🫖 ")
    ann.composer.press_sequentially("#lo")
    options(ann.page).filter(has_text="#lobby").click()
    expect(ann.composer).to_have_value("so @bob 🫖 #lobby ")
    ann.composer.press_sequentially("@bo")
    expect(options(ann.page)).to_have_count(1)
    ann.composer.press("Escape")
    expect(options(ann.page)).to_have_count(0)
    expect(ann.composer).to_be_focused()
    ann.composer.press("Enter")
    bob.sees("so @bob 🫖 #lobby @bo")


def test_marks_by_keys_and_a_link_by_pasting(visit: Visit) -> None:
    """What is selected is marked, marked again it is not, and the browser can undo it."""
    ann = visit("ann")
    ann.composer.fill("good tea")
    ann.composer.press("Shift+Control+ArrowLeft")
    ann.composer.press("Control+b")
    expect(ann.composer).to_have_value("good **tea**")
    ann.composer.press("Control+b")
    expect(ann.composer).to_have_value("good tea")
    ann.composer.press("Control+z")
    expect(ann.composer).to_have_value("good **tea**")
    ann.composer.press("Control+z")
    paste(ann.composer, "https://example.org/tea")
    expect(ann.composer).to_have_value("good [tea](https://example.org/tea)")


def paste(field: Locator, text: str) -> None:
    """Paste a text, as from the clipboard."""
    field.evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            if (field.dispatchEvent(event)) document.execCommand("insertText", false, text);
        }""",
        text,
    )


def test_commands_are_done_and_never_said_by_accident(visit: Visit) -> None:
    """A command that is not known says so; a path is a path; what was refused stays where it was written."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("/jion #tea")
    expect(notice(ann).filter(has_text="There is no command /jion.")).to_be_visible()
    expect(ann.composer).to_have_value("/jion #tea")
    ann.page.get_by_role("button", name="Use /join").click()
    expect(ann.composer).to_have_value("/join #tea")
    ann.composer.press("Enter")
    expect(ann.page.get_by_role("heading", name="#tea")).to_be_visible()
    ann.says("/topic all about tea")
    expect(notice(ann).filter(has_text="Done.")).to_be_visible()
    ann.says("/join #lobby")
    expect(ann.page.get_by_role("heading", name="#lobby")).to_be_visible()

    ann.says("/xyzzy")
    ann.page.get_by_role("button", name="Send it as text").click()
    bob.sees("/xyzzy")
    ann.says("/usr/bin is full")
    bob.sees("/usr/bin is full")
    ann.says("//me waves")
    bob.sees("/me waves")
    ann.says("/kick bob")
    expect(notice(ann).filter(has_text="Only")).to_be_visible()
    expect(ann.composer).to_have_value("/kick bob")
    ann.says("/ban bob for 2x")
    expect(notice(ann).filter(has_text="“2x” is no time")).to_be_visible()

    ann.says("/msg bob,zoe lunch?")
    told = notice(ann).filter(has_text="bob: delivered")
    expect(told).to_contain_text("zoe: nobody is called so")
    expect(ann.composer).to_have_value("")


def test_to_several_people_each_has_an_outcome(visit: Visit) -> None:
    """Whoever refuses is told apart from whoever does not exist, and only those are tried again."""
    ann, bob, cat = visit("ann"), visit("bob"), visit("cat")
    cat.says("/block ann")
    expect(notice(cat).filter(has_text="Blocked: ann.")).to_be_visible()
    bob.says("hi")
    ann.sees("hi")

    ann.page.get_by_role("button", name="More to send").click()
    ann.page.get_by_role("menuitem", name="Send to several people").click()
    dialog = ann.page.get_by_role("dialog", name="Send to several people")
    to = dialog.get_by_role("combobox", name="To")
    to.press_sequentially("bo")
    expect(options(ann.page)).to_have_count(1)
    to.press("Enter")
    to.press_sequentially("cat, zoe ")
    expect(dialog.get_by_role("button", name="Remove zoe")).to_be_visible()
    dialog.get_by_label("Message").fill("lunch?")
    dialog.get_by_label("Message").press("Control+Enter")
    for name, outcome in (("bob", "delivered"), ("cat", "does not take messages"), ("zoe", "nobody is called so")):
        expect(dialog.get_by_role("row").filter(has_text=name)).to_contain_text(outcome)

    cat.says("/unblock ann")
    expect(notice(cat).filter(has_text="No longer blocked: ann.")).to_be_visible()
    dialog.get_by_role("button", name="Try these 2 again").click()
    expect(dialog.get_by_role("row").filter(has_text="cat")).to_contain_text("delivered")
    expect(dialog.get_by_role("row").filter(has_text="zoe")).to_contain_text("nobody is called so")
    ann.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_to_everybody_is_asked_once_more(visit: Visit) -> None:
    """Nobody disturbs everybody by a slip of the finger."""
    ann = visit("ann")
    ann.says("/broadcast the kettle is on")
    dialog = ann.page.get_by_role("dialog", name="Write to everybody")
    expect(dialog.get_by_label("Message")).to_have_value("the kettle is on")
    dialog.get_by_role("button", name="Send to everybody …").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Everybody is disturbed")
    dialog.get_by_role("button", name="Send to everybody", exact=True).click()
    expect(ann.page.get_by_role("status").filter(has_text="Said to everybody.")).to_be_visible()
    expect(dialog).to_have_count(0)


def test_files_go_with_words_and_over_interruptions(visit: Visit, tmp_path: Path) -> None:
    """They are shown before they are sent, one can be taken away, and sending waits until they are there."""
    ann, bob = visit("ann"), visit("bob")
    notes = tmp_path / "notes.txt"
    notes.write_text("tea\n" * 50_000)
    plan = tmp_path / "plan.txt"
    plan.write_text("cake")
    picker = ann.page.locator("input[type=file]")
    asked: list[str] = []

    def interrupt(route: Route) -> None:
        asked.append(route.request.method)
        if asked == ["HEAD", "PATCH"]:
            route.abort()
        else:
            route.continue_()

    ann.page.route("**/api/v1/uploads/*", interrupt)
    picker.set_input_files([notes, plan])
    files = ann.page.get_by_role("list", name="Files to send")
    expect(files.get_by_role("listitem")).to_have_count(2)
    ann.says("what we need")
    bob.sees("what we need")
    expect(files).to_have_count(0)
    assert asked[:4] == ["HEAD", "PATCH", "HEAD", "PATCH"], "the one that was interrupted went on"

    picker.set_input_files([plan])
    ann.says("/kick bob")
    expect(notice(ann).filter(has_text="No command takes files.")).to_be_visible()
    expect(ann.page.get_by_role("button", name="Remove plan.txt")).to_be_visible()
    ann.page.get_by_role("button", name="Remove plan.txt").click()
    expect(files).to_have_count(0)
    forgive(ann)


def test_a_long_paste_may_be_a_file(visit: Visit) -> None:
    """It is asked, and what is too long for a message is never cut."""
    ann, bob = visit("ann"), visit("bob")
    ann.composer.fill("see: ")
    paste(ann.composer, "a line of the log\n" * 150)
    ann.page.get_by_role("button", name="Send as a file").click()
    expect(ann.composer).to_have_value("see: ")
    expect(ann.page.get_by_role("list", name="Files to send")).to_contain_text("pasted.txt")
    ann.composer.press("Enter")
    bob.sees("see:")

    ann.composer.fill("ä" * 8_200)
    expect(ann.page.get_by_text("bytes too long")).to_be_visible()
    ann.composer.press("Enter")
    expect(notice(ann).filter(has_text="This is too long for one message.")).to_be_visible()
    ann.page.get_by_role("button", name="Send as a file").click()
    expect(ann.page.get_by_role("list", name="Files to send")).to_contain_text("message.txt")


def test_drafts_stay_where_they_were_begun(visit: Visit, server: Server) -> None:
    """Over another room, a reload, and a server that is away: nothing that was written is lost."""
    ann = visit("ann")
    ann.composer.fill("half a thought")
    ann.page.reload()
    expect(ann.composer).to_have_value("half a thought")
    ann.says("/join #tea")
    expect(ann.page.get_by_role("heading", name="#tea")).to_be_visible()
    ann.composer.fill("something else")
    ann.page.go_back()
    expect(ann.page.get_by_role("heading", name="#lobby")).to_be_visible()
    expect(ann.composer).to_have_value("")
    ann.page.go_forward()
    expect(ann.composer).to_have_value("something else")

    server.kill()
    is_lost(ann)
    ann.composer.fill("/topic tea")
    ann.composer.press("Enter")
    expect(notice(ann).filter(has_text="Commands need a connection")).to_be_visible()
    expect(ann.composer).to_have_value("/topic tea")
    ann.says("written meanwhile")
    server.start()
    is_back(ann)
    ann.sees("written meanwhile")
    forgive(ann)


def test_drafts_go_along_with_an_account(visit: Visit) -> None:
    """What is begun on one device is gone on with on another, and is gone from both once it is said."""
    ann = visit("ann", come_in=False)
    open_tab(ann, "New account")
    with ann.page.expect_response("**/api/v1/session"):
        register(ann)
    ann.composer.fill("half")
    phone = visit("ann", come_in=False)
    log_in(phone)
    expect(phone.composer).to_have_value("half")
    phone.composer.press_sequentially(" a thought")
    expect(ann.composer).to_have_value("half a thought")
    phone.composer.press("Enter")
    ann.sees("half a thought")
    expect(ann.composer).to_have_value("")


def test_a_room_says_why_one_cannot_write(visit: Visit) -> None:
    """Whoever is muted is told so, with the reason, and goes on with what was begun once that is over."""
    ann, bob = visit("ann"), visit("bob")
    for person in (ann, bob):
        person.says("/join #den")
        expect(person.page.get_by_role("heading", name="#den")).to_be_visible()
    bob.says("@room tea!")
    expect(notice(bob).filter(has_text="That called nobody")).to_be_visible()
    bob.composer.fill("and cake")
    ann.says("/mute bob for 2h too loud")
    expect(bob.page.get_by_text("You may not write here until")).to_contain_text("(too loud)")
    expect(bob.composer).to_have_count(0)
    # Until it is done, the field takes nothing else.
    expect(ann.composer).to_have_value("")
    ann.says("/unmute bob")
    expect(bob.composer).to_have_value("and cake")


def test_an_emoji_is_chosen_where_the_caret_is(visit: Visit) -> None:
    """By its name, from those that the server has; then one goes on writing."""
    ann = visit("ann")
    ann.composer.fill("tea? yes")
    ann.composer.press("Home")
    ann.page.get_by_role("button", name="Emoji", exact=True).click()
    ann.page.get_by_role("searchbox", name="Search emoji").fill("teacup")
    ann.page.get_by_role("gridcell", name="Teacup without handle").click()
    expect(ann.composer).to_have_value("🍵tea? yes")
    expect(ann.composer).to_be_focused()

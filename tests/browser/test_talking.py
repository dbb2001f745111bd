"""Two people talk in browsers, and with whoever came by something else."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_two_people_talk(visit: Visit) -> None:
    """A name is enough; what one says, the other sees, once."""
    ann, bob = visit("ann"), visit("bob")
    ann.says("hello, bob")
    bob.sees("hello, bob")
    bob.says("hello, ann")
    ann.sees("hello, ann")
    expect(ann.timeline.get_by_text("hello, bob", exact=True)).to_have_count(1)


def test_a_taken_name_comes_with_another(visit: Visit) -> None:
    """The refusal is the server's own sentence, and the name that it proposes is taken by one click."""
    visit("ann")
    other = visit("ann", come_in=False)
    other.page.get_by_label("Your name").fill("ann")
    other.page.get_by_role("button", name="Join the chat").click()
    expect(other.page.get_by_role("alert")).to_contain_text("already taken")
    other.page.get_by_role("button", name="Take").click()
    other.page.get_by_role("button", name="Join the chat").click()
    other.says("hello")
    other.sees("ann2")

"""What is done with a message that is chosen, by a key each."""

from hubbub.client import connect
from hubbub.core.kinds import Seq
from hubbub.core.message_answers import PinList
from hubbub.core.queries import ListPins
from hubbub.tui.buffers import Buffer
from hubbub.tui.entries import Entry
from tests.tui.screens.sitting import Sitting, seated


def entry_of(sitting: Sitting, text: str) -> Entry | None:
    """Return what says this in the place that is seen."""
    buffer = sitting.chat.current
    assert isinstance(buffer, Buffer)
    return next((entry for entry in buffer.spoken(100) if entry.text == text), None)


async def test_answering(address: str) -> None:
    """An answer says what it answers; Esc takes the wish back."""
    async with seated() as ann, connect(address, name="bob", rooms=["#one"]) as bob:
        await ann.come_in(address, "ann", "#one")
        await bob.say("#one", "tea or coffee?")
        await ann.see("tea or coffee?")
        await ann.press("escape", "r")
        await ann.see("Answering bob: tea or coffee?")
        await ann.press("escape")
        await ann.miss("Answering bob")
        await ann.press("escape", "r")
        await ann.write("tea")
        await ann.see("┌ bob tea or coffee?", "│ tea\n")
        answer = entry_of(ann, "tea")
        assert answer is not None
        assert answer.reply_to > 0


async def test_editing(address: str) -> None:
    """One's own last words are mended where they stand."""
    async with seated() as ann:
        await ann.come_in(address, "ann", "#two")
        await ann.write("helo")
        await ann.until(lambda: entry_of(ann, "helo") is not None)
        await ann.press(*"draft", "escape", "e")
        await ann.see("Editing helo")
        assert ann.chat.composer.text == "helo"
        await ann.press("backspace", "l", "o", "enter")
        await ann.see("hello (edited)")
        assert ann.chat.current is not None


async def test_deleting_asks_first(address: str) -> None:
    """What is deleted is gone for everybody, once somebody has said so twice."""
    async with seated() as ann:
        await ann.come_in(address, "ann", "#three")
        await ann.write("oops")
        await ann.until(lambda: entry_of(ann, "oops") is not None)
        await ann.press("escape", "d")
        await ann.see("Delete this message?", "ann: oops")
        await ann.press("escape")
        await ann.miss("Delete this message?")
        await ann.press("d")
        await ann.see("Delete this message?")
        await ann.press("enter")
        await ann.see("(deleted)")
        await ann.miss("oops")


async def test_reacting(address: str) -> None:
    """By choosing, or by a name; once more takes it back."""
    async with seated() as ann, connect(address, name="bob", rooms=["#four"]) as bob:
        await ann.come_in(address, "ann", "#four")
        await bob.say("#four", "done!")
        await ann.see("done!")
        await ann.press("escape", "plus")
        await ann.see("React with …")
        await ann.press("enter")
        await ann.see("👍 1")
        await ann.press("plus", *"tada")
        await ann.see("🎉")
        await ann.press("enter")
        await ann.see("🎉 1")
        await ann.press("plus")
        await ann.see("take it back")
        await ann.press("enter")
        await ann.miss("👍 1")


async def test_pinning(address: str) -> None:
    """Once pins it, twice pins it no longer."""
    async with seated() as ann:
        station = await ann.come_in(address, "ann", "#five")
        await ann.write("remember this")
        await ann.until(lambda: entry_of(ann, "remember this") is not None)

        async def pinned() -> list[Seq]:
            answer = await station.ask(ListPins("#five"))
            assert isinstance(answer, PinList)
            return [pin.record.seq for pin in answer.pins]

        await ann.press("escape", "p")
        await ann.see("It is pinned.", "ann pinned")
        entry = entry_of(ann, "remember this")
        assert entry is not None
        assert await pinned() == [entry.seq]
        await ann.press("p")
        await ann.see("It is pinned no longer.")
        assert await pinned() == []


async def test_copying_and_opening(address: str) -> None:
    """The terminal is asked to keep it; a link without a browser is copied too."""
    async with seated() as ann, connect(address, name="bob", rooms=["#six"]) as bob:
        await ann.come_in(address, "ann", "#six")
        await bob.say("#six", "see https://a.example and https://b.example")
        await ann.see("https://b.example")
        await ann.press("escape", "y")
        await ann.until(lambda: ann.app.clipboard == "see https://a.example and https://b.example")
        await ann.press("escape", "o")
        await ann.see("Which link?")
        await ann.press("down", "enter")
        await ann.until(lambda: ann.app.clipboard == "https://b.example")


async def test_a_thread_is_shown_alone(address: str) -> None:
    """With its first message and its answers, and none of what was said between; it can be answered."""
    async with seated() as ann, connect(address, name="bob", rooms=["#seven"]) as bob:
        await ann.come_in(address, "ann", "#seven")
        first = await bob.say("#seven", "who comes?")
        await bob.reply(first, "not me")
        await bob.say("#seven", "something else")
        await ann.see("↳ 1 reply", "something else")
        await ann.press("escape", "k", "t")
        await ann.see("Thread", "who comes?", "not me")
        await ann.press("enter")
        await ann.see("Answering bob: not me")
        await ann.write("but me")
        await ann.see("↳ 2 replies")


async def test_what_was_found_is_gone_to(address: str) -> None:
    """A hit is shown where it stands, or with what was said around it if that is long ago."""
    async with seated() as ann, connect(address, name="bob", rooms=["#eight"]) as bob:
        await ann.come_in(address, "ann", "#eight")
        await bob.say("#eight", "the needle is here")
        for number in range(60):
            await bob.say("#eight", f"hay {number}")
        await ann.see("hay 59")
        await ann.press("ctrl+r", *"needle")
        await ann.see("bob: the needle is here")
        await ann.press("enter")
        await ann.see("the needle is here")
        await ann.until(lambda: ann.chat.timeline.selected is not None)
        await ann.press("escape")
        await ann.until(lambda: ann.chat.composer.has_focus)


async def test_going_by_a_few_letters(address: str) -> None:
    """What is unread comes first; letters find what has them in that order."""
    async with seated() as ann, connect(address, name="bob", rooms=["#nine", "#ninety"]) as bob:
        await ann.come_in(address, "ann", "#nine", "#ninety", "#zebra")
        await ann.press("alt+1")
        await bob.say("#ninety", "@ann hello")
        room = ann.desk.stations[0].find("#ninety")
        await ann.until(lambda: room is not None and room.calls == 1)
        await ann.press("ctrl+k")
        await ann.see("Where to?")
        await ann.press("enter")
        await ann.see("@ann hello")
        await ann.press("ctrl+k", *"zbr", "enter")
        await ann.until(lambda: ann.chat.current is not None and ann.chat.current.name == "#zebra")

"""Where nothing was said yet, and where there is no server, one is told what can be done."""

from typing import Final

from hubbub.client import connect
from hubbub.tui.choices import Choice, Who
from tests.tui.screens.sitting import seated

SILENT: Final = "Nothing was said here yet."


async def test_an_empty_room_says_how_to_begin(address: str) -> None:
    """Until something is said, also where others have come and gone."""
    async with seated() as ann, connect(address, name="hinter", rooms=["#hush"]) as other:
        await ann.come_in(address, "hanna", "#hush")
        await ann.see(SILENT, "/invite NAME")
        await other.leave("#hush")
        await ann.see("← hinter left", SILENT)
        await ann.write("first")
        await ann.see("│ first")
        await ann.miss(SILENT)


async def test_an_empty_conversation_says_whose_it_is(address: str) -> None:
    """And is whole: nothing is asked for again and again."""
    async with seated() as ann, connect(address, name="hilda") as other:
        station = await ann.come_in(address, "hanno")
        await ann.write("/query hilda")
        await ann.see("You and hilda have not")
        assert station.converse("hilda").is_complete
        await other.tell("hanno", "hello")
        await ann.see("hilda │ hello")
        await ann.miss("You and hilda have not")


async def test_a_servers_own_lines_say_what_they_are(address: str) -> None:
    """With how to come into a room."""
    async with seated() as ann:
        station = await ann.come_in(address, "hedda")
        ann.chat.go_to(station.buffers.server)
        await ann.see("Here stands what the server says", "/rooms shows")


async def test_on_no_server_one_is_told_how_to_come_to_one(address: str) -> None:
    """And nothing of the one that was left stands there any more."""
    async with seated() as ann:
        await ann.come_in(address, "hella", "#left")
        await ann.write("before")
        await ann.see("│ before")
        await ann.write("/disconnect")
        await ann.see("You are on no server.", "/servers shows which you know.")
        await ann.miss("│ before")
        await ann.miss("hella")


async def test_a_small_terminal_shows_as_much_as_there_is_room_for(address: str) -> None:
    """The first words are the ones that stay."""
    async with seated((20, 5)) as ann:
        await ann.come_in(address, "helga", "#tiny")
        await ann.see("Nothing was said")


async def test_without_a_server_one_is_told_what_can_be_done() -> None:
    """The first time, in an empty folder: how to have a server, and how to go to another."""
    async with seated((80, 24)) as ann:
        station = ann.desk.connect(Choice("127.0.0.1:1", Who("hulda")))
        await ann.see("No server at", "hubbub serve", "/connect HOST", "/disconnect")
        await ann.write("hello?")
        await ann.see("at the moment")
        assert ann.chat.composer.text == "hello?"
        await ann.press("ctrl+u")
        await ann.write("/disconnect")
        await ann.see("You are on no server.")
        assert station not in ann.desk.stations

"""What a server wants to know before it lets one in, and what one wants to know before much is sent."""

import asyncio
from collections.abc import Callable

import pytest
from textual.events import Paste

from hubbub.client import connect
from hubbub.tui.choices import Choice, Who
from hubbub.tui.targets import read_target
from tests.harness.server import Server
from tests.tui.screens.sitting import seated


async def test_a_name_that_is_taken(address: str) -> None:
    """Another one is asked for, and suggested."""
    async with connect(address, name="ann"), seated() as other:
        station = other.desk.connect(Choice(address, Who("ann")))
        await other.see("Name", "Come in")
        await other.press("ctrl+u", *"anders", "enter")
        await other.until(lambda: station.is_online and station.you.name == "anders")
        await other.miss("Come in")


async def test_an_account_wants_its_password(address: str) -> None:
    """A wrong one is asked for again; the right one lets one in."""
    async with connect(address, name="owner", password="correct horse battery", register=True):
        pass
    async with seated() as owner:
        station = owner.desk.connect(Choice(address, Who("owner")))
        await owner.see("Password", "Log in")
        await owner.press(*"wrong", "enter")
        await owner.see("Password")
        await owner.until(lambda: station.who.password == "wrong")
        await owner.see("Log in")
        await owner.press(*("space" if letter == " " else letter for letter in "correct horse battery"), "enter")
        await owner.until(lambda: station.is_online and station.you.name == "owner")
        await owner.see("You stay logged in on this computer", "ends that.")
        assert not station.who.password
        again = owner.notes.choose(read_target(address))
        assert again.who.token
    async with seated() as owner:
        station = owner.desk.connect(again)
        await owner.until(lambda: station.is_online and station.you.name == "owner")
        assert station.you.has_account


async def test_who_opens_an_account_stays_logged_in(start_server: Callable[..., Server]) -> None:
    """From the question that a server asks which lets in nobody else; the password is asked for no more."""
    server = start_server(settings={"people.access": "registered"})
    host, port = server.address()
    async with seated() as new:
        station = new.desk.connect(Choice(f"{host}:{port}", Who("newcomer")))
        await new.see("Open an account")
        await new.press(*"correcthorse")
        await new.pilot.click("#answer-register")
        await new.until(lambda: station.is_online and bool(station.who.token))
        assert new.notes.accounts[str(station.endpoint)][2] == station.who.token


async def test_who_would_rather_not_answer_leaves(address: str) -> None:
    """Esc leaves the server, and the screen says how to go to another."""
    async with connect(address, name="anton"), seated() as other:
        other.desk.connect(Choice(address, Who("anton")))
        await other.see("Come in")
        await other.press("escape")
        await other.see("On no server: /connect HOST")
        assert other.desk.stations == []


async def test_a_new_certificate_is_asked_about_and_remembered(address: str) -> None:
    """Its fingerprint is shown; who trusts it is in, and is not asked again."""
    async with seated() as tess:
        station = tess.desk.connect(Choice(f"hubbubs://{address}", Who("tess")))
        await tess.see("Is this", "SHA256:", "It is: trust it")
        await tess.press("enter")
        await tess.until(lambda: station.is_online)
        assert tess.notes.certificates == {str(station.endpoint): station.fingerprint}


async def test_another_certificate_than_before_is_warned_of(address: str) -> None:
    """What is usually answered is to stay away."""
    async with seated() as tess:
        known = ":".join(["00"] * 32)
        tess.desk.connect(Choice(f"hubbubs://{address}", Who("tess"), fingerprint=known))
        await tess.see("This may not be", "Now:", "Before:", "Stay away")
        await tess.press("enter")
        await tess.see("On no server")
        assert tess.notes.certificates == {}


async def test_pasting_several_lines_asks_first(address: str) -> None:
    """As a message, to be edited first, or not at all."""
    async with seated() as ann:
        await ann.come_in(address, "ann", "#paste")
        ann.chat.composer.post_message(Paste("one\ntwo"))
        await ann.see("What is to become of it?", "2 lines")
        await ann.press("escape")
        await ann.miss("What is to become of it?")
        assert ann.chat.composer.text == ""
        ann.chat.composer.post_message(Paste("one\ntwo"))
        await ann.see("Send it")
        await ann.press("enter")
        await ann.see("│ one\n", "│ two\n")


async def test_a_megabyte_becomes_a_file(address: str) -> None:
    """Nothing that long is a message; as a file it is sent, and its name is a link."""
    async with seated() as ann:
        await ann.come_in(address, "ann", "#mega")
        ann.chat.composer.post_message(Paste("x" * 1_048_576))
        await ann.see("too long for a message", "Send as a file")
        assert "Send it" not in ann.text
        await ann.press("enter")
        await ann.see("▤ pasted.txt")


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (20, 5), (10, 3), (1, 1)])
async def test_any_terminal_will_do(address: str, size: tuple[int, int]) -> None:
    """However small it becomes, it goes on, and shows the last words and what is being written where they fit."""
    async with seated(size) as ann:
        await ann.come_in(address, f"u{size[0]}", "#small")
        await ann.write("hi")
        await ann.until(lambda: bool(ann.chat.current and ann.chat.current.spoken(1)))
        await ann.press("o", "k")
        if size[0] >= 20:
            await ann.see("hi", "ok")
        for width, height in ((30, 8), (200, 60), (5, 2), size):
            await ann.pilot.resize_terminal(width, height)
        await asyncio.sleep(0)
        assert ann.chat.composer.text == "ok"

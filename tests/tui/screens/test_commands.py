"""Commands do from here what they do everywhere, and what only a screen can."""

from pathlib import Path

from hubbub.client import connect
from hubbub.core.features.blocking import Block
from tests.tui.screens.sitting import seated


async def test_rooms_come_and_go(address: str) -> None:
    """A room that one comes into is before one at once; one that one leaves is listed no longer."""
    async with seated() as ann:
        await ann.come_in(address, "ann")
        await ann.write("/join #cellar")
        await ann.until(lambda: ann.chat.current is not None and ann.chat.current.name == "#cellar")
        await ann.see("2 #lobby")
        await ann.write("/leave")
        await ann.miss("#cellar ")
        await ann.until(lambda: ann.chat.current is not None and ann.chat.current.name == "#lobby")


async def test_what_cannot_be_is_said_where_it_was_written(address: str) -> None:
    """A mistyped command is never said, is explained, and can be mended."""
    async with seated() as ann:
        await ann.come_in(address, "ann")
        await ann.write("/jion #tea")
        await ann.see("There is no command /jion. Did you mean /join?")
        assert ann.chat.composer.text == "/jion #tea"


async def test_to_one_alone(address: str) -> None:
    """A conversation is a place like a room, and calls whom it is with."""
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        await ann.write("/msg bob psst")
        # A conversation begins before the first words in it are there.
        await bob.until(lambda: (conversation := his.find("@ann")) is not None and conversation.unread > 0)
        await bob.press("alt+a")
        await bob.see("ann │ psst")
        await bob.write("what is it?")
        await ann.write("/query bob")
        await ann.see("bob │ what is it?")
        assert hers.find("@bob") is not None
        assert his.find("@ann") is not None


async def test_to_many_with_what_became_of_it_for_each(address: str) -> None:
    """Whoever is told is listed, and whoever cannot be."""
    async with seated() as ann, connect(address, name="bob"):
        await ann.come_in(address, "ann")
        await ann.write("/msg bob,nobody lunch?")
        await ann.see("bob has got it.", "User 'nobody' not found.")


async def test_what_is_said_to_everyone_is_read_wherever_one_is(address: str) -> None:
    """By whoever said it too; among the server's own lines it stands for later."""
    async with seated() as ann, seated() as bob:
        await ann.come_in(address, "ann", "#here")
        station = await bob.come_in(address, "bob", "#there")
        await ann.write("/broadcast the kettle is on")
        await ann.see("» │ ann to everyone: the kettle is on")
        await bob.see("» │ ann to everyone: the kettle is on")
        bob.chat.go_to(station.buffers.server)
        await bob.see("ann │ to everyone: the kettle is on")


async def test_what_was_refused_elsewhere_is_told_where_one_is(address: str) -> None:
    """With the reason, and a sign in the list where it stands, until it is taken back there."""
    async with seated() as ann, connect(address, name="bob") as bob:
        station = await ann.come_in(address, "anouk")
        await bob.ask(Block(("anouk",)))
        await ann.write("/msg bob psst")
        await ann.see("» │ Not sent to @bob: bob does not take messages", "2 @bob              ✗")
        await ann.write("/query bob")
        await ann.see("psst", "✗ not sent: bob does not take messages")
        await ann.write("/drop")
        await ann.miss("✗")
        assert not station.converse("bob").outgoing


async def test_help_and_keys(address: str) -> None:
    """What can be written is listed in its place; keys in front of everything."""
    async with seated((110, 60)) as ann:
        await ann.come_in(address, "ann")
        await ann.write("/help")
        await ann.see("Commands (/help COMMAND explains one):", "come into a room")
        await ann.press("f1")
        await ann.see("Everywhere", "Ctrl+K", "Go to a room, a person or a server", "Alt+1 … Alt+9")
        await ann.press("escape")
        await ann.miss("Go to a room, a person or a server")


async def test_everything_is_in_the_palette(address: str) -> None:
    """Keys, commands and colours are found by a few letters of what they do."""
    async with seated() as ann:
        await ann.come_in(address, "ann")
        await ann.press("ctrl+p")
        await ann.see("What is to be done?", "Ctrl+K")
        await ann.press(*"/topic")
        await ann.see("/topic [#room]")
        await ann.press("enter")
        assert ann.chat.composer.text == "/topic "
        await ann.press("ctrl+u", "ctrl+p", *"theme", "space", *"light")
        await ann.see("Theme: light")
        await ann.press("enter")
        await ann.until(lambda: ann.app.theme == "light")


async def test_a_file_is_sent_with_its_path_completed(address: str, tmp_path: Path) -> None:
    """Tab finds it, and what was sent stands in the room with its size."""
    (tmp_path / "a plan.txt").write_text("tea at five")
    async with seated() as ann:
        await ann.come_in(address, "ann")
        ann.chat.composer.load(f"/upload {tmp_path}/a")
        await ann.press("tab")
        assert ann.chat.composer.text == f"/upload {tmp_path}/a plan.txt"
        await ann.press("enter")
        await ann.see("▤ a plan.txt  11 bytes")


async def test_keys_can_be_others(address: str) -> None:
    """What somebody sets himself does it, and is what the card says."""
    async with seated((110, 50), keys={"go_to": "ctrl+g"}) as ann:
        await ann.come_in(address, "ann")
        await ann.press("ctrl+g")
        await ann.see("Where to?")
        await ann.press("escape", "f1")
        await ann.see("Ctrl+G")


async def test_another_server_is_joined_and_left_while_running(address: str) -> None:
    """By a command each."""
    async with seated() as ann:
        await ann.write(f"/connect {address} anselm")
        await ann.see(f"anselm on {address}")
        await ann.write("/disconnect")
        await ann.see("On no server: /connect HOST")


async def test_the_help_reads_well_in_a_small_window(address: str) -> None:
    """What a command does stands below it, indented, where there is no room beside it."""
    async with seated((80, 24)) as ann:
        await ann.come_in(address, "halina")
        await ann.write("/help")
        await ann.see("/history [#room|@NAME] [number]\n", "    what was said last (20)")
        await ann.write("/help client")
        await ann.see("/retry\n", "    say again what was refused here")

"""Coming in and talking, in one room and in several, on one server and on two."""

import asyncio
from pathlib import Path

from hubbub.client import Said, connect
from hubbub.core.features.membership import Join
from hubbub.core.features.moderation import Ban
from hubbub.core.signals import Typing
from hubbub.tui.choices import Choice, Who
from hubbub.tui.widgets.people import People
from tests.harness.server import Server
from tests.tui.looking import PATIENCE_SECONDS
from tests.tui.screens.sitting import seated


async def test_two_talk(address: str) -> None:
    """What one writes, the other reads, with who said it; one's own stands once."""
    async with seated() as ann, seated() as bob:
        await ann.come_in(address, "ann")
        await bob.come_in(address, "bob")
        await ann.write("hello there")
        await bob.see("ann │ hello there")
        await bob.write("hi ann")
        await ann.see("bob │ hi ann")
        await ann.until(lambda: ann.text.count("hello there") == 1)


async def test_rooms_are_gone_to_by_number(address: str) -> None:
    """Unread is counted, and gone where it is read."""
    async with seated() as ann, connect(address, name="ben", rooms=["#lobby", "#tea"]) as ben:
        await ann.come_in(address, "anna", "#lobby", "#tea")
        await ben.say("#tea", "kettle is on")
        tea = ann.desk.stations[0].find("#tea")
        await ann.until(lambda: tea is not None and tea.unread == 1)
        await ann.press("alt+2")
        await ann.see("kettle is on")
        await ann.until(lambda: tea is not None and tea.unread == 0)
        await ann.press("alt+1")
        await ann.miss("kettle is on")
        await ben.say("#tea", "@anna come")
        await ann.until(lambda: tea is not None and tea.calls == 1)
        await ann.press("alt+a")
        await ann.see("@anna come")


async def test_a_link_leads_straight_into_its_room(address: str) -> None:
    """Also whoever is in other rooms already; where he may not come in, he reads why."""
    account = Who("linus", "correct horse")
    async with (
        connect(address, name="linus", password=account.password, register=True) as linus,
        connect(address, name="host", rooms=["#aft"]) as host,
    ):
        await host.ask(Ban("#aft", "linus"))
        await linus.ask(Join("#stern"))
        for where in ("#stern", "#helm"):
            async with seated() as ann:
                ann.desk.connect(Choice(address, account, rooms=(where,)))
                await ann.until(lambda where=where: ann.text.startswith(f" {where} "))  # type: ignore[misc]
        async with seated() as ann:
            ann.desk.connect(Choice(address, account, rooms=("#aft",)))
            await ann.see("» │ You are banned from #aft")


async def test_whoever_goes_elsewhere_writes_there(address: str) -> None:
    """Also out of choosing a message: no letter does something to another one then."""
    async with seated() as ann:
        await ann.come_in(address, "anni", "#alder", "#birch")
        await ann.press("alt+1")
        await ann.write("here")
        await ann.see("anni │ here")
        await ann.press("escape")
        await ann.until(lambda: ann.chat.timeline.has_focus)
        await ann.press("alt+2", *"deed")
        assert ann.chat.composer.text == "deed"


async def test_what_is_begun_waits_in_its_room(address: str) -> None:
    """A draft belongs to its room, and comes back with it."""
    async with seated() as ann:
        await ann.come_in(address, "anneke", "#lobby", "#tea")
        await ann.press("alt+1", *"one", "alt+2")
        assert ann.chat.composer.text == ""
        await ann.press(*"two", "alt+1")
        assert ann.chat.composer.text == "one"
        await ann.press("alt+2")
        assert ann.chat.composer.text == "two"


async def test_what_is_begun_before_there_is_a_server_is_gone_on_with(address: str) -> None:
    """Whoever types at once loses no letter of it, and says it in the first room."""
    async with seated() as ann:
        await ann.press(*"hel")
        await ann.come_in(address, "antje")
        await ann.until(lambda: ann.chat.current is not None)
        assert ann.chat.composer.text == "hel"
        await ann.write("lo")
        await ann.see("antje │ hello")


async def test_who_writes_is_seen(address: str) -> None:
    """Others see that one writes, and one sees who does."""
    async with seated() as ann, connect(address, name="cleo") as cleo:
        typing: list[Typing] = []
        cleo.on(Typing)(typing.append)
        await ann.come_in(address, "antje")
        await ann.press("h")
        await ann.until(lambda: any(one.name == "antje" for one in typing))
        await cleo.show_typing("#lobby")
        await ann.see("cleo is writing …")
        await cleo.say("#lobby", "done")
        await ann.miss("cleo is writing …")


async def test_what_was_said_before_is_read_back(address: str) -> None:
    """Going up brings older messages from the server, and the end is a key away."""
    async with connect(address, name="dora", rooms=["#old"]) as dora:
        for number in range(250):
            await dora.say("#old", f"message {number}")
        async with seated() as ann:
            await ann.come_in(address, "arno", "#old")
            await ann.see("message 249")
            async with asyncio.timeout(PATIENCE_SECONDS):
                while "message 0 " not in ann.text:
                    await ann.press("ctrl+home")
            await ann.press("ctrl+end")
            await ann.see("message 249")


async def test_two_servers_at_once(address: str, tmp_path: Path) -> None:
    """Each has its rooms; what is new on the other one is seen and gone to."""
    other = Server(tmp_path / "other")
    other.start()
    host, port = other.address()
    try:
        async with seated() as ann, connect(f"{host}:{port}", name="eva") as eva:
            await ann.come_in(address, "ada")
            await ann.come_in(f"{host}:{port}", "ada")
            await ann.see(address, f"{host}:{port}")
            await eva.say("#lobby", "from the other side")
            room = ann.desk.stations[1].find("#lobby")
            await ann.until(lambda: room is not None and room.unread == 1)
            await ann.press("alt+a")
            await ann.see("from the other side", f"ada on {host}:{port}")
            await ann.write("good to see you")
            await ann.until(lambda: bool(room is not None and room.spoken(1)[0].text == "good to see you"))
    finally:
        other.stop()


async def test_a_lost_connection_is_seen_and_comes_back(tmp_path: Path) -> None:
    """What is written meanwhile waits, and is said once when the server is there again."""
    server = Server(tmp_path / "data")
    server.start()
    host, port = server.address()
    try:
        async with seated() as ann, seated() as bob:
            await ann.come_in(f"{host}:{port}", "ann")
            await bob.come_in(f"{host}:{port}", "bob")
            server.kill()
            await ann.until(lambda: not ann.desk.stations[0].is_online)
            await ann.write("are you there?")
            await ann.see("are you there? …", "1 to be sent")
            server.start()
            await bob.see("ann │ are you there?")
            await ann.see(f"ann on {host}:{port}")
            await ann.miss("are you there? …")
            assert ann.text.count("are you there?") == 1
    finally:
        server.stop()


async def test_nobody_elses_escapes_reach_the_terminal(address: str) -> None:
    """Names, texts and topics show what would control a terminal, wherever they stand."""
    async with seated() as ann, connect(address, name="mal", rooms=["#odd"]) as mal:
        await ann.come_in(address, "alva", "#odd")
        await mal.set_topic("#odd", "turn \u2066around")
        await mal.say("#odd", "left-to-\u200eright \u2067and\u2069 日本語 👩‍👩‍👧 e\u0301")
        await ann.see("left-to-\\u200eright \\u2067and\\u2069", "日本語", "turn \\u2066around")
        assert all(letter.isprintable() or letter in "\n\u200d" for letter in ann.text)


async def test_the_mouse_goes_where_it_points(address: str) -> None:
    """To a room in the list, to a message, and to somebody who is there."""
    async with seated() as ann, connect(address, name="bob", rooms=["#amble", "#brook"]) as bob:
        station = await ann.come_in(address, "ann", "#amble", "#brook")
        await ann.press("alt+1")
        await bob.say("#brook", "here is water")
        await ann.pilot.click("#sidebar", offset=(5, 2))
        await ann.see("here is water", "bob")
        await ann.pilot.click("#timeline", offset=(30, 26))
        await ann.until(lambda: ann.chat.timeline.selected is not None)
        await ann.until(lambda: len(ann.chat.query_one(People).rows) == 2)
        await ann.pilot.click("#people", offset=(3, 1))
        await ann.until(lambda: ann.chat.current is station.find("@bob"))


async def test_who_has_sent_a_command_is_not_writing(address: str) -> None:
    """Though his keys are heard of after it is gone: a command is nobody's business, however fast it is typed."""
    async with seated() as ann, connect(address, name="witness", rooms=["#lobby"]) as witness:
        written: list[str] = []
        witness.on(Typing)(lambda typing: written.append(typing.name))
        station = await ann.come_in(address, "hasty")
        ann.chat.composer.load("")
        ann.chat.tell_typing()
        lobby = station.find("#lobby")
        assert lobby is not None
        heard = asyncio.Event()
        witness.on(Said)(lambda said: heard.set() if said.text == "the barrier" else None)
        station.say(lobby, "the barrier")
        async with asyncio.timeout(PATIENCE_SECONDS):
            await heard.wait()
        assert written == []

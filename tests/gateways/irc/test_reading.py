"""Reading: MARKREAD, and what is told of what was not read.

https://ircv3.net/specs/extensions/read-marker is quoted.
"""

import re

import pytest

from tests.gateways.irc.clients import PASSWORD, SERVER, Client, Network, network
from tests.gateways.irc.talking import body_of, said, tags_of

MARKING = ("draft/read-marker", "server-time", "standard-replies")


async def come_back(place: Network, nick: str, *capabilities: str) -> tuple[Client, list[str]]:
    """Come in with an account, and return what is heard."""
    client = await place.connect()
    heard = await client.ask(f"CAP REQ :{' '.join(capabilities)}") if capabilities else []
    heard = await client.ask(f"PASS :{PASSWORD}", f"NICK {nick}", "USER u 0 * :Somebody", "CAP END")
    return client, heard + await client.settle()


async def talking(place: Network) -> Client:
    """Let Ann, who has an account, come into #tea and go; return Bob, who is there, and has talked to her."""
    await place.register("ann")
    bob = await place.arrive("bob", "server-time", "echo-message")
    await bob.ask("JOIN #tea")
    ann, _ = await come_back(place, "ann")
    await ann.ask("JOIN #tea", "PRIVMSG bob :hello", "PRIVMSG #tea :back soon")
    place.node.clock.advance(1)
    ann.send("QUIT")
    await ann.hear_end()
    await bob.settle()
    return bob


async def test_a_mark_is_told_on_coming_in() -> None:
    """On JOIN "the server MUST send a MARKREAD command", "before the RPL_ENDOFNAMES reply"; `*` where none is known."""
    async with network() as place:
        ann = await place.arrive("ann", *MARKING)
        heard = [body_of(line) for line in await ann.ask("JOIN #tea")]
        assert [line.split()[1] for line in heard] == ["JOIN", "MARKREAD", "353", "366"]
        assert heard[1] == f":{SERVER} MARKREAD #tea *"


async def test_a_mark_is_part_of_a_labelled_answer() -> None:
    """labeled-response: what answers a JOIN carries its label, all of it."""
    async with network() as place:
        ann = await place.arrive("ann", *MARKING, "labeled-response", "batch")
        first, *lines, last = await ann.ask("@label=x JOIN #tea")
        assert first.startswith("@label=x ")
        assert [body_of(line).split()[1] for line in lines] == ["JOIN", "MARKREAD", "353", "366"]
        assert last.startswith(f":{SERVER} BATCH -")


async def test_setting_and_getting_a_mark() -> None:
    """Set and get: "The server MUST reply to a successful MARKREAD client set command" by a MARKREAD."""
    async with network() as place:
        bob = await talking(place)
        ann, heard = await come_back(place, "ann", *MARKING)
        assert any(body_of(line).startswith(f":{SERVER} MARKREAD #tea timestamp=") for line in heard)
        times = []
        for text in ("one", "two"):
            place.node.clock.advance(1)
            times.append(tags_of((await bob.ask(f"PRIVMSG #tea :{text}"))[0])["time"])
        await ann.settle()
        one, two = [f":{SERVER} MARKREAD #tea timestamp={time}" for time in times]
        assert await ann.ask(f"MARKREAD #tea timestamp={times[0]}", "MARKREAD #tea") == [one, one]
        assert await ann.ask(f"MARKREAD #tea timestamp={times[1]}") == [two]
        # "If the provided timestamp is older …, the server MUST reply … carrying the server's stored value."
        assert await ann.ask(f"MARKREAD #tea timestamp={times[0]}") == [two]


async def test_marks_of_conversations() -> None:
    """The target may be a nickname; for one with whom nobody has talked, nothing is known."""
    async with network() as place:
        bob = await talking(place)
        ann, _ = await come_back(place, "ann", *MARKING)
        [line] = await bob.ask("PRIVMSG ann :psst")
        await ann.settle()
        marked = f":{SERVER} MARKREAD bob timestamp={tags_of(line)['time']}"
        assert await ann.ask(f"MARKREAD bob timestamp={tags_of(line)['time']}") == [marked]
        await place.arrive("zoe")
        assert await ann.ask("MARKREAD zoe") == [f":{SERVER} MARKREAD zoe *"]


async def test_marks_are_told_to_all_clients_of_somebody() -> None:
    """When it changes, "the server SHOULD send a MARKREAD command for that target to all the clients of the user"."""
    async with network() as place:
        bob = await talking(place)
        ann, _ = await come_back(place, "ann", *MARKING)
        phone, _ = await come_back(place, "ann", *MARKING)
        place.node.clock.advance(1)
        [line] = await bob.ask("PRIVMSG #tea :one")
        await phone.settle()
        [marked] = (await ann.ask(f"MARKREAD #tea timestamp={tags_of(line)['time']}"))[1:]
        assert await phone.settle() == [marked]


async def test_marks_of_guests() -> None:
    """A guest's marks are his for as long as he is there."""
    async with network() as place:
        ann = await place.arrive("ann", *MARKING)
        bob = await place.arrive("bob", "server-time", "echo-message")
        for client in (ann, bob):
            await client.ask("JOIN #tea")
        place.node.clock.advance(1)
        [line] = await bob.ask("PRIVMSG #tea :one")
        await ann.settle()
        marked = f":{SERVER} MARKREAD #tea timestamp={tags_of(line)['time']}"
        assert await ann.ask(f"MARKREAD #tea timestamp={tags_of(line)['time']}", "MARKREAD #tea") == [marked, marked]
        assert await bob.ask("MARKREAD #tea") == [f":{SERVER} MARKREAD #tea *"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("", "NEED_MORE_PARAMS"),
        (" #tea *", "INVALID_PARAMS #tea *"),
        (" #tea yesterday", "INVALID_PARAMS #tea yesterday"),
        (" #none", "INVALID_PARAMS #none"),
        (" nobody", "INVALID_PARAMS nobody"),
    ],
)
async def test_errors(asked: str, answer: str) -> None:
    """Errors are standard replies."""
    async with network() as place:
        ann = await place.arrive("ann", *MARKING)
        await ann.ask("JOIN #tea")
        [line] = await ann.ask(f"MARKREAD{asked}")
        assert line.startswith(f":{SERVER} FAIL MARKREAD {answer} :")


async def test_what_was_not_read_is_told() -> None:
    """Who does not know how to ask is told what he has not read, and when it was said; once."""
    async with network() as place:
        bob = await talking(place)
        place.node.clock.advance(1)
        await bob.ask("PRIVMSG #tea :one", "PRIVMSG ann :two", "PRIVMSG #tea :three")
        ann, heard = await come_back(place, "ann")
        lines = [line for line in heard if line.startswith(":bob!")]
        assert sorted(re.sub(r"\[.*?\]", "[]", said(line)[1]) for line in lines) == [
            "#tea :[] one",
            "#tea :[] three",
            "ann :[] two",
        ]
        assert heard.index(lines[0]) > next(place for place, line in enumerate(heard) if " 366 " in line)
        await ann.ask("PRIVMSG #tea :thanks")
        place.node.clock.advance(1)
        ann.send("QUIT")
        await ann.hear_end()
        await place.node.unread.drain()
        await bob.ask("PRIVMSG #tea :four")
        _, heard = await come_back(place, "ann", "server-time", "batch")
        begun = next(place for place, line in enumerate(heard) if "BATCH +" in line)
        assert heard[begun].endswith(" chathistory #tea")
        assert [said(line)[1] for line in heard if " PRIVMSG #tea " in line] == ["#tea :four"]


async def test_what_guests_said_who_have_left_is_told() -> None:
    """Each in his own name, though the conversations with them have none any more, and once."""
    async with network() as place:
        await place.register("frank")
        for nick in ("gina", "hugo"):
            guest = await place.arrive(nick)
            await guest.ask(f"PRIVMSG frank :it is {nick}", "PRIVMSG frank :see you")
            place.node.clock.advance(1)
            guest.send("QUIT")
            await guest.hear_end()
        frank, heard = await come_back(place, "frank", "server-time", "batch")
        batches = [line.rsplit(" ", 2)[1:] for line in heard if "BATCH +" in line]
        assert sorted(batches) == [["chathistory", "gina"], ["chathistory", "hugo"]]
        lines = [line for line in heard if " PRIVMSG " in line]
        assert all("time" in tags_of(line) for line in lines)
        assert sorted(body_of(line).split("!")[0] for line in lines) == [":gina", ":gina", ":hugo", ":hugo"]
        assert sorted(said(line)[1] for line in lines)[:2] == ["frank :it is gina", "frank :it is hugo"]
        place.node.clock.advance(1)
        frank.send("QUIT")
        await frank.hear_end()
        await place.node.unread.drain()
        _, heard = await come_back(place, "frank", "server-time", "batch")
        assert not any(" PRIVMSG " in line for line in heard)


async def leave(place: Network, client: Client) -> None:
    """Let somebody go, and wait until it is written down what he has been shown."""
    place.node.clock.advance(1)
    client.send("QUIT")
    await client.hear_end()
    await place.node.unread.drain()


async def test_a_conversation_is_read_that_was_let_go_meanwhile() -> None:
    """What was played, or heard, before he typed is not played again, whatever became of the room."""
    async with network() as place:
        bob = await talking(place)
        await bob.ask("PRIVMSG ann :one")
        ann, heard = await come_back(place, "ann")
        assert any("one" in line for line in heard)
        place.node.clock.advance(1)
        await bob.ask("PRIVMSG ann :two")
        await ann.ask("WHOIS bob")
        for _ in range(2):
            await place.node.rooms.sweep()
        person = place.node.house.find_named("ann")
        assert person is not None
        assert not place.node.house.conversations_of(person.id)
        await leave(place, ann)
        ann, heard = await come_back(place, "ann")
        assert not any(" PRIVMSG ann " in line for line in heard)


async def test_what_came_after_one_was_there_is_played_until_one_is() -> None:
    """What came when nobody typed any more is told again, and is read once it was told to somebody who types."""
    async with network() as place:
        bob = await talking(place)
        ann, _ = await come_back(place, "ann")
        await bob.ask("PRIVMSG ann :early")
        await ann.ask("WHOIS bob")
        place.node.clock.advance(1)
        await bob.ask("PRIVMSG ann :late")
        await ann.hear("late")
        place.node.clock.advance(1)
        ann.peer.sock.close()
        await place.here.settle(lambda: len(place.node.sessions) == 1)
        for expected in (True, False):
            await place.node.unread.drain()
            ann, heard = await come_back(place, "ann")
            assert any("late" in line for line in heard) is expected
            await ann.ask("WHOIS bob")
            await leave(place, ann)


async def test_what_somebody_said_whose_account_is_deleted_is_told() -> None:
    """There is no name for him any more, and a nick has no spaces."""
    async with network() as place:
        await place.register("frank", "gina")
        gina, _ = await come_back(place, "gina")
        await gina.ask("PRIVMSG frank :goodbye")
        await place.node.settle()
        gina.send(f"NS DROP {PASSWORD}")
        await gina.hear_end()
        _, heard = await come_back(place, "frank")
        assert [line.split()[0].split("!")[0] for line in heard if "goodbye" in line] == [":deleted_account"]


@pytest.mark.parametrize("capability", ["draft/chathistory", "znc.in/playback"])
async def test_who_can_ask_is_told_nothing_unasked(capability: str) -> None:
    """chathistory: with it, a client asks by itself when it wants to know; with ZNC's playback as well."""
    async with network() as place:
        bob = await talking(place)
        await bob.ask("PRIVMSG #tea :one")
        _, heard = await come_back(place, "ann", capability, "server-time", "batch")
        assert not any("one" in line for line in heard)


async def test_znc_playback() -> None:
    """https://wiki.znc.in/Playback: `PLAY * TIME` brings everything since then, in batches of their own."""
    async with network() as place:
        bob = await talking(place)
        now = place.node.clock.time_ms() / 1000
        place.node.clock.advance(1)
        await bob.ask("PRIVMSG #tea :one", "PRIVMSG ann :two")
        ann, _ = await come_back(place, "ann", "znc.in/playback", "server-time", "batch")
        heard = await ann.ask(f"PRIVMSG *playback :PLAY * {now:.3f}")
        assert [line.split()[-2:] for line in heard if "BATCH +" in line] == [
            ["znc.in/playback", "#tea"],
            ["znc.in/playback", "bob"],
        ]
        assert [said(line)[1] for line in heard if "PRIVMSG" in line] == ["#tea :one", "ann :two"]
        assert [said(line)[1] for line in await ann.ask("PRIVMSG *playback :play #tea 0 1") if "PRIVMSG" in line] == []
        heard = await ann.ask("PRIVMSG *playback :play #tea,bob")
        assert [said(line)[1] for line in heard if "PRIVMSG" in line] == [
            "#tea :back soon",
            "#tea :one",
            "bob :hello",
            "ann :two",
        ]
        assert await ann.ask("PRIVMSG *playback :PLAY", "PRIVMSG *playback :CLEAR", "PRIVMSG *playback :HELP") == []


async def test_znc_playback_by_its_command() -> None:
    """`ZNC *playback PLAY #tea 0`, as The Lounge says it, is the same; there is no other module."""
    async with network() as place:
        ann = await place.found("ann", "#tea", "znc.in/playback", "server-time")
        await ann.ask("PRIVMSG #tea :one")
        heard = await ann.ask("ZNC *Playback PLAY #tea 0")
        assert any(line.endswith("PRIVMSG #tea :one") for line in heard)
        assert [line.split()[1:4] for line in await ann.ask("ZNC *status LISTNETWORKS")] == [["421", "ann", "ZNC"]]


async def test_znc_playback_lists_buffers() -> None:
    """`LIST [buffers]`: "one per line, each followed by the first and last timestamp for the respective buffer"."""
    async with network() as place:
        bob = await talking(place)
        said_ms = place.node.clock.time_ms()
        await bob.ask("PRIVMSG ann :one")
        ann, _ = await come_back(place, "ann", "znc.in/playback")
        source, time = f":*playback!znc@{SERVER}", f"{said_ms / 1000:.3f}"
        assert await ann.ask("PRIVMSG *playback :LIST bob,nobody") == [f"{source} PRIVMSG ann :bob 0 {time}"]
        heard = await ann.ask("PRIVMSG *playback :LIST")
        assert sorted(said(line)[1].split()[1] for line in heard) == [":#tea", ":bob"]


@pytest.mark.parametrize(("buffers", "marked"), [("#tea", ["#tea"]), ("bob,#tea", ["#tea", "bob"]), ("*", ["#tea"])])
async def test_znc_playback_clears_buffers(buffers: str, marked: list[str]) -> None:
    """`CLEAR <buffers>`: what is cleared counts as read, for each client of the person, and stays for PLAY."""
    async with network() as place:
        bob = await talking(place)
        phone, _ = await come_back(place, "ann", *MARKING)
        ann, _ = await come_back(place, "ann", "znc.in/playback")
        await bob.ask("PRIVMSG #tea :one", "PRIVMSG ann :two")
        await phone.settle()
        await ann.settle()
        assert await ann.ask(f"PRIVMSG *playback :CLEAR {buffers}") == []
        heard = [body_of(line).split() for line in await phone.settle()]
        assert sorted(words[2] for words in heard if words[1] == "MARKREAD") == marked
        assert any("one" in line for line in await ann.ask("PRIVMSG *playback :PLAY #tea"))


async def test_znc_playback_clears_nothing_that_is_not_there() -> None:
    """Somebody who clears what he cannot is told so by whom he tells it."""
    async with network() as place:
        ann = await place.arrive("ann", "znc.in/playback")
        [line] = await ann.ask("PRIVMSG *playback :CLEAR #none")
        assert line.startswith(f":*playback!znc@{SERVER} PRIVMSG ann :")

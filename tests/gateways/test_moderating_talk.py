"""Moderating in words: from a line somebody types to the lines that everybody reads, over real connections."""

import re
from collections.abc import AsyncIterator

import pytest

from hubbub.core.answers import Answer
from hubbub.core.features.accounts import OpenAccount
from hubbub.core.roles import RoomRole
from hubbub.core.scene import DONE
from tests.gateways.connections import Peer, Street, street

STAMP = re.compile(rb"\[[0-9:]{8}\] ")


class Speaker:
    """Somebody with a terminal, who types lines and reads them."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    async def types(self, *lines: str) -> list[str]:
        """Type lines, wait until all of it is done, and return what is shown meanwhile."""
        for line in lines:
            self._peer.send(line.encode() + b"\n")
        return await self.reads()

    async def reads(self) -> list[str]:
        """Return the lines that are shown, without their stamps, once everything on its way is there."""
        heard = STAMP.sub(b"", await self._peer.barrier()).decode().removeprefix("[SERVER] ")
        return [line.removeprefix("[SERVER] ") for line in heard.splitlines()[:-1]]


async def open_account(here: Street, name: str) -> None:
    """Give somebody an account who is there."""
    person = here.node.house.find_named(name)
    assert person is not None
    answers: list[Answer | Exception] = []
    (session,) = here.node.sessions.of(person.id)
    here.node.requests.carry_out(session, OpenAccount(), answers.append)
    await here.node.settle()
    assert answers == [DONE]


@pytest.fixture
async def people() -> AsyncIterator[tuple[Speaker, Speaker, Speaker]]:
    """Olga made #tea and owns it; Bob and Gus are guests, and in it as well."""
    async with street() as here:
        speakers = []
        for name in ("olga", "bob", "gus"):
            peer = await here.connect()
            await peer.arrive(name)
            if name == "olga":
                await open_account(here, name)
            speakers.append(Speaker(peer))
        for speaker in speakers:
            await speaker.types("/join #tea")
        for speaker in speakers:
            await speaker.reads()
        olga, bob, gus = speakers
        yield olga, bob, gus


People = tuple[Speaker, Speaker, Speaker]


async def test_kicking(people: People) -> None:
    """Everybody reads it; he reads it once, and what he types then is said where he was before."""
    olga, bob, gus = people
    assert await olga.types("/kick bob for being rude") == ["olga put bob out of #tea: for being rude"]
    assert await gus.reads() == ["olga put bob out of #tea: for being rude"]
    assert await bob.reads() == ["olga has put you out of #tea (for being rude). Your current room is #lobby."]
    await bob.types("where am I?")
    assert await gus.reads() == ["[#lobby] [bob] where am I?"]
    assert (await bob.types("/kick olga")) == [
        "Only a moderator of #lobby may do that. It has none: ask an administrator of this server."
    ]


async def test_banning(people: People) -> None:
    """With a time and a reason; he cannot come back, and reads for how long, until it is lifted."""
    olga, bob, gus = people
    banned = ["User 'bob' has left #tea. (banned)", "olga banned bob from #tea for 2 hours: spam"]
    assert await olga.types("/ban bob for 2h spam") == banned
    assert await gus.reads() == banned
    assert await bob.reads() == ["olga has banned you from #tea for 2 hours (spam). Your current room is #lobby."]
    assert await bob.types("/join #tea") == ["You are banned from #tea by olga for another 2 hours (spam)."]
    assert await olga.types("/bans") == ["Banned: bob, by olga for another 2 hours (spam)"]
    assert await olga.types("/unban bob") == ["olga lifted the ban of bob from #tea."]
    assert (await bob.types("/join #tea"))[0].startswith("You are in #tea, with")
    assert (await olga.types("/ban bob for 2x"))[-1] == (
        "'2x' is no duration. Write how long as 30s, 10m, 2h, 7d, 1w or 1h30m."
    )


async def test_muting(people: People) -> None:
    """He reads it with the others, and again whenever he types something."""
    olga, bob, gus = people
    muted = ["olga muted bob in #tea for 10 minutes: too loud"]
    assert await olga.types("/mute bob for 10m too loud") == muted
    assert await bob.reads() == await gus.reads() == muted
    assert await bob.types("hello") == ["You are muted in #tea by olga for another 10 minutes (too loud)."]
    assert await olga.types("/unmute bob") == ["olga lets bob speak in #tea again."]
    assert await bob.types("hello") == ["olga lets bob speak in #tea again."]
    assert (await gus.reads())[-1] == "[bob] hello"


async def test_a_slow_room(people: People) -> None:
    """Whoever types too fast reads how long to wait."""
    olga, bob, gus = people
    assert await olga.types("/room slow 30") == ["olga changed #tea: one message in 30 seconds."]
    assert (await bob.types("one", "two"))[1:] == ["#tea is slow: one message in 30 seconds. Wait another 30 seconds."]
    assert (await gus.reads())[-1] == "[bob] one"


async def test_a_private_room(people: People) -> None:
    """Others do not see it; whoever is invited reads how to come in."""
    olga, bob, gus = people
    await gus.types("/leave")
    await olga.types("/room access private")
    assert not any("#tea" in line for line in await gus.types("/rooms"))
    assert await gus.types("/join #tea") == ["#tea is for those who are invited. Ask somebody who is in."]
    assert await bob.types("/invite gus") == [
        "User 'gus' has left #tea.",
        "olga changed #tea: only those who are invited come in.",
        "Only a moderator of #tea may do that. Ask one.",
    ]
    assert (await olga.types("/invite gus"))[-1] == "olga invited gus into #tea."
    assert await gus.reads() == ["olga invites you into #tea: /join #tea"]
    assert await olga.types("/invited") == ["Invited into #tea: gus"]
    assert (await gus.types("/join #tea"))[0].startswith("You are in #tea")


async def test_an_announcement_room(people: People) -> None:
    """Only those who were made speakers speak."""
    olga, bob, gus = people
    await olga.types("/room access announcement")
    assert (await bob.types("hello"))[-1] == ("Only speakers may speak in #tea. Ask a moderator to make you one.")
    assert await olga.types("/role bob speaker") == ["olga made bob a speaker of #tea."]
    assert await bob.types("hello") == ["olga made bob a speaker of #tea."]
    assert (await gus.reads())[-1] == "[bob] hello"
    assert (await gus.types("/room"))[:3] == [
        "#tea: access announcement, history everyone",
        "Owners: olga",
        "Speakers: bob",
    ]


async def test_a_room_with_a_key(people: People) -> None:
    """Whoever does not know it reads how to give it."""
    olga, bob, _ = people
    await bob.types("/leave")
    assert (await olga.types("/room key sesame"))[-1] == "olga changed #tea: it needs a key."
    assert await bob.types("/join #tea") == ["It needs a key. Come in with /join #tea KEY."]
    assert await bob.types("/join #tea open") == ["That is not the key. Come in with /join #tea KEY."]
    assert (await bob.types("/join #tea sesame"))[0].startswith("You are in #tea")


async def test_renaming_a_room(people: People) -> None:
    """Whoever is in it goes on talking in it."""
    olga, bob, gus = people
    assert await olga.types("/room name #Mate") == ["olga renamed #tea to #Mate."]
    await bob.types("hello")
    assert await gus.reads() == ["olga renamed #tea to #Mate.", "[bob] hello"]
    assert (await gus.types("/list"))[0].startswith("In #Mate (3):")


async def test_an_archived_room(people: People) -> None:
    """It is read, and nothing else."""
    olga, bob, gus = people
    await bob.types("hello")
    await gus.types("/leave")
    await olga.types("/room archive on")
    assert (await bob.types("hello?"))[-1] == "#tea is archived: it is only there to be read."
    assert await bob.types("/history") == ["#1 [bob] hello"]
    assert await gus.types("/join #tea") == ["#tea is archived: it can be read by those who are in, and nothing else."]
    await olga.types("/room archive off")
    assert (await gus.types("/join #tea"))[0].startswith("You are in #tea")


async def test_the_audit(people: People) -> None:
    """The owner reads what was done in his room, others do not."""
    olga, bob, _ = people
    await olga.types("/mute bob for 10m too loud", "/kick bob")
    audit = await olga.types("/audit")
    assert [line[17:] for line in audit] == ["olga: mute bob in #tea (too loud)", "olga: kick bob in #tea"]
    assert (await bob.types("/audit"))[-1] == "Only owners of rooms and administrators of this server may see that."


async def test_blocking_for_a_while(people: People) -> None:
    """The one who blocks reads for how long; a word in the wrong place is explained."""
    olga, bob, _ = people
    assert await bob.types("/block olga for 2h") == ["You no longer hear olga for 2 hours. They have been told."]
    assert await olga.reads() == ["bob no longer takes messages from you."]
    assert await bob.types("/block gus for 2h olga") == ["Say for how long at the end: /block ann, bob for 2h"]


async def test_whoever_is_banned_from_the_lobby_is_known_all_the_same() -> None:
    """He reads his name and why he is in no room, and may join another one."""
    async with street() as here:
        peer = await here.connect()
        await peer.arrive("root")
        await open_account(here, "root")
        root = here.node.house.find_named("root")
        assert root is not None
        room = here.node.house.require_channel("#lobby")
        # As nobody owns the lobby but the server, whoever is to ban there is made its moderator by hand.
        room.roles[root.id] = RoomRole.MODERATOR
        await Speaker(peer).types("/ban spam*")
        spammer = await here.connect()
        spammer.send(b"spammer\n")
        lines = await Speaker(spammer).reads()
        assert lines[-1] == ("You have been assigned the username 'spammer'. You are banned from #lobby by root.")
        assert await Speaker(spammer).types("hello") == ["You are in no room. Join one first: /join #lobby"]

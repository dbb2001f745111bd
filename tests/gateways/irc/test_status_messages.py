"""Status messages: what is said to those of a channel who have a role there."""

import pytest

from hubbub.core.features.moderation import Mute
from hubbub.gateways.irc.capabilities import Capability
from tests.gateways.irc.clients import Client, Network, plain

People = tuple[Client, Client, Client]


@pytest.fixture
async def people(net: Network) -> People:
    """Ann made #tea and owns it; Bob may speak there, and Cyd is a mere member."""
    ann, bob, cyd = await net.found("ann", "#tea"), await net.arrive("bob"), await net.arrive("cyd")
    for one in (bob, cyd):
        await one.ask("JOIN #tea")
    await ann.ask("MODE #tea +v bob")
    for one in (ann, bob, cyd):
        await one.settle()
    return ann, bob, cyd


async def test_those_with_a_role(people: People) -> None:
    """The channel "membership prefixes" say for whom it is; of several, the lowest counts."""
    ann, bob, cyd = people
    assert plain(await cyd.ask("PRIVMSG @#tea :help", "NOTICE @+#tea :hello")) == []
    assert plain(await ann.settle()) == [
        ":cyd!~u@HOST PRIVMSG @#tea :help",
        ":cyd!~u@HOST NOTICE +#tea :hello",
    ]
    assert plain(await bob.settle()) == [":cyd!~u@HOST NOTICE +#tea :hello"]
    assert plain(await cyd.ask("PRIVMSG +#tea,~#tea :both", "PRIVMSG %#tea :\x01ACTION waves\x01")) == []
    assert plain(await ann.settle()) == [
        ":cyd!~u@HOST PRIVMSG +#tea :both",
        ":cyd!~u@HOST PRIVMSG ~#tea :both",
        ":cyd!~u@HOST PRIVMSG %#tea :\x01ACTION waves\x01",
    ]


async def test_nobody_there(people: People, net: Network) -> None:
    """ERR_CANNOTSENDTOCHAN (404) where one is not, or nobody else has that role; a NOTICE is not answered."""
    ann, _, _ = people
    assert plain(await ann.ask("PRIVMSG @#tea :anybody?", "NOTICE @#tea :anybody?")) == [
        "404 ann @#tea :Nobody else in #tea is a moderator or more."
    ]
    dan = await net.arrive("dan")
    assert plain(await dan.ask("PRIVMSG @#tea :let me in")) == ["404 dan @#tea :You are not in #tea. Join it first."]
    assert plain(await dan.ask("PRIVMSG @#milk :let me in"))[0].startswith("403 dan @#milk :")


async def test_who_may_not_speak(people: People, net: Network) -> None:
    """ERR_CANNOTSENDTOCHAN (404): it is no way around it."""
    ann, _, cyd = people
    await net.carry_out("ann", Mute("#tea", "cyd"))
    assert plain(await cyd.settle())
    assert plain(await cyd.ask("PRIVMSG @#tea :help")) == ["404 cyd @#tea :You are muted in #tea by ann."]
    assert not [line for line in plain(await ann.settle()) if "PRIVMSG" in line]


async def test_who_is_away(people: People) -> None:
    """That one of them is no news to who asked for nobody in particular."""
    ann, _, cyd = people
    await ann.ask("AWAY :asleep")
    assert plain(await cyd.ask("PRIVMSG @#tea :help")) == []


async def test_what_one_has_said_oneself(net: Network, people: People) -> None:
    """`echo-message` shows it as the others see it."""
    dan = await net.arrive("dan", Capability.ECHO_MESSAGE)
    await dan.ask("JOIN #tea")
    assert plain(await dan.ask("PRIVMSG @#tea :help")) == [":dan!~u@HOST PRIVMSG @#tea :help"]
    assert plain(await people[0].settle())[-1] == ":dan!~u@HOST PRIVMSG @#tea :help"


async def test_it_is_played_back(net: Network, people: People) -> None:
    """To those for whom it is, and without `server-time` with its time in the text."""
    ann, _, cyd = people
    await cyd.ask("PRIVMSG @#tea :help", "PRIVMSG #tea :hello")
    for nick, role, wanted in (("dan", "+o", ["@#tea", "#tea"]), ("eve", "+v", ["#tea"])):
        one = await net.arrive(nick, Capability.CHATHISTORY)
        await one.ask("JOIN #tea")
        await ann.ask(f"MODE #tea {role} {nick}")
        await one.settle()
        lines = [line for line in plain(await one.ask("CHATHISTORY LATEST #tea * 9")) if "PRIVMSG" in line]
        assert [line.split()[2] for line in lines] == wanted
        assert lines[-1].endswith("hello")
        assert not lines[-1].endswith(" :hello")

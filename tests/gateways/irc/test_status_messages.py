"""Status messages: what is said to those of a channel who have a role there."""

import pytest

from hubbub.core.features.senders import LimitSenders
from tests.gateways.irc.clients import Client, Network, plain


@pytest.fixture
async def people(net: Network) -> tuple[Client, Client, Client]:
    """Ann made #tea and owns it; Bob may speak there, and Cyd is a mere member."""
    ann, bob, cyd = await net.found("ann", "#tea"), await net.arrive("bob"), await net.arrive("cyd")
    for one in (bob, cyd):
        await one.ask("JOIN #tea")
    await ann.ask("MODE #tea +v bob")
    for one in (ann, bob, cyd):
        await one.settle()
    return ann, bob, cyd


async def test_those_with_a_role(people: tuple[Client, Client, Client]) -> None:
    """Messages sent to them are only delivered to those with that status or higher"; of several, the lowest counts."""
    ann, bob, cyd = people
    assert plain(await cyd.ask("PRIVMSG @#tea :help", "NOTICE @+#tea :hello")) == []
    assert plain(await ann.settle()) == [
        ":cyd!~u@HOST PRIVMSG ann :@#tea: help",
        ":cyd!~u@HOST NOTICE ann :@+#tea: hello",
    ]
    assert plain(await bob.settle()) == [":cyd!~u@HOST NOTICE bob :@+#tea: hello"]
    assert plain(await cyd.ask("PRIVMSG +#tea,~#tea :both")) == []
    assert len(await ann.settle()) == 2


async def test_nobody_there(people: tuple[Client, Client, Client], net: Network) -> None:
    """ERR_CANNOTSENDTOCHAN (404) where one is not, or nobody else has that role; a NOTICE is not answered."""
    ann, _, _ = people
    assert plain(await ann.ask("PRIVMSG @#tea :anybody?", "NOTICE @#tea :anybody?")) == [
        "404 ann @#tea :Nobody else there has that role"
    ]
    dan = await net.arrive("dan")
    assert plain(await dan.ask("PRIVMSG @#tea :let me in")) == ["404 dan @#tea :You are not in there"]


async def test_who_does_not_listen(people: tuple[Client, Client, Client], net: Network) -> None:
    """The sender is told who does not take messages from him; that somebody is away is no news."""
    ann, _, cyd = people
    await ann.ask("AWAY :asleep")
    assert plain(await cyd.ask("PRIVMSG @#tea :help")) == []
    await net.carry_out("ann", LimitSenders("accounts"))
    assert plain(await cyd.ask("PRIVMSG @#tea :help"))[0].startswith("477 cyd ann :")

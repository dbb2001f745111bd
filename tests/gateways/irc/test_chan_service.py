"""ChanServ: what IRC users have told it for thirty years does what MODE and KICK do."""

import re
from collections.abc import AsyncIterator

import pytest

from hubbub.gateways.irc.chan_service import CHANSERV
from tests.gateways.irc.clients import SERVER, Client, network, plain


@pytest.fixture
async def people() -> AsyncIterator[tuple[Client, Client]]:
    """Ann made #tea and owns it; Bob is a guest, and in it as well."""
    async with network() as net:
        ann, bob = await net.found("ann", "#tea"), await net.arrive("bob")
        await bob.ask("JOIN #tea")
        await ann.settle()
        yield ann, bob


def said(lines: list[str]) -> list[str]:
    """Return what ChanServ says, and everything else as it is."""
    return [re.sub(rf"^:ChanServ!services@{SERVER} NOTICE \w+ :", "ChanServ: ", line) for line in plain(lines)]


async def test_roles(people: tuple[Client, Client]) -> None:
    """Others hear who did it; of oneself nobody has to be named."""
    ann, bob = people
    assert said(await ann.ask("PRIVMSG ChanServ :OP #tea bob", "CS VOICE #tea bob", "CHANSERV DEOP #tea bob")) == [
        ":ann!~u@HOST MODE #tea +o bob",
        "ChanServ: bob is a moderator of #tea now.",
        "ChanServ: bob is a speaker of #tea, or more than that.",
        ":ann!~u@HOST MODE #tea -o bob",
        "ChanServ: bob is no moderator of #tea any more.",
    ]
    await bob.settle()
    assert said(await bob.ask("CS OP #tea")) == ["ChanServ: Only a moderator of #tea may do that. Ask one."]


async def test_moderating(people: tuple[Client, Client]) -> None:
    """Each wish is the command that every client has; a refusal is told in its own words."""
    ann, _ = people
    heard = await ann.ask(
        "CS QUIET #tea bob",
        "CS UNQUIET #tea bob",
        "CS TOPIC #tea green",
        "CS BAN #tea zed!*@*",
        "CS BANS #tea",
        "CS UNBAN #tea zed!*@*",
        "CS KICK #tea bob too loud",
        "CS KICK #tea bob",
        "CS INVITE #tea bob",
    )
    assert said(heard) == [
        ":ann!~u@HOST MODE #tea +b m:bob!*@*",
        "ChanServ: bob is silent in #tea.",
        ":ann!~u@HOST MODE #tea -b m:bob!*@*",
        "ChanServ: bob may speak in #tea again.",
        ":ann!~u@HOST TOPIC #tea :green",
        "ChanServ: #tea has that topic.",
        ":ann!~u@HOST MODE #tea +b zed!*@*",
        "ChanServ: zed!*@* is kept out of #tea.",
        "ChanServ: Banned: zed!*@*, by ann",
        ":ann!~u@HOST MODE #tea -b zed!*@*",
        "ChanServ: zed!*@* may come into #tea again.",
        ":ann!~u@HOST KICK #tea bob :too loud",
        "ChanServ: bob is out of #tea.",
        "ChanServ: There is no 'bob' in #tea. /list shows who is there.",
        "ChanServ: bob is invited into #tea.",
    ]


async def test_whose_it_is(people: tuple[Client, Client]) -> None:
    """Nothing has to be registered: who makes a channel owns it, a guest while he is in it."""
    ann, bob = people
    assert said(await ann.ask("CS REGISTER #tea")) == ["ChanServ: #tea is yours already, and stays yours."]
    await bob.ask("JOIN #den")
    assert said(await bob.ask("CS REGISTER #den")) == [
        "ChanServ: #den is yours while you are in it. NickServ REGISTER keeps it."
    ]
    await bob.ask("PART #den", "JOIN #den")
    assert said(await bob.ask("CS REGISTER #tea", "CS REGISTER #den", "CS INFO #none")) == [
        "ChanServ: #tea belongs to ann.",
        "ChanServ: #den is nobody's. A channel belongs to who makes it; a guest's, until he leaves.",
        "ChanServ: Nobody is in #none now. Come in with /join #none",
    ]
    await ann.ask("MODE #tea +kl secret 50")
    await bob.settle()
    assert said(await bob.ask("CS INFO #tea")) == [
        "ChanServ: #tea: anyone may come in and speak; at most 50 members; it needs a key; history is for everyone.",
        "ChanServ: Owners: ann",
    ]


@pytest.mark.parametrize("word", [*CHANSERV.wishes])
async def test_what_cannot_be_understood_is_explained(word: str, people: tuple[Client, Client]) -> None:
    """Without a channel, each wish answers with how it is used, and so does HELP."""
    ann, _ = people
    (line,) = said(await ann.ask(f"CS {word} tea"))
    assert line.startswith(f"ChanServ: {word} #CHANNEL")
    assert said(await ann.ask(f"CS HELP {word.lower()}")) == [line]

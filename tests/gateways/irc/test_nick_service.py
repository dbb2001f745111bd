"""NickServ: what users of old networks type, understood. There is no specification; Atheme's and Anope's words."""

import pytest

from tests.gateways.irc.clients import PASSWORD, SERVER, Client, network

NICKSERV = f":NickServ!services@{SERVER} NOTICE"


def said(lines: list[str], nick: str) -> list[str]:
    """Return what NickServ said to somebody called so."""
    head = f"{NICKSERV} {nick} :"
    return [line.removeprefix(head) for line in lines if line.startswith(head)]


async def tell(client: Client, text: str) -> list[str]:
    """Tell it something."""
    return await client.ask(f"PRIVMSG NickServ :{text}")


@pytest.mark.parametrize(
    "line",
    [
        *("PRIVMSG NickServ :HELP", f"PRIVMSG nickserv@{SERVER} :help", "NICKSERV HELP", "NS help"),
        *("PRIVMSG NICKSERV :help nonsense",),
    ],
)
async def test_help(line: str) -> None:
    """It answers by NOTICE, in whatever way it is told."""
    async with network() as place:
        ann = await place.arrive("ann")
        heard = said(await ann.ask(line), "ann")
        assert any(one.startswith("REGISTER PASSWORD") for one in heard)
        assert len(heard) == 9


async def test_help_says_nothing_twice() -> None:
    """Words that do the same stand in one line."""
    async with network() as place:
        heard = said(await tell(await place.arrive("ann"), "HELP"), "ann")
        assert "IDENTIFY, LOGIN [NAME] PASSWORD - log in to your account" in heard
        assert sum("REGAIN" in one or "GHOST" in one for one in heard) == 1


async def test_help_on_one_word() -> None:
    """And with a word that is used wrongly, on that."""
    async with network() as place:
        ann = await place.arrive("ann")
        for text in ("HELP drop", "DROP", "drop "):
            assert said(await tell(ann, text), "ann") == ["DROP PASSWORD - give your account and your name up for good"]


async def test_what_it_does_not_know() -> None:
    """An unknown word is answered; a NOTICE never is, "automatic replies must never be sent in response". RFC 2812."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert said(await tell(ann, "nonsense"), "ann") == ["Say HELP to NickServ for what it knows."]
        assert await ann.ask("NOTICE NickServ :HELP") == []


async def test_registering() -> None:
    """The nick becomes an account; an address is not needed, and not kept."""
    async with network() as place:
        ann = await place.arrive("ann")
        heard = await tell(ann, f"register {PASSWORD} ann@example.org")
        assert heard[0].startswith(f":{SERVER} 900 ann ann!~u@")
        assert said(heard, "ann") == ["ann is your account now. Your nick and your channels stay yours."]
        other = await place.arrive("guest")
        assert said(await tell(other, f"IDENTIFY ann {PASSWORD}"), "ann") == ["You are logged in as ann."]


async def test_a_bad_password() -> None:
    """The reason comes from NickServ."""
    async with network() as place:
        ann = await place.arrive("ann")
        [why] = said(await tell(ann, "REGISTER short"), "ann")
        assert "8 characters" in why
        [why] = said(await tell(ann, "IDENTIFY wrong wrong"), "ann")
        assert "do not belong together" in why


@pytest.mark.parametrize("word", ["IDENTIFY", "GHOST", "REGAIN", "recover"])
async def test_logging_in(word: str) -> None:
    """The client is told its nick, that it is logged in, and in which channels it is."""
    async with network() as place:
        await place.register("ann")
        first = await place.arrive("one")
        await tell(first, f"IDENTIFY ann {PASSWORD}")
        await first.ask("JOIN #mine")
        guest = await place.arrive("guest")
        heard = await tell(guest, f"{word} Ann {PASSWORD}")
        assert [line.split()[1] for line in heard if line.split()[1] in {"NICK", "JOIN", "900"}] == [
            "NICK",
            "JOIN",
            "900",
        ]
        assert said(heard, "ann") == ["You are logged in as ann."]


async def test_logging_out() -> None:
    """The client is a guest with another nick, in no channel: 901, "sent when the user's account name is unset"."""
    async with network() as place:
        await place.register("ann")
        ann = await place.arrive("one")
        await tell(ann, f"IDENTIFY ann {PASSWORD}")
        await ann.ask("JOIN #mine")
        heard = await tell(ann, "LOGOUT")
        assert [line.split()[1] for line in heard] == ["NICK", "PART", "901", "NOTICE"]
        assert said(heard, "ann2") == ["You are a guest now, called ann2."]
        [why] = said(await tell(ann, "LOGOUT"), "ann2")
        assert "account" in why


async def test_another_password() -> None:
    """SET PASSWORD takes the old one and the new one."""
    async with network() as place:
        ann = await place.arrive("ann")
        await tell(ann, "REGISTER correct-horse")
        heard = said(await tell(ann, "SET PASSWORD correct-horse battery-staple"), "ann")
        assert heard == ["You log in with the new password from now on."]
        guest = await place.arrive("guest")
        assert said(await tell(guest, "IDENTIFY ann battery-staple"), "ann") == ["You are logged in as ann."]


async def test_dropping() -> None:
    """The account is gone, and so is the connection of whoever had it."""
    async with network() as place:
        ann = await place.arrive("ann")
        await tell(ann, f"REGISTER {PASSWORD}")
        ann.send("PRIVMSG NickServ :DROP wrong")
        assert "not your password" in await ann.hear(NICKSERV)
        ann.send(f"PRIVMSG NickServ :DROP {PASSWORD}")
        assert (await ann.hear_end())[-1].startswith("ERROR ")


async def test_who_has_an_account() -> None:
    """INFO says it to people, STATUS to programs."""
    async with network() as place:
        await place.register("bob")
        ann = await place.arrive("ann")
        assert said(await tell(ann, "INFO"), "ann") == [
            "ann has no account, and is here.",
            "About ann: Somebody",
        ]
        assert said(await tell(ann, "INFO bob"), "ann") == ["bob has an account, and is not here."]
        assert [said(await tell(ann, f"STATUS {name}"), "ann") for name in ("ann", "bob", "carol")] == [
            ["STATUS ann 1"],
            ["STATUS bob 0"],
            ["STATUS carol 0"],
        ]
        await tell(ann, f"REGISTER {PASSWORD}")
        assert said(await tell(ann, "STATUS"), "ann") == ["STATUS ann 3"]

"""Logging in after connecting: old clients join their channels first and say then who they are; they stay there."""

from hubbub.core.features.accounts import SetServerRole
from hubbub.core.roles import ServerRole
from tests.gateways.irc.clients import PASSWORD, Client, Network, network
from tests.gateways.irc.company import act, open_account, plain

IDENTIFY = f"PRIVMSG NickServ :IDENTIFY reg0 {PASSWORD}"
LOGGED_IN = [
    "900 reg0 reg0!~u@HOST reg0 :You are logged in as reg0",
    ":NickServ!services@irc.example.org NOTICE reg0 :You are logged in as reg0.",
]


async def company(place: Network, *capabilities: str) -> tuple[Client, Client]:
    """Return a guest whose account is another one, and somebody with whom he is in a channel."""
    await place.register("reg0")
    ann = await place.arrive("ann")
    await ann.ask("JOIN #auto")
    guest = await place.arrive("reg0_", *capabilities)
    await guest.ask("JOIN #auto")
    await ann.settle()
    return guest, ann


async def test_who_identifies_late_stays_in_his_channels() -> None:
    """The client has another nick, and neither came nor went; others see one come and the other go."""
    async with network() as place:
        guest, ann = await company(place)
        assert plain(await guest.ask(IDENTIFY)) == [":reg0_!~u@HOST NICK reg0", *LOGGED_IN]
        await place.node.settle()
        assert plain(await guest.settle()) == [":reg0_!~u@HOST QUIT :"]
        assert plain(await ann.settle()) == [":reg0!~u@HOST JOIN #auto", ":reg0_!~u@HOST QUIT :"]
        assert await ann.ask("PRIVMSG #auto :hello") == []
        assert plain(await guest.settle()) == [":ann!~u@HOST PRIVMSG #auto :hello"]
        assert "353 reg0 = #auto :~ann reg0" in plain(await guest.ask("NAMES #auto"))
        assert "PRIVMSG #auto" not in " ".join(await guest.ask("PRIVMSG #auto :it is me"))
        assert plain(await ann.settle()) == [":reg0!~u@HOST PRIVMSG #auto :it is me"]


async def test_it_is_told_as_the_specifications_say() -> None:
    """By CHGHOST, NICK, ACCOUNT and 900; chghost: "sent to [...] the client itself"."""
    async with network() as place:
        guest, _ = await company(place, "chghost", "account-notify")
        assert [line.split()[1] for line in await guest.ask(IDENTIFY)] == [
            "CHGHOST",
            "NICK",
            "ACCOUNT",
            "900",
            "NOTICE",
        ]


async def test_by_sasl_and_oper_as_well() -> None:
    """Whatever the way, who logs in stays."""
    async with network() as place:
        guest, ann = await company(place, "sasl")
        ola = await place.arrive("ola")
        await open_account(place, "ola", ServerRole.OWNER)
        await ola.settle()
        heard = await guest.ask("AUTHENTICATE PLAIN", "AUTHENTICATE AHJlZzAAZm91ciB3b3JkcyBpbiBhIHJvdw==")
        assert [line.split()[1] for line in heard if line.startswith(":")] == ["NICK", "900", "903"]
        await place.register("oper")
        other = await place.arrive("other")
        await other.ask("JOIN #auto")
        await act(place, "ola", SetServerRole("oper", ServerRole.ADMINISTRATOR))
        heard = await other.ask(f"OPER oper :{PASSWORD}")
        assert [line.split()[1] for line in heard] == ["NICK", "900", "381", "MODE"]
        await place.node.settle()
        assert "353 ann = #auto :~ann reg0 oper" in plain(await ann.ask("NAMES #auto"))


async def test_who_may_not_be_there_is_told_so_and_goes() -> None:
    """A ban and an invitation concern the account; a key was known already."""
    async with network() as place:
        guest, ann = await company(place)
        await ann.ask("JOIN #banned,#closed,#keyed", "MODE #keyed +k open")
        await guest.ask("JOIN #banned,#closed", "JOIN #keyed open")
        await ann.ask("MODE #banned +b reg0!*@*", "MODE #closed +i")
        await guest.settle()
        assert plain(await guest.ask(IDENTIFY)) == [
            ":reg0_!~u@HOST NICK reg0",
            "474 reg0 #banned :You are banned from #banned by ann.",
            ":reg0!~u@HOST PART #banned",
            "473 reg0 #closed :#closed is for those who are invited. Ask somebody who is in.",
            ":reg0!~u@HOST PART #closed",
            *LOGGED_IN,
        ]
        await place.node.settle()
        assert "353 reg0 = #keyed :~ann reg0" in plain(await guest.ask("NAMES #keyed"))


async def test_what_the_guest_made_is_his_account_s() -> None:
    """Also where nobody is let in but by invitation: a channel does not lose its owner by his logging in."""
    async with network() as place:
        guest, _ = await company(place)
        await guest.ask("JOIN #own", "MODE #own +i")
        heard = plain(await guest.ask(IDENTIFY))
        assert heard == [":reg0_!~u@HOST MODE #own +q reg0", ":reg0_!~u@HOST NICK reg0", *LOGGED_IN]
        await place.node.settle()
        heard = plain(await guest.ask("NAMES #own", "MODE #own +m"))
        assert heard[1] == "353 reg0 = #own :~reg0"
        assert heard[-1] == ":reg0!~u@HOST MODE #own +m"


async def test_who_is_in_already_gets_what_the_guest_was() -> None:
    """On another connection of his account he has come into the channel that he made as a guest."""
    async with network() as place:
        guest, _ = await company(place)
        await guest.ask("JOIN #own")
        first = await place.arrive("one")
        await first.ask(IDENTIFY, "JOIN #own")
        await guest.settle()
        await guest.ask(IDENTIFY)
        await place.node.settle()
        assert "353 reg0 = #own :~reg0" in plain(await guest.ask("NAMES #own"))
        assert plain(await first.settle())[-1] == ":reg0_!~u@HOST QUIT :"

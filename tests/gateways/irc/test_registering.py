"""Coming in: NICK, USER and PASS. https://modern.ircdocs.horse/#connection-registration and RFC 2812 section 3.1."""

import pytest

from hubbub.core.access import Access
from hubbub.core.account_requests import Register
from hubbub.core.limits import Limits
from hubbub.gateways.closing import Closing
from hubbub.gateways.irc.conversation import IrcConversation
from tests.gateways.connections import PEER
from tests.gateways.irc.clients import PASSWORD, SERVER, UNHURRIED, network


def heads(lines: list[str]) -> list[str]:
    """Return the lines without their sentences."""
    return [line.removeprefix(f":{SERVER} ").split(" :")[0] for line in lines]


@pytest.mark.parametrize("first", ["NICK ann", "USER u 0 * :Ann"])
async def test_in_any_order(first: str) -> None:
    """NICK and USER may come in whatever order; before both, nothing else may be asked: 451."""
    second = "USER u 0 * :Ann" if first.startswith("NICK") else "NICK ann"
    async with network() as place:
        ann = await place.connect()
        [refused] = await ann.ask(first, "JOIN #lobby")
        assert refused.split()[1] == "451"
        assert heads(await ann.ask(second))[0] == "001 ann"


async def test_there_is_time_to_come_in() -> None:
    """A bouncer sends a line in a second or two, as ZNC does: who takes longer than programs may is heard all the same.

    Whoever says nothing has to go in the end.
    """
    async with network() as place:
        zed, silent = await place.connect(), await place.connect()
        zed.send("CAP LS", "NICK zed", "USER zed 0 * :Zed")
        await zed.hear(" LS ")
        place.node.clock.advance(place.here.limits.naming_seconds + 1)
        assert heads(await zed.ask("CAP REQ :server-time", "CAP END"))[1] == "001 zed"
        place.node.clock.advance(place.here.limits.text_naming_seconds)
        assert "You gave no name" in (await silent.hear_end())[-1]


async def test_what_is_missing() -> None:
    """461 for USER and PASS with too few parameters, 431 for a NICK without a nick."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("USER u 0 *", "PASS", "NICK", "NICK :", "CAP")
        assert heads(heard) == ["461 * USER", "461 * PASS", "431 *", "431 *", "461 * CAP"]


async def test_what_may_be_said_once() -> None:
    """462 for USER and PASS when one is in."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert heads(await ann.ask("USER u 0 * :Ann", "PASS x")) == ["462 ann", "462 ann"]


@pytest.mark.parametrize("nick", ["#ann", "a,b", "@ann", ":ann", "a b", "x" * 33, "an\u202en", "NickServ", "me"])
async def test_bad_nicks(nick: str) -> None:
    """432 for what is no name here, a channel's or a service's included; the client may try another."""
    async with network() as place:
        ann = await place.connect()
        [refused] = await ann.ask("USER u 0 * :Ann", f"NICK :{nick}")
        assert refused.split()[1] == "432"
        assert heads(await ann.ask("NICK ann"))[0] == "001 ann"


async def test_a_bad_nick_is_nobodys() -> None:
    """It is told at once, while capabilities are negotiated too, and no line calls the client so."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("CAP LS", "NICK : a b", "NICK :", f"NICK {'x' * 400}", "JOIN #lobby")
        assert [line.split()[1:3] for line in heard[1:]] == [["432", "*"], ["431", "*"], ["432", "*"], ["451", "*"]]


@pytest.mark.parametrize("nick", [SERVER, SERVER.upper(), SERVER.replace("o", "\u043e")])
async def test_nobody_is_called_as_the_server(nick: str) -> None:
    """433: whoever were would speak as the server, as far as people can see; neither before one is in nor later."""
    async with network() as place:
        ann = await place.connect()
        [refused] = await ann.ask("USER u 0 * :Ann", f"NICK {nick}")
        assert refused.split()[1] == "433"
        await ann.ask("NICK ann")
        [refused] = await ann.ask(f"NICK {nick}")
        assert refused.split()[1] == "433"


async def test_another_nick_is_another_name_of_the_account() -> None:
    """NICK renames the account for good, as nowhere else on IRC: whoever has one is told so, and guests are not."""
    async with network() as place:
        ann, bob = await place.found("ann", "#tea"), await place.arrive("bob")
        notice = f":{SERVER} NOTICE"
        assert await ann.ask("NICK ann") == []
        heard = await ann.ask("NICK amy")
        assert heard[-1] == f"{notice} amy :Your account is called amy now; ann stays yours for 30 days."
        assert [line.split()[1] for line in heard] == ["NICK", "NOTICE"]
        assert (await ann.ask("NICK Amy"))[-1] == f"{notice} Amy :Your account is called Amy now."
        assert [line.split()[1] for line in await bob.ask("NICK rob")] == ["NICK"]


@pytest.mark.parametrize("channels", [(), ("#tea",)])
async def test_a_name_that_another_client_chose(channels: tuple[str, ...]) -> None:
    """Each client of an account is told once what it is called now, in a channel or not, before anything else."""
    async with network() as place:
        await place.register("ann")
        first, second = await place.connect(), await place.connect()
        for client in (first, second):
            client.send(f"PASS :{PASSWORD}", "NICK ann", "USER u 0 * :Ann", *[f"JOIN {one}" for one in channels])
            await client.hear(" 001 ")
            await client.settle()
        await first.ask("NICK anna")
        heard = [line for line in await second.ask("TIME x") if " NICK " in line or " 402 " in line]
        assert [line.split()[1:3] for line in heard] == [["NICK", "anna"], ["402", "anna"]]
        assert await second.ask() == []


async def test_a_nick_is_not_ones_own_before_one_is_in() -> None:
    """Until then everything is addressed to `*`, as Ergo does it, CAP and numerics alike: the nick is only wanted."""
    async with network() as place:
        await place.arrive("bob")
        ann = await place.connect()
        heard = await ann.ask("NICK ann", "CAP REQ :server-time", "CAP LIST", "JOIN #lobby", "USER u 0 * :Ann")
        assert [line.split()[2] for line in heard] == ["*"] * 3
        heard = await ann.ask("NICK bob", "CAP END", "NICK :a b", "CAP LIST", "NICK ann")
        assert [line.split()[2] for line in heard[:4]] == ["*"] * 3 + ["ann"]


async def test_a_nick_in_use() -> None:
    """433, with another that is free; before one is in and afterwards."""
    async with network() as place:
        await place.arrive("ann")
        other = await place.connect()
        [line] = await other.ask("USER u 0 * :Ann", "NICK Ann")
        assert line == f":{SERVER} 433 * Ann :Username 'Ann' is already taken. How about Ann2?"
        await other.ask("NICK bob")
        [line] = await other.ask("NICK ANN")
        assert line == f":{SERVER} 433 bob ANN :Username 'ANN' is already taken. How about ANN2?"


async def test_a_nick_that_belongs_to_an_account() -> None:
    """433, and how to log in for whom it is his."""
    async with network() as place:
        await place.register("ann")
        ann = await place.connect()
        heard = await ann.ask("NICK ann", "USER u 0 * :Ann")
        assert heads(heard) == ["433 * ann", "NOTICE *"]
        assert "SASL" in heard[1]
        assert heads(await ann.ask(f"PASS :{PASSWORD}", "NICK ann"))[0] == "001 ann"


@pytest.mark.parametrize("password", [PASSWORD, f"ann:{PASSWORD}", f"Ann:{PASSWORD}"])
async def test_a_password(password: str) -> None:
    """PASS is the password of the account that has the nick, or of the one that it names."""
    async with network() as place:
        await place.register("ann")
        ann = await place.connect()
        nick = "annie" if ":" in password else "ann"
        assert heads(await ann.ask(f"PASS :{password}", f"NICK {nick}", "USER u 0 * :Ann"))[0] == "001 ann"


async def test_a_password_with_a_colon() -> None:
    """What stands before a colon is a part of the password where no account is called so."""
    async with network() as place:
        await place.node.accounts.open("ann", Register("one: four words"), PEER)
        ann = await place.connect()
        assert heads(await ann.ask("PASS :one: four words", "NICK ann", "USER u 0 * :Ann"))[0] == "001 ann"


async def test_a_wrong_password() -> None:
    """464; the client may try again."""
    async with network() as place:
        await place.register("ann")
        ann = await place.connect()
        assert heads(await ann.ask("PASS wrong", "NICK ann", "USER u 0 * :Ann")) == ["464 *"]
        assert heads(await ann.ask(f"PASS :{PASSWORD}", "NICK ann"))[0] == "001 ann"


async def test_where_accounts_are_needed() -> None:
    """A guest is told `ACCOUNT_REQUIRED`; somebody with an account comes in."""
    async with network(UNHURRIED, Access("registered")) as place:
        await place.register("ann")
        ann = await place.connect()
        heard = await ann.ask("CAP REQ :standard-replies", "NICK annie", "USER u 0 * :Ann", "CAP END")
        assert heads(heard)[1:] == ["FAIL * ACCOUNT_REQUIRED"]
        assert heads(await ann.ask(f"PASS :ann:{PASSWORD}", "NICK annie"))[0] == "001 ann"


async def test_gateways_that_tell_for_whom_they_come() -> None:
    """WEBIRC: from whom it may not come, the connection is closed, with a reason. IRCv3 webirc."""
    async with network() as place:
        kiwi = await place.connect()
        kiwi.send("WEBIRC secret kiwi user.example.org 192.0.2.1")
        notice, error = await kiwi.hear_end()
        assert "PROXY" in notice
        assert error.startswith("ERROR ")


async def test_accounts_are_told_with_what_is_done() -> None:
    """extended-join: `JOIN channel account :realname`, "*" for none; account-tag: `account=` for who has one."""
    async with network() as place:
        await place.register("ann")
        watcher = await place.arrive("watcher", "extended-join", "account-tag")
        await watcher.ask("JOIN #here")
        for nick, account in (("ann", "ann"), ("guest", "*")):
            other = await place.connect()
            await other.ask(
                *([f"PASS :{PASSWORD}"] if nick == "ann" else []), f"NICK {nick}", "USER u 0 * :Somebody Else"
            )
            await other.ask("JOIN #here", "PRIVMSG #here :hello")
            joined, said = await watcher.settle()
            tag = f"@account={account} " if account == "ann" else ""
            assert joined.startswith(f"{tag}:{nick}!~u@")
            assert joined.partition(" JOIN ")[2].split(" :")[0] == f"#here {account}"
            assert said.startswith(f"{tag}:{nick}!~u@")


async def test_capabilities_one_by_one() -> None:
    """A client may ask for each capability by itself before it says who it is: IRC has many."""
    async with network(Limits()) as place:
        ann = await place.connect()
        for _ in range(IrcConversation.early_tries // 2):
            ann.send("CAP REQ server-time")
        await ann.peer.hear(b"ACK :server-time\r\n")
        await ann.arrive("ann", "batch")
        flood = await place.connect()
        flood.send(*["CAP REQ server-time"] * (IrcConversation.early_tries + 1))
        assert Closing.NAMELESS.sentence in (await flood.hear_end())[-1]

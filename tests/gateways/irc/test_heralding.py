"""Heralding: what has become of people, told to those who want to know."""

from hubbub.core.features.accounts import OpenAccount
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.senders import Accept, LimitSenders
from hubbub.service.presence import GATHER_SECONDS
from tests.gateways.irc.clients import PASSWORD, SERVER, Client, Network, network
from tests.gateways.irc.company import act, open_account, plain


async def two(place: Network, *capabilities: str) -> tuple[Client, Client]:
    """Return somebody who is in a channel, and somebody there who has these capabilities."""
    ann, bob = await place.arrive("ann"), await place.arrive("bob", *capabilities)
    await ann.ask("JOIN #tea")
    await bob.ask("JOIN #tea")
    await ann.settle()
    return ann, bob


async def test_away() -> None:
    """IRCv3 away-notify: `:nick!user@host AWAY :message`, and `AWAY` alone where he is back."""
    async with network() as place:
        ann, bob = await two(place, "away-notify")
        await ann.ask("AWAY :lunch")
        place.node.clock.advance(GATHER_SECONDS)
        await ann.ask("AWAY")
        place.node.clock.advance(GATHER_SECONDS)
        assert plain(await bob.settle()) == [":ann!~u@HOST AWAY :lunch", ":ann!~u@HOST AWAY"]


async def test_away_on_arrival() -> None:
    """IRCv3 away-notify: also "when a user joins and has an away message set"."""
    async with network() as place:
        _, bob = await two(place, "away-notify")
        carol = await place.arrive("carol")
        await carol.ask("AWAY :lunch", "JOIN #tea")
        assert plain(await bob.settle()) == [":carol!~u@HOST JOIN #tea", ":carol!~u@HOST AWAY :lunch"]


async def test_offline() -> None:
    """Somebody who stays in his channels when he leaves is away meanwhile, for those who know of that."""
    async with network() as place:
        ann, bob = await two(place, "away-notify")
        await place.register("dora")
        dora = await place.connect()
        await dora.ask("PASS :four words in a row", "NICK dora", "USER d 0 * :Dora")
        await dora.ask("JOIN #tea")
        place.node.clock.advance(GATHER_SECONDS)
        await bob.settle()
        await ann.settle()
        dora.send("QUIT")
        await dora.hear_end()
        place.node.clock.advance(GATHER_SECONDS)
        assert plain(await bob.settle()) == [":dora!~u@HOST AWAY :is not here; what is written to him waits"]
        dora = await place.connect()
        await dora.ask("PASS :four words in a row", "NICK dora", "USER d 0 * :Dora")
        place.node.clock.advance(GATHER_SECONDS)
        await act(place, "dora", GoAway("lunch"))
        place.node.clock.advance(GATHER_SECONDS)
        assert plain(await bob.settle()) == [":dora!~u@HOST AWAY", ":dora!~u@HOST AWAY :lunch"]
        assert await ann.settle() == [], "who has not asked for it is not told"


async def test_accounts() -> None:
    """IRCv3 account-notify: `ACCOUNT accountname`; chghost: `CHGHOST new_user new_host`, from the old host."""
    async with network() as place:
        _, bob = await two(place, "account-notify", "chghost")
        await act(place, "ann", OpenAccount())
        account, host = await bob.settle()
        assert plain([account]) == [":ann!~u@HOST ACCOUNT ann"]
        source, command, user, new = host.split()
        assert (command, user) == ("CHGHOST", "~u")
        assert source.endswith(".guest")
        assert new.endswith(".account")


async def test_ones_own_account() -> None:
    """IRCv3 account-notify: for those on common channels, "including themselves"; `*` where there is none any more."""
    async with network() as place:
        await place.register("bob")
        guest = await place.arrive("guest", "account-notify")
        heard = plain(await guest.ask(f"PRIVMSG NickServ :IDENTIFY bob {PASSWORD}"))
        assert heard[:2] == [":guest!~u@HOST NICK bob", ":bob!~u@HOST ACCOUNT bob"]
        heard = plain(await guest.ask("PRIVMSG NickServ :LOGOUT"))
        assert heard[:2] == [":bob!~u@HOST NICK bob2", ":bob2!~u@HOST ACCOUNT *"]
        await act(place, "bob2", OpenAccount())
        assert plain(await guest.settle()) == [":bob2!~u@HOST ACCOUNT bob2"]


async def test_real_names() -> None:
    """IRCv3 setname: `:nick!user@host SETNAME :realname here`, to oneself too."""
    async with network() as place:
        ann, bob = await two(place, "setname")
        assert plain(await bob.ask("SETNAME :Bob the Builder")) == [":bob!~u@HOST SETNAME :Bob the Builder"]
        assert await ann.settle() == []
        assert await ann.ask("SETNAME :Ann of Tea") == [], "without it, the server SHOULD handle it silently"
        assert plain(await bob.settle()) == [":ann!~u@HOST SETNAME :Ann of Tea"]
        await act(place, "ann", Describe("somebody else"))
        assert plain(await bob.settle()) == [":ann!~u@HOST SETNAME :somebody else"]
        assert "311 bob ann ~u HOST * :somebody else" in plain(await bob.ask("WHOIS ann"))


async def test_a_real_name_that_is_too_long() -> None:
    """IRCv3 setname: `FAIL SETNAME INVALID_REALNAME`; one that came with USER is cut."""
    async with network() as place:
        ann = await (await place.connect()).arrive("ann", "standard-replies", "setname")
        [line] = plain(await ann.ask(f"SETNAME :{'x' * 151}"))
        assert line == "FAIL SETNAME INVALID_REALNAME :That has 151 characters, and 150 is the most."
        bob = await place.connect()
        await bob.ask("NICK bob", f"USER bob 0 * :{'y' * 151}")
        assert f"311 ann bob ~u HOST * :{'y' * 150}" in plain(await ann.ask("WHOIS bob"))


async def test_real_names_in_joins() -> None:
    """IRCv3 extended-join: `JOIN #channel account :real name`."""
    async with network() as place:
        _, bob = await two(place, "extended-join")
        carol = await place.connect()
        await carol.ask("NICK carol", "USER c 0 * :Carol of Cake")
        await carol.ask("JOIN #tea")
        assert plain(await bob.settle()) == [":carol!~u@HOST JOIN #tea * :Carol of Cake"]


async def test_bots() -> None:
    """IRCv3 bot-mode: messages of a program carry the `bot` tag, for those who know tags."""
    async with network() as place:
        ann, bob = await two(place, "message-tags")
        await act(place, "ann", MarkBot())
        assert plain(await ann.settle()) == []
        await ann.ask("PRIVMSG #tea :beep")
        [line] = await bob.settle()
        tags, _, rest = line.partition(" ")
        assert "bot" in tags.removeprefix("@").split(";")
        assert rest.endswith(" PRIVMSG #tea :beep")


async def test_who_wants_to_write() -> None:
    """716 and 717 to whoever is not accepted; 718, `RPL_UMODEGMSG`, to whom he wants to write, once a minute."""
    async with network() as place:
        ann, bob = await two(place, "standard-replies")
        await act(place, "ann", LimitSenders("accepted"))
        assert [line.split()[0] for line in plain(await bob.ask("PRIVMSG ann :hi", "PRIVMSG ann :hi"))] == [
            *("716", "717", "716"),
        ]
        assert plain(await ann.settle()) == ["718 ann bob ~u@HOST :wants to write to you: ACCEPT bob lets him"]
        await act(place, "ann", Accept(("bob",)))
        await bob.ask("PRIVMSG ann :hi")
        assert plain(await ann.settle()) == [":bob!~u@HOST PRIVMSG ann :hi"]


async def test_who_wants_to_write_has_an_account() -> None:
    """IRCv3 account-tag: it "SHOULD be added to numerics indicating blocked message attempts (numeric 718 …)"."""
    async with network() as place:
        await place.register("bob")
        ann = await place.arrive("ann", "account-tag")
        bob = await place.arrive("guest", "sasl")
        await bob.ask("PRIVMSG NickServ :IDENTIFY bob " + PASSWORD)
        await ann.ask("MODE ann +g")
        await bob.ask("PRIVMSG ann :hi")
        [line] = plain(await ann.settle())
        assert line.startswith(f"@account=bob :{SERVER} 718 ann bob ~u@HOST :")


async def test_others_who_are_back() -> None:
    """Whoever knows no away-notify is told nothing of it."""
    async with network() as place:
        ann, bob = await two(place)
        await open_account(place, "ann")
        await act(place, "ann", GoAway("lunch"))
        place.node.clock.advance(GATHER_SECONDS)
        await act(place, "ann", ComeBack())
        place.node.clock.advance(GATHER_SECONDS)
        assert await bob.settle() == []
        await ann.settle()

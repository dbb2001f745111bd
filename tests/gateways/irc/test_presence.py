"""Who is here, and who is away: AWAY, ISON, USERHOST, USERIP."""

from tests.gateways.irc.clients import network
from tests.gateways.irc.company import administrator, open_account, plain


async def test_being_away() -> None:
    """306, `RPL_NOWAWAY`, and 305, `RPL_UNAWAY`; whoever writes to somebody who is away is told why: 301."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        assert plain(await ann.ask("AWAY :lunch")) == ["306 ann :You have been marked as being away"]
        assert plain(await bob.ask("PRIVMSG ann :hi")) == ["301 bob ann :lunch"]
        await ann.settle()
        assert plain(await ann.ask("AWAY")) == ["305 ann :You are no longer marked as being away"]
        assert plain(await bob.ask("PRIVMSG ann :hi")) == []
        await ann.settle()
        assert plain(await ann.ask("AWAY :")) == ["305 ann :You are no longer marked as being away"]


async def test_ison() -> None:
    """303: those of the names who are here, as they are called; RFC 2812 section 4.9."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await open_account(place, "bob")
        assert plain(await ann.ask("ISON BOB nobody ann bob", "ISON :bob ann", "ISON nobody")) == [
            "303 ann :bob ann",
            "303 ann :bob ann",
            "303 ann :",
        ]
        bob.send("QUIT")
        await bob.hear_end()
        await place.node.settle()
        assert plain(await ann.ask("ISON bob", "ISON")) == ["303 ann :", "461 ann ISON :That needs more parameters"]


async def test_userhost() -> None:
    """302: `nickname [ isop ] "=" isaway hostname`, of five people at most; `+` is here, `-` is away."""
    async with network() as place:
        ann, ola = await place.arrive("ann"), await administrator(place, "ola")
        await ann.ask("AWAY :lunch")
        assert plain(await ola.ask("USERHOST ann nobody OLA", "USERHOST a b c d e ann")) == [
            "302 ola :ann=-~u@HOST ola*=+~u@HOST",
            "302 ola :",
        ]


async def test_addresses() -> None:
    """340: the same, with real addresses for administrators only."""
    async with network() as place:
        ann, ola = await place.arrive("ann"), await administrator(place, "ola")
        assert plain(await ola.ask("USERIP ann")) == ["340 ola :ann=+~u@127.0.0.1"]
        assert plain(await ann.ask("USERIP ola ann")) == ["340 ann :ola*=+~u@HOST ann=+~u@127.0.0.1"]

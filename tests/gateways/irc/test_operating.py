"""What those do who look after the server: OPER, KILL, REHASH and WALLOPS."""

import pytest

from hubbub.core.features.accounts import SetServerRole
from hubbub.core.limits import Limits
from hubbub.core.roles import ServerRole
from hubbub.gateways.parting import FLUSH_SECONDS
from tests.gateways.irc.clients import PASSWORD, Client, Network, network
from tests.gateways.irc.company import act, administrator, open_account, plain


async def with_ada(place: Network) -> Client:
    """Return an owner; there is an account of an administrator besides, who is not here."""
    ola = await place.arrive("ola")
    await open_account(place, "ola", ServerRole.OWNER)
    await place.register("ada", "bob")
    await act(place, "ola", SetServerRole("ada", ServerRole.ADMINISTRATOR))
    await ola.settle()
    return ola


async def test_oper() -> None:
    """381, `RPL_YOUREOPER`, and the modes one has then; what others do is told from then on."""
    async with network() as place:
        ola, ann = await with_ada(place), await place.arrive("ann")
        heard = plain(await ann.ask(f"OPER ada :{PASSWORD}", "MODE ada"))
        assert heard[-3:] == [
            "381 ada :You are an operator of this server now",
            ":ada!~u@HOST MODE ada :+os",
            "221 ada +iorsw",
        ]
        assert [line.split()[0] for line in heard[:-3]] == [heard[0].split()[0], "900"]
        await act(place, "ola", SetServerRole("bob", ServerRole.ADMINISTRATOR))
        assert [line for line in plain(await ann.settle()) if line.startswith("NOTICE ada :*** Audit: ola: ")]
        await ola.settle()


async def test_oper_of_oneself() -> None:
    """Whoever has logged in before needs only say so."""
    async with network() as place:
        await with_ada(place)
        ada = await place.connect()
        await ada.ask(f"PASS :{PASSWORD}", "NICK ada", "USER ada 0 * :ada")
        assert plain(await ada.ask(f"OPER ada :{PASSWORD}")) == [
            "381 ada :You are an operator of this server now",
            ":ada!~u@HOST MODE ada :+os",
        ]


async def test_who_is_no_operator() -> None:
    """464 for a wrong password; 491, `ERR_NOOPERHOST`, for others, who are not logged in by that; 461."""
    async with network() as place:
        await with_ada(place)
        ann = await place.arrive("ann")
        heard = plain(await ann.ask("OPER ada wrong", f"OPER bob :{PASSWORD}", "OPER nobody x", "OPER ada"))
        assert [line.split()[:2] for line in heard] == [
            ["464", "ann"],
            ["491", "ann"],
            ["491", "ann"],
            ["461", "ann"],
        ]


async def in_tea(place: Network) -> tuple[Client, Client, Client]:
    """Return an owner, and two guests in a channel, to whom everything is told."""
    ola, ann, bob = await administrator(place, "ola"), await place.arrive("ann"), await place.arrive("bob")
    for client in (ann, bob):
        await client.ask("JOIN #tea")
    await ann.settle()
    return ola, ann, bob


async def test_kill() -> None:
    """The comment "is shown to all users and to the user themselves": by KILL, ERROR, and QUIT to all others.

    https://modern.ircdocs.horse/#kill-message
    """
    async with network() as place:
        ola, ann, bob = await in_tea(place)
        await ola.settle()
        assert await ola.ask("KILL bob :be gone now") == []
        assert plain(await bob.hear_end())[-2:] == [
            ":ola!~u@HOST KILL bob :be gone now",
            "ERROR :Closing link: ola has sent you off this server. (be gone now)",
        ]
        assert plain([await ann.next()]) == [":bob!~u@HOST QUIT :Killed (ola (be gone now))"]


async def test_kill_twice() -> None:
    """Who is going is nobody any more: a second KILL that came with the first is told and written down no more."""
    async with network() as place:
        ola, ann, bob = await in_tea(place)
        ava = await administrator(place, "ava")
        await ava.ask("MODE ava +s")
        await ola.settle()
        assert plain(await ola.ask("KILL bob :loud", "KILL bob :louder")) == ["401 ola bob :Nobody is called so"]
        assert plain(await ava.settle()) == ["NOTICE ava :*** Audit: ola: eject bob (loud)"]
        await bob.hear_end()
        assert plain(await ann.settle()) == [":bob!~u@HOST QUIT :Killed (ola (loud))"]


async def test_kill_of_one_who_is_silenced() -> None:
    """Why he is sent away is said in the operator's words, whom nobody has silenced."""
    async with network() as place:
        ola, ann, bob = await in_tea(place)
        assert plain(await ann.ask("MODE #tea +b m:bob!*@*"))
        await ola.ask("KILL bob :loud")
        await bob.hear_end()
        assert plain(await ann.settle()) == [":bob!~u@HOST QUIT :Killed (ola (loud))"]


async def test_kline_of_one_who_is_here() -> None:
    """He and all others learn by whom and why, as from a KILL."""
    async with network() as place:
        ola, ann, bob = await in_tea(place)
        await ola.ask("KLINE bob!*@* :ads")
        assert plain(await bob.hear_end())[-2:] == [
            ":ola!~u@HOST KILL bob :ads",
            "ERROR :Closing link: You are banned from this server. (ads)",
        ]
        assert plain(await ann.settle()) == [":bob!~u@HOST QUIT :Killed (ola (ads))"]


async def test_kill_of_one_who_reads_nothing() -> None:
    """He has as long as everybody to read why; all others learn at once that he is gone."""
    async with network(Limits(commands_per_second=0, outbox_bytes=0)) as place:
        ola, ann, bob = await in_tea(place)
        assert bob.peer.connection is not None
        while not bob.peer.connection.waiting_bytes:
            await ann.ask(*[f"PRIVMSG #tea :{'x' * 400}"] * 500)
        assert await ola.ask("KILL bob :loud") == []
        assert plain(await ann.settle()) == [":bob!~u@HOST QUIT :Killed (ola (loud))"]
        place.node.clock.advance(FLUSH_SECONDS)
        await place.arrive("bob")


async def test_kill_in_vain() -> None:
    """481 without the right, or of somebody who is not below; 401 of nobody; 483 of a server; 461 without a comment."""
    async with network() as place:
        ola, ann = await administrator(place, "ola"), await place.arrive("ann")
        await administrator(place, "ava")
        heard = plain(
            await ola.ask(
                "KILL nobody :no", "KILL irc.EXAMPLE.org :no", "KILL ava :no", "KILL", "KILL ann", "KILL ann :"
            )
        )
        assert [line.split()[0] for line in heard] == ["401", "483", "481", "461", "461", "461"]
        assert plain(await ann.ask("KILL ola :no")) == ["481 ann :Only administrators of this server may do that"]


async def test_rehash() -> None:
    """382, `RPL_REHASHING`: `<config file> :text`, and they are read; 481 without the right."""
    async with network() as place:
        read: list[str] = []
        place.node.on_reload(lambda: read.append("settings"))
        ola, ann = await administrator(place, "ola"), await place.arrive("ann")
        assert plain(await ola.ask("REHASH")) == ["382 ola settings :The settings are read again; the log tells more"]
        assert read == ["settings"]
        assert [line.split()[0] for line in plain(await ann.ask("REHASH"))] == ["481"]
        assert read == ["settings"]


async def test_wallops() -> None:
    """RFC 2812 section 4.7: to all operators who are here and have mode `w`, as from whoever says it."""
    async with network() as place:
        ola, ava, ann = await administrator(place, "ola"), await administrator(place, "ava"), await place.arrive("ann")
        assert plain(await ola.ask("WALLOPS :fire!")) == [":ola!~u@HOST WALLOPS :fire!"]
        assert plain(await ava.settle()) == [":ola!~u@HOST WALLOPS :fire!"]
        assert await ann.settle() == []
        await ava.ask("MODE ava -w")
        await ola.ask("WALLOPS :again")
        assert await ava.settle() == []


@pytest.mark.parametrize(("line", "number"), [("WALLOPS :fire!", "481"), ("WALLOPS", "461")])
async def test_wallops_in_vain(line: str, number: str) -> None:
    """481 without the right, 461 without a text."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert [heard.split()[0] for heard in plain(await ann.ask(line))] == [number]

"""MONITOR: who comes and goes, wherever he is; and what becomes of him, by extended-monitor."""

from hubbub.core.features.accounts import OpenAccount
from hubbub.core.features.blocking import Block
from tests.gateways.irc.clients import PASSWORD, network
from tests.gateways.irc.company import act, plain


async def test_coming_and_going() -> None:
    """730, `RPL_MONONLINE`, and 731, `RPL_MONOFFLINE`, at once and when it happens; renaming is both."""
    async with network() as place:
        ann = await place.arrive("ann")
        await place.arrive("carol")
        assert plain(await ann.ask("MONITOR + Bob,CAROL,bob")) == ["730 ann :carol!~u@HOST", "731 ann :Bob,bob"]
        bob = await place.arrive("bob")
        assert plain(await ann.settle()) == ["730 ann :bob!~u@HOST"]
        await bob.ask("NICK rob", "NICK Bob", "NICK BOB")
        assert plain(await ann.settle()) == ["731 ann :bob", "730 ann :Bob!~u@HOST"]
        bob.send("QUIT")
        await bob.hear_end()
        assert plain(await ann.settle()) == ["731 ann :BOB"]


async def test_lists() -> None:
    """732 and 733 for `L`, both statuses for `S`, no output for `-` and `C`."""
    async with network() as place:
        ann = await place.arrive("ann")
        await ann.ask("MONITOR + bob,ann,carol")
        assert plain(await ann.ask("MONITOR - bob", "MONITOR L", "monitor s")) == [
            "732 ann :ann,carol",
            "733 ann :End of the list",
            "730 ann :ann!~u@HOST",
            "731 ann :carol",
        ]
        assert plain(await ann.ask("MONITOR C", "MONITOR L", "MONITOR S")) == ["733 ann :End of the list"]
        await place.arrive("carol")
        assert await ann.settle() == []


async def test_a_full_list() -> None:
    """734, `ERR_MONLISTFULL`: `<limit> <targets>`; `MONITOR=100` says how many there may be."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert "MONITOR=100" in " ".join(await ann.ask("VERSION")).split()
        for decade in range(10):
            await ann.ask(f"MONITOR + {','.join(f'n{decade}{one}' for one in range(10))}")
        assert plain(await ann.ask("MONITOR + n11,bob,carol,n12")) == [
            "731 ann :n11,n12",
            "734 ann 100 bob,carol :You look out for too many",
        ]
        lines = plain(await ann.ask("MONITOR L"))
        assert all(len(line) < 512 for line in lines)
        assert sum(len(line.split(":")[1].split(",")) for line in lines if line.startswith("732")) == 100
        await place.arrive("bob")
        assert await ann.settle() == []


async def test_nonsense() -> None:
    """A mask is no target, "MUST be a valid nick"; 461 without any; other letters get a standard reply."""
    async with network() as place:
        ann = await place.arrive("ann", "standard-replies")
        heard = plain(await ann.ask("MONITOR + *!u@host,,", "MONITOR L", "MONITOR +", "MONITOR", "MONITOR X bob"))
        assert heard == [
            "731 ann :*!u@host",
            "733 ann :End of the list",
            "461 ann MONITOR :Say whom: MONITOR + ann,bob",
            "461 ann MONITOR :That needs more parameters",
            "FAIL MONITOR INVALID_SUBCOMMAND X :MONITOR knows +, -, C, L and S",
        ]


async def test_logging_in() -> None:
    """Whoever is somebody else now is so for those who look out for either; his own list stays."""
    async with network() as place:
        await place.register("dora")
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await ann.ask("MONITOR + bob,dora")
        await bob.ask("MONITOR + carol")
        await bob.ask(f"NICKSERV IDENTIFY dora {PASSWORD}")
        assert sorted(plain(await ann.settle())) == ["730 ann :dora!~u@HOST", "731 ann :bob"]
        await place.arrive("carol")
        assert plain(await bob.settle()) == ["730 dora :carol!~u@HOST"]


async def test_what_becomes_of_them() -> None:
    """IRCv3 extended-monitor: AWAY, ACCOUNT, CHGHOST and SETNAME also where no channel is shared; once where one is."""
    wanted = ("away-notify", "account-notify", "chghost", "setname")
    async with network() as place:
        ann, bob = await place.arrive("ann", *wanted, "extended-monitor"), await place.arrive("bob")
        dull = await place.arrive("dull", *wanted)
        for client in (ann, dull):
            await client.ask("MONITOR + bob")
        await bob.ask("SETNAME :Bob of Tea", "AWAY :lunch", "AWAY :lunch", "AWAY")
        await act(place, "bob", OpenAccount())
        *lines, moved = plain(await ann.settle())
        assert lines == [
            ":bob!~u@HOST SETNAME :Bob of Tea",
            ":bob!~u@HOST AWAY :lunch",
            ":bob!~u@HOST AWAY",
            ":bob!~u@HOST ACCOUNT bob",
        ]
        assert moved == ":bob!~u@HOST CHGHOST ~u HOST"
        assert await dull.settle() == []
        for client in (ann, bob):
            await client.ask("JOIN #tea")
        await ann.settle()
        await bob.ask("SETNAME :Bob")
        assert plain(await ann.settle()) == [":bob!~u@HOST SETNAME :Bob"]


async def test_whom_one_does_not_hear() -> None:
    """Whoever blocks somebody is not told what becomes of him."""
    async with network() as place:
        ann, bob = await place.arrive("ann", "setname", "extended-monitor"), await place.arrive("bob")
        await ann.ask("MONITOR + bob")
        await act(place, "ann", Block(("bob",), silent=True))
        await bob.ask("SETNAME :Bob of Tea")
        assert await ann.settle() == []

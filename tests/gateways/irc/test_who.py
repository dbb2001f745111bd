"""WHO and WHOX: the people in a channel, or those whom a mask fits."""

import pytest

from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import GoAway
from hubbub.core.features.room_roles import SetRole
from hubbub.core.roles import RoomRole
from tests.gateways.irc.clients import SERVER, Client, Network, network
from tests.gateways.irc.company import act, administrator, open_account, plain


async def two(place: Network) -> tuple[Client, Client]:
    """Return a program that owns a channel, and a guest who is in it and is away."""
    ann, bob = await place.arrive("ann"), await place.arrive("bob")
    await open_account(place, "ann")
    await ann.ask("JOIN #tea")
    await bob.ask("JOIN #tea")
    await act(place, "ann", MarkBot())
    await act(place, "ann", Describe("Ann of Tea"))
    await act(place, "bob", GoAway("lunch"))
    await ann.settle()
    return ann, bob


async def test_a_channel() -> None:
    """352: `<channel> <username> <host> <server> <nick> <flags> :<hopcount> <realname>`; 315 ends the list.

    Flags: `H` or `G` for away, then the prefix in the channel, and the letter of the `BOT` token for programs.
    """
    async with network() as place:
        _, bob = await two(place)
        assert plain(await bob.ask("WHO #tea")) == [
            f"352 bob #tea ~u HOST {SERVER} ann H~B :0 Ann of Tea",
            f"352 bob #tea ~u HOST {SERVER} bob G :0 Somebody",
            "315 bob #tea :End of the list",
        ]


async def test_who_is_offline_is_gone() -> None:
    """A member who is not here has the flag `G`: what is written to him waits."""
    async with network() as place:
        ann, bob = await two(place)
        ann.send("QUIT")
        await ann.hear_end()
        assert f"352 bob #tea ~u HOST {SERVER} ann G~ :0 ann" in plain(await bob.ask("WHO #tea"))


async def test_a_channel_one_is_not_in() -> None:
    """Nobody is told who is in a channel, but those who are in it too."""
    async with network() as place:
        await two(place)
        carol = await place.arrive("carol")
        assert plain(await carol.ask("WHO #tea", "WHO #none")) == [
            "315 carol #tea :End of the list",
            "315 carol #none :End of the list",
        ]


async def test_a_name() -> None:
    """A mask that is somebody's very nick finds him, in whatever channels he is."""
    async with network() as place:
        await two(place)
        carol = await place.arrive("carol")
        assert plain(await carol.ask("WHO ANN", "WHO nobody")) == [
            f"352 carol * ~u HOST {SERVER} ann HB :0 Ann of Tea",
            "315 carol ANN :End of the list",
            "315 carol nobody :End of the list",
        ]


async def test_masks_find_those_one_shares_a_channel_with() -> None:
    """RFC 2812 section 3.6.1: a mask does not find who is invisible and shares no channel with the asker."""
    async with network() as place:
        _, bob = await two(place)
        carol = await place.arrive("carol")
        assert [line.split()[7] for line in (await bob.ask("WHO *"))[:-1]] == ["bob", "ann"]
        assert [line.split()[7] for line in (await carol.ask("WHO a*", "WHO 0")) if " 352 " in line] == ["carol"]
        assert [line.split()[7] for line in (await bob.ask("WHO A?n"))[:-1]] == ["ann"]
        assert [line.split()[7] for line in (await bob.ask("WHO *.account"))[:-1]] == ["ann"]


async def test_administrators_find_everybody() -> None:
    """Invisible people too; with `o`, only those who administer the server, whose flag is `*`."""
    async with network() as place:
        await two(place)
        ola = await administrator(place, "ola")
        assert sorted(line.split()[7] for line in (await ola.ask("WHO *"))[:-1]) == ["ann", "bob", "ola"]
        assert plain(await ola.ask("WHO * o")) == [
            f"352 ola * ~u HOST {SERVER} ola H* :0 Somebody",
            "315 ola * :End of the list",
        ]


async def test_chosen_fields() -> None:
    """WHOX, 354: the fields that were asked for in the order of the specification, and the token; 315 ends the list."""
    async with network() as place:
        _, bob = await two(place)
        assert plain(await bob.ask("WHO #tea %rnactuhsfd,42")) == [
            f"354 bob 42 #tea ~u HOST {SERVER} ann H~B 0 ann :Ann of Tea",
            f"354 bob 42 #tea ~u HOST {SERVER} bob G 0 0 :Somebody",
            "315 bob #tea :End of the list",
        ]


async def test_addresses_in_chosen_fields() -> None:
    """WHOX: `255.255.255.255` stands for an address that the asker may not know, and `0` for the time he was idle."""
    async with network() as place:
        _, bob = await two(place)
        await open_account(place, "bob")
        assert plain(await bob.ask("WHO ann %il", "WHO bob %il"))[::2] == [
            "354 bob 255.255.255.255 0",
            "354 bob 127.0.0.1 0",
        ]


async def test_a_speaker() -> None:
    """The highest prefix of a channel is told."""
    async with network() as place:
        _, bob = await two(place)
        await act(place, "ann", SetRole("#tea", "bob", RoomRole.SPEAKER))
        assert f"352 bob #tea ~u HOST {SERVER} bob G+ :0 Somebody" in plain(await bob.ask("WHO #tea"))


async def test_no_answer_is_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """263, `RPL_TRYAGAIN`, where there are more people than one answer lists."""
    async with network() as place:
        _, bob = await two(place)
        monkeypatch.setattr("hubbub.gateways.irc.commands.who.LISTED", 1)
        assert [line.split()[1] for line in await bob.ask("WHO #tea")] == ["352", "263", "315"]

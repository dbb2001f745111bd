"""MODE of somebody himself: what he is, and whom he lets write to him."""

import pytest

from hubbub.core.features.moderation import Kick
from hubbub.core.features.senders import LimitSenders
from tests.gateways.irc.clients import network
from tests.gateways.irc.company import act, administrator, open_account, plain


async def test_modes_are_told() -> None:
    """221, `RPL_UMODEIS`: everybody is invisible, `r` has an account, `o` administers the server."""
    async with network() as place:
        ann, ola = await place.arrive("ann"), await administrator(place, "ola")
        assert plain(await ann.ask("MODE ANN")) == ["221 ann +iw"]
        await open_account(place, "ann")
        await ann.settle()
        assert plain(await ann.ask("MODE ann")) == ["221 ann +irw"]
        assert plain(await ola.ask("MODE ola")) == ["221 ola +iorw"]


async def test_a_bot() -> None:
    """IRCv3 bot-mode: the letter of the `BOT` token is a user mode that a client sets and unsets for itself."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert plain(await ann.ask("MODE ann +B", "MODE ann +B", "MODE ann")) == [
            ":ann!~u@HOST MODE ann :+B",
            "221 ann +Biw",
        ]
        assert "335 ann ann :is a bot on Example" in plain(await ann.ask("WHOIS ann"))
        assert plain(await ann.ask("MODE ann -B")) == [":ann!~u@HOST MODE ann :-B"]
        assert "BOT=B" in " ".join(await ann.ask("VERSION"))


async def test_whom_one_lets_write() -> None:
    """`R`: people with an account; `g`: those whom one accepts. Only one of them holds, and it is told which not."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob", "standard-replies")
        assert plain(await ann.ask("MODE ann +R", "MODE ann")) == [":ann!~u@HOST MODE ann :+R", "221 ann +Riw"]
        assert plain(await bob.ask("PRIVMSG ann :hi"))[0].startswith("477 bob ann :")
        assert plain(await ann.ask("MODE ann +g", "MODE ann")) == [":ann!~u@HOST MODE ann :+g-R", "221 ann +giw"]
        assert plain(await bob.ask("PRIVMSG ann :hi"))[0].startswith("716 bob ann :")
        await ann.settle()
        assert plain(await ann.ask("MODE ann -g", "MODE ann -R")) == [":ann!~u@HOST MODE ann :-g"]
        assert plain(await bob.ask("PRIVMSG ann :hi")) == []
        await ann.settle()
        await act(place, "ann", LimitSenders("accounts"))
        assert plain(await ann.ask("MODE ann")) == ["221 ann +Riw"]


@pytest.mark.parametrize("modes", ["+i", "-i", "+o", "+r", "-r", "+", "-", ":"])
async def test_modes_that_nobody_chooses(modes: str) -> None:
    """RFC 2812 section 3.1.5: a user who tries to make himself an operator is ignored; so are the others."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert await ann.ask(f"MODE ann {modes}") == []


async def test_what_is_not_known_is_told_last() -> None:
    """https://modern.ircdocs.horse/#mode-message: "apply the modes that are implemented, and then send" 501."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert plain(await ann.ask("MODE ann +zB-yw")) == [
            ":ann!~u@HOST MODE ann :+B",
            ":ann!~u@HOST MODE ann :-w",
            "501 ann :There is no user mode z",
            "501 ann :There is no user mode y",
        ]


async def test_nonsense() -> None:
    """501, `ERR_UMODEUNKNOWNFLAG`, once for each letter; 502 and 401 for others' modes; 461 without anybody."""
    async with network() as place:
        ann = await place.arrive("ann")
        await place.arrive("bob")
        assert plain(await ann.ask("MODE ann +zz-z B", "MODE bob +i", "MODE bob", "MODE nobody", "MODE")) == [
            "501 ann :There is no user mode z",
            "502 ann :The modes of others are their own",
            "502 ann :The modes of others are their own",
            "401 ann nobody :Nobody is called so",
            "461 ann MODE :That needs more parameters",
        ]


async def test_server_notices() -> None:
    """`s`: what moderators and administrators do is told as it happens; 481 to whoever may not know."""
    async with network() as place:
        ola, ann = await administrator(place, "ola"), await place.arrive("ann")
        assert plain(await ann.ask("MODE ann +s")) == ["481 ann :Only administrators of this server are told that"]
        assert plain(await ola.ask("MODE ola +s", "MODE ola")) == [":ola!~u@HOST MODE ola :+s", "221 ola +iorsw"]
        await ann.ask("JOIN #tea")
        await act(place, "ola", Kick("#tea", "ann", "loud"))
        assert "NOTICE ola :*** Audit: ola: kick ann in #tea (loud)" in plain(await ola.settle())
        assert plain(await ola.ask("MODE ola -s")) == [":ola!~u@HOST MODE ola :-s"]


async def test_wallops() -> None:
    """`w` is each client's own choice."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert plain(await ann.ask("MODE ann -w+w-w", "MODE ann")) == [":ann!~u@HOST MODE ann :-w", "221 ann +i"]

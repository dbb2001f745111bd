"""Lines about what is true for a moment have the tags that those of records have."""

import re

import pytest

from hubbub.core.features.portraits import MarkBot
from hubbub.service.presence import GATHER_SECONDS
from tests.gateways.irc.clients import network
from tests.gateways.irc.company import act, open_account, plain

KNOWING = ("server-time", "account-tag", "message-tags", "away-notify", "setname")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("PRIVMSG bob :\x01VERSION\x01", "PRIVMSG bob :\x01VERSION\x01"),
        ("AWAY :tea", "AWAY :tea"),
        ("SETNAME :Ann of Tea", "SETNAME :Ann of Tea"),
        ("INVITE bob #den", "INVITE bob #den"),
        ("@+typing=active TAGMSG #tea", "TAGMSG #tea"),
    ],
)
async def test_tags(said: str, heard: str) -> None:
    """IRCv3 account-tag: what a user with an account says or does has it, whatever that is; and server-time."""
    async with network() as place:
        ann, bob = await place.arrive("ann", "message-tags"), await place.arrive("bob", *KNOWING)
        await open_account(place, "ann")
        await ann.ask("JOIN #tea", "JOIN #den")
        await bob.ask("JOIN #tea")
        await ann.ask(said)
        place.node.clock.advance(GATHER_SECONDS)
        [line] = await bob.settle()
        tags, _, rest = line.partition(" ")
        assert plain([rest]) == [f":ann!~u@HOST {heard}"]
        assert re.fullmatch(r"@time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z;account=ann(;\+typing=active)?", tags)


async def test_no_tags() -> None:
    """Whoever knows none is sent none."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await ann.ask("PRIVMSG bob :\x01VERSION\x01")
        assert plain(await bob.settle()) == [":ann!~u@HOST PRIVMSG bob :\x01VERSION\x01"]


async def test_tags_of_what_one_does_oneself() -> None:
    """IRCv3 account-tag, server-time and bot-mode: also where one comes and goes oneself, as others hear it."""
    async with network() as place:
        ann = await place.arrive("ann", "server-time", "account-tag", "message-tags")
        await open_account(place, "ann")
        await act(place, "ann", MarkBot(True))
        await ann.settle()
        heard = await ann.ask("JOIN #tea", "PART #tea :bye", "JOIN #tea", "NICK anna")
        told = [line for line in heard if ":ann!" in line and "@" in line]
        assert [line.split()[2] for line in told] == ["JOIN", "PART", "JOIN", "NICK"]
        for line in told:
            assert re.fullmatch(r"@time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z;bot;account=\w+", line.split()[0])

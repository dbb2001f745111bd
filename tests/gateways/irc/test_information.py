"""What can be asked about the server."""

from typing import Final

import pytest

from hubbub.core.roles import ServerRole
from hubbub.gateways.irc.census import COUNT_SECONDS
from hubbub.gateways.irc.commands.helping import SUBJECTS
from hubbub.gateways.irc.table import COMMANDS
from tests.gateways.irc.clients import SERVER, network
from tests.gateways.irc.company import administrator, open_account, plain


async def test_version() -> None:
    """351: `<version> <server> :<comments>`, and 005 again."""
    async with network() as place:
        ann = await place.arrive("ann")
        first, *others = plain(await ann.ask("VERSION"))
        assert first.startswith("351 ann hubbub-")
        assert first.endswith(f" {SERVER} :one port, every client")
        assert {line.split()[0] for line in others} == {"005"}


async def test_how_many_are_here() -> None:
    """251 to 255, and 265 and 266 with how many there were at most: `[<u> <m>]`."""
    async with network() as place:
        ann, bob = await administrator(place, "ann"), await place.arrive("bob")
        await ann.ask("JOIN #tea", "JOIN #cake")
        bob.send("QUIT")
        await bob.hear_end()
        place.node.clock.advance(COUNT_SECONDS)
        assert plain(await ann.ask("LUSERS")) == [
            "251 ann :There are 0 users and 1 invisible on 1 server",
            "252 ann 1 :operators are here",
            "254 ann 2 :channels have somebody in them",
            "255 ann :I have 1 client and 0 servers",
            "265 ann 1 2 :Current local users 1, max 2",
            "266 ann 1 2 :Current global users 1, max 2",
        ]
        assert plain(await ann.ask("LUSERS * other.test")) == ["402 ann other.test :There is no such server"]


async def test_what_there_is_none_of() -> None:
    """252 and 254 are told with "a positive integer" only; 251, 255, 265 and 266 always."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert [line.split()[0] for line in plain(await ann.ask("LUSERS"))] == ["251", "255", "265", "266"]


async def test_time() -> None:
    """391: `<server> [<timestamp> [<TS offset>]] :<human-readable time>`: clients show the numbers as they are."""
    async with network() as place:
        ann = await place.arrive("ann")
        [line] = plain(await ann.ask("TIME"))
        assert line.startswith(f"391 ann {SERVER} :")
        assert line.endswith(" UTC")


async def test_admin() -> None:
    """256 to 259; 423, `ERR_NOADMININFO`, where there is nobody."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert plain(await ann.ask("ADMIN")) == [f"423 ann {SERVER} :Nobody owns this server yet"]
        await open_account(place, "ann", ServerRole.OWNER)
        await ann.settle()
        assert plain(await ann.ask("ADMIN")) == [
            f"256 ann {SERVER} :Who looks after this server",
            "257 ann :Network Example",
            "258 ann :It belongs to ann",
            "259 ann :Write to ann: PRIVMSG ann :…",
        ]


async def test_info_and_links() -> None:
    """371 and 374; 364 `<mask> <server> :<hopcount> <info>` and 365, of a network of one server."""
    async with network() as place:
        ann = await place.arrive("ann")
        *lines, end = plain(await ann.ask("INFO"))
        assert {line.split()[0] for line in lines} == {"371"}
        assert end == "374 ann :That is all"
        assert plain(await ann.ask("LINKS", "LINKS *.ORG", "LINKS other.*")) == [
            f"364 ann {SERVER} {SERVER} :0 Example",
            "365 ann * :End of the list",
            f"364 ann {SERVER} {SERVER} :0 Example",
            "365 ann *.ORG :End of the list",
            "365 ann other.* :End of the list",
        ]


async def test_stats() -> None:
    """242: `Server Up <days> days <time>`; 243 who administers it; 219 ends whatever was asked."""
    async with network() as place:
        await administrator(place, "ola")
        ann = await place.arrive("ann")
        assert plain(await ann.ask("STATS u", "STATS o", "STATS", "STATS :x y")) == [
            "242 ann :Server Up 0 days 0:00:00",
            "219 ann u :That is all",
            "243 ann O * * ola :administrator",
            "219 ann o :That is all",
            "219 ann * :That is all",
            "219 ann x :That is all",
        ]


async def test_what_is_nobodys_business() -> None:
    """446, `ERR_USERSDISABLED`, and 445, `ERR_SUMMONDISABLED`."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert [line.split()[0] for line in plain(await ann.ask("USERS", "SUMMON bob"))] == ["446", "445"]


@pytest.mark.parametrize("command", ["MOTD", "VERSION", "TIME", "ADMIN", "INFO"])
async def test_other_servers(command: str) -> None:
    """402, `ERR_NOSUCHSERVER`; this one is meant by its name, a mask of it, or somebody who is on it."""
    async with network() as place:
        ann = await place.arrive("ann")
        [line] = plain(await ann.ask(f"{command} other.example.org"))
        assert line == "402 ann other.example.org :There is no such server"
        for target in (SERVER.upper(), "*.org", "ann"):
            assert " 402 " not in " ".join(await ann.ask(f"{command} {target}"))


async def test_help() -> None:
    """704, 705 and 706, with the subject; 524, `ERR_HELPNOTFOUND`, for others."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert plain(await ann.ask("HELP whois", "HELPOP away :x", "HELP :no such thing")) == [
            "704 ann whois :WHOIS NAME",
            "705 ann whois :Tells about somebody.",
            "706 ann whois :That is all",
            "524 ann * :There is no help on that. HELP lists on what",
            "524 ann * :There is no help on that. HELP lists on what",
        ]
        first, *lines, last = plain(await ann.ask("HELP"))
        assert first.startswith("704 ann * :")
        assert " ".join(line.removeprefix("705 ann * :") for line in lines).split() == list(SUBJECTS)
        assert last == "706 ann * :That is all"


UNEXPLAINED: Final = frozenset(["CS", "HELPOP", "NS", "PASS", "PONG", "SUMMON", "USER", "USERS", "VERIFY", "WEBIRC"])
"""Commands of which nobody has a question once he is in, that are called otherwise, too, or that do nothing."""


def test_every_help_is_about_a_command() -> None:
    """And says first how that is written; there is some of every command that does something here."""
    assert set(SUBJECTS) == set(COMMANDS) - UNEXPLAINED
    assert all(usage.startswith(command) for command, (usage, _) in SUBJECTS.items())

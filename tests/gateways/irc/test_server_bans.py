"""Whom the server keeps out: KLINE, UNKLINE and STATS k."""

import pytest

from tests.gateways.irc.clients import network
from tests.gateways.irc.company import administrator, plain


async def test_keeping_somebody_off() -> None:
    """`KLINE [duration] mask :reason`: who is here goes, and does not come back until UNKLINE."""
    async with network() as place:
        ola, spammer = await administrator(place, "ola"), await place.arrive("spam1")
        assert plain(await ola.ask("KLINE spam*!*@* :ads")) == ["NOTICE ola :spam*!*@* is kept off this server."]
        assert "ads" in (await spammer.hear_end())[-1]
        again = await place.connect()
        again.send("NICK spam2", "USER u 0 * :x")
        assert " 465 " in (await again.hear_end())[-2]
        assert plain(await ola.ask("UNKLINE spam*!*@*")) == ["NOTICE ola :spam*!*@* is kept off this server no longer."]
        await place.arrive("spam2")


async def test_who_is_kept_off() -> None:
    """216, `RPL_STATSKLINE`, for each, and 219; also of accounts and networks, for minutes, `30s`, or ever."""
    async with network() as place:
        ola = await administrator(place, "ola")
        await ola.ask("KLINE 60 *@192.0.2.0/24 :open relay", "KLINE 30s account:eve", "KLINE 0 mallory*!*@*")
        assert plain(await ola.ask("STATS k")) == [
            "216 ola K *!*@192.0.2.0/24 * * :open relay",
            "216 ola K account:eve * * :",
            "216 ola K mallory*!*@* * * :",
            "219 ola k :That is all",
        ]
        now_ms, bans = place.node.clock.time_ms(), place.node.house.directory.bans.values()
        assert [ban.term and ban.term.seconds_left(now_ms) for ban in bans] == [3_600, 30, None]
        place.node.clock.advance(30)
        assert [line.split()[3] for line in plain(await ola.ask("STATS K"))[:-1]] == [
            "*!*@192.0.2.0/24",
            "mallory*!*@*",
        ]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("KLINE", "461 ola KLINE :"),
        ("KLINE 60", "461 ola KLINE :"),
        ("KLINE m:spam!*@*", "415 ola m:spam!*@* :"),
        ("KLINE :a b", "415 ola * :"),
        ("UNKLINE nobody!*@*", "NOTICE ola :'nobody!*@*' is not banned."),
        ("KLINE ava!*@*", "481 ola :"),
    ],
)
async def test_keeping_off_in_vain(command: str, answer: str) -> None:
    """461 without a mask; 415, `ERR_BADMASK`; 481 for those who are not below."""
    async with network() as place:
        ola = await administrator(place, "ola")
        await administrator(place, "ava")
        [line] = plain(await ola.ask(command))
        assert line.startswith(answer)


async def test_others_keep_nobody_off() -> None:
    """481, `ERR_NOPRIVILEGES`."""
    async with network() as place:
        ann = await place.arrive("ann")
        heard = plain(await ann.ask("KLINE spam*", "UNKLINE spam*", "STATS k"))
        assert [line.split()[0] for line in heard] == ["481", "481", "481", "219"]

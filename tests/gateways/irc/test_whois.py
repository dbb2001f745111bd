"""WHOIS: everything that may be known of somebody."""

from msgspec.structs import replace

from hubbub.core.features.accounts import SetPrivacy
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import GoAway
from hubbub.core.features.senders import LimitSenders
from hubbub.service.peers import Peer as Place
from tests.gateways.irc.clients import SERVER, network
from tests.gateways.irc.company import act, administrator, open_account, plain, seated

TIMES = ":seconds idle, signon time"


async def test_a_guest() -> None:
    """311 user, 312 server, 317 idle and signon time, 318 the end; 319 the channels that both are in."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await ann.ask("JOIN #tea", "JOIN #cake", "JOIN #own")
        await bob.ask("JOIN #tea", "JOIN #cake")
        *lines, idle, end = plain(await bob.ask("WHOIS ANN"))
        assert lines == [
            "311 bob ann ~u HOST * :Somebody",
            "319 bob ann :~#cake ~#tea",
            f"312 bob ann {SERVER} :Example",
        ]
        number, _, nick, seconds, since = idle.removesuffix(f" {TIMES}").split()
        assert (number, nick, seconds) == ("317", "ann", "0")
        assert since == str(place.node.clock.time_ms() // 1_000)
        assert end == "318 bob ANN :That is all"


async def test_an_account() -> None:
    """330 the account, 301 why he is away, 335 that he is a program (IRCv3 bot-mode), prefixes before channels.

    When he came and how long he has been idle is not told of somebody who does not let it be known.
    """
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await open_account(place, "ann")
        await ann.ask("JOIN #tea")
        await bob.ask("JOIN #tea")
        await act(place, "ann", MarkBot())
        await act(place, "ann", Describe("Ann of Tea"))
        await act(place, "ann", GoAway("lunch"))
        await bob.settle()
        assert plain(await bob.ask("WHOIS ann")) == [
            "311 bob ann ~u HOST * :Ann of Tea",
            "319 bob ann :~#tea",
            f"312 bob ann {SERVER} :Example",
            "301 bob ann :lunch",
            "330 bob ann ann :is logged in as",
            "335 bob ann :is a bot on Example",
            "318 bob ann :That is all",
        ]
        await act(place, "ann", SetPrivacy(shows_last_seen=True))
        assert plain(await bob.ask("WHOIS ann"))[-2].endswith(TIMES)


async def test_somebody_who_is_offline() -> None:
    """301, as he is not here, and 320, when he was here last, if he lets it be known."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await open_account(place, "ann")
        await act(place, "ann", SetPrivacy(shows_last_seen=True))
        await act(place, "ann", LimitSenders("everyone"))
        ann.send("QUIT")
        await ann.hear_end()
        await place.node.settle()
        away, seen = plain(await bob.ask("WHOIS ann"))[2:4]
        assert away == "301 bob ann :is not here; what is written to him waits"
        assert seen.startswith("320 bob ann :was here last 20")


async def test_administrators() -> None:
    """313 tells who administers the server; only he learns addresses: 338 and 378. His own everybody is told, once."""
    async with network() as place:
        ola, bob = await administrator(place, "ola"), await place.arrive("bob")
        assert "313 bob ola :is an administrator of this server" in plain(await bob.ask("WHOIS ola"))
        lines = plain(await ola.ask("WHOIS bob"))
        assert "338 ola bob 127.0.0.1 :is actually using host" in lines
        assert "378 ola bob :is connecting from *@127.0.0.1 127.0.0.1" in lines
        assert not [line for line in await bob.ask("WHOIS ola") if "127.0.0.1" in line]
        own = [line for line in plain(await bob.ask("WHOIS bob")) if "127.0.0.1" in line]
        assert own == ["338 bob bob 127.0.0.1 :is actually using host"]


async def test_an_address_that_begins_with_a_colon() -> None:
    """`::1` could not be a parameter: RFC 2812 section 2.3.1, `middle`."""
    async with network() as place:
        ann = await place.arrive("ann")
        [session] = place.node.sessions.of(seated(place, "ann").id)
        session.peer = Place("[::1]:1", "::1")
        session.person.addresses[:] = ["::1"]
        assert "338 ann ann 0::1 :is actually using host" in plain(await ann.ask("WHOIS ann"))


async def test_a_secure_connection() -> None:
    """671, where nobody can read along on any of his connections."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        [session] = place.node.sessions.of(seated(place, "ann").id)
        session.peer = replace(session.peer, is_encrypted=True)
        assert "671 bob ann :is using a secure connection" in plain(await bob.ask("WHOIS ann"))
        assert not [line for line in await ann.ask("WHOIS bob") if " 671 " in line]


async def test_nobody() -> None:
    """401 for nobody, 318 all the same; 431 without a name; 407 for too many."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert plain(await ann.ask("WHOIS nobody", "WHOIS", "WHOIS :", "WHOIS a,b,c,d,e")) == [
            "401 ann nobody :User 'nobody' not found.",
            "318 ann nobody :That is all",
            "431 ann :Say about whom you ask: WHOIS ann",
            "431 ann :Say about whom you ask: WHOIS ann",
            "407 ann e :Ask about 4 at a time",
        ]


async def test_several_and_a_server() -> None:
    """RFC 2812 section 3.6.2: several names; of two parameters the first one is the server to ask."""
    async with network() as place:
        ann = await place.arrive("ann")
        await place.arrive("bob")
        numbers = [line.split()[1:4] for line in await ann.ask(f"WHOIS {SERVER} ann,bob")]
        assert [nick for number, _, nick in numbers if number == "318"] == ["ann", "bob"]
        assert [nick for number, _, nick in numbers if number == "311"] == ["ann", "bob"]


async def test_another_server() -> None:
    """402, `ERR_NOSUCHSERVER`, and nothing else; who is asked about, or anybody here, stands for his server."""
    async with network() as place:
        ann = await place.arrive("ann")
        await place.arrive("bob")
        heard = plain(await ann.ask("WHOIS nosrv ann", "WHOIS nosrv :", "WHOIS a:b nobody"))
        told = "There is no such server"
        assert heard == [f"402 ann nosrv :{told}", f"402 ann nosrv :{told}", f"402 ann a:b :{told}"]
        for server in (SERVER.upper(), "*.example.org", "bob", "ANN"):
            first, *_, last = plain(await ann.ask(f"WHOIS {server} ann"))
            assert (first[:3], last[:3]) == ("311", "318")
        numbers = [line.split()[:3] for line in plain(await ann.ask("WHOIS nobody Nobody"))]
        assert numbers == [["401", "ann", "Nobody"], ["318", "ann", "Nobody"]]


async def test_idle_is_who_types_nothing() -> None:
    """317: what a client sends by itself, such as PONG, tells nothing of whether anybody is there."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        await ann.ask("AWAY")
        place.node.clock.advance(80)
        await ann.ask("PONG :x", "ISON bob")
        assert "317 bob ann 80 " in "\n".join(plain(await bob.ask("WHOIS ann")))
        await ann.ask("AWAY")
        assert "317 bob ann 0 " in "\n".join(plain(await bob.ask("WHOIS ann")))

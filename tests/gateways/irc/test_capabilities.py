"""CAP: https://ircv3.net/specs/extensions/capability-negotiation, whose words are quoted."""

import pytest

from hubbub.core.signals import Reconfiguring
from hubbub.gateways.irc.capabilities import ANSWERED_BY_FAIL, Capability
from hubbub.gateways.irc.offering import ALWAYS, Offer, Offering
from hubbub.service.peers import Peer
from tests.gateways.irc.clients import SERVER, Client, Network, network
from tests.gateways.irc.company import open_account

OLD = f":{SERVER} CAP * LS :"


class ChangingOffering(Offering):
    """One that a test changes."""

    def __init__(self) -> None:
        super().__init__()
        self._offer: Offer = ALWAYS

    def change(self, offer: Offer) -> None:
        """Offer something else from now on."""
        self._offer = offer
        self.version += 1

    def of(self, peer: Peer) -> Offer:  # noqa: ARG002 - it is the same for all
        """Return it."""
        return self._offer


async def connect_to(place: Network) -> tuple[ChangingOffering, Client]:
    """Return a client, and what decides what it is offered."""
    offering = ChangingOffering()
    place.irc.offering = offering
    return offering, await place.connect()


def words_of(line: str) -> list[str]:
    """Return the words of a list."""
    return line.partition(" :")[2].split()


async def test_a_list_suspends_registration() -> None:
    """LS: the server "MUST suspend registration until an `END` subcommand is received"."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("CAP LS 302", "NICK ann", "USER ann 0 * :Ann")
        assert all(" CAP * LS " in line for line in heard)
        ann.send("CAP END")
        assert await ann.next() == f":{SERVER} 001 ann :Welcome to Example, ann"


async def test_a_request_suspends_registration_too() -> None:
    """REQ, without LS before it: it "MUST suspend registration until an END subcommand is received"."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("NICK ann", "CAP REQ :server-time", "USER ann 0 * :Ann")
        assert heard == [f":{SERVER} CAP * ACK :server-time"]
        ann.send("CAP END")
        assert " 001 ann " in await ann.next()


async def test_new_clients_are_told_in_several_lines() -> None:
    """Of several lines, "all but the last reply MUST have a parameter containing only an asterisk"."""
    async with network() as place:
        offering, ann = await connect_to(place)
        offering.change(dict.fromkeys(Capability, "x" * 60))
        heard = await ann.ask("CAP LS 302")
        assert len(heard) > 1
        assert all(line.startswith(f":{SERVER} CAP * LS * :") for line in heard[:-1])
        assert heard[-1].startswith(OLD)
        assert all(len(line) <= 510 for line in heard)
        assert [word for line in heard for word in words_of(line)] == [f"{one}={'x' * 60}" for one in Capability]


async def test_old_clients_are_told_names_in_one_line() -> None:
    """Without 302, "the server MUST NOT send these new features": neither values nor several lines."""
    async with network() as place:
        offering, ann = await connect_to(place)
        offering.change(dict.fromkeys(Capability, "x"))
        [line] = await ann.ask("CAP LS")
        assert line.startswith(OLD)
        words = words_of(line)
        assert words == [str(one) for one in Capability if one is not Capability.STS][: len(words)]


async def test_the_highest_version_counts() -> None:
    """A lower version is answered in its way; the server keeps "storing the original (higher) version"."""
    async with network() as place:
        offering, ann = await connect_to(place)
        offering.change({Capability.BATCH: "x"})
        assert await ann.ask("CAP LS 307", "CAP LS", "CAP LS nonsense", "CAP REQ -cap-notify") == [
            f"{OLD}batch=x",
            f"{OLD}batch",
            f"{OLD}batch",
            f":{SERVER} CAP * NAK :-cap-notify",
        ]


async def test_version_302_switches_notifications_on() -> None:
    """`cap-notify` "MUST be implicitly enabled if the client requests CAP LS with a version of 302 or newer"."""
    async with network() as place:
        ann = await place.connect()
        await ann.ask("CAP LS 302")
        heard = await ann.ask("CAP LIST", "CAP REQ cap-notify", "CAP REQ -cap-notify")
        assert heard == [
            f":{SERVER} CAP * LIST :cap-notify",
            f":{SERVER} CAP * ACK :cap-notify",
            f":{SERVER} CAP * NAK :-cap-notify",
        ]


async def test_old_clients_may_switch_notifications_off() -> None:
    """They "MAY explicitly disable the capability, and servers MUST allow these clients to do so"."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("CAP LS", "CAP REQ cap-notify", "CAP REQ -cap-notify", "CAP LIST")
        assert heard[1:] == [
            f":{SERVER} CAP * ACK :cap-notify",
            f":{SERVER} CAP * ACK :-cap-notify",
            f":{SERVER} CAP * LIST :",
        ]


async def test_all_or_nothing() -> None:
    """REQ: the set "must be accepted as a whole, or rejected entirely"; a NAK changes nothing."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("CAP REQ :batch nonsense", "CAP REQ :batch Server-Time", "CAP LIST")
        assert heard == [
            f":{SERVER} CAP * NAK :batch nonsense",
            f":{SERVER} CAP * NAK :batch Server-Time",
            f":{SERVER} CAP * LIST :",
        ]


async def test_what_is_on_can_be_switched_on_again_and_what_is_off_off() -> None:
    """REQ: then it goes on "as though handling this capability was successful"; values are no part of names."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask(
            "CAP REQ :batch batch", "CAP REQ :batch -server-time", "CAP REQ :-batch ", "CAP LIST", "CAP REQ batch=1"
        )
        assert heard == [
            f":{SERVER} CAP * ACK :batch batch",
            f":{SERVER} CAP * ACK :batch -server-time",
            f":{SERVER} CAP * ACK :-batch",
            f":{SERVER} CAP * LIST :",
            f":{SERVER} CAP * NAK :batch=1",
        ]


async def test_a_request_for_nothing() -> None:
    """A list may be empty; where none is there, a parameter is missing: 461."""
    async with network() as place:
        ann = await place.connect()
        assert await ann.ask("CAP REQ", "CAP REQ :", "NICK ann", "USER ann 0 * :Ann") == [
            f":{SERVER} 461 * CAP :That needs more parameters",
            f":{SERVER} CAP * ACK :",
        ]


async def test_a_long_request_is_acknowledged_in_full() -> None:
    """An ACK may be "spread across multiple lines": nothing of it is cut."""
    async with network() as place:
        ann = await place.connect()
        wanted = ["server-time"] * 41
        heard = await ann.ask(f"CAP REQ :{' '.join(wanted)}", "CAP LIST")
        assert len(heard) == 3
        assert words_of(heard[0]) + words_of(heard[1]) == wanted


async def test_unknown_subcommands() -> None:
    """An invalid one is answered with 410, `ERR_INVALIDCAPCMD`, which names it; none at all with 461."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("CAP FOO", "CAP :two words", "CAP ACK :batch", "CAP")
        assert [line.split(" :")[0] for line in heard] == [
            f":{SERVER} 410 * FOO",
            f":{SERVER} 410 * *",
            f":{SERVER} 410 * ACK",
            f":{SERVER} 461 * CAP",
        ]


async def test_negotiating_later() -> None:
    """CAP is accepted "at any time, including after registration", and END is ignored then."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert await ann.ask("CAP END", "CAP REQ :batch", "CAP END", "cap list") == [
            f":{SERVER} CAP ann ACK :batch",
            f":{SERVER} CAP ann LIST :batch",
        ]


async def test_what_is_new_is_told() -> None:
    """NEW: it lists "new capabilities that are now offered", with values for those who know version 302."""
    async with network() as place:
        offering, ann = await connect_to(place)
        offering.change({Capability.CAP_NOTIFY: ""})
        await ann.ask("CAP LS 302")
        offering.change({Capability.CAP_NOTIFY: "", Capability.BATCH: "", Capability.SERVER_TIME: "x"})
        assert await ann.ask() == [f":{SERVER} CAP * NEW :batch server-time=x"]
        offering.change({Capability.CAP_NOTIFY: "", Capability.BATCH: "", Capability.SERVER_TIME: "y"})
        assert await ann.ask() == [f":{SERVER} CAP * NEW :server-time=y"]


async def test_what_is_new_is_told_at_once() -> None:
    """NEW and DEL come when it is so, and not when the client says something; only what is different."""
    async with network() as place:
        offering, ann = await connect_to(place)
        await ann.arrive("ann", "cap-notify", "batch")
        place.node.sessions.notice_all(Reconfiguring())
        offering.change({Capability.CAP_NOTIFY: "", Capability.BATCH: "", Capability.SERVER_TIME: ""})
        place.node.sessions.notice_all(Reconfiguring())
        offering.change({**ALWAYS, Capability.CAP_NOTIFY: ""})
        place.node.sessions.notice_all(Reconfiguring())
        first, second = await ann.next(), await ann.next()
        assert first.startswith(f":{SERVER} CAP ann DEL :")
        assert second.startswith(f":{SERVER} CAP ann NEW :")
        assert await ann.ask() == []


async def test_what_is_gone_is_told_and_cancelled() -> None:
    """DEL: servers "MUST cancel any capability-specific behavior"."""
    async with network() as place:
        offering, ann = await connect_to(place)
        await ann.arrive("ann", "cap-notify", "batch", "server-time")
        offering.change({Capability.CAP_NOTIFY: "", Capability.SERVER_TIME: ""})
        [line, listed, refused] = await ann.ask("CAP LIST", "CAP REQ :batch")
        assert line.startswith(f":{SERVER} CAP ann DEL :")
        assert "batch" in words_of(line)
        assert listed == f":{SERVER} CAP ann LIST :cap-notify server-time"
        assert refused == f":{SERVER} CAP ann NAK :batch"


async def test_who_does_not_want_to_know_is_not_told() -> None:
    """NEW and DEL "MUST ONLY be sent to clients that have negotiated CAP version 302 or enabled cap-notify"."""
    async with network() as place:
        offering, ann = await connect_to(place)
        await ann.arrive("ann", "batch", "server-time")
        offering.change({Capability.SERVER_TIME: ""})
        assert await ann.ask("CAP LIST") == [f":{SERVER} CAP ann LIST :server-time"]


def test_standard_names_come_first() -> None:
    """So that old clients, which are told only one line, do not miss what they know."""
    drafts = ["/" in one for one in ALWAYS]
    assert drafts == sorted(drafts)


FAILING = {
    "BATCH": "BATCH +1 nonsense",
    "CHATHISTORY": "CHATHISTORY NONSENSE",
    "MARKREAD": "MARKREAD nobody",
    "METADATA": "METADATA * NONSENSE",
    "REDACT": "REDACT #none 1-1",
    "RENAME": "RENAME #own #",
    "SEARCH": "SEARCH nonsense=1",
    "SETNAME": f"SETNAME :{'x' * 151}",
}


@pytest.mark.parametrize("command", sorted(ANSWERED_BY_FAIL))
async def test_what_fails_is_told_as_its_specification_says(command: str) -> None:
    """`standard-replies` is for those "other than ones enabled by a specific specification", which come without it."""
    async with network() as place:
        ann = await place.arrive("ann")
        await open_account(place, "ann")
        await ann.ask("JOIN #own")
        assert [line.split()[1:3] for line in await ann.ask(FAILING[command])] == [["NOTICE", "ann"]]
        await ann.ask(f"CAP REQ :{ANSWERED_BY_FAIL[command]}")
        assert [line.split()[1:3] for line in await ann.ask(FAILING[command])] == [["FAIL", command]]

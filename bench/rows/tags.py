"""IRC with tags: what it costs more when half of the members hear the time, the id and the account of each message.

Two channels on one server are spoken to in turn; in one of them, all clients are plain. Those who speak have accounts,
or there would be nothing to tell of. Measured with one message in flight, and with fifty.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Final

from bench.accounts import make_token
from bench.crowd import NAMES, Crowd, Member
from bench.figures import Figure, Goal, Row, Sample, Scale, Sense, alone
from bench.rows.fanout import WARM_UP_TURNS, Lobby
from bench.servers import Launch, Server
from bench.tongues import IRC

SPEAKERS: Final = 2
"""Those with accounts, who are in both channels."""

CAPABILITIES: Final = b"CAP REQ :server-time message-tags account-tag\r\n"

MESSAGES: Final = {1: 20, 50: 400}
"""How many make a turn, by how many are in flight."""


class Channel:
    """A channel full of people."""

    def __init__(  # noqa: PLR0913 - a channel full of people is these six things
        self, server: Server, crowd: Crowd, name: bytes, *, accounts: Mapping[str, str], members: int, tagged: int
    ) -> None:
        """Let the accounts come in, whose tokens stand behind their names, and others until it is full."""
        self._server = server
        self._crowd = crowd
        self._words = b"PRIVMSG %s :%%s\r\n" % name
        enter = b"CAP END\r\nJOIN %s\r\n" % name
        self._speakers = []
        for account, token in accounts.items():
            proof = b"PASS :%s\r\n" % token.encode()
            self._speakers += crowd.admit(1, at_once=1, before=proof, words=enter, names=iter([account]))
        self._people = [*self._speakers, *mixed(crowd, members - len(accounts), tagged, enter)]

    def lobby(self, in_flight: int) -> Lobby:
        """Let it be talked to, with so many messages in flight."""
        return Lobby(
            self._server,
            self._crowd,
            self._people,
            in_flight=in_flight,
            speakers=self._speakers,
            words=self._words,
            is_uniform=False,
        )


def mixed(crowd: Crowd, members: int, tagged: int, enter: bytes) -> list[Member]:
    """Admit people, some of whom hear tags, as evenly spread as people are who come when they like."""
    people: list[Member] = []
    for number in range(members):
        has_tags = number * tagged // members < (number + 1) * tagged // members
        people += crowd.admit(1, at_once=1, before=CAPABILITIES if has_tags else b"", words=enter)
    return people


def measure(launch: Launch, scale: Scale) -> Sample:
    """Measure the server; the floor knows no tags."""
    with ExitStack() as stack:
        # A listener for any protocol: the accounts are opened in another one.
        server = stack.enter_context(launch.started(announces=False, spoken="native"))
        accounts = {name: asyncio.run(make_token(server.address, name)) for name in islice(NAMES, SPEAKERS)}
        channels = []
        for name, tagged in ((b"#plain", 0), (b"#mixed", scale.members // 2)):
            crowd = stack.enter_context(Crowd(server.address, IRC))
            channels.append(Channel(server, crowd, name, accounts=accounts, members=scale.members, tagged=tagged))
        sample: dict[str, float] = {}
        for in_flight, key in ((1, "one"), (50, "fifty")):
            plain, tags = compare([channel.lobby(in_flight) for channel in channels], scale.turns_tags)
            sample |= {f"{key}_plain": plain, f"{key}_tags": tags, f"{key}_more": tags / plain}
        return sample


def compare(lobbies: Sequence[Lobby], turns: int) -> list[float]:
    """Give each its messages in turn; return what a delivery costs in each, in µs of CPU."""
    for turn in range(WARM_UP_TURNS + turns):
        for lobby in lobbies:
            if turn == WARM_UP_TURNS:
                lobby.start_over()
            lobby.talk(MESSAGES[lobby.in_flight])
    # Both are on one server, so what it does between the turns is nobody's.
    return [lobby.talking.server_cpu / lobby.deliveries * 1e6 for lobby in lobbies]


TAGS: Final = Row(
    key="irc-tags",
    title="IRC: 500 members, half of them with time, id and account of each message",
    figures=(
        Figure("one_plain", "CPU per delivery, one in flight, all plain", "µs"),
        Figure("one_tags", "the same, half of them with tags", "µs"),
        Figure("one_more", "the second as so many times the first", "×", Goal(Sense.AT_MOST, 1.15)),
        Figure("fifty_plain", "CPU per delivery, 50 in flight, all plain", "µs"),
        Figure("fifty_tags", "the same, half of them with tags", "µs"),
        Figure("fifty_more", "the second as so many times the first", "×", Goal(Sense.AT_MOST, 1.15)),
    ),
    measure=alone(measure),
)

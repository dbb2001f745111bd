"""The whole service at once: whatever people do, in whatever turns, with a store that fails, the laws hold."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.presence import GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.names import find_key
from hubbub.core.queries import FindHistory, ListMembers
from hubbub.core.room import LOBBY
from hubbub.service.requests import Request
from tests.service.turns import turns
from tests.service.village import Village, Villager

NAMES: Final = ("ann", "Bob", "carol", "Dörte")
ROOMS: Final = st.sampled_from((LOBBY, "#tea", "#Tea", "#milk"))
ANYBODY: Final = st.integers(0, 3)
"""One of those who are there, counted around."""


class VillageMachine(RuleBasedStateMachine):
    """People come, talk and go; the store fails and recovers; the server crashes and comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.village = Village()
        self.numbers = count()
        self.runner.run(self.village.open())

    def teardown(self) -> None:
        """Come to rest, check everything once more, and end."""
        self.rest()
        self.runner.run(self.village.crash())
        self.runner.close()

    @rule(name=st.sampled_from(NAMES))
    def enter(self, name: str) -> None:
        """Let someone in whose name is free, and send him to the lobby."""

        def come_in() -> None:
            if self.village.node.house.is_free(find_key(name), 0):
                newcomer = Villager(self.village.node, name)
                self.village.people.append(newcomer)
                newcomer.wish(Join(LOBBY))

        self.at_once(come_in)

    @precondition(lambda self: self.village.people)
    @rule(who=ANYBODY)
    def leave(self, who: int) -> None:
        """Close somebody's connection, whatever he is waiting for."""
        one = self.village.people.pop(who % len(self.village.people))
        self.village.gone.append(one)
        self.at_once(lambda: one.leave("gone"))

    @rule(who=ANYBODY, room=ROOMS)
    def say(self, who: int, room: str) -> None:
        """Say something that nobody has said before."""
        self.ask(who, Say(room, f"text {next(self.numbers)}"))

    @rule(who=ANYBODY, room=ROOMS, comes=st.booleans())
    def move(self, who: int, room: str, comes: bool) -> None:
        """Come into a room or go out of it."""
        self.ask(who, Join(room) if comes else Leave(room))

    @rule(who=ANYBODY, names=st.lists(st.sampled_from(NAMES), max_size=3).map(tuple), silent=st.none() | st.booleans())
    def block(self, who: int, names: tuple[str, ...], silent: bool | None) -> None:
        """Block some people, or (None) unblock them."""
        if self.village.people:
            self.village.people[who % len(self.village.people)].blocks = True
        self.ask(who, Unblock(names) if silent is None else Block(names, silent))

    @rule(
        who=ANYBODY,
        request=st.sampled_from([Tell(NAMES, "psst"), Broadcast("all"), SetTopic(LOBBY, "one"), SetTopic(LOBBY, "two")])
        | st.sampled_from([GoAway("tea"), ListMembers(LOBBY), FindHistory("#tea", 100)])
        | st.sampled_from(NAMES).map(Rename),
    )
    def do_something_else(self, who: int, request: Request) -> None:
        """Do anything else that people do."""
        self.ask(who, request)

    @rule(number=st.integers(1, 10))
    def turn(self, number: int) -> None:
        """Let the loop turn."""
        self.runner.run(turns(number))

    @rule(what=st.sampled_from(["append", "open_room", "load_records", "everything"]))
    def fail(self, what: str) -> None:
        """Let the store fail at something from now on."""
        self.village.store.fails = (lambda _: True) if what == "everything" else what.__eq__

    @rule(delayed=st.booleans())
    def work(self, delayed: bool) -> None:
        """Let the store work from now on, at once or not before the next rest."""
        self.village.store.fails = lambda _: False
        if delayed:
            self.village.store.hold()
        else:
            self.village.store.release()

    @rule()
    def sweep(self) -> None:
        """Drop the rooms that nobody needs."""
        self.village.store.fails = lambda _: False
        self.runner.run(self.village.node.rooms.sweep())

    @rule(gently=st.booleans())
    def restart(self, gently: bool) -> None:
        """Crash, with whatever is under way or after a rest, and start again on what is kept."""
        if gently:
            self.rest()
        self.village.store.fails = lambda _: False
        self.runner.run(self.village.crash())
        self.runner.run(self.village.open())

    @rule()
    def rest(self) -> None:
        """Let everything come to rest, and look whether all is as it should be."""
        self.runner.run(self.village.come_to_rest())
        self.village.check_the_house()
        self.village.check_what_was_missed()

    @invariant()
    def the_laws_hold(self) -> None:
        """Compare what was heard and answered with what is kept."""
        self.village.check_what_was_heard()
        self.village.check_what_was_answered()

    def ask(self, who: int, request: Request) -> None:
        """Let one of those who are there ask something."""
        if self.village.people:
            self.at_once(lambda: self.village.people[who % len(self.village.people)].wish(request))

    def at_once(self, action: Callable[[], None]) -> None:
        """Do something on the loop."""

        async def act() -> None:
            action()

        self.runner.run(act())


VillageMachine.TestCase.settings = settings(deadline=None, max_examples=150, stateful_step_count=40)
TestVillage = VillageMachine.TestCase

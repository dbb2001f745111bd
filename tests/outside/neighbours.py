"""Two people who talk to each other while somebody else misbehaves, and who must notice nothing of it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.harness.actor import Actor
from tests.outside.saying import words
from tests.seeds.client import Address


class Neighbours:
    """Ann and Bob, on netcat in the lobby of a server that announces nobody."""

    def __init__(self, address: Address) -> None:
        self._ann, self._bob = Actor("ann", "netcat"), Actor("bob", "netcat")
        self._rounds = 0
        for actor in (self._ann, self._bob):
            actor.arrive(address)

    def talk(self) -> None:
        """Let both say something; each must be shown what the other has said, and nothing else at all."""
        self._rounds += 1
        said = {actor: words(f"{actor.name} {self._rounds}") for actor in (self._ann, self._bob)}
        for actor, text in said.items():
            actor.say(text)
        for actor in said:
            actor.barrier()
        for actor, other in ((self._ann, self._bob), (self._bob, self._ann)):
            # The other's answer may have come before one's own: nobody waits for what he cannot have missed.
            actor.barrier()
            assert actor.unheard() == [f"[{other.name}] {said[other]}"], actor.client.screen.transcript[-2_000:]
            actor.client.screen.clear()

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Talk all the time, on another thread, from before the block begins until after it has ended."""
        begun, enough = threading.Event(), threading.Event()

        def talk_on() -> None:
            try:
                while not enough.is_set():
                    self.talk()
                    begun.set()
            finally:
                begun.set()

        with ThreadPoolExecutor(1) as thread:
            talk = thread.submit(talk_on)
            try:
                begun.wait()
                yield
            finally:
                enough.set()
            talk.result()
        self.talk()

    def leave(self) -> None:
        """Close both connections."""
        for actor in (self._ann, self._bob):
            actor.leave(vanishing=False)

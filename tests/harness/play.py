"""Play a dialogue against a real server: each step is done, each expectation awaited, and nothing may be left over."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import assert_never

from tests.harness import script as s
from tests.harness.actor import CHUNK_KINDS, Actor
from tests.harness.crowd import Crowd
from tests.harness.errors import DialogueError, Unmet
from tests.harness.stage import Venue, protocol_of
from tests.seeds.client import Address, GoneError
from tests.seeds.screen import End, NothingShownError


class Player:
    """Plays one script against one server."""

    def __init__(self, script: s.Script, server: Venue, relay: Address | None = None) -> None:
        self._script = script
        self._server = server
        self._relay = relay
        """Where those join who come over TLS."""
        self._actors = {
            name: Actor(name, kind, script.capabilities.get(name), has_account=name == script.administrator)
            for name, kind in script.cast.items()
        }
        self._crowd = Crowd()
        # Who has typed without a line end, and nothing has been heard since: the next chunk could stick to it.
        self._unsettled: set[str] = set()

    def play(self) -> None:
        """Play all steps and see that nothing is left over; raise `DialogueError` at the first that fails."""
        try:
            for step in self._script.steps:
                with self._explaining(step):
                    self._perform(step.action)
                    self._require_everybody_well()
            end = s.Step(self._script.steps[-1].line, "(at the end)", s.HearsNothing(s.Subject(everyone=True)))
            with self._explaining(end):
                self._require_nothing_left()
        finally:
            self._crowd.leave()
            for actor in self._actors.values():
                if actor.entered:
                    actor.client.leave()

    @contextmanager
    def _explaining(self, step: s.Step) -> Iterator[None]:
        try:
            yield
        except (Unmet, NothingShownError, GoneError, OSError) as error:
            screens = {name: actor.client.screen for name, actor in self._actors.items() if actor.entered}
            raise DialogueError(self._script.path, step, str(error), screens) from error

    def _perform(self, action: s.Action) -> None:  # noqa: C901 - one line a case
        match action:
            case s.Connects(who, name):
                self._for_each(who, lambda actor: actor.connect(self._address(actor), name))
            case s.Arrives(who, name):
                self._let_arrive(who, name)
            case s.Says():
                self._say(action)
            case s.SendsBytes(who, data):
                self._for_each(who, lambda actor: self._send_bytes(actor, data))
            case s.Uploads(who, name, content):
                self._for_each(who, lambda actor: actor.upload(name, content))
            case s.Hears():
                self._hear(action)
            case s.HearsNothing(who):
                self._require_silence(self._chosen(who))
            case s.Skips(who):
                self._pass_barriers(self._chosen(who))
                self._for_each(who, lambda actor: actor.client.screen.clear())
            case s.Ignores(who, expected):
                self._for_each(who, lambda actor: actor.ignore(expected))
            case s.Leaves(who, vanishing):
                self._for_each(who, lambda actor: actor.leave(vanishing=vanishing))
            case s.FinishesInput(who):
                self._for_each(who, Actor.finish_input)
            case s.IsDisconnected(who):
                self._for_each(who, Actor.be_disconnected)
            case s.IsAnswered(who):
                self._pass_barriers(self._chosen(who))
                self._for_each(who, Actor.require_answered)
            case s.ServerAct(deed):
                self._act_on_server(deed)
            case s.CrowdComes(count, into_lobby):
                self._crowd.come(self._server.address(protocol_of(self._script, "irc")), count, into_lobby=into_lobby)
            case _:
                assert_never(action)

    def _chosen(self, who: s.Subject) -> list[Actor]:
        if not who.everyone:
            return [self._actors[name] for name in who.names]
        return [actor for name, actor in self._actors.items() if name not in who.names and actor.listening]

    def _for_each(self, who: s.Subject, do: Callable[[Actor], None]) -> None:
        for actor in self._chosen(who):
            do(actor)

    def _address(self, actor: Actor) -> Address:
        if self._relay is not None and actor.name in self._script.encrypted:
            return self._relay
        return self._server.address(protocol_of(self._script, actor.kind))

    def _let_arrive(self, who: s.Subject, name: str) -> None:
        if not who.everyone:
            self._for_each(who, lambda actor: actor.arrive(self._address(actor), name))
            return
        for actor in self._actors.values():
            if actor.name not in who.names and not actor.present:
                actor.arrive(self._address(actor))
        everybody = [actor for actor in self._actors.values() if actor.present]
        self._pass_barriers(everybody)
        for actor in everybody:
            actor.client.screen.clear()

    def _say(self, action: s.Says) -> None:
        for actor in self._chosen(action.who):
            self._require_settled(actor)
            for number in range(1, action.times + 1):
                if action.half:
                    actor.client.say_half(action.text)
                else:
                    actor.say(action.text if action.times == 1 else action.text.replace(s.TIME, str(number)))
            self._note_chunk(actor)

    def _send_bytes(self, actor: Actor, data: bytes) -> None:
        actor.client.screen.note(f"> bytes {data!r}")
        actor.client.send_bytes(data)
        actor.spoke = True
        self._note_chunk(actor)

    def _note_chunk(self, actor: Actor) -> None:
        if actor.kind in CHUNK_KINDS and actor.present:
            self._unsettled.add(actor.name)

    def _require_settled(self, actor: Actor) -> None:
        if actor.name in self._unsettled:
            raise Unmet(f"{actor.name} types without line ends: let somebody hear the last words before the next")

    def _hear(self, action: s.Hears) -> None:
        for actor in self._chosen(action.who):
            for place, expected in enumerate(action.expected):
                if action.at_last and place == 0:
                    actor.hear_at_last(expected)
                else:
                    actor.hear(expected)
        self._unsettled.clear()

    def _pass_barriers(self, listeners: list[Actor]) -> None:
        """See that everything said so far is stored, delivered, and shown to these listeners."""
        speakers = [actor for actor in self._actors.values() if actor.present and actor.named and actor.spoke]
        for actor in speakers:
            self._pass_barrier(actor)
        for actor in listeners:
            # Whoever passed the last of those barriers has seen the others' words already.
            if actor.present and actor not in speakers[-1:]:
                self._pass_barrier(actor)

    def _pass_barrier(self, actor: Actor) -> None:
        self._require_settled(actor)
        if not actor.named:
            raise Unmet(f"{actor.name} has no name yet and cannot ask the server for a sign")
        actor.barrier()

    def _require_silence(self, listeners: list[Actor]) -> None:
        self._pass_barriers(listeners)
        for actor in listeners:
            if actor.unheard():
                raise Unmet(f"{actor.name} was to be shown nothing more, but was shown {actor.unheard()}")

    def _require_nothing_left(self) -> None:
        for actor in self._actors.values():
            if actor.ending is not None and actor.ending.how is End.DISCONNECTED and not actor.sent_away:
                raise Unmet(f"{actor.name} was disconnected, which the script does not say")
        self._require_silence([actor for actor in self._actors.values() if actor.present and actor.named])

    def _require_everybody_well(self) -> None:
        for actor in self._actors.values():
            if actor.ending is not None and actor.ending.how is End.DIED:
                raise Unmet(f"{actor.name}'s program died: {actor.ending.why}")

    def _act_on_server(self, deed: s.ServerDeed) -> None:
        match deed:
            case "stops" | "is interrupted":
                code = self._server.stop(signal.SIGTERM if deed == "stops" else signal.SIGINT)
                if code != 0:
                    raise Unmet(f"the server stopped with {code}")
            case "is killed":
                self._server.kill()
            case "starts":
                self._server.start()
            case _:
                assert_never(deed)

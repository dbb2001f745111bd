"""Concluding: what a command that was decided makes of people besides records: names, presence and signals."""

from collections.abc import Callable, Sequence
from typing import Final

from hubbub.core.catalog import AnyCommand
from hubbub.core.effects import EFFECTIVE, note_knocks, take_effect
from hubbub.core.features.messages import Say
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.traits import SetTrait
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId
from hubbub.core.names import Name
from hubbub.core.scene import Decision
from hubbub.core.signals import AnySignal, Automating, Describing, Hiding, Identifying, Idling, Portraying, Returning
from hubbub.service.ports import Clock
from hubbub.service.sessions import Asker, Sessions

TURNINGS: Final = (GoAway, ComeBack)
"""Who turns away or back. A tuple, for a union would be made anew for every message."""

PORTRAYALS: Final = (Describing, Automating, Portraying, Identifying)
"""What those are told who look out for somebody closely. A tuple, as above."""

NoteTurning = Callable[[PersonId, Sequence[tuple[PersonId, AnySignal]]], None]
"""Called with who is away, or back, whom it concerns, and what each of them is told."""

NoteRenaming = Callable[[Person, str, str], None]
"""Called with who is called something else now, and his old name and its comparison form."""


class Concluding:
    """Does what is no record."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._clock = clock
        self._note_turning: NoteTurning = lambda _person, signals: self._sessions.notice(signals)
        self._note_renaming: NoteRenaming = lambda _person, _name, _key: None

    def on_turning(self, callback: NoteTurning) -> None:
        """Have this called with who is away, or back, and whom it concerns."""
        self._note_turning = callback

    def on_renamed(self, callback: NoteRenaming) -> None:
        """Have this called with who is here and is called something else now."""
        self._note_renaming = callback

    def begin(self, person: Person, decision: Decision) -> None:
        """Take note of what holds as soon as it is decided, kept or not yet."""
        if decision.claim is not None:
            self._house.claim(decision.claim, person.id)
        if decision.signals and _has_warning(decision):
            person.warned.update(room.id for room, _ in decision.events)

    def conclude(self, asker: Asker, command: AnyCommand, decision: Decision) -> None:
        """Do the rest, now that it is kept."""
        # Asked about first, because most of what is decided is said, and nothing else comes of that.
        if type(command) is not Say or decision.signals:
            self._conclude(asker, command, decision)

    def _conclude(self, asker: Asker, command: AnyCommand, decision: Decision) -> None:
        person = asker.person
        if decision.claim is not None:
            self._call(person, decision.claim)
        was_away = person.away
        if isinstance(command, EFFECTIVE):
            take_effect(person, command, self._clock.time_ms())
        if person.away != was_away:
            turned = Returning(person.name) if person.away is None else Idling(person.name, person.away)
            self._sessions.lookout.tell(person, turned, self._house.refusers_of(person.id))
        elif isinstance(decision.elsewhere, PORTRAYALS) and not _is_of_room(command):
            self._sessions.lookout.tell(person, decision.elsewhere, self._house.refusers_of(person.id))
        if decision.elsewhere is not None:
            self._sessions.notice_others(asker, decision.elsewhere)
        if isinstance(command, TURNINGS):
            self._note_turning(person.id, decision.signals)
        elif decision.signals:
            note_knocks(person, decision.signals, self._clock.time_ms())
            self._sessions.notice(decision.signals)

    def take_back(self, person: Person, decision: Decision) -> None:
        """Undo what was begun, as nothing of it could be kept."""
        if decision.claim is not None and decision.claim.key != person.key:
            self._house.release(decision.claim.key, person.id)
        if _has_warning(decision):
            # He was not told, so he is to be told with the next one.
            person.warned.difference_update(room.id for room, _ in decision.events)

    def _call(self, person: Person, name: Name) -> None:
        """Let somebody be called something else."""
        old_name, old_key = person.name, person.key
        if name.key != old_key:
            self._house.release(old_key, person.id)
        person.name, person.key = name.shown, name.key
        if person.id not in self._house.people:
            # He left in between, and took only his old name with him.
            self._house.release(person.key, person.id)
        elif name.key != old_key:
            self._note_renaming(person, old_name, old_key)


def _is_of_room(command: AnyCommand) -> bool:
    return isinstance(command, SetTrait) and bool(command.subject)


def _has_warning(decision: Decision) -> bool:
    return any(isinstance(signal, Hiding) for _, signal in decision.signals)

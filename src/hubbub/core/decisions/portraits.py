"""Portraits, decided: what people say of themselves, and who learns of it."""

from hubbub.core.catalog import AnyEvent
from hubbub.core.decisions.presence import for_account, to_roommates
from hubbub.core.features.portraits import ABOUT_LIMIT, BotMarked, Describe, Described, MarkBot
from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Automating, Describing
from hubbub.core.texts import clean_line


def describe(scene: Scene, command: Describe) -> Decision:
    """Let someone say who he is; raises `Refused` with `too_long`."""
    person, text = scene.person, clean_line(command.text)
    if len(text) > ABOUT_LIMIT:
        raise Refused("too_long", f"That has {len(text)} characters, and {ABOUT_LIMIT} is the most.")
    if text == person.about:
        return Decision()
    signal = Describing(person.name, text)
    kept = for_account(scene, Described(person.id, person.name, text))
    return Decision(kept, signals=to_roommates(scene, signal), elsewhere=signal)


def mark_bot(scene: Scene, command: MarkBot) -> Decision:
    """Let someone say whether he is a program."""
    person = scene.person
    if command.is_bot == person.is_bot:
        return Decision()
    signal = Automating(person.name, command.is_bot)
    kept = for_account(scene, BotMarked(person.id, person.name, command.is_bot))
    return Decision(kept, signals=to_roommates(scene, signal), elsewhere=signal)


def portrait_kept(house: House, person: Person) -> tuple[tuple[Room, AnyEvent], ...]:
    """Return what is to be kept of what a guest has said of himself when he opens an account."""
    room = house.find_room(RoomKind.PERSONAL, person.id)
    if room is None:
        return ()
    described = Described(person.id, person.name, person.about)
    marked = BotMarked(person.id, person.name, person.is_bot)
    return (*(((room, described),) if person.about else ()), *(((room, marked),) if person.is_bot else ()))

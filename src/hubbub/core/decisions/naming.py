"""Naming: what people are called."""

from typing import Final

from hubbub.core.decisions.presence import roommates_of
from hubbub.core.features.accounts import AccountRenamed
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, RefusalCode, Refused
from hubbub.core.lookalikes import skeleton
from hubbub.core.names import RESERVED_KEYS, Name, parse_name, suggest_name
from hubbub.core.people_answers import Called
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Identifying

_RESERVED_LOOKS: Final = frozenset(map(skeleton, RESERVED_KEYS))
"""What the names look like that nobody may take."""


def rename(scene: Scene, command: Rename) -> Decision:
    """Let someone be called something else, in every room he is in."""
    house, person = scene.house, scene.person
    name = parse_name(command.name)
    if name.shown == person.name:
        return Decision(answer=Called(name.shown))
    require_free(house, person.id, name, scene.now_ms)
    renamed = Renamed(person.id, person.name, name.shown)
    rooms = list(person.channels.values())
    if house.account_of(person.id) is None:
        return Decision(tuple((room, renamed) for room in rooms), Called(name.shown), claim=name)
    kept = AccountRenamed(person.id, person.name, name.shown, name.key, skeleton(name.shown))
    identifying = Identifying(name.shown, name.shown)
    return Decision(
        ((house.require_directory(), kept), *((room, renamed) for room in rooms)),
        Called(name.shown),
        # Also to those who refuse to hear him: they see him all the same, under his new name.
        tuple((roommate, identifying) for roommate in roommates_of(person)),
        claim=name,
        elsewhere=identifying,
    )


def require_free(house: House, person: PersonId | None, name: Name, now_ms: int) -> None:
    """Raise `Refused` where somebody (None: a newcomer) may not be called so, with a name that would do.

    The codes are `name_reserved` where it is an account's, `name_taken` where a guest has it, and `look_alike` where it
    could be mistaken for an account's.
    """
    taken = _why_not_free(house, person, name, now_ms)
    if taken is not None:
        code, sentence = taken
        # The name itself is never suggested: what it is shown as may look like somebody's where its key does not.
        suggestion = suggest_name(name.shown, lambda key: key != name.key and house.is_free(key, now_ms))
        raise Refused(code, sentence, suggestion=suggestion)


def _why_not_free(house: House, person: PersonId | None, name: Name, now_ms: int) -> tuple[RefusalCode, str] | None:
    directory = house.directory
    if directory.holder(name.key, now_ms) not in {None, person}:
        return "name_reserved", f"Username '{name.shown}' belongs to an account."
    if house.bearer_of(name.key) not in {None, person}:
        return "name_taken", f"Username '{name.shown}' is already taken."
    looks = skeleton(name.shown)
    if directory.skeletons.get(looks) not in {None, person}:
        return "look_alike", f"Username '{name.shown}' could be mistaken for somebody else's."
    if looks in _RESERVED_LOOKS or looks in house.reserved_looks:
        return "look_alike", f"Username '{name.shown}' could be mistaken for one that nobody may have."
    return None

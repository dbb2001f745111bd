"""Inviting: letting people come into a channel."""

from typing import Final

from hubbub.core.decisions.governing import find_anybody, governed, require_governed, unchanged
from hubbub.core.decisions.membership import require_open, require_welcome
from hubbub.core.decisions.speaking import require_heard, require_unmuted
from hubbub.core.durations import describe_duration
from hubbub.core.features.inviting import (
    ASK_IN_SECONDS,
    INVITATION_LIMIT,
    INVITE_SECONDS,
    AskIn,
    Invite,
    Invited,
    Uninvite,
    Uninvited,
)
from hubbub.core.features.membership import REASON_LIMIT
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.names import find_key
from hubbub.core.permissions import Act, may, require_may, require_visible
from hubbub.core.room import Room
from hubbub.core.room_answers import Governed
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import AskingIn, Inviting
from hubbub.core.terms import Term
from hubbub.core.texts import clean_line

OPENED_BY_INVITATION: Final = frozenset({"needs_invitation", "wrong_key", "needs_account"})
"""Why somebody may not come in as long as he is not invited."""


def invite(scene: Scene, command: Invite) -> Decision:
    """Let a moderator invite somebody, who is told unless he refuses to hear the moderator.

    Where anybody may come in, a member who may speak there may tell him as well.
    """
    room = require_visible(scene.house, command.room, scene.person.id)
    if scene.person.id in room.members and not may(scene.house, room, scene.person.id, Act.INVITE):
        return _tell_of(scene, room, command.name)
    room = require_governed(scene, command.room, Act.INVITE)
    require_open(room)
    person = find_anybody(scene, command.name)
    if person.id in room.members:
        return unchanged(room)
    if len(room.invited) >= INVITATION_LIMIT and person.id not in room.invited:
        raise Refused("list_full", f"{room.name} has {INVITATION_LIMIT} invitations, the most. /uninvite somebody.")
    is_heard = require_heard(scene, person)
    event = Invited(scene.person.id, scene.person.name, person.id, person.name)
    decision = governed(scene, room, (event,))
    told = ((person.id, Inviting(room.name, scene.person.name)),) if is_heard else ()
    return Decision(decision.events, decision.answer, told)


def _tell_of(scene: Scene, room: Room, name: str) -> Decision:
    """Let a member tell somebody that he might come in: nothing is kept, and no list grows."""
    require_open(room)
    if not room.settings.is_open:
        require_may(scene.house, room, scene.person.id, Act.INVITE)
    require_unmuted(scene, room)
    person = find_anybody(scene, name)
    if person.id in room.members:
        return unchanged(room)
    is_heard = require_heard(scene, person)
    _require_pause(scene, scene.person.invited.get(person.key), INVITE_SECONDS, f"{person.name} has been invited.")
    told = ((person.id, Inviting(room.name, scene.person.name)),) if is_heard else ()
    invited = Invited(scene.person.id, scene.person.name, person.id, person.name)
    return Decision(answer=Governed(room.name, (invited,)), signals=told)


def uninvite(scene: Scene, command: Uninvite) -> Decision:
    """Let a moderator take an invitation back."""
    room = require_governed(scene, command.room, Act.UNINVITE)
    person, name = _find_invited(scene, room, command.name)
    return governed(scene, room, (Uninvited(scene.person.id, scene.person.name, person, name),))


def ask_in(scene: Scene, command: AskIn) -> Decision:
    """Let somebody ask those who may invite him and do not refuse to hear him; others never learn of it.

    Raises `Refused` with `unchanged`, `not_needed`, `nobody`, `too_fast`, and as `join` does where an invitation would
    not help.
    """
    house, person = scene.house, scene.person
    room = house.require_channel(command.room)
    if person.id in room.members:
        raise Refused("unchanged", f"You are in {room.name}.")
    _require_closed(scene, room)
    inviting = [one for one in room.members if one in house.people and may(house, room, one, Act.INVITE)]
    if not inviting:
        raise Refused("nobody", f"Nobody is in {room.name} now who may let you in. Try again later.")
    _require_pause(scene, person.asked_in.get(room.key), ASK_IN_SECONDS, "They have been asked.")
    signal = AskingIn(room.name, person.name, clean_line(command.text, REASON_LIMIT))
    hearing = (one for one in inviting if house.find_block(one, person.id, scene.now_ms) is None)
    return Decision(signals=tuple((one, signal) for one in hearing))


def _require_closed(scene: Scene, room: Room) -> None:
    """Raise `Refused` where the asker may simply come in, or could not even with an invitation."""
    require_open(room)
    try:
        if not may(scene.house, room, scene.person.id, Act.ENTER_ANYHOW):
            require_welcome(scene, room, "")
    except Refused as refused:
        if refused.refusal.code in OPENED_BY_INVITATION:
            return
        raise
    raise Refused("not_needed", f"You may simply come in: /join {room.name}")


def _require_pause(scene: Scene, last_ms: int | None, seconds: int, what_was: str) -> None:
    """Raise `Refused` with `too_fast` for whoever did the same a moment ago."""
    pause = None if last_ms is None else Term(last_ms, last_ms + seconds * 1_000)
    if pause is not None and not pause.is_over(scene.now_ms):
        left = pause.seconds_left(scene.now_ms)
        raise Refused("too_fast", f"{what_was} Wait another {describe_duration(left)}.", retry_seconds=left)


def _find_invited(scene: Scene, room: Room, text: str) -> tuple[PersonId, str]:
    person = scene.house.find_named(text)
    if person is not None and person.id in room.invited:
        return person.id, person.name
    key = find_key(text)
    for invited, name in room.invited.items():
        if find_key(name) == key:
            return invited, name
    raise Refused("unknown_person", f"'{text}' is not invited into {room.name}.")

"""Querying, decided: whose client may be asked, by whom."""

from hubbub.core.decisions.speaking import require_heard, require_slowness, require_voice
from hubbub.core.features.membership import require_member
from hubbub.core.features.querying import QUERY_LIMIT, QueryClient
from hubbub.core.kinds import Refused
from hubbub.core.permissions import require_visible
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Querying
from hubbub.core.texts import clean_line


def query_client(scene: Scene, command: QueryClient) -> Decision:
    """Let someone ask clients something, where he may say something; nothing of it is kept.

    Raises `Refused` with `empty` or `too_long`, and as `Say` and `Tell` are refused.
    """
    text = clean_line(command.text)
    if not text:
        raise Refused("empty", "There is nothing to ask.")
    if len(text) > QUERY_LIMIT:
        raise Refused("too_long", f"That has {len(text)} characters, and {QUERY_LIMIT} is the most for a client.")
    if command.to.startswith("#"):
        return _query_all(scene, command, text)
    return _query_one(scene, command, text)


def _query_all(scene: Scene, command: QueryClient, text: str) -> Decision:
    person = scene.person
    room = require_visible(scene.house, command.to, person.id)
    require_member(room, person.id)
    if room.settings.refuses_queries:
        raise Refused("not_allowed", f"In {room.name} nobody's client may be asked anything.")
    if room.settings.restricts_speech or room.mutes or room.silences:
        require_voice(scene, room)
        require_slowness(scene, room)
    signal, deaf = Querying(person.name, room.name, text, command.is_answer), scene.house.refusers_of(person.id)
    hearing = (member for member in room.members if member != person.id and member not in deaf)
    return Decision(signals=tuple((member, signal) for member in hearing))


def _query_one(scene: Scene, command: QueryClient, text: str) -> Decision:
    person, other = scene.person, scene.house.find_named(command.to)
    if other is None:
        raise Refused("unknown_person", f"User '{command.to}' not found.")
    if not require_heard(scene, other):
        return Decision()
    if not other.is_present:
        raise Refused("unknown_person", f"{other.name} is not here, and nothing waits for his client.")
    return Decision(signals=((other.id, Querying(person.name, "", text, command.is_answer)),))

"""Webhooks: who may have them, and what they may say."""

from hubbub.core.bans import concerns
from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.calling import with_calls
from hubbub.core.decisions.governing import require_governed
from hubbub.core.decisions.membership import require_open
from hubbub.core.features.hooks import GovernHook, Post
from hubbub.core.features.messages import Said, clean_text
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refused, Seq
from hubbub.core.nonces import require_nonce
from hubbub.core.notes import no_such_message
from hubbub.core.permissions import Act
from hubbub.core.revising import thread_of
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.terms import is_over
from hubbub.core.visitors import find_ban, visitor_of


def govern_hook(scene: Scene, command: GovernHook) -> Decision:
    """Let a moderator see to a channel's hooks, and write it down: that is all that happens to the records."""
    room = require_governed(scene, command.room, Act.HAVE_HOOKS)
    return Decision((audited(scene, command.act, command.target, room),))


def post(scene: Scene, command: Post) -> Decision:
    """Let a hook speak. It is no member, and neither slow nor moderated rooms keep it silent: a moderator let it in."""
    room = scene.house.rooms.get(command.room)
    if room is None or room.kind is not RoomKind.CHANNEL:
        raise Refused("no_such_room", "The room of this webhook is gone.")
    require_open(room)
    require_maker(scene.house, room, command.maker, scene.now_ms)
    text = clean_text(command.text, scene.limits)
    reply_to, thread = _find_answered(scene, room, command)
    nonce = require_nonce(command.nonce)
    said = Said(scene.person.id, scene.person.name, text, command.manner, reply_to, thread, nonce=nonce)
    return Decision(((room, with_calls(scene, room, said)[0]),))


def require_maker(house: House, room: Room, maker: PersonId, now_ms: int) -> None:
    """Raise `Refused` with `not_allowed` while whoever made a hook is shut out of its room or of the server.

    Whoever only went away, or gave his role to another, leaves his hooks to the room.
    """
    account = house.account_of(maker)
    if account is None:
        return
    visitor = visitor_of(house, maker, account.name)
    is_banned = find_ban(room, visitor, now_ms) is not None or any(
        concerns(ban.target, visitor) and not is_over(ban.term, now_ms) for ban in house.directory.bans.values()
    )
    if account.is_disabled or is_banned:
        raise Refused(
            "not_allowed", "Whoever made this webhook is shut out. Ask a moderator of the room for another one."
        )


def _find_answered(scene: Scene, room: Room, command: Post) -> tuple[Seq, Seq]:
    """Return which message is answered, and its thread; zeros for none. Raises `Refused` with `no_such_message`."""
    if not command.reply_to:
        return Seq(0), Seq(0)
    message = scene.message
    if message is None or message.room != room.id or not isinstance(message.event, Said):
        raise no_such_message()
    return message.seq, thread_of(message)

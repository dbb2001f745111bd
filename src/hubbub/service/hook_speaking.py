"""How webhooks speak: what a program has sent is said by the hook itself, under a name that is no person's."""

from collections.abc import Awaitable, Callable
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyCommand, Record
from hubbub.core.features.hooks import Post
from hubbub.core.hooks import signature
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId, Refused, RoomId
from hubbub.core.message_answers import Done
from hubbub.core.notes import no_such_message, parse_ref
from hubbub.service.consulting import Consulting
from hubbub.service.hook_store import AnyHook
from hubbub.service.peers import Peer
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.sessions import Applicant, Asker
from hubbub.wire.hooks import HookMessage

HERE: Final = Peer("", "")
"""Where that comes from which the server itself lets a hook say."""

Perform = Callable[[Asker, AnyCommand, Record | None], Awaitable[Answer]]
"""Carries out a command, perhaps about a message. Raises `Refused` and `StoreUnavailable`."""


class HookSpeaking:
    """Says things for webhooks."""

    def __init__(self, rooms: Rooms, consulting: Consulting, perform: Perform) -> None:
        self._rooms = rooms
        self._consulting = consulting
        self._perform = perform

    async def say(self, hook: AnyHook, message: HookMessage, peer: Peer = HERE) -> str:
        """Let a webhook say something, and return the id of the message. Raises `Refused` and `StoreUnavailable`."""
        live = await self._open(hook.room)
        speaker = Applicant(_speaker(hook.person, signature(message.name, hook.label)), peer)
        said = Post(hook.room, hook.created_by, message.text, message.manner, message.reply_to, message.nonce)
        if not message.reply_to:
            return _id_of(await self._perform(speaker, said, None))
        ref = parse_ref(message.reply_to)
        if ref.room != hook.room:
            raise no_such_message()
        async with self._consulting.turn(live.id):
            answered = await self._consulting.find(speaker.person, live, ref)
            if answered is not None:
                live.consult(answered)
            return _id_of(await self._perform(speaker, said, answered))

    async def _open(self, room: RoomId) -> LiveRoom:
        live = await self._rooms.open_by_id(room)
        if live is None:
            raise Refused("no_such_room", "The room of this webhook is gone.")
        return live


def _speaker(person: PersonId, name: str) -> Person:
    """Return a hook as somebody who speaks; it is not among the people of the house, and nobody else is called so."""
    return Person(person, name, "", is_present=False)


def _id_of(answer: Answer) -> str:
    return answer.message if isinstance(answer, Done) else ""

"""Afar: what a client is told that it has done in a channel in which it is not, and so does not hear."""

from collections.abc import Iterator
from functools import partial

from hubbub.core.features.inviting import Invited, Uninvited
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.room_answers import Governed
from hubbub.gateways.irc import governing
from hubbub.gateways.irc.talk import Talk, room_key
from hubbub.phrasing import room_phrases
from hubbub.wire.irc.message import encode_line


def tell(talk: Talk, answer: Governed) -> Iterator[bytes]:
    """Tell it as those hear it who are in; nothing where it was so already."""
    room = talk.settings.house.channels.get(room_key(answer.room))
    for event in answer.events:
        if room is None or isinstance(event, RoomRenamed | Invited | Uninvited):
            yield talk.notice(room_phrases.moderated(answer.room, event))
        else:
            yield from governing.told(room, event, partial(encode_line, source=talk.source))

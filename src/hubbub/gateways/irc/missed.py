"""Missed: what somebody has not read, told to clients that do not ask for it by themselves, when they come in.

Those that know `draft/chathistory` or `znc.in/playback` ask, and are told nothing unasked.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.attention_answers import UnreadView
from hubbub.core.conversations import CONVERSATION
from hubbub.core.kinds import Seq
from hubbub.core.message_answers import History
from hubbub.core.queries import FindHistory
from hubbub.core.unread import NO_THREAD, UNREAD_LIMIT
from hubbub.gateways.irc import places
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.playback import play
from hubbub.gateways.irc.talk import Question, Step, Talk

ASKING: Final = (Capability.CHATHISTORY, Capability.ZNC_PLAYBACK)
"""What those have switched on who ask by themselves."""

PLACES_LIMIT: Final = 50
"""Most rooms and conversations of which is told what was not read; more are asked for by nobody's eyes."""


def play_unread(talk: Talk, answer: LoggedIn) -> Iterator[Step]:
    """Tell the last unread messages of each place, as of the moment from which everything is heard."""
    if any(map(talk.has, ASKING)):
        return
    heads = {entered.room: entered.seq for entered in answer.rooms}
    heads |= {conversation.name: conversation.seq for conversation in answer.conversations}
    views = [view for view in answer.unread if view.thread == NO_THREAD and view.room in heads]
    for view in views[:PLACES_LIMIT]:
        query = FindHistory(view.room, UNREAD_LIMIT, before=Seq(heads[view.room] + 1))
        yield Question(query, partial(_play, talk, view))


def _play(talk: Talk, view: UnreadView, answer: Answer) -> Iterator[Step]:
    if not isinstance(answer, History):
        return
    target = view.room.removeprefix(CONVERSATION)
    records = [record for record in answer.records if record.seq > view.mark]
    if records:
        yield from play(talk, target, places.find(talk, target), records)

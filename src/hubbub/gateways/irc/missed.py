"""Missed: what somebody has not read, told to clients that do not ask for it by themselves, when they come in.

Those that know `draft/chathistory` or `znc.in/playback` ask, and are told nothing unasked.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.attention_answers import UnreadView
from hubbub.core.catalog import Record
from hubbub.core.conversations import CONVERSATION
from hubbub.core.kinds import Seq
from hubbub.core.message_answers import History
from hubbub.core.notes import MessageRef
from hubbub.core.queries import FindHistory, FindNear
from hubbub.core.unread import NO_THREAD, UNREAD_LIMIT
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.names import nick_of
from hubbub.gateways.irc.playback import play
from hubbub.gateways.irc.talk import Question, Step, Talk

ASKING: Final = (Capability.CHATHISTORY, Capability.ZNC_PLAYBACK)
"""What those have switched on who ask by themselves."""

CHANNEL: Final = "#"

PLACES_LIMIT: Final = 50
"""Most rooms and conversations of which is told what was not read; more are asked for by nobody's eyes."""


def asks_itself(talk: Talk) -> bool:
    """Return whether the client asks for what its user has missed."""
    return any(map(talk.has, ASKING))


def play_unread(talk: Talk, answer: LoggedIn) -> Iterator[Step]:
    """Tell the last unread messages of each place, as of the moment from which everything is heard."""
    if asks_itself(talk):
        return
    heads = {entered.id: entered.seq for entered in answer.rooms}
    heads |= {conversation.id: conversation.seq for conversation in answer.conversations}
    views = [view for view in answer.unread if view.thread == NO_THREAD and view.id in heads]
    for view in views[:PLACES_LIMIT]:
        yield Question(_asking(view, heads[view.id]), partial(_play, talk, view, heads[view.id]))


def _asking(view: UnreadView, head: Seq) -> FindHistory | FindNear:
    """Return how to ask for what was not read; a conversation with somebody who is gone for ever has no name."""
    if view.room.startswith((CHANNEL, CONVERSATION)):
        return FindHistory(view.room, UNREAD_LIMIT, before=Seq(head + 1))
    # Half of them are those before it, so that the others are all that come after it.
    return FindNear(MessageRef(view.id, view.first), "around", 2 * UNREAD_LIMIT)


def _play(talk: Talk, view: UnreadView, head: Seq, answer: Answer) -> Iterator[Step]:
    if not isinstance(answer, History):
        return
    if records := [record for record in answer.records if view.mark < record.seq <= head]:
        yield from play(talk, _target(view, records), talk.rooms.get(view.id), records)


def _target(view: UnreadView, records: Sequence[Record]) -> str:
    """Return the channel, or what the other is called; who is gone is called as he was."""
    if view.room.startswith((CHANNEL, CONVERSATION)):
        return view.room.removeprefix(CONVERSATION)
    return next(nick_of(record.event) for record in records if record.seq >= view.first)

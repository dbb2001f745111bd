"""Welcoming: whoever comes in is told who he is, what he hears, and what is allowed."""

from collections.abc import Collection, Iterator, Mapping
from sys import maxsize
from typing import Final

import msgspec
from msgspec.structs import replace

from hubbub.core.account_answers import LoggedIn
from hubbub.core.kinds import RoomId
from hubbub.core.limits import Limits
from hubbub.core.queries import HISTORY_LIMIT
from hubbub.core.room import Room
from hubbub.gateways.native.settings import NativeSettings
from hubbub.gateways.native.view import View
from hubbub.service.page_reading import cost_of
from hubbub.service.people import RETURN_SECONDS
from hubbub.service.resuming import RESUME_LIMIT
from hubbub.wire.native import LINE_BYTES, VERSION, LimitsInfo, RoomState, ServerInfo, Welcome

WELCOME_SHARE: Final = 4
"""What was said in all rooms together costs at most this part of what may wait for a reader when one comes in: escaped
as JSON it doubles. Of a room beyond that it is a query away."""


class Arrival(msgspec.Struct, frozen=True):
    """How somebody came in."""

    answer: LoggedIn | None
    """What whoever was known already is told; None for a new guest."""
    heard: Mapping[RoomId, Room]
    """The rooms that he hears."""
    known: Collection[RoomId]
    """Those of which he knows what was said, and is brought what he missed."""
    proof: str
    """The server's own, where SCRAM wants one."""


def welcome(settings: NativeSettings, view: View, arrival: Arrival) -> Welcome:
    """Return what somebody is told first."""
    you, answer = view.you(), arrival.answer
    return Welcome(
        VERSION,
        ServerInfo(settings.identity(), settings.software),
        you,
        _limits(settings.limits),
        tuple(_rooms(settings.limits, view, arrival)),
        () if answer is None else answer.unread,
        "" if you.has_account else settings.issue_pass(view.person),
        arrival.proof,
        {} if answer is None else answer.levels,
    )


def _rooms(limits: Limits, view: View, arrival: Arrival) -> Iterator[RoomState]:
    """Yield what is heard, without what was said where the client knows that, or where it would be too much."""
    answer, heard = arrival.answer, arrival.heard
    entered = {} if answer is None else {one.id: one for one in answer.rooms}
    left = limits.outbox_bytes // WELCOME_SHARE or maxsize
    for room in heard.values():
        state = view.room(room, entered.get(room.id))
        left -= sum(map(cost_of, state.recent))
        yield replace(state, recent=()) if room.id in arrival.known or left < 0 else state
    for conversation in () if answer is None else answer.conversations:
        if conversation.id not in heard:
            yield RoomState(conversation.id, conversation.name, "direct", conversation.seq)


def _limits(limits: Limits) -> LimitsInfo:
    return LimitsInfo(
        limits.message_bytes,
        limits.message_lines,
        LINE_BYTES,
        limits.recipients,
        HISTORY_LIMIT,
        RESUME_LIMIT,
        limits.commands_per_second,
        limits.burst,
        int(RETURN_SECONDS),
    )

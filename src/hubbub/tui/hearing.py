"""Hearing: what a hub tells of, as changes of buffers."""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol, get_args

from hubbub.client.happenings import Departed, Entered, RoomReset
from hubbub.client.hub import Hub
from hubbub.client.model import KnownRoom
from hubbub.client.records import Record, stored_of
from hubbub.core import catalog
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.presence import CameBack, WentAway
from hubbub.core.kinds import Seq
from hubbub.core.signals import (
    PAUSED_SECONDS,
    TYPING_SECONDS,
    AnySignal,
    Appearing,
    Drafting,
    Idling,
    Levelling,
    Marking,
    Returning,
    Typing,
)
from hubbub.tui.buffer_list import BufferList
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import BufferChanged, Change, EntryRevised, Heard
from hubbub.tui.entries import Entry, entry_of, stands
from hubbub.wire.native import RoomState

STALE_SECONDS: Final = {"active": TYPING_SECONDS, "paused": PAUSED_SECONDS}
"""How long somebody is taken to be writing who says nothing more of it."""

TYPING_KNOWN: Final = 100
"""Of how many at most it is known that they are writing: three of them are named."""


class Follow(Protocol):
    """What else is to be done with what is heard."""

    def keep(self, buffer: Buffer, records: Sequence[catalog.Record], change: catalog.Record | None = None) -> None:
        """Keep these records as they look now; also what `change` is about, if that is not among them."""

    def catch_up(self, buffer: Buffer, recent: Sequence[catalog.Record], seq: Seq) -> None:
        """Bring what may be missing before the last messages of a room, which is at `seq`."""

    def said(self, nonce: str) -> None:
        """Note that one has said this oneself."""

    def begun(self, room: str, text: str) -> None:
        """Take what one has begun to write on another device."""

    def be_away(self, *, is_away: bool) -> None:
        """Note whether one is away, by whichever device one has said so."""

    def signalled(self, signal: AnySignal) -> None:
        """Tell of a signal."""


class Hearing:
    """Lets buffers follow one hub."""

    def __init__(self, hub: Hub, buffers: BufferList, follow: Follow) -> None:
        self._hub = hub
        self._buffers = buffers
        self._follow = follow
        self._stale: dict[tuple[Buffer, str], asyncio.TimerHandle] = {}
        for happening in get_args(AnyEvent):
            hub.on(happening)(self._hear)
        hub.on(Entered)(lambda entered: self._renew(entered.room))
        hub.on(RoomReset)(lambda reset: self._renew(reset.room))
        hub.on(Departed)(self._depart)
        kind: type[AnySignal]
        for kind in get_args(AnySignal):
            hub.on(kind)(self._notice)

    def know(self, room: KnownRoom | None) -> Buffer | None:
        """Take what is known of a room at this moment."""
        return None if room is None else self._buffers.of_known(room, self._hub.model)

    def know_all(self) -> None:
        """Take what is known of all rooms, and have no others but those that somebody has begun to write in."""
        model = self._hub.model
        for room in tuple(model.rooms.values()):
            if (buffer := self.know(room)) is not None:
                self._follow.catch_up(buffer, tuple(room.recent), room.seq)
        for buffer in self._buffers:
            if buffer.room_id is not None and buffer.room_id not in model.rooms:
                self._lose(buffer)

    def _renew(self, state: RoomState) -> None:
        buffer = self.know(self._hub.model.rooms.get(state.id))
        if buffer is not None:
            self._follow.catch_up(buffer, state.recent, state.seq)

    def _hear(self, heard: Record[AnyEvent]) -> None:
        event, me = heard.event, self._hub.model.you.id
        if isinstance(event, WentAway | CameBack) and event.author == me:
            self._follow.be_away(is_away=isinstance(event, WentAway))
        room = self._hub.model.rooms.get(heard.room_id)
        buffer = self._buffers.find_id(heard.room_id) if room is None else self.know(room)
        if buffer is None:
            return
        record = stored_of(heard)
        buffer.seq = max(buffer.seq, record.seq)
        changes: list[Change] = buffer.revise(record)
        revised = [one.entry.record for one in changes if isinstance(one, EntryRevised) if isinstance(one.entry, Entry)]
        if stands(record.event):
            entry = entry_of(record, me)
            changes += buffer.merge([entry])
            revised.append(record)
            if entry.nonce:
                self._follow.said(entry.nonce)
        changes += buffer.count_member(record)
        changes += buffer.note_typing(record.event.name, "done")
        self._follow.keep(buffer, revised, record)
        self._buffers.tell([*changes, Heard(buffer, record)])

    def _depart(self, departed: Departed) -> None:
        buffer = self._buffers.find_id(departed.room_id)
        if buffer is not None and departed.room_id not in self._hub.model.rooms:
            self._lose(buffer)

    def _lose(self, buffer: Buffer) -> None:
        """Hear a room no longer; what was to be said there stays before one."""
        buffer.is_joined = False
        if buffer.outgoing:
            self._buffers.tell([BufferChanged(buffer)])
        else:
            self._buffers.remove(buffer)

    def _notice(self, signal: AnySignal) -> None:
        self._take(signal)
        self._follow.signalled(signal)

    def _take(self, signal: AnySignal) -> None:
        match signal:
            case Typing():
                self._type(signal)
            case Idling():
                self._change_members(signal.name, away=signal.message)
            case Returning():
                self._change_members(signal.name, away=None)
            case Appearing():
                self._change_members(*signal.arrived, is_present=True)
                self._change_members(*signal.gone, is_present=False)
            case Marking() | Levelling():
                for room in tuple(self._hub.model.rooms.values()):
                    self.know(room)
            case Drafting():
                self._follow.begun(signal.room, signal.text)
            case _:
                pass

    def _change_members(self, *names: str, **fields: object) -> None:
        for buffer in self._buffers:
            for name in names if buffer.members is not None else ():
                self._buffers.tell(buffer.change_member(name, **fields))

    def _type(self, signal: Typing) -> None:
        buffer = self._buffers.find(signal.room)
        is_known = (buffer, signal.name) in self._stale
        if buffer is None or signal.name == self._hub.name or (len(self._stale) >= TYPING_KNOWN and not is_known):
            return
        self._buffers.tell(buffer.note_typing(signal.name, signal.state))
        if (timer := self._stale.pop((buffer, signal.name), None)) is not None:
            timer.cancel()
        if (seconds := STALE_SECONDS.get(signal.state)) is not None:
            loop = asyncio.get_running_loop()
            self._stale[buffer, signal.name] = loop.call_later(seconds, self._stop_typing, buffer, signal.name)

    def _stop_typing(self, buffer: Buffer, name: str) -> None:
        self._stale.pop((buffer, name), None)
        self._buffers.tell(buffer.note_typing(name, "done"))

    def close(self) -> None:
        """Wait for nothing any more."""
        for (buffer, name), timer in self._stale.items():
            timer.cancel()
            self._buffers.tell(buffer.note_typing(name, "done"))
        self._stale.clear()

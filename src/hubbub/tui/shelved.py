"""Shelved: what a station has on disk, and goes on with when it is opened again."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from hubbub.client.model import Kept
from hubbub.core.catalog import Record
from hubbub.core.kinds import Seq
from hubbub.tui.acting import Acting, now_ms
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import BufferChanged
from hubbub.tui.choices import Who
from hubbub.tui.entries import Entry, entry_of
from hubbub.tui.keeping import Keeping, Unkept
from hubbub.tui.shelf import Found, Shelf, states_of
from hubbub.wire.native import You

SHARED: Final = "Another client of yours is connected as the same here: this one keeps nothing on disk."


class Shelved(Acting):
    """What is kept of it, and how it is put back."""

    who: Who
    """As whom one comes in."""
    _keeping: Keeping | None
    _kept: Kept | None
    _server_id: str
    _shelf_name: str | None
    """Whose it was when it was looked for; None before that."""

    @abstractmethod
    def _be(self, you: You) -> None:
        """Note who one is."""

    def keep(self, buffer: Buffer, records: Sequence[Record], change: Record | None = None) -> None:
        """Keep records as they look now; nothing that has a gap before it, for it would be lost behind that."""
        if self._shelf is None or buffer.room_id is None or buffer.kind == "server":
            return
        if change is not None:
            self._shelf.revise(buffer.room_id, change)
        if buffer.gap is None:
            self._shelf.keep_records(buffer, records)

    async def _take_shelf(self) -> None:
        """Take what an earlier run has kept; where another process has it, nothing is kept here."""
        if self._keeping is None or self._shelf_name == self.who.name:
            return
        if self._shelf_name is not None:
            await self._leave_shelf()
        self._shelf_name = self.who.name
        self._keeping.keep_open(str(self.endpoint), self.who.name, is_open=True)
        shelf = Shelf.take(self._keeping, str(self.endpoint), self.who.name)
        if shelf is None:
            self.buffers.tell(self.buffers.server.tell(SHARED, now_ms()))
            return
        try:
            found = await shelf.load()
        except Unkept as error:
            self.tell(self.buffers.server, f"{error} Nothing of this server is kept in this run.", is_error=True)
            return
        for outgoing in self._sending:
            shelf.keep_outgoing(outgoing)
        self._use(shelf)
        self._restore(found)

    async def _leave_shelf(self) -> None:
        """Be somebody else, who has heard nothing yet; only what is to be said goes with one."""
        await self._put_back()
        self._kept, self._server_id = None, ""
        for buffer in self.buffers:
            self.buffers.remove(buffer)

    def _use(self, shelf: Shelf | None) -> None:
        self._shelf = self._filling.shelf = self._sending.shelf = self._drafts.shelf = shelf
        if shelf is not None:
            shelf.keep = lambda: self._keep_place() or self._kept

    def _keep_place(self) -> Kept | None:
        """Return who one is, and what a later connection is to be asked for; None before that is known."""
        if self._hub is None or not self._hub.model.server_id:
            return None
        kept, gaps = self._hub.keep(), {buffer.room_id: buffer.gap for buffer in self.buffers if buffer.gap is not None}
        rooms = tuple(replace(room, seq=gaps.get(room.id) or room.seq) for room in kept.rooms)
        return replace(kept, rooms=rooms)

    def _restore(self, found: Found) -> None:
        if found.kept is not None:
            self._kept = replace(found.kept, rooms=states_of(found))
            self._server_id = found.kept.server_id
            self._be(found.kept.you)
        said = set[str]()
        for kept, records in found.rooms:
            state = kept.state
            buffer = self.buffers.ensure(state.name, "direct" if state.kind == "direct" else "channel", state.id)
            buffer.topic, buffer.member_count, buffer.is_group = state.topic, state.member_count, state.is_group
            buffer.unread, buffer.calls, buffer.read_to, buffer.level = (
                kept.unread,
                kept.calls,
                kept.read_to,
                kept.level,
            )
            buffer.seq = state.seq
            entries = [entry_of(record, self.you.id) for record in records]
            said |= {entry.nonce for entry in entries}
            self.buffers.tell([*buffer.merge(entries), BufferChanged(buffer)])
        self._drafts.restore(found.drafts)
        for outgoing in found.outgoing:
            self._sending.restore(outgoing)
            if outgoing.nonce in said:
                self._sending.drop(outgoing.nonce)

    def _forget_heard(self) -> None:
        """Have nothing of another server that was here before."""
        if self._shelf is not None:
            self._shelf.forget_heard()
        for buffer in self.buffers:
            buffer.room_id, buffer.seq, buffer.gap = None, Seq(0), None
            self.buffers.tell(buffer.begin_anew([]))

    def forget(self) -> None:
        """Have nothing on disk any more: neither what was said nor what was begun, nor who one was."""
        if self._shelf is not None:
            self._shelf.forget()

    async def become(self, who: Who) -> None:
        """Keep everything from now on as somebody else's, whom one has become here: by logging in, or out."""
        self.who = who
        if self._keeping is None:
            return
        await self._put_back()
        self._shelf_name = who.name
        shelf = Shelf.take(self._keeping, str(self.endpoint), who.name)
        if shelf is None:
            return
        await shelf.load()
        shelf.forget_heard()
        self._use(shelf)
        for outgoing in self._sending:
            shelf.keep_outgoing(outgoing)
        for buffer in self.buffers:
            self.keep(buffer, [entry.record for entry in buffer.entries if isinstance(entry, Entry)])
        self._drafts.keep_all()

    async def _put_back(self) -> None:
        shelf = self._shelf
        if shelf is not None:
            await shelf.close()
            self._use(None)

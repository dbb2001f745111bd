"""Filling: what was said before, and what is missing between what stands in a buffer and what came since."""

from collections.abc import Callable, Sequence
from typing import Final

from hubbub.client.hub import Hub
from hubbub.client.records import stored_of
from hubbub.core.catalog import Record
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.queries import HISTORY_LIMIT
from hubbub.tui.buffer_list import BufferList
from hubbub.tui.buffers import Buffer
from hubbub.tui.entries import Entry, entry_of
from hubbub.tui.shelf import Shelf

PAGE: Final = 100
"""Messages that are read at a time when somebody looks back: two screens of a large window."""

GAP_PAGES: Final = 4
"""How many pages of history a gap may take to be filled; behind a longer one the buffer begins anew."""


class Filling:
    """Reads history into buffers."""

    def __init__(
        self,
        buffers: BufferList,
        keep: Callable[[Buffer, Sequence[Record]], None],
        said: Callable[[str], None],
    ) -> None:
        """Give everything that stands in a buffer to `keep`, and every nonce to `said`."""
        self._buffers = buffers
        self._keep = keep
        self._said = said
        self.shelf: Shelf | None = None
        """What is on disk; None where nothing is kept."""

    def take(self, buffer: Buffer, records: Sequence[Record], you: PersonId) -> None:
        """Let records stand in a buffer, in their order and where they belong."""
        entries = [entry_of(record, you) for record in records]
        self._buffers.tell(buffer.merge(entries, is_recalled=True))
        self._note_said(entries)
        self._keep(buffer, records)

    def find_gap(self, buffer: Buffer, recent: Sequence[Record], seq: Seq) -> bool:
        """Note whether something is missing between a buffer and the last messages of its room, which is at `seq`."""
        behind = buffer.seq if buffer.gap is None else buffer.gap
        if buffer.gap is None and behind and behind < seq and (not recent or recent[0].seq > behind):
            buffer.gap = behind
        return buffer.gap is not None

    async def fill(self, hub: Hub, buffer: Buffer) -> None:
        """Bring what is missing, and how everything else looks now, for changes of it were missed as well.

        Where that is too much, the buffer begins anew with the last messages. Raises as `Hub.ask`.
        """
        if buffer.gap is None:
            return
        first = buffer.first_seq
        after = buffer.gap if first is None else Seq(first - 1)
        missing: list[Record] = []
        for _ in range(GAP_PAGES):
            page = await self._page(hub, buffer, HISTORY_LIMIT, after=after)
            missing += page
            if len(page) < HISTORY_LIMIT:
                break
            after = page[-1].seq
        else:
            missing = await self._page(hub, buffer, PAGE)
            self._buffers.tell(buffer.begin_anew([]))
        buffer.gap = None
        self._renew(buffer, missing, hub.model.you.id)

    def _renew(self, buffer: Buffer, records: Sequence[Record], you: PersonId) -> None:
        entries = [entry_of(record, you) for record in records]
        self._buffers.tell(buffer.renew(entries))
        self._note_said(entries)
        if self.shelf is not None and buffer.room_id is not None:
            self.shelf.drop_records(buffer.room_id)
        self._keep(buffer, [one.record for one in buffer.entries if isinstance(one, Entry)])

    async def _page(self, hub: Hub, buffer: Buffer, limit: int, **where: Seq | None) -> list[Record]:
        return [stored_of(record) for record in await hub.page(buffer.name, limit, **where)]

    def _note_said(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.nonce:
                self._said(entry.nonce)

    async def load_kept(self, buffer: Buffer, you: PersonId) -> bool:
        """Bring what was said before as far as it is on disk; return whether there was anything."""
        first = buffer.first_seq
        if self.shelf is None or buffer.room_id is None or first is None:
            return False
        records = await self.shelf.older(buffer.room_id, first, PAGE)
        self._buffers.tell(buffer.merge([entry_of(record, you) for record in records]))
        return bool(records)

    async def load_older(self, hub: Hub, buffer: Buffer) -> bool:
        """Bring what was said before from the server; return whether there was anything. Raises as `Hub.ask` does."""
        page = await self._page(hub, buffer, PAGE, before=buffer.first_seq)
        if not page:
            buffer.is_complete = True
            return False
        buffer.seq = max(buffer.seq, page[-1].seq)
        self.take(buffer, page, hub.model.you.id)
        return True

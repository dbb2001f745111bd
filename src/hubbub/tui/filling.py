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
        """Give everything that stands in a buffer without a gap to `keep`, and every nonce to `said`."""
        self._buffers = buffers
        self._keep = keep
        self._said = said

    def take(self, buffer: Buffer, records: Sequence[Record], you: PersonId) -> None:
        """Let records stand in a buffer, in their order and where they belong."""
        entries = [entry_of(record, you) for record in records]
        self._buffers.tell(buffer.merge(entries))
        for entry in entries:
            if entry.nonce:
                self._said(entry.nonce)
        if buffer.gap is None:
            self._keep(buffer, records)

    def find_gap(self, buffer: Buffer, recent: Sequence[Record], seq: Seq) -> bool:
        """Note whether something is missing between a buffer and the last messages of its room, which is at `seq`."""
        behind = buffer.seq if buffer.gap is None else buffer.gap
        if buffer.gap is None and behind and behind < seq and (not recent or recent[0].seq > behind):
            buffer.gap = behind
        return buffer.gap is not None

    async def fill(self, hub: Hub, buffer: Buffer) -> None:
        """Bring what is missing, or begin anew with the last messages where that is too much. Raises as `Hub.ask`."""
        gap, you = buffer.gap, hub.model.you.id
        if gap is None:
            return
        missing, after = list[Record](), gap
        for _ in range(GAP_PAGES):
            page = [stored_of(record) for record in await hub.page(buffer.name, HISTORY_LIMIT, after=after)]
            missing += page
            if len(page) < HISTORY_LIMIT:
                buffer.gap = None
                self.take(buffer, missing, you)
                self._keep(buffer, [one.record for one in buffer.entries if isinstance(one, Entry) and one.seq > gap])
                return
            after = page[-1].seq
        last = [stored_of(record) for record in await hub.page(buffer.name, PAGE)]
        self._buffers.tell(buffer.begin_anew([]))
        buffer.gap = None
        self.take(buffer, last, you)

    async def load_older(self, hub: Hub, buffer: Buffer) -> bool:
        """Bring what was said before; return whether there was anything. Raises as `Hub.ask` does."""
        page = [stored_of(record) for record in await hub.page(buffer.name, PAGE, before=buffer.first_seq)]
        if not page:
            buffer.is_complete = True
            return False
        buffer.seq = max(buffer.seq, page[-1].seq)
        self.take(buffer, page, hub.model.you.id)
        return True

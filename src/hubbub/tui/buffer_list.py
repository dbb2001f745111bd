"""The buffers of one station: found by room or by name, added and removed."""

from collections.abc import Callable, Iterable, Iterator

from hubbub.client.model import KnownRoom, Model
from hubbub.core.kinds import RoomId
from hubbub.core.levels import Level
from hubbub.tui.buffers import Buffer, BufferKind
from hubbub.tui.changes import BufferAdded, BufferRemoved, Change


class BufferList:
    """All of them, the server's own first. There may be thousands, and all that happens is of one of them."""

    def __init__(self, server: str, tell: Callable[[Change], None]) -> None:
        self._name = server
        self._tell = tell
        self.server = Buffer(server, "", "server")
        """What the server says itself, and what is said to everyone."""
        self._rooms: dict[Buffer, str] = {}
        """In the order in which they came, and by which name each is found."""
        self._by_name: dict[str, list[Buffer]] = {}
        self._by_id: dict[RoomId, Buffer] = {}

    def __iter__(self) -> Iterator[Buffer]:
        yield self.server
        yield from tuple(self._rooms)

    def tell(self, changes: Iterable[Change]) -> None:
        """Tell of what has changed."""
        for change in changes:
            self._tell(change)

    def find(self, name: str) -> Buffer | None:
        """Return the buffer of a room that is called so."""
        return next(iter(self._by_name.get(name.casefold(), ())), None) if name else self.server

    def find_id(self, room_id: RoomId) -> Buffer | None:
        """Return the buffer of a room, whatever it is called."""
        return self.server if room_id == self.server.room_id else self._by_id.get(room_id)

    def ensure(self, name: str, kind: BufferKind, room_id: RoomId | None = None) -> Buffer:
        """Return the buffer of a room; make it where there is none."""
        buffer = self.find_id(room_id) if room_id is not None else None
        # One that was begun before anything was said there has no room yet; of two guests' rooms one is the newer.
        by_name = self.find(name) if buffer is None else buffer
        if by_name is not None and (buffer is not None or by_name.room_id is None or room_id is None):
            if room_id is not None and by_name.room_id != room_id:
                by_name.room_id, by_name.is_complete = room_id, False
                self._file(by_name)
            return by_name
        made = Buffer(self._name, name, kind, room_id)
        self._file(made)
        self._tell(BufferAdded(made))
        return made

    def of_known(self, room: KnownRoom, model: Model) -> Buffer | None:
        """Return the buffer of a room, with what is known of it now; None for what only the server keeps track of."""
        if room.kind == "personal":
            return None
        buffer = self.server if room.kind == "house" else self.ensure(room.name, room.kind, room.id)
        level: Level = model.levels.get(room.id, "default")
        changes = buffer.adopt(room, level)
        self._file(buffer)
        self.tell(changes)
        return buffer

    def remove(self, buffer: Buffer) -> None:
        """Have it no longer."""
        if buffer in self._rooms:
            self._by_name[self._rooms.pop(buffer)].remove(buffer)
            if buffer.room_id is not None and self._by_id.get(buffer.room_id) is buffer:
                del self._by_id[buffer.room_id]
            self._tell(BufferRemoved(buffer))

    def _file(self, buffer: Buffer) -> None:
        """See to it that a buffer is found by what it is called now."""
        if buffer is self.server:
            return
        name, before = buffer.name.casefold(), self._rooms.get(buffer)
        if name != before:
            if before is not None:
                self._by_name[before].remove(buffer)
            self._rooms[buffer] = name
            self._by_name.setdefault(name, []).append(buffer)
        if buffer.room_id is not None:
            self._by_id[buffer.room_id] = buffer

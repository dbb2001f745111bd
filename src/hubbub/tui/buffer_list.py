"""The buffers of one station: found by room or by name, added and removed."""

from collections.abc import Callable, Iterable, Iterator

from hubbub.client.model import KnownRoom, Model
from hubbub.core.kinds import RoomId
from hubbub.core.levels import Level
from hubbub.tui.buffers import Buffer, BufferKind
from hubbub.tui.changes import BufferAdded, BufferRemoved, Change


class BufferList:
    """All of them, the server's own first."""

    def __init__(self, server: str, tell: Callable[[Change], None]) -> None:
        self._name = server
        self._tell = tell
        self.server = Buffer(server, "", "server")
        """What the server says itself, and what is said to everyone."""
        self._rooms: list[Buffer] = []

    def __iter__(self) -> Iterator[Buffer]:
        yield self.server
        yield from tuple(self._rooms)

    def tell(self, changes: Iterable[Change]) -> None:
        """Tell of what has changed."""
        for change in changes:
            self._tell(change)

    def find(self, name: str) -> Buffer | None:
        """Return the buffer of a room that is called so."""
        folded = name.casefold()
        return next((buffer for buffer in self if buffer.name.casefold() == folded), None)

    def find_id(self, room_id: RoomId) -> Buffer | None:
        """Return the buffer of a room, whatever it is called."""
        return next((buffer for buffer in self if buffer.room_id == room_id), None)

    def ensure(self, name: str, kind: BufferKind, room_id: RoomId | None = None) -> Buffer:
        """Return the buffer of a room; make it where there is none."""
        buffer = self.find_id(room_id) if room_id is not None else None
        # One that was begun before anything was said there has no room yet; of two guests' rooms one is the newer.
        by_name = self.find(name) if buffer is None else buffer
        if by_name is not None and (buffer is not None or by_name.room_id is None or room_id is None):
            if room_id is not None and by_name.room_id != room_id:
                by_name.room_id, by_name.is_complete = room_id, False
            return by_name
        made = Buffer(self._name, name, kind, room_id)
        self._rooms.append(made)
        self._tell(BufferAdded(made))
        return made

    def of_known(self, room: KnownRoom, model: Model) -> Buffer | None:
        """Return the buffer of a room, with what is known of it now; None for what only the server keeps track of."""
        if room.kind == "personal":
            return None
        buffer = self.server if room.kind == "house" else self.ensure(room.name, room.kind, room.id)
        level: Level = model.levels.get(room.id, "default")
        self.tell(buffer.adopt(room, level))
        return buffer

    def remove(self, buffer: Buffer) -> None:
        """Have it no longer."""
        if buffer in self._rooms:
            self._rooms.remove(buffer)
            self._tell(BufferRemoved(buffer))

"""Roaming: which rooms a plain client is in, and which of them it has before it."""

from collections.abc import Iterable, Iterator

from hubbub.core.room import LOBBY


class Roaming:
    """The rooms of one client. In the current one plain text is said."""

    __slots__ = ("_rooms", "current")

    def __init__(self) -> None:
        self._rooms: list[str] = []
        """The one it turned to last at the end."""
        self.current = ""
        """Empty while it is in none."""

    def __len__(self) -> int:
        return len(self._rooms)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)

    def begin(self, rooms: Iterable[str]) -> None:
        """Be in these rooms and no others; in the lobby if it is one of them, else in the last."""
        self._rooms = list(rooms)
        self.current = ""
        if self._rooms:
            self.turn_to(LOBBY if LOBBY in self._rooms else self._rooms[-1])

    def add(self, room: str) -> None:
        """Be in a room as well, and stay where one is."""
        self._rooms.insert(0, room)

    def turn_to(self, room: str) -> None:
        """Have a room before one from now on."""
        if room in self._rooms:
            self._rooms.remove(room)
        self._rooms.append(room)
        self.current = room

    def turn_from(self, room: str) -> str:
        """Turn back to the room before, and return the sentence that says where one is now."""
        if room in self._rooms:
            self._rooms.remove(room)
        self.current = self._rooms[-1] if self._rooms else ""
        return f"Your current room is {self.current}." if self.current else "You are in no room now."

    def rename(self, old_name: str, new_name: str) -> None:
        """Know a room by another name."""
        self._rooms = [new_name if room == old_name else room for room in self._rooms]
        if self.current == old_name:
            self.current = new_name

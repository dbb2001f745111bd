"""What rows of a backup have to be like, so that a server can live on them."""

from array import array
from typing import Any, Final

import msgspec

from hubbub.server.backups.members import BrokenBackup
from hubbub.stores.moving import Row
from hubbub.stores.shapes import Shape
from hubbub.wire.records import decode_event

RECORDS: Final = "records"


class Rooms:
    """The rooms, in the order of their ids, and how many records each should have."""

    def __init__(self) -> None:
        self.ids = array("q")
        self.heads = array("q")


class TableCheck:
    """Looks at the rows of one table, in order."""

    def __init__(self, shape: Shape, rooms: Rooms) -> None:
        self._shape = shape
        self._rooms = rooms
        self._decoder: msgspec.json.Decoder[Row] = msgspec.json.Decoder(shape.row_type())
        self._last: tuple[Any, ...] | None = None
        self._places = {column.name: place for place, column in enumerate(shape.columns)}
        self._room = 0
        """The place, among the rooms, of the one whose records come."""
        self._seq = 0

    def read(self, lines: bytes) -> list[Row]:
        """Return the rows in some lines. Raises `BrokenBackup`."""
        rows = []
        for line in lines.splitlines():
            try:
                row = self._decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise self._broken(f"a row is not what it should be: {error}") from error
            self._require_order(row)
            self._look_at(row)
            rows.append(row)
        return rows

    def end(self) -> None:
        """Look at what should have come. Raises `BrokenBackup`."""
        if self._shape.name == RECORDS:
            while self._room < len(self._rooms.ids):
                self._require_all_records()

    def _require_order(self, row: Row) -> None:
        key = self._shape.key_of(row)
        if self._last is not None and key <= self._last:
            raise self._broken("rows are there twice, or not in order")
        self._last = key

    def _look_at(self, row: Row) -> None:
        match self._shape.name:
            case "rooms":
                self._rooms.ids.append(row[self._places["id"]])
                self._rooms.heads.append(row[self._places["seq"]])
            case "records":
                self._look_at_record(row[self._places["room"]], row[self._places["seq"]], row[self._places["body"]])
            case _:
                return

    def _look_at_record(self, room: int, seq: int, body: str) -> None:
        ids = self._rooms.ids
        while self._room < len(ids) and ids[self._room] < room:
            self._require_all_records()
        if self._room == len(ids) or ids[self._room] != room:
            raise self._broken(f"there are records of room {room}, and no such room")
        self._seq += 1
        if seq != self._seq:
            raise self._broken(f"the record {self._seq} of room {room} is missing")
        try:
            decode_event(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._broken(f"the record {seq} of room {room} makes no sense: {error}") from error

    def _require_all_records(self) -> None:
        if self._seq != self._rooms.heads[self._room]:
            room, head = self._rooms.ids[self._room], self._rooms.heads[self._room]
            raise self._broken(f"room {room} has {self._seq} records, and should have {head}")
        self._room, self._seq = self._room + 1, 0

    def _broken(self, what: str) -> BrokenBackup:
        return BrokenBackup(f"The table {self._shape.name} in the backup is wrong: {what}.")

"""What rows have to be like, so that a server can live on them.

It is looked at twice: when a backup is taken, and when it is read. What is wrong the first time is noted in the
manifest: the database was not in order, and its owner would rather have it back as it was than not at all. What is
wrong the second time and not noted, the backup has suffered since.
"""

from array import array
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from hubbub.server.backups.members import BrokenBackup
from hubbub.stores.moving import Row
from hubbub.stores.shapes import Shape
from hubbub.wire.records import decode_event

RECORDS: Final = "records"

FAULTS_NOTED: Final = 20
"""How many of many faults are noted."""


class Order:
    """What is known of the tables that were looked at, and what is wrong in them."""

    def __init__(self, faults: list[str]) -> None:
        """Note what is wrong, a sentence each, in that list."""
        self._faults = faults
        # The rooms, in the order of their ids, and how many records each should have.
        self.ids = array("q")
        self.heads = array("q")

    def note(self, sentence: str) -> None:
        """Note that something is wrong."""
        if len(self._faults) < FAULTS_NOTED:
            self._faults.append(sentence)


class TableCheck:
    """Looks at the rows of one table, in order."""

    def __init__(self, shape: Shape, order: Order) -> None:
        self._shape = shape
        self._order = order
        self._decoder: msgspec.json.Decoder[Row] = msgspec.json.Decoder(shape.row_type())
        self._last: tuple[Any, ...] | None = None
        self._places = {column.name: place for place, column in enumerate(shape.columns)}
        self._room = 0
        """The place, among the rooms, of the one whose records come."""
        self._seq = 0

    def read(self, lines: bytes) -> list[Row]:
        """Return the rows in some lines, having looked at them.

        Raises `BrokenBackup` for what is no row of this table, or stands where it should not.
        """
        rows = []
        for line in lines.splitlines():
            try:
                row = self._decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise self._broken(f"a row is not what it should be: {error}") from error
            self._require_order(row)
            rows.append(row)
        self.look_at(rows)
        return rows

    def look_at(self, rows: Sequence[Row]) -> None:
        """Look at rows, and note what is wrong with them."""
        match self._shape.name:
            case "rooms":
                for row in rows:
                    self._order.ids.append(row[self._places["id"]])
                    self._order.heads.append(row[self._places["seq"]])
            case "records":
                room, seq, body = (self._places[name] for name in ("room", "seq", "body"))
                for row in rows:
                    self._look_at_record(row[room], row[seq], row[body])
            case _:
                return

    def end(self) -> None:
        """Note what should have come, and has not."""
        if self._shape.name == RECORDS:
            while self._room < len(self._order.ids):
                self._leave_room()

    def _require_order(self, row: Row) -> None:
        key = self._shape.key_of(row)
        if self._last is not None and key <= self._last:
            raise self._broken("rows are there twice, or not in order")
        self._last = key

    def _look_at_record(self, room: int, seq: int, body: str) -> None:
        ids = self._order.ids
        while self._room < len(ids) and ids[self._room] < room:
            self._leave_room()
        if self._room == len(ids) or ids[self._room] != room:
            self._order.note(f"There are records of room {room}, and no such room.")
            return
        if seq != self._seq + 1:
            self._order.note(f"The record {self._seq + 1} of room {room} is missing.")
        self._seq = seq
        try:
            decode_event(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            # Without the words of a library: another version of it would find other ones.
            self._order.note(f"The record {seq} of room {room} makes no sense.")

    def _leave_room(self) -> None:
        room, head = self._order.ids[self._room], self._order.heads[self._room]
        if self._seq != head:
            self._order.note(f"The last record of room {room} is {self._seq}, and should be {head}.")
        self._room, self._seq = self._room + 1, 0

    def _broken(self, what: str) -> BrokenBackup:
        return BrokenBackup(f"The table {self._shape.name} in the backup is wrong: {what}.")

"""Showings: the rule of which messages show which files, in memory, as records are kept, deleted and erased."""

from collections.abc import Iterable

from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Deleted
from hubbub.core.features.messages import Said
from hubbub.core.files import FileId
from hubbub.core.kinds import RoomId, Seq
from hubbub.service.shelf import ShelvedFile


class Showings:
    """Files, and the messages that show them."""

    def __init__(self) -> None:
        self.files: dict[FileId, ShelvedFile] = {}
        self.places: dict[FileId, set[tuple[RoomId, Seq]]] = {}
        """Where each of them is shown."""

    def note(self, record: Record) -> None:
        """Note what a record shows, or lets be shown no more."""
        event = record.event
        if isinstance(event, Said):
            for view in event.files:
                self.places.setdefault(view.id, set()).add((record.room, record.seq))
                if view.id in self.files:
                    self.files[view.id] = replace(self.files[view.id], state="shown")
        elif isinstance(event, Deleted):
            self.forget(record.room, (event.message,))

    def forget(self, room: RoomId, seqs: Iterable[Seq]) -> None:
        """Note that these messages show nothing any more."""
        gone = {(room, seq) for seq in seqs}
        for id_, places in list(self.places.items()):
            if not places & gone:
                continue
            places.difference_update(gone)
            if not places:
                del self.places[id_]
                if id_ in self.files:
                    self.files[id_] = replace(self.files[id_], state="left")

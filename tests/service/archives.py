"""An archive as tests make it: rooms, and what was said in them."""

from collections.abc import Iterator, Mapping

from hubbub.service.archives import Warn
from hubbub.wire.transfer.things import MessageThing, RoomThing

ROOM = RoomThing("5", "#tea")


class ListedArchive:
    """Gives what it was given; and may break while it is read."""

    def __init__(
        self,
        messages: Mapping[RoomThing, list[MessageThing]] | list[MessageThing],
        people: Mapping[str, str] | None = None,
        source: str = "hubbub:test",
    ) -> None:
        """Take the messages of each room, or of #tea alone."""
        self.source = source
        self.people: Mapping[str, str] = people or {}
        rooms = [(ROOM, messages)] if isinstance(messages, list) else list(messages.items())
        self.rooms = [room for room, _ in rooms]
        self.messages_of = {room.id: said for room, said in rooms}
        self.size_bytes = sum(map(len, self.messages_of.values()))
        self.readings = 0
        """How often a room was read, or begun to be."""
        self.breaks_after: int | None = None
        """After how many messages the next reading breaks."""

    def messages(self, room: RoomThing, warn: Warn) -> Iterator[tuple[int, MessageThing]]:
        """Yield what was said there."""
        del warn
        self.readings += 1
        for number, message in enumerate(self.messages_of[room.id]):
            if number == self.breaks_after:
                raise OSError("the disk is gone")
            yield 1, message

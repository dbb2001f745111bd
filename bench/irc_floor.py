"""The floor's IRC: the least that can be done with the lines of that protocol, and the same bytes as hubbub's.

It believes everything: a nick is taken as it is, whoever speaks in a channel is in it, and nothing is ever refused.
"""

from collections.abc import Iterator
from typing import Final

from bench.floor import Connection, Floor, Room
from bench.tongues import HOST

SERVER: Final = b"hubbub.local"

LINE_LIMIT: Final = 512
"""Longest line in bytes, CR LF included. RFC 1459 section 2.3."""


class IrcConnection(Connection):
    """One client: its nick, how its lines begin, and the channels it is in."""

    __slots__ = ("rooms", "source")

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.rooms: dict[bytes, Room] = {}

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Stop sending to it."""
        for room in self.rooms.values():
            room.members.pop(self, None)

    def data_received(self, data: bytes) -> None:
        """Take whole lines; keep what follows the last line end."""
        *lines, self.rest = (self.rest + data).split(b"\r\n")
        for line in lines:
            command, _, arguments = line.partition(b" ")
            if command == b"PRIVMSG":
                channel, _, text = arguments.partition(b" :")
                self.rooms[channel].say(self, b"%sPRIVMSG %s :%s\r\n" % (self.source, channel, text))
            else:
                self.carry_out(command, arguments)

    def carry_out(self, command: bytes, argument: bytes) -> None:
        """Do what else there is."""
        match command:
            case b"NICK":
                self.name, self.source = argument, b":%s!~u@%s " % (argument, HOST)
            case b"USER":
                self.answer(b"001 %s :Welcome" % self.name)
            case b"PING":
                self.answer(b"PONG %s :%s" % (SERVER, argument))
            case b"JOIN":
                self.join(argument)
            case b"NAMES":
                self.tell_names(argument)
            case b"PART":
                room, line = self.rooms.pop(argument), b"%sPART %s\r\n" % (self.source, argument)
                room.say(self, line)
                del room.members[self]
                self.write(line)
            case _:
                pass

    def join(self, channel: bytes) -> None:
        """Come into a channel, tell everybody there, and learn who that is."""
        room = self.rooms[channel] = self.floor.room(channel)
        line = b"%sJOIN %s\r\n" % (self.source, channel)
        room.say(self, line)
        room.members[self] = None
        self.write(line)
        self.tell_names(channel)

    def tell_names(self, channel: bytes) -> None:
        """Say who is in a channel."""
        head = b":%s 353 %s = %s :" % (SERVER, self.name, channel)
        names = b" ".join([member.name for member in self.rooms[channel].members])
        lines = [b"%s%s\r\n" % (head, part) for part in cut(names, LINE_LIMIT - len(head) - len(b"\r\n"))]
        self.write(b"".join([*lines, b":%s 366 %s %s :End of the list\r\n" % (SERVER, self.name, channel)]))

    def answer(self, sentence: bytes) -> None:
        """Say something to this client alone."""
        self.write(b":%s %s\r\n" % (SERVER, sentence))


def cut(names: bytes, size: int) -> Iterator[bytes]:
    """Cut names at spaces, into pieces of at most this size."""
    while len(names) > size:
        end = names.rindex(b" ", 0, size + 1)
        yield names[:end]
        names = names[end + 1 :]
    yield names

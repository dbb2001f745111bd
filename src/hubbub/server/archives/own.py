"""hubbub's own exports: a file of one room, or a zip file of a server."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from hubbub.server.archives.zip_archive import ZipArchive
from hubbub.service.archives import Warn
from hubbub.wire.transfer.broken import BrokenArchive, say_where
from hubbub.wire.transfer.lines import LINE_LIMIT, decode_header, decode_things
from hubbub.wire.transfer.things import AccountThing, Header, MessageThing, RoomThing

ACCOUNTS_FILE: Final = "accounts.jsonl"
"""The file of a server's export that tells who has an account; each other one is a room."""

_DIGITS: Final = 19
"""Most digits of a message's number: all that 64 bits have."""


class _File(NamedTuple):
    """One file of lines."""

    label: str
    size_bytes: int
    open: Callable[[], Iterator[bytes]]


class OwnArchive:
    """What hubbub has exported."""

    def __init__(self, accounts: _File | None, rooms: Sequence[_File]) -> None:
        """Read who and what is in it. Raises `BrokenArchive`."""
        self.people: Mapping[str, str] = {}
        self.source = ""
        self.size_bytes = sum(file.size_bytes for file in rooms)
        if accounts is not None:
            header, things = _read(accounts)
            self.source = header.source
            self.people = {thing.id: thing.name for _, thing in things if isinstance(thing, AccountThing)}
        self._files: dict[str, _File] = {}
        found: list[RoomThing] = []
        for file in rooms:
            room = self._read_room(file)
            if room.id in self._files:
                raise BrokenArchive(f"the room {room.name} stands in {self._files[room.id].label} as well.", file.label)
            self._files[room.id] = file
            found.append(room)
        self.rooms: Sequence[RoomThing] = found

    def _read_room(self, file: _File) -> RoomThing:
        header, things = _read(file)
        if self.source not in {"", header.source}:
            raise BrokenArchive("this file comes from another server than those before it.", file.label)
        if not header.source:
            raise BrokenArchive("the header does not say where this comes from.", file.label, 1)
        self.source = header.source
        for line, thing in islice(things, 1):
            if isinstance(thing, RoomThing):
                return thing
            raise BrokenArchive("here the room should be described.", file.label, line)
        raise BrokenArchive("the room that should be described here is missing.", file.label)

    def messages(self, room: RoomThing, warn: Warn) -> Iterator[tuple[int, MessageThing]]:
        """Yield what was said there. Raises `BrokenArchive`."""
        file = self._files[room.id]
        last, read_bytes = 0, 0

        def counted() -> Iterator[bytes]:
            nonlocal read_bytes
            for line in lines:
                read_bytes += len(line)
                yield line

        lines = file.open()
        next(lines)
        for line, thing in islice(decode_things(counted(), file.label), 1, None):
            if not isinstance(thing, MessageThing):
                raise BrokenArchive("here a message should stand.", file.label, line)
            number = _read_id(thing.id, file.label, line)
            if number == last:
                warn(f"{say_where(file.label, line)}: the message {number} stands there twice; the first one is taken.")
                continue
            if number < last:
                raise BrokenArchive(
                    f"the message {number} comes after {last}; they are not in order.", file.label, line
                )
            if not _stands_before(thing, number):
                where = say_where(file.label, line)
                warn(f"{where}: what the message answers does not stand before it; that is left out.")
                thing = replace(thing, reply_to="", thread="")  # noqa: PLW2901 - the same, corrected
            last, taken, read_bytes = number, read_bytes, 0
            yield taken, thing


def open_own_file(path: str) -> OwnArchive:
    """Return the archive in a file of lines. Raises `BrokenArchive` and `OSError`."""

    def lines() -> Iterator[bytes]:
        with Path(path).open("rb") as opened:
            while line := opened.readline(LINE_LIMIT + 1):
                yield line

    return OwnArchive(None, [_File(path, Path(path).stat().st_size, lines)])


def open_own_zip(archive: ZipArchive) -> OwnArchive:
    """Return the archive of a server. Raises `BrokenArchive`."""

    def file(name: str) -> _File:
        return _File(archive.label(name), archive.size_of(name), lambda: archive.lines(name, LINE_LIMIT))

    names = [name for name in archive.names if name.endswith(".jsonl") and name != ACCOUNTS_FILE]
    return OwnArchive(file(ACCOUNTS_FILE), [file(name) for name in names])


def _read(file: _File) -> tuple[Header, Iterator[tuple[int, object]]]:
    lines = file.open()
    return decode_header(next(lines, b""), file.label), decode_things(lines, file.label)


def _read_id(text: str, file: str, line: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) > 0):
        raise BrokenArchive(f"{text[:_DIGITS]!r} is no number of a message.", file, line)
    return int(text)


def _stands_before(thing: MessageThing, number: int) -> bool:
    """Return whether what the message answers does, if it answers any: else answers could go round in circles."""
    return all(
        not other or (other.isascii() and other.isdigit() and len(other) <= _DIGITS and int(other) < number)
        for other in (thing.reply_to, thing.thread)
    )

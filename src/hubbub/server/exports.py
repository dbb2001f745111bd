"""Exports: what an operator takes out of a server's data into files."""

import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import IO, Final

import msgspec

from hubbub.core.files import FileId
from hubbub.core.kinds import Refused
from hubbub.core.names import parse_room_name
from hubbub.core.room import Room, RoomHead, RoomKind
from hubbub.server.archives.own import ACCOUNTS_FILE
from hubbub.server.node import Node
from hubbub.service.blobs import PIECE_BYTES
from hubbub.service.exporting import account_things, export_messages, room_thing
from hubbub.service.ports import Store
from hubbub.stores.file_storage import FILES_FOLDER
from hubbub.wire.transfer.formats import WRITERS, Format, LinesWriter, Writer
from hubbub.wire.transfer.lines import encode_line
from hubbub.wire.transfer.things import VERSION, EndThing, Header

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much; each time it has become more."""

_UNFIT: Final = re.compile(r"[^A-Za-z0-9_.-]+")
"""What no file's name should hold, on any system."""


class Span(msgspec.Struct, frozen=True):
    """From when to when."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, time: datetime) -> bool:
        """Return whether a time is in it."""
        return (self.since is None or time >= self.since) and (self.until is None or time < self.until)


class Exports:
    """Writes rooms, and the whole server, in constant memory. Every method may raise `StoreUnavailable`."""

    def __init__(self, node: Node, store: Store) -> None:
        self._node = node
        self._store = store
        self._shown: dict[str, None] = {}
        """The files that were shown in what was written, each once."""

    async def export_room(self, name: str, file: IO[bytes], form: Format, span: Span, progress: Progress) -> int:
        """Write a channel, and return how many messages. Raises `Refused` where there is none of that name."""
        parsed = parse_room_name(name)
        head = await self._store.find_room(RoomKind.CHANNEL, parsed.key)
        if head is None:
            raise Refused("no_such_room", f"There is no room {parsed.shown}. hubbub admin rooms shows all.")
        room, _ = await self._node.rooms.load_state(head)
        return await self._write_room(head, room, file, WRITERS[form](), span, progress)

    async def export_all(self, file: IO[bytes], span: Span, progress: Progress, *, with_direct: bool) -> int:
        """Write the whole server as a zip file, and return how many messages.

        Conversations of two and groups only with `with_direct`. The files that are shown there come last.
        """
        self._shown.clear()
        heads = await self._store.list_rooms(RoomKind.CHANNEL)
        if with_direct:
            heads += await self._store.list_rooms(RoomKind.DIRECT)
        total, done, messages = sum(head.seq for head in heads), 0, 0
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            await self._write_accounts(archive)
            for head in heads:
                room, _ = await self._node.rooms.load_state(head)
                if with_direct or not room.settings.is_group:
                    with archive.open(_file_name(head), "w", force_zip64=True) as member:
                        so_far = partial(_add_progress, progress, done, total)
                        messages += await self._write_room(head, room, member, LinesWriter(), span, so_far)
                done += head.seq
            for id_ in self._shown:
                await self._write_file(archive, FileId(id_))
        return messages

    async def _write_file(self, archive: zipfile.ZipFile, id_: FileId) -> None:
        content = await self._node.filing.open_for_export(id_)
        if content is None:
            return  # it was deleted meanwhile
        try:
            # As it is: pictures and the like do not become smaller.
            member = zipfile.ZipInfo(f"{FILES_FOLDER}/{id_}")
            member.external_attr = 0o600 << 16
            with archive.open(member, "w", force_zip64=True) as file:
                place = 0
                while piece := await content.read(place, PIECE_BYTES):
                    file.write(piece)
                    place += len(piece)
        finally:
            content.close()

    async def _write_accounts(self, archive: zipfile.ZipFile) -> None:
        lines = [encode_line(await self._header(Span())), *map(encode_line, account_things(self._node.house.directory))]
        archive.writestr(ACCOUNTS_FILE, b"".join([*lines, encode_line(EndThing(0))]))

    async def _write_room(  # noqa: PLR0913 - what is written, how and where
        self, head: RoomHead, room: Room, file: IO[bytes], writer: Writer, span: Span, progress: Progress
    ) -> int:
        directory, messages = self._node.house.directory, 0
        file.write(writer.begin(await self._header(span), room_thing(room, directory)).encode())
        async for seq, thing in export_messages(self._store, head, room.pins, directory):
            if span.holds(thing.time):
                file.write(writer.write(thing).encode())
                self._shown.update((one.id, None) for one in thing.files)
                messages += 1
            progress(seq, head.seq)
        file.write(writer.end(messages).encode())
        progress(head.seq, head.seq)
        return messages

    async def _header(self, span: Span) -> Header:
        source = f"hubbub:{await self._store.load_identity()}"
        made = datetime.now(UTC).replace(microsecond=0)
        return Header(VERSION, source, made, span.since, span.until)


def _add_progress(progress: Progress, before: int, total: int, done: int, _of: int) -> None:
    """Tell how much is done of all rooms, by how much is done of one."""
    progress(before + done, total)


def _file_name(head: RoomHead) -> str:
    if head.kind is RoomKind.DIRECT:
        return f"direct/{head.id}.jsonl"
    return f"rooms/{head.id}-{_UNFIT.sub('_', head.key.lstrip('#')).lstrip('.')}.jsonl"

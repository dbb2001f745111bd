"""Data to work on: what a server would have kept, put there at once."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.ports import Draft
from hubbub.service.shelf import ShelvedFile
from hubbub.stores.sql import open_storage


def fill(data: Path, room: str, *events: AnyEvent, time_ms: int = 1, kind: RoomKind = RoomKind.CHANNEL) -> RoomId:
    """Let these happen in a room."""

    async def append() -> RoomId:
        store = open_storage("", data).store
        await store.open()
        head = await store.open_room(kind, room, room if kind is RoomKind.CHANNEL else "")
        await store.append([Draft(head.id, event) for event in events], time_ms)
        await store.close()
        return head.id

    return asyncio.run(append())


def fill_file(data: Path, name: str, content: bytes) -> FileView:
    """Keep a file, which nobody shows yet."""

    async def keep() -> FileView:
        storage = open_storage("", data)
        await storage.store.open()
        await storage.files.open()
        part = storage.files.spool.path("part")
        part.write_bytes(content)
        settled = await storage.files.spool.settle(part)
        await storage.files.blobs.put(part, settled.digest)
        view = FileView(FileId("file0id"), name, "text/plain", settled.size_bytes)
        await storage.shelf.add_file(ShelvedFile(view, PersonId("p1"), settled.digest, None, len(content), 1))
        part.unlink()
        await storage.files.close()
        await storage.store.close()
        return view

    return asyncio.run(keep())


def messages_in(data: Path, room: str, kind: RoomKind = RoomKind.CHANNEL) -> list[Record]:
    """Return what was said in a room, as it looks now; nothing where there is none."""

    async def load() -> list[Record]:
        store = open_storage("", data).store
        await store.open()
        head = await store.find_room(kind, room)
        messages = [] if head is None else await store.load_messages_after(head.id, Seq(0), 1_000)
        await store.close()
        return messages

    return asyncio.run(load())


def rooms_in(data: Path, kind: RoomKind = RoomKind.CHANNEL) -> Sequence[RoomHead]:
    """Return the rooms of a kind."""

    async def load() -> Sequence[RoomHead]:
        store = open_storage("", data).store
        await store.open()
        heads = await store.list_rooms(kind)
        await store.close()
        return heads

    return asyncio.run(load())


def hubbub(data: Path, *arguments: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command on the data."""
    command = [sys.executable, "-m", "hubbub", arguments[0], "--data", data, *arguments[1:]]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=60, check=False)

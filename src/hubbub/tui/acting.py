"""Acting: what somebody does at a station: says, asks, reads back, sends files."""

import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from hubbub.client.attaching import Progress, no_progress
from hubbub.client.endpoints import Endpoint
from hubbub.client.errors import Misunderstood
from hubbub.client.hub import Hub
from hubbub.core.answers import Answer
from hubbub.core.attention_requests import ShowTyping
from hubbub.core.features.annotating import Reply
from hubbub.core.features.messages import Say, Tell
from hubbub.core.files import FileView
from hubbub.core.kinds import Manner, Refused
from hubbub.core.limits import Limits
from hubbub.core.queries import ListMembers
from hubbub.core.room_answers import Members, MemberView
from hubbub.core.signals import TypingState
from hubbub.tui.buffer_list import BufferList
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import BufferChanged, Change
from hubbub.tui.drafts import Drafts
from hubbub.tui.entries import Entry, Outgoing, Speech
from hubbub.tui.filling import Filling
from hubbub.tui.marks import Marks
from hubbub.tui.sending import OUTGOING, Sending
from hubbub.tui.shelf import Shelf
from hubbub.wire.native import Request, You

MESSAGE_BYTES: Final = Limits().message_bytes
"""Longest message that is taken before the server has said how long they may be."""


MEMBERS: Final = 20_000
"""Most members of a room that are listed; of more, those who come first. Nobody leafs through so many."""


class Offline(Exception):  # noqa: N818 - named by what is wrong
    """There is no connection at the moment, and this is nothing that may wait for one."""


class Acting(ABC):
    """What can be done, whether there is a connection or not; what cannot wait for one raises `Offline`."""

    name: str
    """What the station is called here."""
    endpoint: Endpoint
    """Where it is."""
    buffers: BufferList
    you: You
    """Who one is there; as it was last, while there is no connection."""
    _hub: Hub | None
    _filling: Filling
    _sending: Sending
    _marks: Marks
    _shelf: Shelf | None
    _drafts: Drafts

    @property
    @abstractmethod
    def is_online(self) -> bool:
        """Whether what is asked now is sent at once."""

    @abstractmethod
    def _tell(self, change: Change) -> None:
        """Tell of a change."""

    @abstractmethod
    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        """Do something beside everything else, that is done again on the next connection where this one is lost."""

    @property
    def waiting(self) -> int:
        """How many messages are still to be said."""
        return self._sending.waiting

    async def wait_until_said(self) -> None:
        """Return when everything that was to be said is stored, or refused."""
        await self._sending.wait_until_empty()

    async def wait_until_kept(self) -> None:
        """Return when everything that waits to be said is on disk, as far as anything is kept there."""
        if self._shelf is not None:
            await self._shelf.flush()

    def tell(self, buffer: Buffer, sentence: str, *, is_error: bool = False) -> None:
        """Put a sentence into a buffer that nobody else sees."""
        self.buffers.tell(buffer.tell(sentence, now_ms(), is_error=is_error))

    def find(self, name: str) -> Buffer | None:
        """Return the buffer of a room or a conversation; empty for the server's own."""
        return self.buffers.find(name)

    def converse(self, name: str) -> Buffer:
        """Return the buffer of the conversation with somebody, whether there was anything said in it or not."""
        return self.buffers.ensure(f"@{name.removeprefix('@')}", "direct")

    async def ask(self, request: Request) -> Answer:
        """Ask anything, behind what was to be said before.

        Raises `Offline` where it cannot be asked now, and else as `Hub.ask` does.
        """
        self._require_hub()
        await self._sending.wait_in_turn()
        return await self._require_hub().ask(request)

    def say(
        self,
        buffer: Buffer,
        text: str,
        manner: Manner = "text",
        *,
        reply_to: Entry | None = None,
        files: Sequence[FileView] = (),
    ) -> None:
        """Say something in a room or to somebody, now or as soon as that is possible.

        Raises `Refused`, and `Offline` where nobody knows a room yet.
        """
        ids = tuple(file.id for file in files)
        request: Speech
        if reply_to is not None:
            request = Reply(reply_to.id, text, manner, files=ids)
        elif buffer.kind == "direct":
            request = Tell((buffer.name.removeprefix("@"),), text, manner, files=ids)
        elif buffer.kind == "channel":
            request = Say(buffer.name, text, manner, files=ids)
        elif not self.is_online:
            raise Offline(f"There is no connection to {self.name} at the moment, and no room to say it in.")
        else:
            raise Refused("not_a_member", "Nothing is said here; turn to a room first: /join #lobby")
        self.send(request, buffer)

    def send(self, request: Speech, buffer: Buffer) -> None:
        """Say what a command means, written in a buffer. Raises `Refused` where too much waits, or it is too long."""
        if self._sending.waiting >= OUTGOING:
            raise Refused("try_again", f"{OUTGOING} messages wait to be said already. Wait until they are.")
        self._require_short(request.text)
        self._sending.add(Outgoing(replace(request, nonce=secrets.token_hex(16)), buffer.name, now_ms()))

    def _require_short(self, text: str) -> None:
        """Refuse here what the server would refuse, or what would end the connection."""
        limits = None if self._hub is None else self._hub.model.limits
        size = len(text.encode(errors="replace"))
        most = MESSAGE_BYTES if limits is None else limits.message_bytes
        if most and size > most:
            sentence = f"That message has {size} bytes, and {most} is the most. Send it in parts, or as a file: /upload"
            raise Refused("too_long", sentence)

    def retry(self, outgoing: Outgoing) -> None:
        """Say again what was refused. Raises `Refused`."""
        buffer = self.buffers.find(outgoing.room) or self.buffers.server
        self._sending.drop(outgoing.nonce)
        self.send(outgoing.request, buffer)

    def take_back(self, nonce: str) -> Outgoing | None:
        """Say something no longer that waits or was refused; return it if it waited."""
        return self._sending.drop(nonce)

    async def load_older(self, buffer: Buffer) -> bool:
        """Bring what was said before; return whether there was anything. Raises as `ask` does."""
        if buffer.is_complete:
            return False
        if buffer.room_id is None and buffer.kind == "direct":
            # Nothing was said in it that the server knows of.
            buffer.is_complete = True
            return False
        if await self._filling.load_kept(buffer, self.you.id):
            return True
        return await self._filling.load_older(self._require_hub(), buffer)

    async def load_members(self, buffer: Buffer) -> None:
        """Learn who is in a room; it is kept up to date from then on. Raises as `ask` does."""
        hub = self._require_hub()
        members: dict[str, MemberView] = {}
        more = True
        while more:
            before = len(members)
            answer = await hub.ask(ListMembers(buffer.name, skip=before))
            if not isinstance(answer, Members):
                raise Misunderstood(f"The server answered a list of members with {type(answer).__name__}.")
            members |= {member.name: member for member in answer.members}
            # A page that has nobody new in it would be followed by others like it.
            more = bool(answer.more) and before < len(members) < MEMBERS
        buffer.members = members
        self._tell(BufferChanged(buffer))

    def mark_read(self, buffer: Buffer) -> None:
        """Have read everything in a buffer, here and, in a moment, on one's other connections."""
        if not buffer.unread and not buffer.calls:
            return
        buffer.unread = buffer.calls = 0
        buffer.read_to = buffer.seq
        self._tell(BufferChanged(buffer))
        if buffer.kind == "server":
            return
        self._marks.note(buffer.name, buffer.seq)
        if self._hub is not None and self.is_online:
            self._spawn(self._marks.tell(self._hub))

    def set_draft(self, buffer: Buffer, text: str) -> None:
        """Have begun to write something."""
        self._drafts.write(buffer, text)

    def take_draft(self, room: str, text: str) -> None:
        """Have as begun what was kept by a command."""
        if (buffer := self.buffers.find(room)) is not None:
            self._drafts.take(buffer, text)

    async def show_typing(self, buffer: Buffer, state: TypingState = "active") -> None:
        """Let others see that one is writing; nothing where there is no connection."""
        if self._hub is not None and self.is_online and buffer.kind != "server":
            await self._hub.ask(ShowTyping(buffer.name, state))

    async def upload(self, path: Path, progress: Progress = no_progress) -> FileView:
        """Send a file so that a message can show it. Raises `OSError`, and else as `ask` does."""
        return await self._require_hub().upload(path, progress=progress)

    async def download(self, file: FileView, target: Path, progress: Progress = no_progress) -> None:
        """Write a file that a message shows. Raises `OSError`, and else as `ask` does."""
        await self._require_hub().download(file, target, progress=progress)

    async def fetch_picture(self, file: FileView, limit_bytes: int) -> bytes:
        """Return a picture that a message shows, as small as the server has it. Raises as `ask` does."""
        return await self._require_hub().fetch_picture(file, limit_bytes=limit_bytes)

    def link_to(self, file: FileView) -> str:
        """Return the link to a file."""
        return f"{self.endpoint.base_url}/f/{file.id}"

    def _require_hub(self) -> Hub:
        if self._hub is None or not self.is_online:
            raise Offline(f"There is no connection to {self.name} at the moment.")
        return self._hub


def now_ms() -> int:
    """Return the time, in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000

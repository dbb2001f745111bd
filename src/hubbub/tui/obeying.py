"""Obeying: what only a client can do."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Said
from hubbub.core.files import FileView, clean_file_name
from hubbub.core.room_answers import Entered
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.tui import states
from hubbub.tui.answering import Answering
from hubbub.tui.buffers import Buffer
from hubbub.tui.client_commands import CLIENT_COMMANDS, explain_all
from hubbub.tui.desk import Desk
from hubbub.tui.entries import Entry
from hubbub.tui.memory import Memory
from hubbub.tui.outside import Outside, Unmeant
from hubbub.tui.station import Station
from hubbub.tui.staying import Staying
from hubbub.tui.targets import read_target

_URL: Final = re.compile(r"(?:https?|hubbub)://[^\s<>\"]+[^\s<>\".,;:!?)]")


class Obeying:
    """The commands of `client_commands`, for one desk."""

    def __init__(self, desk: Desk, memory: Memory, outside: Outside) -> None:
        self._desk = desk
        self._memory = memory
        self.staying = Staying(memory)
        self._outside = outside
        self._answering: dict[Station, Answering] = {}
        self._obeys: Mapping[str, Callable[[str], Awaitable[None]]] = {
            "connect": self._connect,
            "disconnect": self._disconnect,
            "servers": self._servers,
            "query": self._query,
            "upload": self._upload,
            "save": self._save,
            "open": self._open,
            "clear": self._clear,
            "retry": self._retry,
            "drop": self._drop,
            "forget": self._forget,
        }

    async def _connect(self, rest: str) -> None:
        where, _, name = rest.partition(" ")
        if not where:
            raise Unmeant(_usage("connect"))
        target = read_target(where)
        choice = self._memory.choose(target, name.strip())
        if not name and not choice.who.token and self._outside.current is not None:
            # A guest is called there what he is called here.
            here = self._here()[0]
            choice = replace(choice, who=replace(choice.who, name=here.you.name or here.who.name))
        station = self._desk.connect(choice)
        self._outside.turn_to(station.buffers.server)
        if target.room and station.is_online:
            await self._go_into(station, target.room)

    async def _go_into(self, station: Station, room: str) -> None:
        """Turn to a room of a server that one is on already."""
        buffer = station.find(room)
        if buffer is None or not buffer.is_joined:
            answer = await station.ask(Join(room))
            buffer = station.buffers.ensure(answer.room, "channel", answer.id) if isinstance(answer, Entered) else None
        if buffer is not None:
            self._outside.turn_to(buffer)

    async def _disconnect(self, rest: str) -> None:
        station = self._desk.find(rest) if rest else self._here()[0]
        if station is None:
            raise Unmeant(f"You are on no server that is called {rest}. /servers lists them.")
        await self._desk.disconnect(station)
        self._outside.tell([f"You have left {station.name}."])

    async def _servers(self, rest: str) -> None:
        del rest
        here = [f"{one.name}: {describe_state(one)}" for one in self._desk.stations]
        open_ones = {str(one.endpoint) for one in self._desk.stations}
        known = [
            f"{endpoint}: known, /connect {endpoint}" for endpoint in self._memory.known() if endpoint not in open_ones
        ]
        self._outside.tell([*here, *known] or ["You are on no server: /connect HOST goes to one."])

    async def _query(self, rest: str) -> None:
        if not rest or " " in rest:
            raise Unmeant(_usage("query"))
        station, _ = self._here()
        self._outside.turn_to(station.converse(rest))

    async def _upload(self, rest: str) -> None:
        station, buffer = self._here()
        path, text = await asyncio.to_thread(_split_path, rest)
        if path is None:
            raise Unmeant(_usage("upload") if not rest else f"There is no file {rest}.")
        view = await station.upload(path, self._outside.progress(f"Sending {path.name}"))
        station.say(buffer, text, files=[view])

    async def _save(self, rest: str) -> None:
        station, buffer = self._here()
        word, _, target = rest.partition(" ")
        if not word.startswith("#"):
            word, target = "", rest
        files = [file for said in self._messages(buffer, word) for file in said.files]
        if not files:
            raise Unmeant("There is no file here to save.")
        file: FileView = files[-1]
        path = await asyncio.to_thread(_free_path, target.strip(), file)
        await station.download(file, path, self._outside.progress(f"Fetching {file.name}"))
        self._outside.tell([f"{file.name} is saved as {path}."])

    async def _open(self, rest: str) -> None:
        station, buffer = self._here()
        found = [
            link
            for said in self._messages(buffer, rest)
            for link in (*_URL.findall(said.text), *(station.link_to(file) for file in said.files))
        ]
        if not found:
            raise Unmeant("There is no link here to open.")
        if not self._outside.open_link(found[-1]):
            self._outside.tell([found[-1]])

    def _messages(self, buffer: Buffer, word: str) -> list[Said]:
        """Return the message that is called so, or all that stand in the buffer."""
        if not word:
            return [one.event for one in buffer.entries if isinstance(one, Entry) and isinstance(one.event, Said)]
        record = self._answers().find_record(word)
        if record is None:
            raise Unmeant(f"There is no {word} here. /history shows the last messages with their numbers.")
        return [record.event] if isinstance(record.event, Said) else []

    async def _clear(self, rest: str) -> None:
        del rest
        station, buffer = self._here()
        station.buffers.tell(buffer.clear())

    async def _retry(self, rest: str) -> None:
        del rest
        station, buffer = self._here()
        refused = [one for one in buffer.outgoing if one.state == "refused"]
        if not refused:
            raise Unmeant("Nothing was refused here.")
        for one in refused:
            station.retry(one)

    async def _drop(self, rest: str) -> None:
        del rest
        station, buffer = self._here()
        dropped = [one for one in buffer.outgoing if one.state != "sent"]
        for one in dropped:
            station.take_back(one.nonce)
        self._outside.tell([f"Taken back: {one.text}" for one in dropped] or ["Nothing waits here to be said."])

    async def _forget(self, rest: str) -> None:
        del rest
        station, _ = self._here()
        station.forget()
        self._outside.tell([f"Nothing of {station.name} is kept on this computer any more."])

    def _here(self) -> tuple[Station, Buffer]:
        buffer = self._outside.current
        if buffer is None:
            raise Unmeant("You are on no server: /connect HOST goes to one.")
        return self._desk.station_of(buffer), buffer

    def _answers(self) -> Answering:
        station, _ = self._here()
        if station not in self._answering:
            self._answering[station] = Answering(FileLinks(station.endpoint.base_url))
        return self._answering[station]


def describe_state(station: Station) -> str:
    """Return how it stands with a server, as part of a sentence."""
    match station.state:
        case states.Online():
            return f"you are {station.you.name} there"
        case states.Connecting():
            return "being reached"
        case states.Waiting(sentence=sentence) | states.Ended(sentence=sentence):
            return sentence
        case states.Asking():
            return "waiting for your answer"
        case states.Closed():
            return "left"


def _usage(word: str) -> str:
    return explain_all(word)[0] if word in CLIENT_COMMANDS else ""


def _split_path(rest: str) -> tuple[Path | None, str]:
    """Return the file at the beginning, whatever spaces are in its name, and what follows."""
    words = rest.split(" ")
    for end in range(len(words), 0, -1):
        path = Path(" ".join(words[:end])).expanduser()
        if path.name and path.is_file():
            return path, " ".join(words[end:]).strip()
    return None, ""


def _free_path(written: str, file: FileView) -> Path:
    """Return where to write a file, here unless something else is written; nothing that is there is written over."""
    target = Path(written).expanduser()
    path = target / clean_file_name(file.name) if target.is_dir() else target
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free

"""The yardstick: the least a chat server on uvloop can do, and nothing else.

It has no store, no rules, no limits and no answers for bad input: it accepts, takes the first line as the name, and
sends every later line, encoded once, to everybody in the room but its sender, with one write per connection per turn
of the loop. What a real server costs above this is the price of what it does; what this costs is the price of Python,
uvloop and the kernel. So it must stay as fast as honest code can be: a slow floor would flatter the server beside it.

With `--spoken tls` everybody is encrypted, by uvloop, with a certificate made at the start. With `--spoken websocket`
it is another one, see `starlette_floor.py`; and with `--spoken irc` its lines are others, see `irc_floor.py`.

It speaks just enough of hubbub's text protocol for every measurement to run on it: `[12:00:01] [ann] text` on the
wire, `/join ROOM`, `/ping TOKEN`, and with `--announces true` a sentence for every newcomer.
"""

import argparse
import asyncio
import gc
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from typing import Final, cast

import uvloop

BACKLOG: Final = 4096
"""Connections the kernel may keep waiting to be accepted; the default of `net.core.somaxconn` since Linux 5.4."""

SPOKEN: Final = ("text", "irc", "native", "tls", "websocket")

LOBBY: Final = b"#lobby"
"""The room everybody starts in."""


class Clock:
    """The time of day as the bytes that begin every line, made once a second."""

    __slots__ = ("stamp",)

    def __init__(self) -> None:
        self.stamp = b""

    def tick(self) -> None:
        """Read the time, and again a second later."""
        self.stamp = time.strftime("[%H:%M:%S] ").encode()
        asyncio.get_running_loop().call_later(1, self.tick)


class Room:
    """Those who hear each other, and what was said in this turn of the loop."""

    __slots__ = ("loop", "members", "turn")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.members: dict[Connection, None] = {}
        self.turn: list[tuple[Connection, bytes]] = []

    def say(self, sender: "Connection", line: bytes) -> None:
        """Send an encoded line to everybody but its sender when this turn of the loop is over."""
        if not self.turn:
            self.loop.call_soon(self.flush)
        self.turn.append((sender, line))

    def flush(self) -> None:
        """Write to each member, at once, all that the others said in this turn."""
        turn, self.turn = self.turn, []
        everything = b"".join([line for _, line in turn])
        own_parts: dict[Connection, list[slice]] = {}
        end = 0
        for sender, line in turn:
            start, end = end, end + len(line)
            own_parts.setdefault(sender, []).append(slice(start, end))
        for member in self.members:
            if member not in own_parts:
                member.write(everything)
            elif len(own_parts) > 1:
                member.write(without(everything, own_parts[member]))


def without(whole: bytes, parts: list[slice]) -> bytes:
    """Cut parts, in rising order, out of the whole: copying bytes is cheaper than joining hundreds of lines anew."""
    kept = []
    kept_until = 0
    for part in parts:
        kept.append(whole[kept_until : part.start])
        kept_until = part.stop
    kept.append(whole[kept_until:])
    return b"".join(kept)


class Floor:
    """What all connections share."""

    __slots__ = ("announces", "clock", "context", "loop", "rooms", "tasks")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, *, announces: bool, context: ssl.SSLContext | None = None
    ) -> None:
        self.loop = loop
        self.announces = announces
        self.context = context
        self.clock = Clock()
        self.rooms: dict[bytes, Room] = {}
        self.tasks: set[asyncio.Task[object]] = set()

    def room(self, name: bytes) -> Room:
        """Find a room, or make it."""
        if name not in self.rooms:
            self.rooms[name] = Room(self.loop)
        return self.rooms[name]


class Connection(asyncio.Protocol):
    """One client: its name once it has said it, its room, and the line it has not finished."""

    __slots__ = ("floor", "name", "rest", "room", "write")

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.room = floor.room(LOBBY)
        self.name = b""
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the one thing that is used of a transport."""
        self.write = cast("asyncio.Transport", transport).write  # asyncio's own signature names the base class

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Stop sending to it."""
        self.room.members.pop(self, None)

    def data_received(self, data: bytes) -> None:
        """Take whole lines; keep what follows the last line end."""
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if not self.name:
                self.enter(line)
            elif line.startswith(b"/"):
                self.obey(line)
            else:
                self.room.say(self, b"%s[%s] %s\n" % (self.floor.clock.stamp, self.name, line))

    def enter(self, name: bytes) -> None:
        """Take the name, welcome its owner into the lobby, and tell the others if that is wanted."""
        self.name = name
        self.room.members[self] = None
        self.answer(b"You have been assigned the username '%s'." % name)
        if self.floor.announces:
            stamp = self.floor.clock.stamp
            self.room.say(self, b"%s[SERVER] User '%s' has joined the chat.\n" % (stamp, name))

    def obey(self, line: bytes) -> None:
        """Answer `/ping TOKEN`, move on `/join ROOM`, ignore all else."""
        command, _, argument = line.partition(b" ")
        if command == b"/ping":
            self.answer(b"pong " + argument)
        elif command == b"/join":
            del self.room.members[self]
            self.room = self.floor.room(argument)
            self.room.members[self] = None

    def answer(self, sentence: bytes) -> None:
        """Say something to this client alone."""
        self.write(b"%s[SERVER] %s\n" % (self.floor.clock.stamp, sentence))


def accept(listener: socket.socket, floor: Floor, connection: type[Connection]) -> None:
    """Accept all who wait.

    A server of uvloop's own would take one connection per turn of the loop, as libuv does since version 1.45
    (https://github.com/libuv/libuv/pull/3696): two thousand newcomers would be announced in two thousand turns.
    """
    for _ in range(BACKLOG):
        try:
            accepted, _ = listener.accept()
        except BlockingIOError:
            return
        connecting = floor.loop.connect_accepted_socket(lambda: connection(floor), accepted, ssl=floor.context)
        task = floor.loop.create_task(connecting)
        floor.tasks.add(task)
        task.add_done_callback(floor.tasks.discard)


def make_context() -> ssl.SSLContext:
    """Encrypt with a certificate of the kind that hubbub makes for itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([sys.executable, "-m", "hubbub.server.self_signed", "localhost"], stdout=file, check=True)
        context.load_cert_chain(file.name)
    return context


async def serve(port: int, connection: "type[Connection]", *, announces: bool, context: ssl.SSLContext | None) -> None:
    """Listen on the loopback and say so, until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    floor = Floor(loop, announces=announces, context=context)
    floor.clock.tick()
    listener = socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
    listener.setblocking(False)  # noqa: FBT003 - the socket's signature
    loop.add_reader(listener, accept, listener, floor, connection)
    gc.collect()
    gc.freeze()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    print(f"ready on 127.0.0.1:{listener.getsockname()[1]}", flush=True)
    await stopping.wait()


def main() -> None:
    """Run the floor as `python -m bench.floor --port N`."""
    parser = argparse.ArgumentParser(prog="python -m bench.floor", description="A bare broadcaster to measure against.")
    parser.add_argument("--port", type=int, default=0, help="TCP port on 127.0.0.1; 0 (the default) takes a free one")
    parser.add_argument("--announces", choices=("true", "false"), default="false", help="tell all of every newcomer")
    parser.add_argument("--spoken", choices=SPOKEN, default="text", help="what clients speak; tls is text over TLS")
    options = parser.parse_args()
    if options.spoken == "websocket":
        from bench import starlette_floor  # noqa: PLC0415 - the other floor has nothing of it

        uvloop.run(starlette_floor.serve(options.port))
        return
    connection: type[Connection] = Connection
    if options.spoken == "irc":
        from bench.irc_floor import IrcConnection  # noqa: PLC0415 - it is made of what is here

        connection = IrcConnection
    context = make_context() if options.spoken == "tls" else None
    uvloop.run(serve(options.port, connection, announces=options.announces == "true", context=context))


if __name__ == "__main__":
    main()

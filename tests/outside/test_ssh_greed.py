"""Who comes by SSH to do harm does none: whatever he sends, holds or does not read, others notice nothing."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import asyncssh
import pytest

from hubbub.gateways.ssh.session import LEAST_PACKET_BYTES, TOO_SMALL, TOO_SMALL_STATUS
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.memory import MEGABYTE, resident_bytes
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.saying import words
from tests.outside.waiting import eventually
from tests.seeds.client import Address

HELLO: Final = b"SSH-2.0-OpenSSH_9.2\r\n"

HASTY: Final = {**UNHURRIED, "limits.naming_seconds": "0.5", "limits.text_naming_seconds": "1"}
"""Nobody has much time to come in."""


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server that nobody is hurried by."""
    return start_shared_server("127.0.0.1:0", settings=UNHURRIED)


@pytest.fixture(scope="module")
def hasty(start_shared_server: StartServer) -> Address:
    """Start a server where one has to be quick."""
    return start_shared_server("127.0.0.1:0", settings=HASTY).address()


@asynccontextmanager
async def coming(address: Address, user: str, **options: object) -> AsyncIterator[asyncssh.SSHClientConnection]:
    """Come in with a client that does what it is told."""
    # With a password, whatever it is: AsyncSSH's client has no answer to questions that nobody asks.
    usual: dict[str, object] = {
        "known_hosts": None,
        "config": None,
        "agent_path": None,
        "client_keys": [],
        "password": "none",
    }
    async with asyncssh.connect(address.host, address.port, username=user, **{**usual, **options}) as connection:
        yield connection


async def ended(connection: asyncssh.SSHClientConnection) -> None:
    """Wait until the server has ended a connection."""
    await asyncio.wait_for(connection.wait_closed(), PATIENCE_SECONDS)


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-9.9-strange\r\n",
        b"SSH-2.0-" + b"x" * 300 + b"\r\n",
        b"SSH-2.0-\xff\xfe\r\n",
        b"SSH-" + b"x" * 10_000,
        HELLO + b"\xff" * 64,
        HELLO + b"\x7f\xff\xff\xff" + bytes(60),
        HELLO + bytes(4_096),
        HELLO + os.urandom(65_536),
    ],
    ids=["version", "long", "bytes", "endless", "length", "oversized", "empty", "random"],
)
def test_garbage_ends_its_own_connection(data: bytes, server: ConfinedServer, connect: Connect) -> None:
    """Nothing of it is understood, and that is all."""
    rubbish = connect(server.address())
    rubbish.try_send(data)
    rubbish.hear_rest()


def test_half_a_handshake_does_not_last(hasty: Address, connect: Connect) -> None:
    """Neither without a version's end, nor without keys."""
    for beginning in (b"SSH-2.0-Open", HELLO):
        connect(hasty, beginning).hear_rest()


async def test_who_does_not_say_who_he_is_does_not_stay(hasty: Address) -> None:
    """Nor who has said it and wants nothing."""
    asked = asyncio.Event()

    class Thoughtful(asyncssh.SSHClient):
        async def password_auth_requested(self) -> str | None:
            asked.set()
            await asyncio.Event().wait()
            return None

    with pytest.raises((OSError, asyncssh.Error)):
        async with coming(hasty, "slow", client_factory=Thoughtful, password=None):
            pass
    assert asked.is_set()
    async with coming(hasty, "idle") as connection:
        await ended(connection)


def test_thousands_of_half_handshakes_cost_little(server: ConfinedServer, connect: Connect) -> None:
    """There are at most a hundred of them, and whoever comes to talk comes in."""
    before = resident_bytes(server.pid)
    for _ in range(1_500):
        connect(server.address(), HELLO)
    ann = connect(server.address(), b"anja\n")
    ann.ping("in")
    eventually(lambda: _count_refused(server) >= 1_400)
    assert resident_bytes(server.pid) - before < 60 * MEGABYTE


def _count_refused(server: ConfinedServer) -> int:
    return sum(entry.get("protocol") == "ssh" and entry.get("reason") == "too_many" for entry in server.logs)


async def test_nothing_but_a_chat_is_to_be_had(server: ConfinedServer) -> None:
    """No ports are forwarded, in no direction, no sockets, no files, no agent; and one chat is enough."""
    async with coming(server.address(), "gritta") as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", server.address().port)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_unix_connection("/run/x")
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("", 0, "127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_path("/tmp/hubbub-x", "/tmp/hubbub-y")  # noqa: S108 - nothing is made
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_tun()
        with pytest.raises((asyncssh.Error, OSError)):
            await connection.start_sftp_client()
    async with coming(server.address(), "gritta") as connection:
        first = await connection.create_process(term_type=None)
        await first.stdout.readuntil("You are 'gritta'.")
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.create_process()


async def test_an_environment_without_end_is_not_kept(server: ConfinedServer) -> None:
    """AsyncSSH would keep whatever is sent."""
    variables: dict[bytes | str, bytes | str] = {f"V{number}": "x" * 1_000 for number in range(1_000)}
    async with coming(server.address(), "envy") as connection:
        with suppress(OSError, asyncssh.Error):
            await connection.create_session(asyncssh.SSHClientSession, env=variables)
        await ended(connection)
    eventually(lambda: any(entry.get("reason") == "bad_input" for entry in server.logs))


async def test_packets_of_a_byte_are_not_sent(server: ConfinedServer) -> None:
    """Each costs the server as much as a large one, and a message would come to thousands."""
    async with coming(server.address(), "crumb") as connection:
        process = await connection.create_process(term_type=None, max_pktsize=LEAST_PACKET_BYTES - 1)
        said = await asyncio.wait_for(process.stderr.read(), PATIENCE_SECONDS)
        assert str(said) == TOO_SMALL.decode()
        await process.wait_closed()
        assert process.exit_status == TOO_SMALL_STATUS
    async with coming(server.address(), "slice") as connection:
        process = await connection.create_process(term_type=None, max_pktsize=LEAST_PACKET_BYTES)
        await process.stdout.readuntil("You are 'slice'.")


async def test_a_flood_of_keys_is_gone_through(server: ConfinedServer, connect: Connect) -> None:
    """In steps, between which others are heard; nothing of it is lost, and what comes behind it is understood."""
    ulf = connect(server.address(), b"ulf\n")
    ulf.ping("in")
    async with coming(server.address(), "floyd") as connection:
        process = await connection.create_process(term_type="xterm", encoding=None)
        await process.stdout.readuntil(b"#lobby> ")
        process.stdin.write(b"\x1bb\x1bf\t" * 50_000 + b"\x15" + words("over").encode() + b"\r")
        await process.stdout.readuntil(f"[floyd] \x1b[0m{words('over')}".encode())
    await asyncio.to_thread(ulf.hear, f"[floyd] {words('over')}".encode())


async def test_who_does_not_read_is_closed(server: ConfinedServer, connect: Connect) -> None:
    """Once the window of his channel is full, as on any connection; nobody waits for him."""
    async with coming(server.address(), "sloth") as connection:
        chan, _ = await connection.create_session(asyncssh.SSHClientSession, window=65_536)
        chan.pause_reading()
        await asyncio.to_thread(_say_a_lot, server, connect, "sloth")
    assert _find_ends(server, "sloth") == ["too_slow"]


async def test_keys_that_are_never_exchanged_hold_nothing_back(server: ConfinedServer, connect: Connect) -> None:
    """What waits for the end of an exchange that somebody has begun counts as not read."""
    async with coming(server.address(), "rex") as connection:
        # His window is large, so that nothing else holds anything back.
        process = await connection.create_process(term_type=None, window=1 << 30)
        await process.stdout.readuntil("You are 'rex'.")
        connection._send_kexinit()  # noqa: SLF001 - what no client does that means well
        connection._transport.pause_reading()  # type: ignore[union-attr] # noqa: SLF001 - as above
        await asyncio.to_thread(_say_a_lot, server, connect, "rex")
        connection.abort()
    assert _find_ends(server, "rex") == ["too_slow"]


def _say_a_lot(server: ConfinedServer, connect: Connect, listener: str) -> None:
    """Say more than anybody's outbox takes, and wait until somebody who is there is sent away."""
    speaker = connect(server.address(), f"to-{listener}\n".encode())
    speaker.ping("in")
    for number in range(ROUNDS):
        speaker.send(f"{words('x' * 15_000)}\n".encode() * 8)
        speaker.ping(str(number))
    eventually(lambda: bool(_find_ends(server, listener)))


ROUNDS: Final = 40
"""Of 120 kB each: several times what anybody may leave unread."""


def _find_ends(server: ConfinedServer, name: str) -> list[object]:
    return [entry["reason"] for entry in server.logs if entry.get("name") == name and "reason" in entry]


async def test_a_key_without_its_private_half_is_worth_nothing(server: ConfinedServer, connect: Connect) -> None:
    """Who asks for a key of somebody else, or signs with another one, is a guest."""
    known = asyncssh.generate_private_key("ssh-ed25519", comment="victim")
    victim = connect(server.address(), b"/register victim correct-horse-battery\n")
    victim.send(b"/ssh-key add " + known.export_public_key().strip() + b"\n")
    victim.hear(b"is logged in as you by ssh.")

    class Forged(asyncssh.SSHKeyPair):
        def __init__(self) -> None:
            super().__init__(b"ssh-ed25519", b"ssh-ed25519", (b"ssh-ed25519",), (), known.public_data, b"forged")

        def sign(self, data: bytes) -> bytes:
            return asyncssh.generate_private_key("ssh-ed25519").sign(data, b"ssh-ed25519")

    async with coming(server.address(), "mallory", client_keys=[Forged()]) as connection:
        process = await connection.create_process(term_type=None)
        await process.stdout.readuntil("You are 'mallory'.")


async def test_who_tries_too_many_keys_is_sent_away(server: ConfinedServer) -> None:
    """Each is looked up, so there is an end to it."""
    keys = [asyncssh.generate_private_key("ssh-ed25519") for _ in range(40)]
    with pytest.raises(asyncssh.DisconnectError, match="Too many tries"):
        async with coming(server.address(), "keyring", client_keys=keys):
            pass


async def test_passwords_are_guessed_slowly(start_server: StartServer, connect: Connect) -> None:
    """At the pace of every log-in, whatever way they are sent."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    connect(server.address(), b"/register mary correct-horse-battery\n").ping("in")
    for _ in range(8):
        with pytest.raises(asyncssh.PermissionDenied):
            async with coming(server.address(), "mary", password="guess", preferred_auth="password"):
                pass
    assert sum(entry.get("event") == "login.failed" for entry in server.logs) < 8
    async with coming(server.address(), "maria", password="anything", preferred_auth="password"):
        pass

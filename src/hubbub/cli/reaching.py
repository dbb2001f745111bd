"""Reaching a server from the shell: which one, as whom, and what its exit code says when that fails."""

import functools
import getpass
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click
import msgspec

from hubbub.cli import remembered
from hubbub.cli.telling import tell
from hubbub.cli.tokens import find_token
from hubbub.core.kinds import Refused

if TYPE_CHECKING:
    from hubbub.client import Hub
    from hubbub.client.trust import Trust

EXIT_REFUSED: Final = 1
"""Exit code where something was refused, or somebody or something is unknown."""

EXIT_USAGE: Final = 2
"""Exit code of a command line that makes no sense; click's own."""

EXIT_NO_CONNECTION: Final = 3
"""Exit code where there is no connection."""

EXIT_INTERRUPTED: Final = 130
"""Exit code after Ctrl+C, as shells count: 128 and the number of the signal."""

VARIABLE: Final = "HUBBUB_SERVER"
"""Names the server where no option does."""

HERE: Final = "127.0.0.1:4242"
"""The server that is meant where none is named anywhere: the one that `hubbub serve` starts."""

NAME_TRIES: Final = 5
"""How many names a guest tries to be called who did not choose one: each is suggested by the server."""


class Choice(msgspec.Struct, frozen=True):
    """Which server, and as whom."""

    endpoint: str
    known: remembered.KnownServer
    name: str
    is_name_chosen: bool

    @property
    def token(self) -> str:
        """What lets one in as who has the account; empty for guests."""
        return "" if self.is_name_chosen and self.name != self.known.name else find_token(self.endpoint, self.known)


def with_server(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options to a command that say which server is meant and as whom; it is called with a `Choice`."""

    @click.option("--server", metavar="HOST[:PORT]", help=f"Which one; else {VARIABLE}, else the default, else {HERE}.")
    @click.option("--name", metavar="NAME", help="What to be called as a guest; else your login name.")
    @functools.wraps(command)
    def choose_and_run(*, server: str | None, name: str | None, **others: object) -> None:
        command(choose(server, name), **others)

    return choose_and_run


def choose(server: str | None, name: str | None) -> Choice:
    """Find out which server is meant, and as whom; ends the process where that makes no sense."""
    from hubbub.client.endpoints import BadEndpoint, parse_endpoint

    try:
        known = remembered.load()
        endpoint = str(parse_endpoint(server or os.environ.get(VARIABLE) or known.default or HERE))
    except (remembered.BadFileError, BadEndpoint) as error:
        tell(str(error))
        sys.exit(EXIT_USAGE)
    return Choice(endpoint, known.find(endpoint), name or login_name(), is_name_chosen=name is not None)


def run(work: Coroutine[Any, Any, int | None]) -> NoReturn:
    """Do something with a server, and end with the exit code that it returns, or that says why it failed."""
    import asyncio

    from hubbub.client.errors import ClientError, NoConnection

    try:
        sys.exit(asyncio.run(work))
    except NoConnection as error:
        tell(f"{error} Start one with `hubbub serve`, or name another one.")
        sys.exit(EXIT_NO_CONNECTION)
    except ClientError as error:
        tell(str(error))
        sys.exit(EXIT_NO_CONNECTION)
    except Refused as refused:
        tell(say_refusal(refused))
        sys.exit(EXIT_REFUSED)
    except remembered.BadFileError as error:
        tell(str(error))
        sys.exit(EXIT_USAGE)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # Whoever reads has had enough, as `head` does. What Python would flush at its end has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def say_refusal(refused: Refused) -> str:
    """Return what was refused, and what would not have been."""
    from hubbub.cli.showing import plain

    refusal = refused.refusal
    hint = f" How about '{refusal.suggestion}'?" if refusal.suggestion else ""
    return plain(f"{refusal.sentence}{hint}")


@asynccontextmanager
async def reaching(choice: Choice, rooms: Sequence[str] = ()) -> AsyncIterator["Hub"]:
    """Connect as the choice says, and come into these rooms as a guest. Raises as `Hub.__aenter__` does."""
    hub = await enter(choice, lambda name, trust: _connect(choice, rooms, name, trust))
    try:
        yield hub
    finally:
        await hub.close()


def _connect(choice: Choice, rooms: Sequence[str], name: str, trust: "Trust") -> "Hub":
    from hubbub.client import connect

    token = choice.token
    return connect(
        choice.endpoint,
        name="" if token else name,
        token=token,
        rooms=() if token else rooms,
        client="hubbub shell",
        tls=trust,
    )


Make = Callable[[str, "Trust"], "Hub"]
"""What makes a hub, given a name and whom to trust."""


async def enter(choice: Choice, make: Make) -> "Hub":
    """Connect, under another name where a guest's own is taken who has not chosen it."""
    name = choice.name
    for _ in range(NAME_TRIES):
        try:
            return await _enter_trusting(choice, functools.partial(make, name))
        except Refused as refused:
            if choice.is_name_chosen or choice.token or not refused.refusal.suggestion:
                raise
            name = refused.refusal.suggestion
    return await _enter_trusting(choice, functools.partial(make, name))


async def _enter_trusting(choice: Choice, make: "Callable[[Trust], Hub]") -> "Hub":
    """Connect to a server that is known by its certificate, or remember that of a new one."""
    from hubbub.client.endpoints import parse_endpoint
    from hubbub.client.errors import Untrusted
    from hubbub.client.trust import SYSTEM, Pinned, fetch_fingerprint

    fingerprint = choice.known.fingerprint
    try:
        return await make(Pinned(fingerprint) if fingerprint else SYSTEM).__aenter__()
    except Untrusted as untrusted:
        if fingerprint:
            _warn_of_change(choice.endpoint, str(untrusted))
            raise
    shown = await _catching(fetch_fingerprint(parse_endpoint(choice.endpoint)), choice.endpoint)
    hub = await make(Pinned(shown)).__aenter__()
    known = remembered.load()
    server = msgspec.structs.replace(known.find(choice.endpoint), fingerprint=shown)
    remembered.save(known.having(choice.endpoint, server))
    tell(
        f"{choice.endpoint} is new here, and no authority vouches for its certificate. Its SHA-256 fingerprint is "
        f"{shown}; compare it with what the server printed at its start. It is remembered, and you are warned if it "
        "changes."
    )
    return hub


async def _catching(work: Awaitable[str], endpoint: str) -> str:
    from hubbub.client.endpoints import parse_endpoint
    from hubbub.client.errors import NoConnection

    try:
        return await work
    except OSError as error:
        raise NoConnection([(parse_endpoint(endpoint), error.strerror or type(error).__name__)]) from error


def _warn_of_change(endpoint: str, sentence: str) -> None:
    warning = "WARNING: THE CERTIFICATE OF THIS SERVER HAS CHANGED. SOMEBODY MAY BE LISTENING IN."
    click.secho(warning, fg="red", bold=True, err=True)
    tell(f"Nothing was sent. If its operator has renewed it, run: hubbub servers --forget {endpoint}")
    del sentence


def login_name() -> str:
    """Return what the system calls whoever runs this, as far as it can be a name in a chat."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = ""
    return re.sub(r"[\s\x00-\x1f\x7f]+", "_", name)[:32] or "guest"

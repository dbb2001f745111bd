"""OpenSSH's own client, as somebody would run it, with nothing of the files of whoever runs the tests."""

from pathlib import Path
from typing import Final

from tests.seeds.client import Address

OPTIONS: Final = (
    "StrictHostKeyChecking=no",
    "IdentityAgent=none",
    "IdentitiesOnly=yes",
    "LogLevel=ERROR",
)


def ssh(
    address: Address, folder: Path, user: str, *words: str, key: Path | None = None, options: tuple[str, ...] = ()
) -> list[str]:
    """Return the command line that comes in as `user`; a key only where one is given. `words` stand before the host."""
    identity = ("-i", str(key)) if key is not None else ("-o", f"IdentityFile={folder / 'none'}")
    known = (f"UserKnownHostsFile={folder / 'known_hosts'}", "GlobalKnownHostsFile=/dev/null", *OPTIONS, *options)
    settings = [part for option in known for part in ("-o", option)]
    return ["ssh", "-F", "none", *settings, *identity, "-p", str(address.port), "-l", user, *words, address.host]

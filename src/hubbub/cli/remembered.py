"""Remembered: which servers somebody uses from the shell, as whom, and by which certificate they are known."""

import json
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

FILE: Final = "servers.toml"

OWN_FILE: Final = 0o600
"""It holds tokens: nobody else reads it."""

OWN_FOLDER: Final = 0o700
"""What the XDG Base Directory Specification wants of a folder that is made."""


class BadFileError(Exception):
    """The file cannot be read or written; the text says why, and what to do."""


class KnownServer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One server."""

    name: str = ""
    """Whose account the token is for."""
    token: str = ""
    """Empty where nobody is logged in, or where the keyring keeps it."""
    token_id: str = ""
    """By which the server knows the token, so that it can be taken back."""
    is_in_keyring: bool = False
    fingerprint: str = ""
    """SHA-256 of the certificate that it showed at first; empty where an authority vouches for it."""

    @property
    def is_logged_in(self) -> bool:
        """Whether there is a token."""
        return bool(self.token_id)


class KnownServers(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """All of them, by endpoint."""

    default: str = ""
    """Which one is meant where none is named; empty for the one on this machine."""
    servers: dict[str, KnownServer] = {}

    def find(self, endpoint: str) -> KnownServer:
        """Return what is known of a server: nothing, if it is new."""
        return self.servers.get(endpoint, KnownServer())

    def having(self, endpoint: str, server: KnownServer) -> "KnownServers":
        """Return them with this about one."""
        return msgspec.structs.replace(self, servers=self.servers | {endpoint: server})

    def without(self, endpoint: str) -> "KnownServers":
        """Return them without one."""
        others = {known: server for known, server in self.servers.items() if known != endpoint}
        return KnownServers("" if self.default == endpoint else self.default, others)


def find_file() -> Path:
    """Return where they are written."""
    # Relative paths are to be ignored, as the XDG Base Directory Specification says.
    configured = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    folder = configured if configured.is_absolute() else Path.home() / ".config"
    return folder / "hubbub" / FILE


def load() -> KnownServers:
    """Read them; none where there is no file. Raises `BadFileError`."""
    file = find_file()
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), KnownServers)
    except FileNotFoundError:
        return KnownServers()
    except (OSError, ValueError) as error:
        # Both of what TOML and what msgspec raises are values that make no sense.
        raise BadFileError(f"{file} cannot be read: {_say(error)}. Mend it, or remove it and log in again.") from error


def save(known: KnownServers) -> None:
    """Write them, in one step: whoever is interrupted keeps what was there. Raises `BadFileError`."""
    file = find_file()
    new = file.with_name(f"{FILE}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_FILE)
        with open(descriptor, "w", encoding="utf-8") as opened:  # noqa: PTH123 - a descriptor is no path
            opened.write("\n".join(_lines(known)))
        new.replace(file)
    except OSError as error:
        raise BadFileError(f"{file} cannot be written: {_say(error)}.") from error


def _lines(known: KnownServers) -> Iterable[str]:
    yield "# Servers that the command hubbub knows; it writes this file itself."
    if known.default:
        yield f"default = {_quote(known.default)}"
    for endpoint, server in known.servers.items():
        yield f"\n[servers.{_quote(endpoint)}]"
        for key, value in msgspec.to_builtins(server).items():
            yield f"{key} = {_quote(value) if isinstance(value, str) else str(value).lower()}"
    yield ""


def _quote(text: str) -> str:
    """Return a basic string of TOML, which is one of JSON but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _say(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).rstrip(".")

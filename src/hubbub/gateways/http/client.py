"""The browser client: the files that were built from `web/`, and how browsers may keep them.

What is named by its content is kept for ever, everything else is asked for each time and mostly found unchanged.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from hubbub.gateways.http.fields import POLICY as SAFE_POLICY

INDEX: Final = "index.html"
"""What every address of the client shows; it finds out by itself which one it is."""

NAMED_BY_CONTENT: Final = "assets/"
"""Where files are whose names change with what is in them."""

KEPT: Final = "public, max-age=31536000, immutable"
"""For a year, the most that means anything. RFC 9111 section 5.2.2, RFC 8246."""

ASKED_FOR: Final = "no-cache"
"""Kept, and used when the server says that it has not changed. RFC 9111 section 5.2.2.4."""

CODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""The compressed copies that may lie beside a file, the best first. RFC 9110 section 8.4.1, RFC 7932."""

MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""What is built, and no other kind: each is served as what it is."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; connect-src 'self' ws: wss:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types hubbub"
)
"""What the client may do: run its own files, and speak to any server that somebody adds to it. CSP level 3."""


class ClientFile(msgspec.Struct, frozen=True):
    """One file, as it is sent."""

    path: Path
    media_type: str
    cache_control: str
    policy: str
    """What it may do where it is shown, or runs as a worker."""
    tag: str
    """Its entity tag, quoted. RFC 9110 section 8.8.3."""
    coding: str
    """How it is compressed; empty for not at all."""


class Client:
    """The files of one build. A server that runs goes on serving that build's names."""

    def __init__(self, folder: Path) -> None:
        """Look once at what is there. Raises `OSError` where the folder cannot be read."""
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        self._files = {path.relative_to(folder).as_posix(): _describe(folder, path) for path in found if _is_sent(path)}
        self._codings = {path.relative_to(folder).as_posix() for path in found if path.suffix in CODINGS.values()}

    def find(self, name: str, accepted: str) -> ClientFile | None:
        """Return a file in the best of the codings that are accepted, as `Accept-Encoding` lists them."""
        file = self._files.get(name)
        if file is None:
            return None
        codings = {coding.partition(";")[0].strip().lower() for coding in accepted.split(",")}
        for coding, suffix in CODINGS.items():
            if coding in codings and name + suffix in self._codings:
                path = file.path.with_name(file.path.name + suffix)
                return msgspec.structs.replace(file, path=path, coding=coding)
        return file


def load_client(folder: Path) -> Client | None:
    """Return what was built, or None where nothing was."""
    return Client(folder) if (folder / INDEX).is_file() else None


def _is_sent(path: Path) -> bool:
    return path.suffix in MEDIA_TYPES


def _describe(folder: Path, path: Path) -> ClientFile:
    name, kind = path.relative_to(folder).as_posix(), MEDIA_TYPES[path.suffix]
    if name.startswith(NAMED_BY_CONTENT):
        # Its name says what is in it, so nobody has to read four megabytes before the first one comes.
        # No page and no worker is among these, so they have the policy of every answer, which is shorter.
        return ClientFile(path, kind, KEPT, SAFE_POLICY, f'"{path.name}"', "")
    return ClientFile(path, kind, ASKED_FOR, POLICY, f'"{sha256(path.read_bytes()).hexdigest()[:20]}"', "")

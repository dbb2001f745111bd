"""Secrets that the server makes: codes that people type, and tokens that programs show.

Both are random symbols of the same alphabet (`core/codes.py`, which reads codes). The vault knows only their hashes.
"""

import re
import secrets
import zlib
from typing import Final

from hubbub.core.codes import ALPHABET, CODE_SYMBOLS, hash_symbols, write_code

TOKEN_SYMBOLS: Final = 52
"""Length of a token's secret: 260 bits, so that its hash may be a fast one (`vault.Token.secret_hash`)."""

CHECK_SYMBOLS: Final = 7
"""Length of a token's checksum: the 32 bits of a CRC."""

ID_SYMBOLS: Final = 10
"""Length of what tokens and codes are called: 50 bits, so that a million of them are unlikely to share one."""

FILE_SYMBOLS: Final = 26
"""Length of what a file is called: 130 bits, for whoever knows it may read the file."""

PREFIX: Final = "hub_"
"""Begins every token: scanners that look for leaked secrets find it, and so does who reads a configuration file."""

_TOKEN: Final = re.compile(rf"{PREFIX}([{ALPHABET}]{{{TOKEN_SYMBOLS}}})([{ALPHABET}]{{{CHECK_SYMBOLS}}})")


def make_id() -> str:
    """Return what a new token or code may be called; it has nothing to do with its secret."""
    return _make_symbols(ID_SYMBOLS)


def make_file_id() -> str:
    """Return what a new file may be called, such as `7k3m9q2x…`: small letters, as in other links."""
    return _make_symbols(FILE_SYMBOLS).lower()


def make_code() -> str:
    """Return a new code, such as `7K3M-9Q2X-0ZTB-4V8N`."""
    return write_code(_make_symbols(CODE_SYMBOLS))


def make_token() -> str:
    """Return a new token, such as `hub_9XK…`; it ends in a checksum."""
    symbols = _make_symbols(TOKEN_SYMBOLS)
    return PREFIX + symbols + _check(symbols)


def hash_token(text: str) -> bytes | None:
    """Return the hash of a token, or None for what is none: also where one character was lost or changed."""
    found = _TOKEN.fullmatch(text)
    if not found or found[2] != _check(found[1]):
        return None
    return hash_symbols(found[1])


def _make_symbols(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _check(symbols: str) -> str:
    """Return the checksum: no secret, for it tells nothing that the symbols do not."""
    value = zlib.crc32(symbols.encode())
    return "".join(ALPHABET[value >> shift & 31] for shift in range(5 * (CHECK_SYMBOLS - 1), -1, -5))

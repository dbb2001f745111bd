"""Secrets that the server makes: codes that people type, and tokens that programs show.

Both are random symbols of Crockford's base 32 (https://www.crockford.com/base32.html): digits and capitals without
`I`, `L`, `O` and `U`, so that none is mistaken for another. The vault knows only their hashes.
"""

import hashlib
import re
import secrets
import zlib
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The symbols, five bits each."""

CODE_SYMBOLS: Final = 16
"""Length of a code: 80 bits. From 64 bits on, guessing online needs no limit (NIST SP 800-63B section 5.1.2.2); at
10^11 hashes a second, whoever has stolen the vault guesses one in 200 000 years."""

GROUP_SYMBOLS: Final = 4
"""Symbols between the hyphens of a code, as many as people keep in mind at once."""

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

_READ: Final = str.maketrans(ALPHABET.lower() + "OoIiLl", ALPHABET + "001111")
"""What small letters and lookalikes are read as."""

_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015_.]+")
"""What may stand between the symbols of a code: also the dashes that word processors make of hyphens."""

_CODE: Final = re.compile(rf"[{ALPHABET}]{{{CODE_SYMBOLS}}}")
_TOKEN: Final = re.compile(rf"{PREFIX}([{ALPHABET}]{{{TOKEN_SYMBOLS}}})([{ALPHABET}]{{{CHECK_SYMBOLS}}})")


def make_id() -> str:
    """Return what a new token or code may be called; it has nothing to do with its secret."""
    return _make_symbols(ID_SYMBOLS)


def make_file_id() -> str:
    """Return what a new file may be called, such as `7k3m9q2x…`: small letters, as in other links."""
    return _make_symbols(FILE_SYMBOLS).lower()


def make_code() -> str:
    """Return a new code, such as `7K3M-9Q2X-0ZTB-4V8N`."""
    symbols = _make_symbols(CODE_SYMBOLS)
    return _group(symbols)


def parse_code(text: str) -> str | None:
    """Return the code that somebody typed as the server writes it, or None for what cannot be one.

    Small letters, spaces and hyphens anywhere, `O` for `0`, `I` and `L` for `1` make no difference.
    """
    symbols = _BETWEEN.sub("", text).translate(_READ)
    return _group(symbols) if _CODE.fullmatch(symbols) else None


def hash_code(text: str) -> bytes | None:
    """Return the hash of the code that somebody typed, or None for what cannot be one; see `parse_code`."""
    code = parse_code(text)
    return None if code is None else _hash(code.replace("-", ""))


def make_token() -> str:
    """Return a new token, such as `hub_9XK…`; it ends in a checksum."""
    symbols = _make_symbols(TOKEN_SYMBOLS)
    return PREFIX + symbols + _check(symbols)


def hash_token(text: str) -> bytes | None:
    """Return the hash of a token, or None for what is none: also where one character was lost or changed."""
    found = _TOKEN.fullmatch(text)
    if not found or found[2] != _check(found[1]):
        return None
    return _hash(found[1])


def _make_symbols(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _group(symbols: str) -> str:
    return "-".join(symbols[start : start + GROUP_SYMBOLS] for start in range(0, CODE_SYMBOLS, GROUP_SYMBOLS))


def _hash(symbols: str) -> bytes:
    return hashlib.sha256(symbols.encode()).digest()


def _check(symbols: str) -> str:
    """Return the checksum: no secret, for it tells nothing that the symbols do not."""
    value = zlib.crc32(symbols.encode())
    return "".join(ALPHABET[value >> shift & 31] for shift in range(5 * (CHECK_SYMBOLS - 1), -1, -5))

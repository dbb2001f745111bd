"""Codes: secrets that people type, as they are read, whoever made them.

They are random symbols of Crockford's base 32 (https://www.crockford.com/base32.html): digits and capitals without
`I`, `L`, `O` and `U`, so that none is mistaken for another. Whoever keeps them keeps only their hashes.
"""

import hashlib
import re
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The symbols, five bits each."""

CODE_SYMBOLS: Final = 16
"""Length of a code: 80 bits. From 64 bits on, guessing online needs no limit (NIST SP 800-63B section 5.1.2.2); at
10^11 hashes a second, whoever has stolen the vault guesses one in 200 000 years."""

GROUP_SYMBOLS: Final = 4
"""Symbols between the hyphens of a code, as many as people keep in mind at once."""

_READ: Final = str.maketrans(ALPHABET.lower() + "OoIiLl", ALPHABET + "001111")
"""What small letters and lookalikes are read as."""

_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015_.]+")
"""What may stand between the symbols of a code: also the dashes that word processors make of hyphens."""

_CODE: Final = re.compile(rf"[{ALPHABET}]{{{CODE_SYMBOLS}}}")


def write_code(symbols: str) -> str:
    """Return a code as it is shown, such as `7K3M-9Q2X-0ZTB-4V8N`, given its symbols."""
    return "-".join(symbols[start : start + GROUP_SYMBOLS] for start in range(0, CODE_SYMBOLS, GROUP_SYMBOLS))


def parse_code(text: str) -> str | None:
    """Return the code that somebody typed as the server writes it, or None for what cannot be one.

    Small letters, spaces and hyphens anywhere, `O` for `0`, `I` and `L` for `1` make no difference.
    """
    symbols = _BETWEEN.sub("", text).translate(_READ)
    return write_code(symbols) if _CODE.fullmatch(symbols) else None


def hash_code(text: str) -> bytes | None:
    """Return the hash of the code that somebody typed, or None for what cannot be one; see `parse_code`."""
    code = parse_code(text)
    return None if code is None else hash_symbols(code.replace("-", ""))


def hash_symbols(symbols: str) -> bytes:
    """Return what is kept of a secret."""
    return hashlib.sha256(symbols.encode()).digest()

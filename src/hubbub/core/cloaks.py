"""Cloaks: what others see of where somebody comes from, so that he can be known again and not be found.

A cloak is always the same for the same place, and nobody can tell from it which place that is, for he would have to
know the server's key: a mere hash of an address is guessed by hashing all the addresses there are.
"""

import hmac
from base64 import b32encode
from functools import lru_cache
from typing import Final, Literal

CLOAK_SYMBOLS: Final = 12
"""Length of a cloak before its dot: 60 bits, so that of a million places no two are likely to look alike."""

CLOAK_LIMIT: Final = CLOAK_SYMBOLS + len(".account")
"""Longest cloak, in characters."""

CLOAKS_KEPT: Final = 16_384
"""How many are kept, in some 4 MB: one takes 6 µs to make, and stands in every line that somebody says."""

Origin = Literal["account", "guest"]
"""What somebody is known again by: his account, or the address he comes from. Stands behind the dot of his cloak."""


@lru_cache(maxsize=CLOAKS_KEPT)
def cloak(key: bytes, origin: Origin, place: str) -> str:
    """Return what stands for an account, or for an address, such as `mz2kd7wq3xpa.guest`: a host name, small letters.

    By HMAC-SHA-256 (RFC 2104), in the symbols of RFC 4648 section 6.
    """
    digest = hmac.digest(key, f"{origin} {place}".encode(), "sha256")
    return f"{b32encode(digest)[:CLOAK_SYMBOLS].decode().lower()}.{origin}"

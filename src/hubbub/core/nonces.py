"""Nonces: what a client calls a message before the server has kept it, so that sending it twice says it once.

A client that has lost its connection cannot know whether its last messages arrived. It sends them again, and whoever
said something under the same nonce before is answered as he was then.
"""

import re
from typing import Final

from hubbub.core.kinds import Refused

NONCE_LENGTH: Final = 64
"""Longest nonce, in characters: a UUID has 36, and a SHA-256 in hexadecimal digits 64."""

_NONCE: Final = re.compile(f"[!-~]{{0,{NONCE_LENGTH}}}")


def is_nonce(text: str) -> bool:
    """Return whether that can be one: what was never checked, as in an event of a strange store, need not be."""
    return bool(text) and _NONCE.fullmatch(text) is not None


def require_nonce(text: str) -> str:
    """Return the nonce, or nothing where there is none; raises `Refused` with `bad_nonce` for what cannot be one."""
    if text and not is_nonce(text):
        raise Refused("bad_nonce", f"A nonce is up to {NONCE_LENGTH} characters of ASCII, without spaces.")
    return text

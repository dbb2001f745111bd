"""Alt: the keys that are pressed with it, as most terminals send them: an escape, then the key.

Textual takes Alt+1 for `¡`, which Macs type so, and waits a tenth of a second with Alt+A for what might follow. Here
they are what they are, at once. Terminals with the protocol of kitty send something else, which it knows.
"""

import string
from typing import Final, NamedTuple

# It has a name of its own only: there is no other way to the table.
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_ESCAPE: Final = "\x1b"

KEYS: Final = {
    **{f"{_ESCAPE}{digit}": f"alt+{digit}" for digit in string.digits},
    f"{_ESCAPE}a": "alt+a",
    f"{_ESCAPE}\r": "alt+enter",
    f"{_ESCAPE}\n": "alt+enter",
}
"""What is sent, and what it is called."""


class _Pressed(NamedTuple):
    """What stands there for a key."""

    value: str


def know_alt() -> None:
    """Take these keys for themselves from now on."""
    for sequence, name in KEYS.items():
        ANSI_SEQUENCES_KEYS[sequence] = (_Pressed(name),)  # type: ignore[index]  # it is a dict of whatever has a value

"""SSH keys: the line of a `.pub` file, understood. RFC 4253 section 6.6; PROTOCOL.u2f of OpenSSH for tokens."""

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from hubbub.core.texts import clean_line

LEAST_RSA_BITS: Final = 2_048
"""Shorter keys of RSA are refused. NIST SP 800-57 part 1, section 5.6.1.1."""

NAME_LIMIT: Final = 64
"""Longest name of a key, in characters; the rest of a comment is cut off."""

_CURVES: Final = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
"""How long an uncompressed point of each curve is, in bytes. SEC 1 section 2.3.3."""

_ED25519_BYTES: Final = 32
"""RFC 8709 section 4."""

_LENGTH: Final = struct.Struct(">I")

_PRIVATE: Final = "PRIVATE KEY-----"

_EXAMPLE: Final = "It looks like this: ssh-ed25519 AAAAC3… name, and stands in a file that ends with .pub"


class BadSshKeyError(ValueError):
    """A text is no public key; its message says what is wrong with it, for people."""


class SshPublicKey(msgspec.Struct, frozen=True):
    """The public half of a key."""

    kind: str
    """Its algorithm, such as `ssh-ed25519`."""
    data: bytes
    """As it stands in SSH's own messages."""
    comment: str = ""

    @property
    def fingerprint(self) -> bytes:
        """Return its SHA-256, by which it is known."""
        return fingerprint_of(self.data)


def fingerprint_of(data: bytes) -> bytes:
    """Return the SHA-256 of a public key, as it stands in SSH's own messages."""
    return hashlib.sha256(data).digest()


def show_fingerprint(fingerprint: bytes) -> str:
    """Return a fingerprint as `ssh-keygen -l` shows it."""
    return f"SHA256:{base64.b64encode(fingerprint).decode().rstrip('=')}"


def parse_ssh_key(line: str) -> SshPublicKey:
    """Return the key of a line as it stands in a `.pub` file. Raises `BadSshKeyError`."""
    if _PRIVATE in line:
        raise BadSshKeyError(
            "That is the private half of a key, which is nobody's business but yours. Make a new key now."
        )
    kind, _, rest = line.strip().partition(" ")
    text, _, comment = rest.strip().partition(" ")
    if not text:
        raise BadSshKeyError(f"That is no public key. {_EXAMPLE}")
    try:
        data = base64.b64decode(text, validate=True)
        parts = list(_split(data))
    except (binascii.Error, ValueError, struct.error):
        raise BadSshKeyError(f"That key is damaged, or cut off. {_EXAMPLE}") from None
    if not parts or parts[0] != kind.encode():
        raise BadSshKeyError(f"That key is not what it says it is. {_EXAMPLE}")
    _require_sound(kind, parts[1:])
    return SshPublicKey(kind, data, clean_line(comment, NAME_LIMIT))


def _split(data: bytes) -> Iterator[bytes]:
    """Yield the strings that a key is made of. Raises `ValueError` or `struct.error` where it is cut off."""
    place = 0
    while place < len(data):
        (size,) = _LENGTH.unpack_from(data, place)
        place += _LENGTH.size
        if place + size > len(data):
            raise ValueError(size)
        yield data[place : place + size]
        place += size


def _require_sound(kind: str, parts: list[bytes]) -> None:
    """Raise `BadSshKeyError` unless that is what a key of this kind is made of."""
    match kind.split("-"):
        case ["ssh", "ed25519"]:
            is_sound = [len(part) for part in parts] == [_ED25519_BYTES]
        case ["sk", "ssh", "ed25519@openssh.com"]:
            is_sound = [len(part) for part in parts[:1]] == [_ED25519_BYTES] and len(parts) == 2  # noqa: PLR2004 - the key, and for what it is
        case ["ssh", "rsa"]:
            is_sound = _is_sound_rsa(parts)
        case ["ecdsa", "sha2", curve]:
            is_sound = _is_sound_ecdsa(curve, parts)
        case ["sk", "ecdsa", "sha2", "nistp256@openssh.com"]:
            is_sound = _is_sound_ecdsa("nistp256", parts[:2]) and len(parts) == 3  # noqa: PLR2004 - as above
        case _:
            raise BadSshKeyError("Keys of that kind are not taken here. A good one is made by: ssh-keygen -t ed25519")
    if not is_sound:
        raise BadSshKeyError(f"That key is damaged, or cut off. {_EXAMPLE}")


def _is_sound_rsa(parts: list[bytes]) -> bool:
    if len(parts) != 2:  # noqa: PLR2004 - exponent and modulus
        return False
    bits = int.from_bytes(parts[1], "big").bit_length()
    if bits < LEAST_RSA_BITS:
        raise BadSshKeyError(
            f"That key has {bits} bits, and {LEAST_RSA_BITS} are the least. Better: ssh-keygen -t ed25519"
        )
    return True


def _is_sound_ecdsa(curve: str, parts: list[bytes]) -> bool:
    return len(parts) == 2 and parts[0] == curve.encode() and len(parts[1]) == _CURVES.get(curve)  # noqa: PLR2004 - curve and point

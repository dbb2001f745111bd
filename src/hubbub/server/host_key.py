"""The host key: by what a client of SSH knows this server again."""

import base64
import binascii
import hashlib
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Final

from hubbub.server.errors import StartError
from hubbub.server.secret_files import write_secret

HOST_KEY_FILE: Final = "ssh-host-ed25519.key"
"""Where in the data folder it is."""

_PEM: Final = re.compile(rb"-----BEGIN OPENSSH PRIVATE KEY-----(.+)-----END OPENSSH PRIVATE KEY-----", re.DOTALL)

_MAGIC: Final = b"openssh-key-v1\0"
"""How the content begins. PROTOCOL.key of OpenSSH, section 1."""

_LENGTH: Final = struct.Struct(">I")


def load_host_key(folder: Path) -> bytes:
    """Return the key of the data folder, which is made where there is none. Raises `StartError`."""
    file = folder / HOST_KEY_FILE
    try:
        if not file.exists():
            write_secret(file, _make())
        content = file.read_bytes()
    except OSError as error:
        raise StartError(f"The SSH host key {file} cannot be read or written: {error.strerror}.") from error
    host_key_fingerprint(content, file)
    return content


def host_key_fingerprint(content: bytes, file: Path) -> str:
    """Return the fingerprint of a private key in OpenSSH's own format, as its clients show it. Raises `StartError`."""
    try:
        found = _PEM.search(content)
        inside = base64.b64decode(found[1]) if found else b""
        place = inside.index(_MAGIC) + len(_MAGIC)
        # Cipher, key derivation and its options; then how many keys there are, and the public half of the first.
        for _ in range(3):
            place += _LENGTH.size + _LENGTH.unpack_from(inside, place)[0]
        place += _LENGTH.size
        start = place + _LENGTH.size
        public = inside[start : start + _LENGTH.unpack_from(inside, place)[0]]
    except (ValueError, binascii.Error, struct.error) as error:
        raise StartError(
            f"{file} holds no SSH host key in OpenSSH's format. Put it right, or delete it: then another one is made, "
            "and clients that know this server warn of it."
        ) from error
    return f"SHA256:{base64.b64encode(hashlib.sha256(public).digest()).decode().rstrip('=')}"


def _make() -> bytes:
    # In a process of its own, as for certificates: what makes keys takes 12 MB.
    made = subprocess.run([sys.executable, "-m", "hubbub.server.new_host_key"], capture_output=True, check=False)
    if made.returncode:
        reason = made.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise StartError(f"No SSH host key could be made: {reason}")
    return made.stdout

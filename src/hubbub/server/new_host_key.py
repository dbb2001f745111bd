"""`python -m hubbub.server.new_host_key`: write a new Ed25519 key, in OpenSSH's own format, to standard output.

A program of its own, for what it imports is large, and a server needs it only once.
"""

import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def make_host_key() -> bytes:
    """Return a new private key without a passphrase."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


if __name__ == "__main__":
    sys.stdout.buffer.write(make_host_key())

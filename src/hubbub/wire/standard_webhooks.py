"""Standard Webhooks: how what is posted is signed, so that its receiver knows from whom it comes.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hmac
from typing import Final

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - what stands before one
"""Begins a secret in words for people. Section "Signature scheme"."""

SECRET_BYTES: Final = 32
"""Length of a secret: between the 24 and 64 bytes that are allowed."""

ID_FIELD: Final = "webhook-id"
TIMESTAMP_FIELD: Final = "webhook-timestamp"
SIGNATURE_FIELD: Final = "webhook-signature"


def write_secret(key: bytes) -> str:
    """Return a secret as it is shown."""
    return SECRET_PREFIX + base64.b64encode(key).decode()


def sign(secret: str, delivery: str, timestamp_seconds: int, body: bytes) -> dict[str, str]:
    """Return the header fields with which something is posted; `delivery` is the same whenever it is tried again."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    digest = hmac.digest(key, b"%b.%d.%b" % (delivery.encode(), timestamp_seconds, body), "sha256")
    return {
        ID_FIELD: delivery,
        TIMESTAMP_FIELD: str(timestamp_seconds),
        SIGNATURE_FIELD: f"v1,{base64.b64encode(digest).decode()}",
    }

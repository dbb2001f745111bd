"""Trust: how to know that it is the right server that answers over TLS."""

import asyncio
import hashlib
import re
import ssl
from pathlib import Path
from typing import Final

import msgspec

from hubbub.client.endpoints import Endpoint
from hubbub.client.errors import Untrusted

_FINGERPRINT: Final = re.compile(r"[0-9A-F]{64}")


class Authorities(msgspec.Struct, frozen=True):
    """Trust certificates for the server's host that one of the authorities has signed."""

    file: Path | str | None = None
    """Their certificates, in PEM; None for those that the system trusts."""


class Pinned(msgspec.Struct, frozen=True):
    """Trust one certificate, whoever has signed it and whatever host it is for."""

    fingerprint: str
    """Its SHA-256, in hexadecimal digits with or without colons, as the server prints it at its start."""


Trust = Authorities | Pinned
"""Whom to trust."""

SYSTEM: Final = Authorities()
"""Trust whom the system trusts."""


def normalize_fingerprint(written: str) -> str:
    """Return a fingerprint as the server prints it; raises `ValueError` for what is none."""
    digits = re.sub(r"[\s:]", "", written.removeprefix("SHA256:")).upper()
    if _FINGERPRINT.fullmatch(digits) is None:
        raise ValueError(f"{written!r} is no SHA-256 fingerprint, which has 64 hexadecimal digits.")
    return ":".join(digits[place : place + 2] for place in range(0, len(digits), 2))


def fingerprint_of(certificate: bytes) -> str:
    """Return the fingerprint of a certificate in DER."""
    return normalize_fingerprint(hashlib.sha256(certificate).hexdigest())


def make_context(trust: Trust) -> ssl.SSLContext:
    """Return what verifies certificates; one that is pinned has to be looked at afterwards, by `require_trusted`."""
    match trust:
        case Authorities(file=file):
            return ssl.create_default_context(cafile=None if file is None else str(file))
        case Pinned():
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            return context


def require_trusted(trust: Trust, endpoint: Endpoint, ssl_object: ssl.SSLObject) -> None:
    """Raise `Untrusted` if one certificate is trusted and this is not it. To be called before anything is said."""
    if not isinstance(trust, Pinned):
        return
    shown = fingerprint_of(ssl_object.getpeercert(binary_form=True) or b"")
    if shown != normalize_fingerprint(trust.fingerprint):
        raise Untrusted(endpoint, f"its fingerprint is {shown}, and {trust.fingerprint} was expected")


async def fetch_fingerprint(endpoint: Endpoint) -> str:
    """Return the fingerprint of the certificate that is shown there, whoever shows it. Raises `OSError`.

    For asking somebody whether it is the right one; by itself it proves nothing.
    """
    context = make_context(Pinned("0" * 64))
    _, writer = await asyncio.open_connection(endpoint.host, endpoint.port, ssl=context)
    try:
        ssl_object: ssl.SSLObject = writer.get_extra_info("ssl_object")
        return fingerprint_of(ssl_object.getpeercert(binary_form=True) or b"")
    finally:
        writer.transport.abort()

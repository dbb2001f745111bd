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

NO_CHECK_TIME: Final = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME, which Python's `ssl` has no name for. OpenSSL 1.1.0 and later."""

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


def make_pinned_context(fingerprint: str, certificate: bytes) -> ssl.SSLContext:
    """Return what trusts this one certificate, in DER, whatever host and time it is for.

    Raises `ValueError` if that is not the one of the fingerprint. For libraries that let nobody look at certificates.
    """
    if fingerprint_of(certificate) != normalize_fingerprint(fingerprint):
        raise ValueError(f"{fingerprint} is not the fingerprint of that certificate.")
    context = ssl.create_default_context(cadata=certificate)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | NO_CHECK_TIME
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
    return fingerprint_of(await fetch_certificate(endpoint))


async def fetch_certificate(endpoint: Endpoint) -> bytes:
    """Return the certificate that is shown there, in DER. Raises `OSError`."""
    context = make_context(Pinned("0" * 64))
    _, writer = await asyncio.open_connection(endpoint.host, endpoint.port, ssl=context)
    try:
        ssl_object: ssl.SSLObject = writer.get_extra_info("ssl_object")
        return ssl_object.getpeercert(binary_form=True) or b""
    finally:
        writer.transport.abort()


async def make_context_for(trust: Trust, endpoint: Endpoint) -> ssl.SSLContext:
    """Return what verifies the certificate that is shown there, and nothing is left to be looked at afterwards.

    Raises `OSError`, and `Untrusted` where another certificate than the pinned one is shown.
    """
    if not isinstance(trust, Pinned):
        # Loading the authorities takes a moment, in which nobody else is held up.
        return await asyncio.to_thread(make_context, trust)
    certificate = await fetch_certificate(endpoint)
    try:
        return make_pinned_context(trust.fingerprint, certificate)
    except ValueError as error:
        raise Untrusted(endpoint, str(error).rstrip(".")) from error

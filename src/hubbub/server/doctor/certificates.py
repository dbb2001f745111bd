"""TLS: whether the certificate is good, for how long and for whom, and who can read its key."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from hubbub.server.certificate import Certificate, load_context, read_certificate
from hubbub.server.config import Settings
from hubbub.server.doctor.findings import Finding, ok, problem, warning
from hubbub.server.errors import StartError
from hubbub.server.tls import SELF_SIGNED_FILE

SOON: Final = timedelta(days=14)
"""How long before its end a certificate is warned of: what renews them by itself does so thirty days before."""

_OTHERS: Final = 0o077
"""Bits of a mode that let others than the owner do anything."""


def look_at_tls(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at the files that a server with these settings shows and keeps."""
    tls = settings.tls
    certificate = Path(tls.certificate) if tls.certificate else Path(settings.data) / SELF_SIGNED_FILE
    key = Path(tls.key) if tls.key else certificate
    if tls.key and not tls.certificate:
        yield problem(
            "tls", "tls.key is set and tls.certificate is not.", "Set both, or none: a key needs its certificate."
        )
        return
    if not tls.certificate and not certificate.exists():
        yield ok("tls", "The server makes a certificate of its own at its first start.")
        return
    try:
        read = read_certificate(load_context(certificate, key), certificate)
    except StartError as error:
        remedy = (
            "Correct tls.certificate and tls.key."
            if tls.certificate
            else f"Move {certificate} away: a new one is made."
        )
        yield problem("tls", error.sentence, remedy)
        return
    yield from judge_dates(read, certificate, now, is_own=not tls.certificate)
    yield from judge_key(key, key.stat().st_mode)
    if tls.certificate:
        yield from judge_name(read, settings.public_url)


def judge_dates(certificate: Certificate, file: Path, now: datetime, *, is_own: bool) -> Iterator[Finding]:
    """Say whether a certificate is good now, and for how long."""
    until = f"{certificate.valid_until:%Y-%m-%d}"
    if is_own:
        # The server sees to it by itself.
        yield ok("tls", f"The certificate is the server's own, until {until}; it renews it in time.")
    elif now > certificate.valid_until:
        yield problem(
            "tls",
            f"The certificate {file} has expired on {until}: clients that check it do not connect.",
            "Renew it; a running server takes the new file by itself.",
        )
    elif now < certificate.valid_from:
        yield problem(
            "tls",
            f"The certificate {file} holds only from {certificate.valid_from:%Y-%m-%d} on.",
            "Wait, correct the clock, or use another one.",
        )
    elif now > certificate.valid_until - SOON:
        yield warning(
            "tls",
            f"The certificate {file} expires on {until}.",
            "Renew it, and see why it is not renewed by itself; a running server takes the new file.",
        )
    else:
        yield ok("tls", f"The certificate {file} and its key belong together, and are good until {until}.")


def judge_key(key: Path, mode: int) -> Iterator[Finding]:
    """Say whether others can read the key."""
    if may_others_read(mode):
        yield warning(
            "tls", f"Others on this machine can read the key {key} (mode {mode & 0o777:o}).", f"chmod 600 {key}"
        )


def may_others_read(mode: int) -> bool:
    """Return whether a file of this mode is not its owner's alone."""
    return bool(mode & _OTHERS)


def judge_name(certificate: Certificate, public_url: str) -> Iterator[Finding]:
    """Say whether a certificate is good for the name under which others reach the server."""
    host = urlsplit(public_url).hostname
    if not host:
        return
    if any(_covers(pattern, host) for pattern in certificate.hosts):
        yield ok("tls", f"The certificate is good for {host}.")
        return
    named = ", ".join(certificate.hosts) or "no name at all"
    yield problem(
        "tls",
        f"The certificate is good for {named}, and public_url says {host}.",
        f"Get one for {host}, or correct public_url.",
    )


def _covers(pattern: str, host: str) -> bool:
    """Return whether a name in a certificate means a host. RFC 9525 section 6.3."""
    try:
        return ip_address(pattern) == ip_address(host)
    except ValueError:
        pass
    if pattern.startswith("*."):
        return host.partition(".")[2].lower() == pattern[2:].lower()
    return host.lower() == pattern.lower()

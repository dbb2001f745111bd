"""TLS: which certificate the server shows, from its start on and whenever another one is put in its place."""

import socket
import ssl
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import structlog

from hubbub.server.addresses import WILDCARDS, machine_addresses
from hubbub.server.certificate import Certificate, load_context, make_certificate, read_certificate
from hubbub.server.config import TlsSettings
from hubbub.server.errors import StartError

SELF_SIGNED_FILE: Final = "self-signed.pem"
"""Where in the data folder a certificate of our own is, with its key."""

RENEW_BEFORE: Final = timedelta(days=30)
"""How long before its end a certificate of our own is made anew."""


class Files(NamedTuple):
    """What is read."""

    certificate: Path
    key: Path
    """Perhaps the same file."""
    client_ca: Path | None
    """Who vouches for the certificates of clients, if any are asked for."""


Stamp = tuple[tuple[int, int, int], ...]
"""What tells that files are still the same: inode, size and time of the last change, of each."""

log = structlog.get_logger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Tls:
    """Holds the context for whoever comes next; those who are here keep what they shook hands with."""

    def __init__(
        self,
        settings: TlsSettings,
        folder: Path,
        listened: Iterable[str] = (),
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """Load what the settings name, or make a certificate in the data folder, for these hosts among others.

        Raises `StartError`.
        """
        self._folder = folder
        self._listened = tuple(listened)
        self._now = now
        self.use(settings)

    @property
    def is_self_signed(self) -> bool:
        """Whether the certificate is one of our own, which nobody can know yet."""
        return not self._settings.certificate

    def use(self, settings: TlsSettings) -> None:
        """Show what these settings name from now on. Raises `StartError`, having changed nothing."""
        if settings.key and not settings.certificate:
            raise StartError("tls.key is set and tls.certificate is not: a key needs the certificate it belongs to.")
        files = _files(settings, self._folder)
        if settings.certificate:
            stamp = _stamp(files)
            context, certificate = _load(files)
        else:
            context, certificate = self._load_own(files)
            stamp = _stamp(files)
        self._settings, self._stamp = settings, stamp
        self.context, self.certificate = context, certificate
        if complaint := self._complaint():
            log.warning("tls.certificate", reason=complaint)

    def refresh(self) -> None:
        """Take over files that have changed, and renew a certificate of our own in time; what is bad is not used."""
        stamp = _stamp(_files(self._settings, self._folder))
        if stamp == self._stamp and not (self.is_self_signed and self._is_nearly_over(self.certificate)):
            return
        try:
            self.use(self._settings)
        except StartError as error:
            # Said once, and not again until the files change again.
            self._stamp = stamp
            log.warning("tls.kept", reason=error.sentence)
        else:
            log.info("tls.loaded", fingerprint=self.certificate.fingerprint)

    def _load_own(self, files: Files) -> tuple[ssl.SSLContext, Certificate]:
        file = files.certificate
        if file.exists():
            try:
                context, certificate = _load(files)
            except StartError as error:
                log.warning("tls.made_anew", reason=error.sentence)
            else:
                if not self._is_nearly_over(certificate):
                    return context, certificate
        make_certificate(file, _hosts(self._listened))
        return _load(files)

    def _is_nearly_over(self, certificate: Certificate) -> bool:
        return self._now() > certificate.valid_until - RENEW_BEFORE

    def _complaint(self) -> str:
        """Return what is wrong with a certificate that is used all the same; empty when nothing is."""
        certificate, file = self.certificate, self._settings.certificate
        if self._now() > certificate.valid_until:
            return (
                f"The certificate {file} has expired on {certificate.valid_until:%Y-%m-%d}: "
                "clients that check it will not connect over TLS. Put a new one in its place."
            )
        if self._now() < certificate.valid_from:
            return (
                f"The certificate {file} holds from {certificate.valid_from:%Y-%m-%d} on: "
                "until then, clients that check it will not connect over TLS."
            )
        return ""


def _files(settings: TlsSettings, folder: Path) -> Files:
    certificate = Path(settings.certificate) if settings.certificate else folder / SELF_SIGNED_FILE
    key = Path(settings.key) if settings.key else certificate
    return Files(certificate, key, Path(settings.client_ca) if settings.client_ca else None)


def _load(files: Files) -> tuple[ssl.SSLContext, Certificate]:
    context = load_context(*files)
    return context, read_certificate(context, files.certificate)


def _stamp(files: Files) -> Stamp:
    found = []
    for file in filter(None, files):
        try:
            status = file.stat()
        except OSError:
            found.append((0, 0, 0))
        else:
            found.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(found)


def _hosts(listened: Iterable[str]) -> list[str]:
    """Return under which names and addresses the machine may be reached."""
    addresses = [str(address) for address in machine_addresses()]
    hosts = ["localhost", "127.0.0.1", "::1", socket.gethostname(), *listened, *addresses]
    return [host for host in dict.fromkeys(hosts) if host and host.isascii() and host not in WILDCARDS]

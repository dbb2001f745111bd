"""Certificates: made by the server itself where its operator has none, and read to see whether they are good."""

import hashlib
import re
import ssl
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from hubbub.server.errors import StartError
from hubbub.server.secret_files import write_secret

NO_CHECK_TIME: Final = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME, which Python's `ssl` has no name for. OpenSSL 1.1.0 and later."""

_CERTIFICATE: Final = re.compile(rb"-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----")
_PRIVATE_KEY: Final = re.compile(rb"-----BEGIN ([A-Z]+ )*PRIVATE KEY-----")


class Certificate(msgspec.Struct, frozen=True):
    """What is to be known of a certificate."""

    fingerprint: str
    """SHA-256 over all of it, as `openssl x509 -fingerprint` writes it; whoever trusts no authority compares it."""

    valid_from: datetime
    valid_until: datetime
    hosts: tuple[str, ...] = ()
    """For which names and addresses it is good; a name may begin with `*.`."""


class EncryptedKeyError(Exception):
    """Nobody is there to type the passphrase of a key."""


def load_context(certificate: Path, key: Path, client_ca: Path | None = None) -> ssl.SSLContext:
    """Return a context that shows this certificate, both files in PEM. Raises `StartError`.

    With a `client_ca`, clients may show a certificate too; whoever shows one that it does not vouch for is refused.
    """
    _require_pem(certificate, _CERTIFICATE, "certificate", "tls.certificate")
    _require_pem(key, _PRIVATE_KEY, "private key", "tls.key")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate, key, password=_refuse_passphrase)
    except EncryptedKeyError as error:
        raise StartError(
            f"The key {key} needs a passphrase, and nobody is there to type it. "
            f"Write it without one: openssl pkey -in {key} -out NEW"
        ) from error
    except ssl.SSLError as error:
        if error.reason in {"KEY_VALUES_MISMATCH", "KEY_TYPE_MISMATCH"}:
            raise StartError(
                f"The key {key} does not belong to the certificate {certificate}: tls.certificate and tls.key "
                "have to be two halves of one pair."
            ) from error
        raise StartError(
            f"The certificate {certificate} with the key {key} cannot be used: {_say(error.reason)}."
        ) from error
    if client_ca is not None:
        _ask_for_certificates(context, client_ca)
    return context


def _ask_for_certificates(context: ssl.SSLContext, client_ca: Path) -> None:
    _require_pem(client_ca, _CERTIFICATE, "certificate", "tls.client_ca")
    context.verify_mode = ssl.CERT_OPTIONAL
    try:
        context.load_verify_locations(client_ca)
    except ssl.SSLError as error:
        raise StartError(
            f"The certificate {client_ca} (tls.client_ca) cannot be used: {_say(error.reason)}."
        ) from error


def certified_name(shown: object) -> str:
    """Return whom a client's certificate names, given it as `ssl` does once it is verified; empty where it is nobody.

    That is its common name, and only where there is exactly one: nobody is two people.
    """
    subject = shown.get("subject", ()) if isinstance(shown, dict) else ()
    names = [value for part in subject for field, value in part if field == "commonName"]
    return str(names[0]) if len(names) == 1 else ""


def read_certificate(context: ssl.SSLContext, file: Path) -> Certificate:
    """Shake hands with ourselves: `ssl` tells a certificate's dates only to a client that has verified it.

    It proves on the way that the pair works. Raises `StartError`.
    """
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        # The certificate vouches for itself, and expired or not yet valid ones are to be read as well.
        client.load_verify_locations(file)
        client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VerifyFlags(NO_CHECK_TIME)
        ours = context.wrap_bio(to_server, to_client, server_side=True)
        theirs = client.wrap_bio(to_client, to_server)
        for side in (theirs, ours, theirs):
            _go_on(side)
        dates, der = theirs.getpeercert(), theirs.getpeercert(binary_form=True)
    except ssl.SSLError as error:
        raise StartError(f"The certificate {file} cannot be used: {_say(error.reason)}.") from error
    if not dates or der is None:
        raise StartError(f"The certificate {file} cannot be used: no handshake came of it.")
    return Certificate(
        hashlib.sha256(der).digest().hex(":").upper(),
        _date(dates["notBefore"]),
        _date(dates["notAfter"]),
        _hosts(dates.get("subjectAltName", ())),
    )


def make_certificate(file: Path, hosts: Iterable[str]) -> None:
    """Write a key and a certificate for these hosts that nobody but itself vouches for. Raises `StartError`.

    Both are in one file, replaced in one go, which only its owner may read.
    """
    # In a process of its own: what makes certificates takes 12 MB, and is needed once in two years.
    made = subprocess.run(  # noqa: S603 - a module of ours, with the interpreter that runs already
        [sys.executable, "-m", "hubbub.server.self_signed", *hosts], capture_output=True, check=False
    )
    if made.returncode:
        reason = made.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise StartError(f"No certificate could be made: {reason}")
    try:
        write_secret(file, made.stdout)
    except OSError as error:
        raise StartError(f"The certificate {file} cannot be written: {error.strerror}.") from error


def _require_pem(file: Path, mark: re.Pattern[bytes], what: str, setting: str) -> None:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise StartError(f"The {what} {file} ({setting}) cannot be read: {error.strerror}.") from error
    if not mark.search(content):
        raise StartError(f"{file} ({setting}) holds no {what} in PEM, which has a line -----BEGIN ….")


def _refuse_passphrase() -> str:
    raise EncryptedKeyError


def _go_on(side: ssl.SSLObject) -> None:
    try:
        side.do_handshake()
    except ssl.SSLWantReadError:
        # It is the other side's turn.
        return


def _say(reason: str | None) -> str:
    """Turn OpenSSL's constant into words."""
    return (reason or "damaged").lower().replace("_", " ")


def _hosts(names: object) -> tuple[str, ...]:
    """Return what `ssl` gives in pairs, as in `("DNS", "chat.example.org")`."""
    return tuple(str(pair[1]) for pair in names) if isinstance(names, tuple) else ()


def _date(text: object) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(text)), UTC)

"""Certificates for tests: any pair, good or bad, as an operator may have it."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

DAY: Final = timedelta(days=1)


def write_pair(
    folder: Path,
    name: str = "server",
    *,
    valid_from: timedelta = -DAY,
    valid_until: timedelta = DAY,
    passphrase: bytes = b"",
) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that holds from and until so long from now, and its key; return the files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + valid_from)
        .not_valid_after(now + valid_until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / f"{name}.crt", folder / f"{name}.key"
    certificate_file.write_bytes(certificate.public_bytes(Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            Encoding.PEM,
            PrivateFormat.PKCS8,
            BestAvailableEncryption(passphrase) if passphrase else NoEncryption(),
        )
    )
    return certificate_file, key_file


def write_authority(folder: Path, name: str = "authority") -> "Authority":
    """Write the certificate of an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    constraints = x509.BasicConstraints(ca=True, path_length=None)
    certificate = _begin(subject, subject, key.public_key()).add_extension(constraints, critical=True)
    file = folder / f"{name}.crt"
    file.write_bytes(certificate.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return Authority(folder, file, subject, key)


class Authority(NamedTuple):
    """Whoever vouches for others."""

    folder: Path
    file: Path
    subject: x509.Name
    key: ec.EllipticCurvePrivateKey

    def vouch_for(self, *names: str) -> Path:
        """Write a certificate with these common names and its key into one file, and return it."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name) for name in names])
        certificate = _begin(subject, self.subject, key.public_key()).sign(self.key, hashes.SHA256())
        file = self.folder / f"{'-'.join(names)}-by-{self.file.stem}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
        return file


def _begin(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    begun = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    begun = begun.serial_number(x509.random_serial_number())
    return begun.not_valid_before(now - DAY).not_valid_after(now + DAY)


def fingerprint_of(file: Path) -> str:
    """Return the SHA-256 fingerprint of the certificate in a file, as `openssl x509 -fingerprint` writes it."""
    return x509.load_pem_x509_certificate(file.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()

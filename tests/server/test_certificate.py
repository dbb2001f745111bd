"""Certificates: good ones are read, bad ones are told apart in a sentence, and our own are what clients want."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509

from hubbub.server.certificate import load_context, make_certificate, read_certificate
from hubbub.server.errors import StartError
from hubbub.server.self_signed import VALID, make_self_signed
from tests.server.certificates import DAY, fingerprint_of, write_pair


@pytest.mark.parametrize(
    ("valid_from", "valid_until"), [(-DAY, DAY), (-3 * DAY, -DAY), (DAY, 3 * DAY)], ids=["good", "expired", "early"]
)
def test_a_certificate_is_read_whether_it_holds_or_not(
    valid_from: timedelta, valid_until: timedelta, tmp_path: Path
) -> None:
    """The fingerprint and both dates are told of one that has expired and of one that is yet to hold as well."""
    now = datetime.now(UTC)
    certificate, key = write_pair(tmp_path, valid_from=valid_from, valid_until=valid_until)
    found = read_certificate(load_context(certificate, key), certificate)
    assert found.fingerprint == fingerprint_of(certificate)
    assert abs(found.valid_from - (now + valid_from)) < timedelta(seconds=60)
    assert abs(found.valid_until - (now + valid_until)) < timedelta(seconds=60)


def test_the_certificate_of_a_chain_is_the_first_one(tmp_path: Path) -> None:
    """What stands behind it in the file vouches for it, and is not what is shown."""
    certificate, key = write_pair(tmp_path)
    other, _ = write_pair(tmp_path, "other")
    own = fingerprint_of(certificate)
    certificate.write_bytes(certificate.read_bytes() + other.read_bytes())
    assert read_certificate(load_context(certificate, key), certificate).fingerprint == own


def test_one_file_may_hold_both(tmp_path: Path) -> None:
    """A certificate and its key may stand in the same file, in either order."""
    certificate, key = write_pair(tmp_path)
    both = tmp_path / "both.pem"
    for one, other in ((certificate, key), (key, certificate)):
        both.write_bytes(one.read_bytes() + other.read_bytes())
        assert read_certificate(load_context(both, both), both).fingerprint == fingerprint_of(certificate)


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    """Both files are named."""
    certificate, _ = write_pair(tmp_path)
    _, other = write_pair(tmp_path, "other")
    with pytest.raises(StartError, match="does not belong") as caught:
        load_context(certificate, other)
    assert str(certificate) in caught.value.sentence
    assert str(other) in caught.value.sentence


def test_a_key_with_a_passphrase_is_refused(tmp_path: Path) -> None:
    """It is not asked for on the terminal; the sentence says how to get rid of it."""
    certificate, key = write_pair(tmp_path, passphrase=b"secret")
    with pytest.raises(StartError, match=r"needs a passphrase.*openssl pkey -in"):
        load_context(certificate, key)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no certificate in PEM"),
        (b"\x30\x82\x01\x00", "holds no certificate in PEM"),
        (b"-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n", "cannot be used"),
        (b"-----BEGIN CERTIFICATE-----\n", "cannot be used"),
    ],
)
def test_what_is_no_certificate_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    """Something else, another encoding, or half a file: each in a sentence with the file in it."""
    certificate, key = write_pair(tmp_path)
    certificate.write_bytes(content)
    with pytest.raises(StartError, match=words) as caught:
        load_context(certificate, key)
    assert str(certificate) in caught.value.sentence


def test_what_is_no_key_is_named(tmp_path: Path) -> None:
    """A certificate where the key should be is a frequent slip."""
    certificate, _ = write_pair(tmp_path)
    with pytest.raises(StartError, match=r"server.crt \(tls.key\) holds no private key in PEM"):
        load_context(certificate, certificate)


@pytest.mark.parametrize("which", ["certificate", "key"])
def test_a_file_that_cannot_be_read_is_named(which: str, tmp_path: Path) -> None:
    """With the setting that named it, and the system's reason."""
    certificate, key = write_pair(tmp_path)
    {"certificate": certificate, "key": key}[which].unlink()
    with pytest.raises(StartError, match=rf"\(tls\.{which}\) cannot be read: No such file"):
        load_context(certificate, key)


def test_no_old_version_is_spoken(tmp_path: Path) -> None:
    """TLS 1.2 is the oldest, and of the protocols that a client may ask for by ALPN, HTTP/1.1 is the only one."""
    context = load_context(*write_pair(tmp_path))
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert not context.options & ssl.OP_NO_TICKET


def test_our_own_is_for_all_names_of_the_machine() -> None:
    """Names and addresses may all be asked for; Apple's systems trust it for as long as it holds."""
    now = datetime.now(UTC)
    pem = make_self_signed(["localhost", "chat.example", "127.0.0.1", "::1"], now)
    certificate = x509.load_pem_x509_certificate(pem)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "chat.example"]
    assert names.get_values_for_type(x509.IPAddress) == [ip_address("127.0.0.1"), ip_address("::1")]
    assert certificate.not_valid_before_utc < now
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc == VALID


def test_our_own_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    """The file holds the key; what was left of an interrupted writing is in nobody's way."""
    file = tmp_path / "own.pem"
    (tmp_path / "own.pem.new").touch()
    make_certificate(file, ["localhost"])
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]
    assert read_certificate(load_context(file, file), file).fingerprint == fingerprint_of(file)


def test_one_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """Neither a host that no certificate can name nor a folder that is not there ends in a traceback."""
    with pytest.raises(StartError, match="No certificate could be made: ValueError"):
        make_certificate(tmp_path / "own.pem", ["bücher.example"])
    with pytest.raises(StartError, match="cannot be written: No such file"):
        make_certificate(tmp_path / "no" / "own.pem", ["localhost"])

"""TLS: which certificate is shown, and what happens when another one is put in its place."""

import os
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from hubbub.server.certificate import certified_name
from hubbub.server.config import TlsSettings
from hubbub.server.errors import StartError
from hubbub.server.self_signed import VALID
from hubbub.server.tls import RENEW_BEFORE, SELF_SIGNED_FILE, Tls
from tests.server.certificates import DAY, fingerprint_of, write_authority, write_pair


class Calendar:
    """A date that a test moves."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        """Return what time it is."""
        return self.now


def settings_for(certificate: Path, key: Path) -> TlsSettings:
    """Return settings that name a pair."""
    return TlsSettings(certificate=str(certificate), key=str(key))


def replaced(file: Path, other: Path) -> None:
    """Put another file in the place of one, as a tool that renews certificates does."""
    other.replace(file)
    # Even where the clock of the file system is coarse, the change shows.
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))


def test_the_first_start_makes_one_and_the_second_keeps_it(tmp_path: Path) -> None:
    """Whoever has compared the fingerprint once sees the same one ever after."""
    first = Tls(TlsSettings(), tmp_path)
    assert first.is_self_signed
    assert first.certificate.fingerprint == fingerprint_of(tmp_path / SELF_SIGNED_FILE)
    assert Tls(TlsSettings(), tmp_path).certificate == first.certificate


def test_our_own_is_renewed_in_time(tmp_path: Path) -> None:
    """Thirty days before its end it is made anew, while the server runs or when it starts; before, it stays."""
    calendar = Calendar()
    tls = Tls(TlsSettings(), tmp_path, now=calendar)
    first = tls.certificate
    calendar.now += VALID - RENEW_BEFORE - timedelta(days=1)
    tls.refresh()
    assert tls.certificate == first
    calendar.now += timedelta(days=1)
    tls.refresh()
    assert tls.certificate != first
    # The new one is made at the real time, so for this calendar it is nearly over again.
    assert Tls(TlsSettings(), tmp_path, now=calendar).certificate != tls.certificate


@pytest.mark.parametrize("content", [b"", b"-----BEGIN CERTIFICATE-----\n"])
def test_our_own_is_made_anew_when_it_is_damaged(content: bytes, tmp_path: Path) -> None:
    """Nobody has to mend what the server can make; the log says that the fingerprint is another one."""
    (tmp_path / SELF_SIGNED_FILE).write_bytes(content)
    with capture_logs() as logs:
        tls = Tls(TlsSettings(), tmp_path)
    assert tls.certificate.fingerprint == fingerprint_of(tmp_path / SELF_SIGNED_FILE)
    assert [entry["event"] for entry in logs] == ["tls.made_anew"]


def test_a_new_certificate_is_taken_over(tmp_path: Path) -> None:
    """When the files change, whoever comes next is shown what is in them; without a change nothing is read."""
    files = write_pair(tmp_path)
    tls = Tls(settings_for(*files), tmp_path)
    context = tls.context
    tls.refresh()
    assert tls.context is context
    for file, other in zip(files, write_pair(tmp_path, "next"), strict=True):
        replaced(file, other)
    with capture_logs() as logs:
        tls.refresh()
    assert tls.context is not context
    assert tls.certificate.fingerprint == fingerprint_of(files[0])
    assert [entry["event"] for entry in logs] == ["tls.loaded"]


def test_a_bad_new_certificate_is_not_taken_over(tmp_path: Path) -> None:
    """The old one is still shown; that is said once, and when the other half comes, both are taken over."""
    files = write_pair(tmp_path)
    tls = Tls(settings_for(*files), tmp_path)
    context = tls.context
    certificate, key = write_pair(tmp_path, "next")
    replaced(files[0], certificate)
    with capture_logs() as logs:
        tls.refresh()
        tls.refresh()
    assert tls.context is context
    (entry,) = logs
    assert (entry["event"], entry["log_level"]) == ("tls.kept", "warning")
    assert "does not belong" in entry["reason"]
    replaced(files[1], key)
    tls.refresh()
    assert tls.certificate.fingerprint == fingerprint_of(files[0])


def test_a_certificate_that_is_gone_is_shown_all_the_same(tmp_path: Path) -> None:
    """Removing the file of a running server harms nobody."""
    files = write_pair(tmp_path)
    tls = Tls(settings_for(*files), tmp_path)
    files[0].unlink()
    with capture_logs() as logs:
        tls.refresh()
    assert "cannot be read" in logs[0]["reason"]


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "words"),
    [(-3 * DAY, -DAY, "has expired on"), (DAY, 3 * DAY, "holds from"), (-DAY, DAY, "")],
)
def test_a_certificate_at_the_wrong_time_is_used_with_a_warning(
    valid_from: timedelta, valid_until: timedelta, words: str, tmp_path: Path
) -> None:
    """Clear text and clients that do not check go on working: that is no reason not to start."""
    files = write_pair(tmp_path, valid_from=valid_from, valid_until=valid_until)
    with capture_logs() as logs:
        Tls(settings_for(*files), tmp_path)
    assert [entry["event"] for entry in logs] == (["tls.certificate"] if words else [])
    assert words in "".join(entry["reason"] for entry in logs)


def test_a_key_without_a_certificate_is_refused(tmp_path: Path) -> None:
    """It was meant for something that was not said."""
    _, key = write_pair(tmp_path)
    with pytest.raises(StartError, match=r"tls\.certificate is not"):
        Tls(TlsSettings(key=str(key)), tmp_path)


def test_other_settings_are_used_or_refused_as_a_whole(tmp_path: Path) -> None:
    """Whoever names another pair gets it; a bad one changes nothing."""
    tls = Tls(TlsSettings(), tmp_path)
    own = tls.certificate
    with pytest.raises(StartError):
        tls.use(settings_for(tmp_path / "no", tmp_path / "no"))
    assert tls.certificate == own
    assert tls.is_self_signed
    files = write_pair(tmp_path)
    tls.use(settings_for(*files))
    assert tls.certificate.fingerprint == fingerprint_of(files[0])
    assert not tls.is_self_signed


def test_who_vouches_for_clients(tmp_path: Path) -> None:
    """With an authority, clients are asked for a certificate and need none; one that is changed is read again."""
    assert Tls(TlsSettings(), tmp_path).context.verify_mode is ssl.CERT_NONE
    authority = write_authority(tmp_path)
    tls = Tls(TlsSettings(client_ca=str(authority.file)), tmp_path)
    assert tls.context.verify_mode is ssl.CERT_OPTIONAL
    first = tls.context
    replaced(authority.file, write_authority(tmp_path, "another").file)
    tls.refresh()
    assert tls.context is not first


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_nobody_who_could_vouch(content: bytes | None, tmp_path: Path) -> None:
    """A file that is missing, or holds no certificate, is a reason not to start."""
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StartError, match="client_ca"):
        Tls(TlsSettings(client_ca=str(file)), tmp_path)


def test_whom_a_certificate_names() -> None:
    """Its one common name; nobody is two people."""
    common = (("commonName", "ann"),)
    assert certified_name({"subject": ((("countryName", "SE"),), common)}) == "ann"
    assert certified_name({"subject": (common, (("commonName", "bob"),))}) == ""
    for none in ({}, {"subject": ()}, None):
        assert certified_name(none) == ""

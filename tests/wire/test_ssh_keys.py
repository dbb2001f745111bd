"""SSH keys: what `ssh-keygen` writes is understood, and whatever else somebody pastes is refused with what to do."""

import base64
from contextlib import suppress

import pytest
from asyncssh import generate_private_key
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.ssh_keys import BadSshKeyError, fingerprint_of, parse_ssh_key, show_fingerprint

KINDS = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa")


def line_of(*parts: bytes, kind: str = "", comment: str = "") -> str:
    """Return the line of a key that is made of these parts."""
    data = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return f"{kind or parts[0].decode()} {base64.b64encode(data).decode()} {comment}".rstrip()


@pytest.mark.parametrize("kind", KINDS)
def test_keys_of_every_kind_are_understood(kind: str) -> None:
    """Its data, its comment and its fingerprint are what other programs make of it."""
    made = generate_private_key(kind, comment="ann at home")
    line = made.export_public_key().decode()
    parsed = parse_ssh_key(line)
    assert (parsed.kind, parsed.data, parsed.comment) == (kind, made.public_data, "ann at home")
    assert show_fingerprint(parsed.fingerprint) == made.get_fingerprint()
    assert fingerprint_of(parsed.data) == parsed.fingerprint


@pytest.mark.parametrize(
    "line",
    [
        line_of(b"sk-ssh-ed25519@openssh.com", bytes(32), b"ssh:"),
        line_of(b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", bytes(65), b"ssh:"),
    ],
)
def test_keys_of_tokens_are_understood(line: str) -> None:
    """Those that one has to touch."""
    assert parse_ssh_key(line).kind.startswith("sk-")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "no public key"),
        ("hello", "no public key"),
        ("ssh-ed25519 !!!", "damaged"),
        ("ssh-ed25519 AAAA", "damaged"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", "damaged"),
        (line_of(b"ssh-ed25519", bytes(31)), "damaged"),
        (line_of(b"ssh-ed25519", bytes(32), b"more"), "damaged"),
        (line_of(b"ssh-ed25519", bytes(32), kind="ssh-rsa"), "not what it says"),
        (line_of(b"ssh-rsa", b"\1\0\1", b"\xff" * 128), "1024 bits"),
        (line_of(b"ssh-rsa", b"\1\0\1"), "damaged"),
        (line_of(b"ssh-dss", b"x"), "not taken"),
        (line_of(b"ssh-ed25519-cert-v01@openssh.com", b"x"), "not taken"),
        (line_of(b"ecdsa-sha2-nistp256", b"nistp384", bytes(97)), "damaged"),
        (line_of(b"ecdsa-sha2-nistp999", b"nistp999", b""), "damaged"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "private half"),
    ],
)
def test_what_is_no_key_is_refused(line: str, reason: str) -> None:
    """With a sentence for whoever pasted it."""
    with pytest.raises(BadSshKeyError, match=reason):
        parse_ssh_key(line)


def test_a_comment_is_harmless() -> None:
    """It is going to be shown."""
    assert (
        parse_ssh_key(line_of(b"ssh-ed25519", bytes(32), comment="a\x1b[2Jb" + "x" * 99)).comment == "a[2Jb" + "x" * 59
    )


@given(st.text() | st.binary().map(lambda data: f"ssh-ed25519 {base64.b64encode(data).decode()}"))
def test_anything_is_understood_or_refused(line: str) -> None:
    """Nothing else is raised."""
    with suppress(BadSshKeyError):
        assert parse_ssh_key(line).kind

"""The host key: made once, nobody else's to read, and never replaced by itself."""

import base64
import hashlib
from pathlib import Path

import pytest
from asyncssh import import_private_key

from hubbub.server.errors import StartError
from hubbub.server.host_key import HOST_KEY_FILE, host_key_fingerprint, load_host_key


def test_it_is_made_once(tmp_path: Path) -> None:
    """Whoever has compared the fingerprint once sees the same one ever after."""
    first = load_host_key(tmp_path)
    assert load_host_key(tmp_path) == first
    assert (tmp_path / HOST_KEY_FILE).stat().st_mode & 0o777 == 0o600
    public = import_private_key(first).public_data
    shown = base64.b64encode(hashlib.sha256(public).digest()).decode().rstrip("=")
    assert host_key_fingerprint(first, tmp_path) == f"SHA256:{shown}"


@pytest.mark.parametrize(
    "content", [b"", b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----"]
)
def test_a_damaged_one_is_told(content: bytes, tmp_path: Path) -> None:
    """It is not replaced, which would frighten everybody: the operator decides."""
    (tmp_path / HOST_KEY_FILE).write_bytes(content)
    with pytest.raises(StartError, match="holds no SSH host key"):
        load_host_key(tmp_path)
    assert (tmp_path / HOST_KEY_FILE).read_bytes() == content


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """With what the system says of it."""
    with pytest.raises(StartError, match="cannot be read or written"):
        load_host_key(tmp_path / "none")
